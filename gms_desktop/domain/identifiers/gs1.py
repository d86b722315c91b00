"""GS1 codes on reagent boxes, consignments and wristbands, read by ``biip``.

Source: GS1 General Specifications, sections 3 (application identifiers) and 7.12 (the century of a two-digit year is
the one nearest to the current year, so the service that reads a code records the date it got).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gms_desktop.domain.identifiers import symbology
from gms_desktop.domain.identifiers.written import is_digits

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

GROUP_SEPARATOR = "\x1d"

_ENDS_IN_EXPIRY = re.compile(r".17[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?:21.+|10.+|30[0-9]+)?\Z")
"""A lot that ends as an expiry date does. A lot may end so by chance: then its box is asked about, not believed."""
_TELLS_ITSELF = re.compile(r"01[0-9]{14}|8018[0-9]{18}|00[0-9]{18}\Z")


@dataclass(frozen=True)
class Gs1Parts:
    """What a GS1 code says; empty text or ``None`` where it says nothing.

    Attributes:
        gtin: AI 01, the article number as printed, check digit verified.
        lot: AI 10.
        serial: AI 21.
        expiry: AI 17; a day of 00 means the last day of the month.
        production: AI 11.
        sscc: AI 00, a consignment unit, check digit verified.
        recipient: AI 8018, the patient on a wristband: a private value.
        count: AI 30, how many are in it; None where it says nothing.
        additional: AI 240, the maker's own name of the article.
        elements: every application identifier with its value, in order.
        unread: what stands behind application identifiers that no table has, each as it came.
        run_in: whether the expiry date seems to stand inside the lot: a scanner that types often drops the separator.
    """

    gtin: str = ""
    lot: str = ""
    serial: str = ""
    expiry: date | None = None
    production: date | None = None
    sscc: str = ""
    recipient: str = field(default="", repr=False)
    count: int | None = None
    additional: str = ""
    elements: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = ()
    run_in: bool = False

    @property
    def private(self) -> bool:
        """Whether the code identifies a patient."""
        return bool(self.recipient)


def gs1(text: str) -> Gs1Parts | None:
    """Read a GS1 code, with or without its AIM identifier; ``None`` when it is not one or a check digit is wrong.

    Without an AIM identifier only a text that tells it is GS1 is read: one with a group separator, or one that begins
    with an article number, a wristband number or is an SSCC. Otherwise a tube code such as ``1052533809`` would be read
    as a lot.
    """
    prefix, payload = symbology.split(text)
    if prefix is None and not _is_gs1_by_itself(payload):
        return None
    if prefix is not None and prefix not in symbology.GS1_SYMBOLOGIES:
        return None
    read = _read(payload.strip(GROUP_SEPARATOR), certain=prefix is not None or GROUP_SEPARATOR in payload)
    return None if read is None else _parts(*read)


def is_gtin(text: str) -> bool:
    """Return whether this is an article number of 8, 12, 13 or 14 digits with the right check digit: a reagent box."""
    if len(text) not in (8, 12, 13, 14) or not is_digits(text):
        return False
    from biip.checksums import gs1_standard_check_digit

    return gs1_standard_check_digit(text[:-1]) == int(text[-1])


def _is_gs1_by_itself(payload: str) -> bool:
    return GROUP_SEPARATOR in payload or _TELLS_ITSELF.match(payload) is not None


_Read = tuple[list["GS1ElementString"], list[str]]


def _read(payload: str, *, certain: bool) -> _Read | None:
    """The elements, and what no table knows; None when a value is none of its identifier, or a check digit is wrong.

    Args:
        payload: the code without its AIM identifier.
        certain: whether it is known to be GS1, so that an unknown identifier is one, and not a code of another sort.
    """
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier
    from biip.gs1_element_strings import GS1ElementString

    found: list[GS1ElementString] = []
    unread: list[str] = []
    if not payload.isascii():
        return None
    while payload := payload.lstrip(GROUP_SEPARATOR):
        try:
            GS1ApplicationIdentifier.extract(payload)
        except ParseError:
            if not certain or not found:
                return None
            piece, _, payload = payload.partition(GROUP_SEPARATOR)
            unread.append(piece)
            continue
        try:
            element = GS1ElementString.extract(payload)
        except (ParseError, ValueError):
            return None
        payload = payload[len(element) :]
        if _is_wrong(element, payload):
            return None
        found.append(element)
    return (found, unread) if found else None


def _is_wrong(element: GS1ElementString, rest: str) -> bool:
    """No value, a wrong check digit, or a value of any length that neither ends the code nor has its separator."""
    unended = element.ai.separator_required and rest and not rest.startswith(GROUP_SEPARATOR)
    return bool(element.gtin_error or element.sscc_error or unended or not element.value)


def _parts(found: list[GS1ElementString], unread: list[str]) -> Gs1Parts:
    values: dict[str, str] = {}
    dates: dict[str, date | None] = {}
    for element in found:
        values.setdefault(element.ai.ai, element.value)
        dates.setdefault(element.ai.ai, element.date)
    return Gs1Parts(
        gtin=values.get("01", ""),
        lot=values.get("10", ""),
        serial=values.get("21", ""),
        expiry=dates.get("17"),
        production=dates.get("11"),
        sscc=values.get("00", ""),
        recipient=values.get("8018", ""),
        count=int(values["30"]) if "30" in values else None,
        additional=values.get("240", ""),
        elements=tuple((element.ai.ai, element.value) for element in found),
        unread=tuple(unread),
        run_in="17" not in values and _ENDS_IN_EXPIRY.search(values.get("10", "")) is not None,
    )
