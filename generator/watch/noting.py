"""What is being done, and what it reads: by itself, or through results that it shares."""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterator, Mapping, ValuesView
from typing import Any, Generic, TypeVar, cast, overload

from generator.parts import Common, Extracts

T = TypeVar("T")

Read = tuple[int | str, str]
"""What was read: ``(id(record), field)``, ``(register, key)``, ``(register, "")`` for all of
a register's keys, ``("view", name)`` or ``("prints", subject)``.

Where a field is a text, ``answer`` is all it says, ``answer.en`` what it says in English, if
it does, and ``fee?`` whether there is one, where there need not be. ``*`` is all of a record."""

work: list[set[Read]] = []
"""What is being done, the innermost last; what it has read so far."""

ALL = "*"
"""All fields of a record."""
IF_ANY = "?"
"""After a field: whether it holds a text."""


class recording:  # noqa: N801  used like a function, and a quarter of what one would cost
    """Note everything read inside the block, and inside it alone."""

    def __enter__(self) -> set[Read]:
        reads: set[Read] = set()
        work.append(reads)
        return reads

    def __exit__(self, *_: object) -> None:
        work.pop()


def note(read: Read) -> None:
    """Note that something was read."""
    if work:
        work[-1].add(read)


class Shared:
    """Results that several pieces of work use, each computed once, with what it has read."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}
        self.reads: dict[str, set[Read]] = {}
        """By the name of a result, what computing it has read."""
        self._registers: dict[str, Register] = {}
        self.extracts: Callable[[Extracts], list[Any]] = Extracts.whole
        """Gives extracts; a rebuild takes most of them over (``publishing.pieces``)."""

    def once(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """The result ``name`` for ``key``, made by ``make`` the first time.

        ``name`` and ``key`` must say all that ``make`` depends on beside the county, in
        words that are the same in every run.
        """
        full = _full_name(name, key)
        if full not in self._made:
            with recording() as reads:
                self._made[full] = make()
            self.reads[full] = reads
        note(("view", full))
        return cast("T", self._made[full])

    def common(self, name: str, key: Hashable, make: Callable[[], bytes]) -> Common:
        """A result that is part of files, as ``once``."""
        return self.once(name, key, lambda: Common(_full_name(name, key), make()))

    def forget(self, name: str) -> None:
        """Let go of a result that nobody will ask for again; what it has read stays noted."""
        self._made.pop(name, None)

    def register(self, name: str, make: Callable[[], dict[str, Any]]) -> Register:
        """The derived register ``name``; see ``derived``."""
        if name not in self._registers:
            with recording() as reads:
                self._registers[name] = Register(name, make())
            self.reads[name] = reads
        return self._registers[name]


def _full_name(name: str, key: Hashable) -> str:
    return f"{name}:{key!r}" if key != () else name


class Watching:
    """Something that keeps shared results; ``shared`` is one for all who look at a county."""

    shared: Shared

    @classmethod
    def derived(cls) -> dict[str, str]:
        """The names of its derived registers, and of the attributes that they are."""
        every = {name: each for kind in cls.__mro__ for name, each in vars(kind).items()}
        return {each.name: name for name, each in every.items() if isinstance(each, derived)}


class view(Generic[T]):  # noqa: N801  used like property
    """A derived fact of a ``Watching`` object: computed once, and noted by whoever uses it."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"{owner.__name__}.{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> view[T]: ...
    @overload
    def __get__(self, instance: Watching, owner: type) -> T: ...
    def __get__(self, instance: Watching | None, owner: type) -> view[T] | T:
        if instance is None:
            return self
        return instance.shared.once(self._name, (), lambda: self._make(instance))


class derived(Generic[T]):  # noqa: N801  used like property
    """A register that follows from the lists. Who asks for an entry has read that entry alone.

    When something changes that computing it has read, it is computed anew, and only the
    entries that came out different have changed. What an entry says of records it says
    by the records themselves, of which whoever looks at them reads what is needed.
    """

    def __init__(self, make: Callable[[Any], Mapping[str, T]]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"{owner.__name__}.{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> derived[T]: ...
    @overload
    def __get__(self, instance: Watching, owner: type) -> Mapping[str, T]: ...
    def __get__(self, instance: Watching | None, owner: type) -> derived[T] | Mapping[str, T]:
        if instance is None:
            return self
        return instance.shared.register(self.name, lambda: dict(self._make(instance)))


class Register(Mapping[str, Any]):
    """A register of a watched county, or a derived one: looking at it is noted."""

    def __init__(self, name: str, rows: dict[str, Any]) -> None:
        self._name = name
        self._rows = rows

    def __getitem__(self, key: str) -> Any:
        note((self._name, key))
        return self._rows[key]

    def get(self, key: str, default: Any = None) -> Any:
        note((self._name, key))
        return self._rows.get(key, default)

    def __contains__(self, key: object) -> bool:
        note((self._name, str(key)))
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        note((self._name, ""))
        return iter(self._rows)

    def __len__(self) -> int:
        note((self._name, ""))
        return len(self._rows)

    def values(self) -> ValuesView[Any]:
        note((self._name, ""))
        return self._rows.values()

    def items(self) -> ItemsView[str, Any]:
        note((self._name, ""))
        return self._rows.items()
