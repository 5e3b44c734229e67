"""Derived registers (``watch.derived``): which of their entries are not what they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping

from generator.edition import Edition

from .trace import Name, Recorder, Stale
from .work import entry_hash


def stale_after(
    different: set[Name], edition: Edition, before: MutableMapping[str, str], recorder: Recorder
) -> Stale:
    """What ``Trace.stale`` gives, entries that came out different being among ``different``.

    ``before`` are the hashes of the last build, which become those of this one.
    """
    stale = recorder.trace.stale(different)
    waiting = set(edition.derived())
    while names := waiting & stale.shared:
        waiting -= names
        different = different | _derived_again(names, edition, before, recorder)
        stale = recorder.trace.stale(different)
    return stale


def entry_hashes(
    names: Iterable[str], edition: Edition, records: Mapping[int, str]
) -> dict[str, str]:
    """A hash of every entry of some derived registers; an empty one is as good as none."""
    attributes = edition.derived()
    return {
        f"{name}/{key}": entry_hash(entry, records)
        for name in names
        for key, entry in getattr(edition, attributes[name]).items()
        if entry
    }


def _derived_again(
    names: set[str], edition: Edition, before: MutableMapping[str, str], recorder: Recorder
) -> set[Name]:
    """The names of the entries that are different, and of the registers that hold them."""
    now = entry_hashes(names, edition, recorder.records)
    old = {key: each for key, each in before.items() if key.partition("/")[0] in names}
    for name in names:
        recorder.note_shared(name, edition.shared.reads[name])
    before.update(now.items() - old.items())
    for key in old.keys() - now.keys():
        del before[key]
    found = {key for key, _ in now.items() ^ old.items()}
    return {(key, "") for key in found} | {(f"{key.partition('/')[0]}/", "") for key in found}
