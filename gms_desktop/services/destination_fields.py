"""The fields of a receiver's forms: each as text that a person writes, and what that text says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from gms_desktop import destination_words as words
from gms_desktop.domain.consignments.destinations import IDENTIFIERS, MANIFESTS, Destination, Hours
from gms_desktop.domain.shifts import WEEKDAYS
from gms_desktop.domain.tissue.assessment import Band

_HOURS = re.compile(r"([A-Za-z]{3,9})\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})")
_BAND = re.compile(r"(.+):\s*([\d.]+)\s+to\s+([\d.]+)")
_BETWEEN = " / "
OF_TISSUE = frozenset({"number", "sections", "thickness_um", "minimum_percent", "bands"})
"""Fields that say what tissue a receiver takes."""


def read_field(name: str, text: str, problems: list[str]) -> Any:
    """What a field says; what it does not say as it should is added to the problems."""
    reader, wanted = _READERS.get(name, (str, ""))
    try:
        return reader(text)
    except (ValueError, InvalidOperation):
        problems.append(words.not_understood(words.FIELDS[name], text, wanted))
        return None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(_BETWEEN) if part.strip())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _identifiers(text: str) -> tuple[str, ...]:
    found = tuple(one.casefold() for one in _listed(text))
    if not set(found) <= set(IDENTIFIERS):
        raise ValueError(text)
    return found


def _manifest(text: str) -> str:
    if text.casefold() not in MANIFESTS:
        raise ValueError(text)
    return text.casefold()


def _whole(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > 3_650:
        raise ValueError(text)
    return int(text)


def _days_on_its_way(text: str) -> int:
    found = _whole(text)
    if found is None:
        raise ValueError(text)
    return found


def _clock(text: str) -> time | None:
    return time.fromisoformat(text.zfill(5)) if text else None


def _hours(text: str) -> Mapping[int, Hours]:
    made = dict[int, Hours]()
    for part in (one.strip() for one in text.split(",")):
        if not part:
            continue
        said = _HOURS.fullmatch(part)
        days = [place for place, day in enumerate(WEEKDAYS) if said and day.casefold().startswith(said[1].casefold())]
        opens, closes = (_clock(said[2]), _clock(said[3])) if said else (None, None)
        if len(days) != 1 or days[0] in made or opens is None or closes is None or closes <= opens:
            raise ValueError(text)
        made[days[0]] = (opens, closes)
    return MappingProxyType(made)


def _decimal(text: str) -> Decimal | None:
    if not text:
        return None
    found = Decimal(text)
    if not found.is_finite() or not text.isascii() or "_" in text or "e" in text.casefold():
        raise ValueError(text)
    return found


def _above_nothing(text: str) -> Decimal | None:
    found = _decimal(text)
    if found is not None and found <= 0:
        raise ValueError(text)
    return found


def _percent(text: str) -> Decimal | None:
    found = _decimal(text)
    if found is not None and not 0 <= found <= 100:
        raise ValueError(text)
    return found


def _bands(text: str) -> tuple[Band, ...]:
    made = []
    for part in _lines(text):
        said = _BAND.fullmatch(part)
        least, most = (_percent(said[2]), _percent(said[3])) if said else (None, None)
        if said is None or least is None or most is None or most < least:
            raise ValueError(text)
        made.append(Band(said[1].strip(), least, most))
    return tuple(made)


_READERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "address": (_lines, ""),
    "documents": (_lines, ""),
    "couriers": (_lines, ""),
    "materials": (lambda text: frozenset(_listed(text)), ""),
    "identifiers": (_identifiers, words.one_of(IDENTIFIERS)),
    "manifest": (_manifest, words.one_of(MANIFESTS)),
    "cut_off": (_clock, words.NOT_TIME),
    "receiving": (_hours, words.NOT_HOURS),
    "transit_days": (_days_on_its_way, words.NOT_TRANSIT),
    "turnaround_days": (_whole, words.NOT_DAYS),
    "return_days": (_whole, words.NOT_DAYS),
    "number": (_whole, words.NOT_COUNT),
    "sections": (_whole, words.NOT_COUNT),
    "coldest": (_decimal, words.NOT_NUMBER),
    "warmest": (_decimal, words.NOT_NUMBER),
    "thickness_um": (_above_nothing, words.NOT_NUMBER),
    "minimum_percent": (_percent, words.NOT_NUMBER),
    "bands": (_bands, words.NOT_BANDS),
}


def shown(one: Destination, name: str) -> str:
    """A field of a receiver as its form has it: what :func:`read_field` reads as the same again."""
    if name in OF_TISSUE:
        return _written(getattr(one.tissue, name)) if one.tissue else ""
    if name in {"address", "documents", "couriers"}:
        return _BETWEEN.join(getattr(one, name))
    return _written(getattr(one, name))


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case time():
            return value.strftime("%H:%M")
        case Mapping():
            days = sorted(value.items())
            return ", ".join(f"{WEEKDAYS[day][:3]} {opens:%H:%M}-{closes:%H:%M}" for day, (opens, closes) in days)
        case frozenset():
            return ", ".join(sorted(value))
        case tuple() if value and isinstance(value[0], Band):
            return _BETWEEN.join(f"{one.words}: {one.least:f} to {one.most:f}" for one in value)
        case tuple():
            return ", ".join(value)
    return str(value)
