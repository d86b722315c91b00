"""What is left of a specimen or of a tube poured from it, once something was taken: bound, taken by hand, extracted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from gms_desktop.domain.remaining import Remaining, Stated, Taken, in_ul
from gms_desktop.domain.volumes import Volume
from gms_desktop.journal.database import Database
from gms_desktop.register import examination_look_up, extraction_look_up
from gms_desktop.services import volume_left

_EXTRACTED = "extraction"


def left(db: Database, item: str, volume: Volume | None, how: str, at: str) -> tuple[Volume | None, str]:
    """What is left, and how that is known: as it was seen, until something is taken.

    Args:
        db: the register.
        item: ``specimen:`` or ``aliquot:`` with its identity.
        volume: as it was seen; a mass or a count is left as it is.
        how: how it is known.
        at: when it was seen (UTC text).
    """
    ul = in_ul(volume.value, volume.unit) if volume is not None else None
    seen = (Stated(ul, _moment(at), how, ""),) if ul is not None and at else ()
    one = volume_left.left_of(db, item, seen, _extracted(db, item))
    if one is None or (one.stated.entry == "" and not one.taken):
        return volume, how
    return _as_volume(one), one.how


def _as_volume(one: Remaining) -> Volume:
    """In ml; nothing where more was taken than was there."""
    text = format(max(Decimal(0), one.ul) / 1000, "f")
    value = (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    return Volume(value, "ml", value)


def _extracted(db: Database, item: str) -> Iterator[Taken]:
    """What goes into each extraction batch that it stands in, where the batch states its input."""
    sort, _, name = item.partition(":")
    poured = examination_look_up.aliquot(db, name) if sort == "aliquot" else None
    specimen = poured["specimen"] if poured is not None else name
    for row in extraction_look_up.positions_of_specimen(db, specimen):
        batch = extraction_look_up.batch(db, row["batch"]) if row["source"] == name else None
        value, _, unit = str((batch or {}).get("input") or "").partition(" ")
        ul = in_ul(value, unit) if value else None
        if batch is not None and ul is not None and batch["state"] != "dropped":
            at = _moment(batch["started_at"] or batch["at"])
            yield Taken(ul, at, row["id"], row["id"], _EXTRACTED, batch["operator"] or "")


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
