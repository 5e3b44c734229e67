"""No private person's data, and telephones that can be rung."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import County, Origin, Phone, Record

from .checking import Checking
from .rule import Breach, error, of_each
from .walk import places

_ID_NUMBER = re.compile(
    r"(?<![0-9])[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[0-9]{3}[0-9Xx](?![0-9])"
)
"""Place, day of birth, serial (GB 11643-1999); a mistyped last digit still points at somebody."""
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_LAND_LINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?")
_SHORT = re.compile(r"1[0-9]{2}|1[0-9]{4}|9[0-9]{4,5}|[48]00-?[0-9]{3}-?[0-9]{4}")
_PRIVATE_MAIL = re.compile(  # from the @ on, which few texts have
    r"@(?<=[\w.+-]@)(qq|163|126|sina|gmail|hotmail|outlook|foxmail|139)\.[a-z.]", re.IGNORECASE
)


@of_each(Record, error("id-number"))
def id_number(record: Record, about: Checking) -> Iterator[Breach]:
    """No text holds a resident's ID number (个人信息保护法第二十八条)."""
    for path, text in about.strings(record):
        for found in _ID_NUMBER.findall(text):
            yield record.origin.at(*path), {"start": found[:6]}


@of_each(Record, error("mobile-in-text"))
def mobile_in_text(record: Record, about: Checking) -> Iterator[Breach]:
    """No text holds a mobile number; a duty phone goes into ``phones`` with a note."""
    for path, text in about.strings(record):
        found = _MOBILE.search(text)
        if found:
            yield record.origin.at(*path), {"start": found[0][:3]}


@of_each(Record, error("private-mail"))
def private_mail(record: Record, about: Checking) -> Iterator[Breach]:
    """No text holds a private e-mail address."""
    for path, text in about.strings(record):
        if _PRIVATE_MAIL.search(text):
            yield record.origin.at(*path), {}


_PHONES = (
    "profile.hotline",
    "townships",
    "departments",
    "lexicon.hotlines",
    "item_lists.custodian",
)
"""What ``phones`` reads."""


def phones(county: County) -> Iterator[tuple[Origin, Phone]]:
    """Every telephone with its place."""
    yield county.profile.origin.at("hotline"), county.profile.hotline
    owners: list[tuple[Record, tuple[str, ...], tuple[Phone, ...]]] = [
        (place, ("service_centre", "phones"), place.service_centre.phones)
        for place in places(county)
    ]
    owners += [(each, ("phones",), each.phones) for each in county.departments.values()]
    for record, path, found in owners:
        for number, phone in enumerate(found):
            yield record.origin.at(*path, number), phone
    for number, each in enumerate(county.lexicon.hotlines):
        yield county.lexicon.origin.at("hotlines", number), Phone(number=each.number)
    for item_list in county.item_lists.values():
        if item_list.custodian and item_list.custodian.phone:
            yield item_list.origin.at("custodian", "phone"), item_list.custodian.phone


@error("phone-shape", *_PHONES)
def phone_shape(about: Checking) -> Iterator[Breach]:
    """A telephone is a land line with area code, a national short number, or a mobile."""
    for origin, phone in phones(about.county):
        if not any(each.fullmatch(phone.number) for each in (_LAND_LINE, _SHORT, _MOBILE)):
            yield origin.at("number"), {"number": phone.number}


@error("mobile-without-note", *_PHONES)
def mobile_without_note(about: Checking) -> Iterator[Breach]:
    """A mobile number is a duty phone, and says whose duty."""
    for origin, phone in phones(about.county):
        if _MOBILE.fullmatch(phone.number) and phone.note is None:
            yield origin.at("number"), {"start": phone.number[:3]}


RULES = (id_number, mobile_in_text, private_mail, phone_shape, mobile_without_note)
