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
    from biip.gs1_messages import GS1Message

GROUP_SEPARATOR = "\x1d"

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
        elements: every application identifier with its value, in order.
    """

    gtin: str = ""
    lot: str = ""
    serial: str = ""
    expiry: date | None = None
    production: date | None = None
    sscc: str = ""
    recipient: str = field(default="", repr=False)
    elements: tuple[tuple[str, str], ...] = field(default=(), repr=False)

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
    message = _message(payload.lstrip(GROUP_SEPARATOR))
    return None if message is None else _parts(message)


def is_gtin(text: str) -> bool:
    """Return whether this is an article number of 8, 12, 13 or 14 digits with the right check digit: a reagent box."""
    if len(text) not in (8, 12, 13, 14) or not is_digits(text):
        return False
    from biip.checksums import gs1_standard_check_digit

    return gs1_standard_check_digit(text[:-1]) == int(text[-1])


def _is_gs1_by_itself(payload: str) -> bool:
    return GROUP_SEPARATOR in payload or _TELLS_ITSELF.match(payload) is not None


def _message(payload: str) -> GS1Message | None:
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    if not payload or not payload.isascii():
        return None
    try:
        message = GS1Message.parse(payload)
    except (ParseError, ValueError):
        return None
    wrong = any(element.gtin_error or element.sscc_error for element in message.element_strings)
    return None if wrong or not message.element_strings else message


def _parts(message: GS1Message) -> Gs1Parts:
    values: dict[str, str] = {}
    dates: dict[str, date | None] = {}
    for element in message.element_strings:
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
        elements=tuple((element.ai.ai, element.value) for element in message.element_strings),
    )
