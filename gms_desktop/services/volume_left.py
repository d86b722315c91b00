"""How much is left in a container, from all that was stated, measured and taken; and that in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from devices.measured import Analyte, Says
from gms_desktop import volume_words
from gms_desktop.domain import dates
from gms_desktop.domain.remaining import MEASURED, Remaining, Stated, Taken, counted, in_ul, remaining, shown
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, look_up, plate_look_up, rack_look_up, volume_look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import case_words, item_readings

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

SORTS = frozenset({"tube", "eluate"})
"""What a person states a volume of, or says to be empty."""


def left(db: Database, item: str, beside: str = "") -> Remaining | None:
    """What is left of a thing; None where nobody stated or measured how much there is.

    Args:
        db: the register.
        item: the thing.
        beside: a target that counts for nothing, because what goes into it is about to be said anew.
    """
    taken = (one for one in _taken(db, item) if not beside or one.target != beside)
    return remaining((*_stated(db, item), *_measured(db, item)), taken)


def left_of(db: Database, item: str, stated: Iterable[Stated], extracted: Iterable[Taken]) -> Remaining | None:
    """What is left of a specimen or an aliquot, whose volume stands with what was seen of it.

    Args:
        db: the register.
        item: the thing.
        stated: its volume as it was seen.
        extracted: what went into extraction batches.
    """
    return remaining((*stated, *_stated(db, item), *_measured(db, item)), (*_taken(db, item), *extracted))


def taken(desk: Desk, item: str, volume: dict[str, str], target: str | None, job: str) -> Draft:
    """So much was taken out of a container."""
    sort, _, name = item.partition(":")
    body = {"item": {"sort": sort, "id": name}, "volume": volume, "target": target, "job": job}
    return Draft("volume.taken", body | {"bench": desk.place.bench}, input=desk.told)


def of_ul(ul: Decimal, how: str) -> dict[str, str]:
    """A volume in µl as an entry states it."""
    value = shown(ul).removesuffix(" µl")
    return {"value": value, "unit": "µl", "raw": value, "how": how}


def facts(db: Database, item: str) -> tuple[tuple[str, str], ...]:
    """What is left, how it was stated, and what was taken by whom, for Find."""
    one, zone = left(db, item), _zone(db)
    taken = counted(_taken(db, item))
    if one is None and not taken:
        return ()
    since = f" (stated {_minute(one.stated.at, zone)}: {shown(one.stated.ul)}, {one.stated.how})" if one else ""
    said = [("Volume left", f"{volume_words.left(one)}{since}")]
    why = _why(db, item, one) if one else ""
    said += [("Empty because", why)] if why else []
    return (*said, *(("Taken", _line(db, each, zone)) for each in taken))


def _line(db: Database, one: Taken, zone: str) -> str:
    into = target_words(db, one.target)
    job, who = volume_words.JOBS.get(one.job, one.job), case_words.operator_name(db, one.operator or None)
    what = f"{shown(one.ul)} into {into}" if into else shown(one.ul)
    return f"{what}, {job}, {who}, {_minute(one.at, zone)}"


def target_words(db: Database, target: str) -> str:
    """What something was taken into, by its code or number; empty where nobody said."""
    sort, _, name = target.partition(":")
    if sort == "tube":
        row = rack_look_up.tube(db, name)
        return f"tube {row['code']}" if row else "a tube"
    if sort == "plate":
        row = plate_look_up.plate(db, name)
        return f"plate {row['code']}" if row and row["code"] else "a plate"
    row = extraction_look_up.eluate(db, name) if sort == "eluate" else None
    return str(row["accession"] or "a pool") if row else ""


def _why(db: Database, item: str, one: Remaining) -> str:
    return (store.private_values(db, [item]).get(one.stated.reason) or "") if one.stated.reason else ""


def _stated(db: Database, item: str) -> Iterator[Stated]:
    for row in volume_look_up.stated(db, item):
        ul = in_ul(row["value"], row["unit"])
        if ul is not None:
            yield Stated(ul, _moment(row["at"]), row["how"] or "", row["entry"], row["reason_private"] or "")


def _taken(db: Database, item: str) -> tuple[Taken, ...]:
    found = []
    for row in volume_look_up.taken(db, item):
        ul = in_ul(row["value"], row["unit"])
        if ul is not None:
            made = (row["entry"], row["target"] or "", row["job"] or "", row["operator"] or "")
            found.append(Taken(ul, _moment(row["at"]), *made))
    return tuple(found)


def _measured(db: Database, item: str) -> Iterator[Stated]:
    """What a scanner of tube volumes measured, where it stands: from when it was measured, as far as that is known."""
    name, zone = Analyte.VOLUME.value, _zone(db)
    for one in item_readings.standings(db, item):
        if one.name != name:
            continue
        row, cell = one.rows[-1], one.cells[-1]
        ul = in_ul(format(cell.value, "f"), cell.unit) if cell.value is not None and cell.says is Says.NUMBER else None
        if ul is not None:
            yield Stated(ul, measured_at(row, zone), MEASURED, f"reading {row['id']}")


def measured_at(row: Row, zone: str) -> datetime:
    """When a reading was made: by its instrument's clock, where that says a time before it was taken in here."""
    entered = _moment(row["at"])
    local = (json.loads(row["taken"] or "null") or {}).get("local")
    try:
        wall = datetime.fromisoformat(local) if local else None
        at = dates.to_utc(wall, zone).utc if wall is not None and wall.tzinfo is None else None
    except ValueError:
        at = None
    return min(entered, at) if at is not None else entered


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _minute(at: datetime, zone: str) -> str:
    return dates.display_minute(dates.to_local(at, zone))


def _zone(db: Database) -> str:
    laboratory = look_up.laboratory(db)
    return str(laboratory["time_zone"]) if laboratory else "Europe/London"
