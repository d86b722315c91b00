"""The Storage screen: the open place and what is in it, what is in hand, what is out, what may be discarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gms_desktop import storage_words, stored_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.storage import Kind
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import storage_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    box_check,
    case_words,
    disposal_list,
    storage_commands,
    storage_entry_words,
    storage_scans,
    stored_things,
    thing_label_commands,
    volume_left,
)
from gms_desktop.services.rack_views import Sign, WellView
from gms_desktop.services.receive import Desk
from gms_desktop.services.stored_things import Thing
from gms_desktop.services.views import Offer, Question

_MOST = 200


@dataclass(frozen=True)
class StoredLine:
    """One thing or place of a list."""

    title: str
    detail: str
    kind: VerdictKind | None = None


@dataclass(frozen=True)
class StorageView:
    """The Storage screen. ``rows`` are 0 where no box is open; ``here`` are the places and racks in the open place."""

    heading: str
    verdict: Verdict | None = None
    path: str = ""
    rows: int = 0
    columns: int = 0
    positions: tuple[WellView, ...] = ()
    next_position: str = ""
    in_hand: str = ""
    here_title: str = ""
    here: tuple[StoredLine, ...] = ()
    list_title: str = ""
    listed: tuple[StoredLine, ...] = ()
    list_empty: str = ""
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    has_label: bool = False


_WHOLE = {"rack": "FluidX rack", "plate": "Plate"}


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> StorageView:
    """The screen as it stands."""
    at, db = desk.storage, ledger.db
    row = storage_look_up.place(db, at.place)
    thing = stored_things.of_row(db, at.sort, at.item) if at.item else None
    title, listed, empty = _checked(db, row, desk) or (
        _disposal(ledger) if at.disposal else _emptied(db, row, desk.time_zone) or _out(db)
    )
    positions = _positions(db, row) if row is not None and row["rows"] else ()
    free = next((one.well for one in positions if not one.code), "")
    prints = thing_label_commands.offers(db, desk, f"place:{row['id']}") if row is not None and not at.checking else ()
    return StorageView(
        heading=str(row["name"]) if row else "Disposal list" if at.disposal else "Storage",
        verdict=verdict,
        path=_path(db, row),
        rows=row["rows"] or 0 if row else 0,
        columns=row["columns"] or 0 if row else 0,
        positions=positions,
        next_position=box_check.due(db, row, at) if row is not None and at.checking else at.position or free,
        in_hand=f"{thing.name}: {storage_scans.stands(ledger, thing)}" if thing else "",
        here_title=f"In {row['name']}" if row else "Rooms",
        here=() if positions else _here(db, row),
        list_title=title,
        listed=listed,
        list_empty=empty,
        offers=_of_check() if at.checking else (*_offers(ledger, row, thing, disposal=at.disposal), *prints),
        question=desk.question,
        has_label=row is not None and not prints,
    )


def _path(db: Database, row: Row | None) -> str:
    if row is None:
        return ""
    where = stored_things.place_words(db, row["id"])
    stopped = [str(one["name"]) for one in stored_things.path(db, row["id"]) if one["state"] == "out of order"]
    out = f"   {stopped[0]} is out of order" if stopped else ""
    return f"{where}   {row['code']}{out}"


def _positions(db: Database, row: Row) -> tuple[WellView, ...]:
    held: dict[str, list[str]] = {}
    for one in storage_look_up.contents(db, row["id"]):
        held.setdefault(one["position"] or "", []).append(stored_things.name_of(db, one["sort"], one["id"]))
    return tuple(_position(well, held.get(well, [])) for well in Shape(row["rows"], row["columns"]).wells)


def _position(well: str, held: list[str]) -> WellView:
    if not held:
        return WellView(well, "free", "", "", Sign.RING)
    look, sign = ("two things", Sign.CROSS) if len(held) > 1 else ("taken", Sign.DISC)
    return WellView(well, look, ", ".join(held), "", sign)


def _here(db: Database, row: Row | None) -> tuple[StoredLine, ...]:
    """What stands in a place that is no box: the places in it, the racks and plates in it."""
    inside = storage_look_up.inside(db, row["id"]) if row else storage_look_up.rooms(db, _MOST)
    place = str(row["id"]) if row else ""
    whole = [one for sort in stored_things.WHOLE for one in stored_things.contents_of_sort(db, place, sort)]
    return (
        *(_line(db, one) for one in inside),
        *(StoredLine(stored_things.name_of(db, one["sort"], one["id"]), _WHOLE[one["sort"]]) for one in whole),
    )


def _line(db: Database, row: Row) -> StoredLine:
    stopped = row["state"] == "out of order"
    boxes = len(stored_things.containers(db, row["id"])) if row["kind"] != Kind.BOX else 0
    many = f"{boxes} box{'' if boxes == 1 else 'es'} in it" if boxes else ""
    detail = ", ".join(filter(None, (storage_words.KINDS[Kind(row["kind"])], row["code"], many)))
    word = "OUT OF ORDER: " if stopped else ""
    return StoredLine(f"{word}{row['name']}", detail, VerdictKind.ATTENTION if stopped else None)


def _checked(db: Database, row: Row | None, desk: Desk) -> tuple[str, tuple[StoredLine, ...], str] | None:
    """What the check of the open box found so far, else what its last one found; None for one never checked."""
    if row is not None and desk.storage.checking:
        found, title, none = box_check.so_far(db, row, desk.storage), "Found by the check", "Nothing is found so far."
    elif (last := box_check.last(db, row, desk.time_zone)) is not None:
        title, found = last
        none = "All that was looked at agreed."
    else:
        return None
    return title, tuple(StoredLine(one, "", VerdictKind.ATTENTION) for one in found), none


def _of_check() -> tuple[Offer, ...]:
    return (Offer(Command.POSITION_EMPTY, "It is empty"), Offer(Command.CHECK_BOX, "End the check", usual=True))


def _emptied(db: Database, row: Row | None, time_zone: str) -> tuple[str, tuple[StoredLine, ...], str] | None:
    """What left a freezer since it is out of order, with times; None for one that is in use."""
    if row is None or row["state"] != "out of order":
        return None
    places = (row["id"], *(one.id for one in stored_things.places_within(db, row["id"])))
    left = [one for place in places for one in storage_look_up.left(db, place, row["stopped_at"], _MOST)]
    left.sort(key=lambda one: str(one["at"]), reverse=True)
    return (
        f"Out of {row['name']} since then",
        tuple(_line_left(db, one, time_zone) for one in left),
        "Nothing left it yet.",
    )


def _line_left(db: Database, row: Row, time_zone: str) -> StoredLine:
    at = dates.display_minute(dates.to_local(datetime.fromisoformat(row["at"]), time_zone))
    stands = stored_things.where(db, row)
    return StoredLine(stored_things.name_of(db, row["sort"], row["id"]), f"{at}, now in {stands}" if stands else at)


def _out(db: Database) -> tuple[str, tuple[StoredLine, ...], str]:
    lines = tuple(_line_out(db, row) for row in storage_look_up.out(db, _MOST))
    return "Out of storage", lines, "Nothing is out of storage."


def _line_out(db: Database, row: Row) -> StoredLine:
    why = storage_entry_words.purpose_words(db, row["reason"])
    due = f"back by {dates.display(date.fromisoformat(row['due']))}" if row["due"] else "need not come back"
    who = case_words.operator_name(db, row["operator"])
    return StoredLine(stored_things.name_of(db, row["sort"], row["id"]), f"{who}, {why}, {due}")


def _disposal(ledger: Ledger) -> tuple[str, tuple[StoredLine, ...], str]:
    lines = []
    for one in disposal_list.proposal(ledger).due[:_MOST]:
        row = storage_look_up.stored(ledger.db, one.code)
        name = stored_things.name_of(ledger.db, one.sort, one.code)
        where = stored_things.where(ledger.db, row) or "out of storage"
        lines.append(StoredLine(name, f"{where}, here since {dates.display(one.since)}"))
    return "May be discarded", tuple(lines), stored_words.NOTHING_TO_DISPOSE


def _offers(ledger: Ledger, row: Row | None, thing: Thing | None, *, disposal: bool) -> tuple[Offer, ...]:
    made = []
    if thing is not None and thing.sort in volume_left.SORTS:
        made.append(Offer(Command.EMPTIED, f"{thing.name} is empty"))
    if thing is not None and disposal:
        made.append(Offer(Command.DISCARD, f"Discard {thing.name}", usual=True))
    elif thing is not None and storage_commands.stands(ledger, thing):
        made.append(Offer(Command.TAKE_OUT, f"Take out {thing.name}", usual=True, argument=thing.subject))
    elif row is not None and row["kind"] == Kind.BOX and row["within"]:
        made.append(Offer(Command.TAKE_OUT, f"Take out {row['name']}", argument=f"place:{row['id']}"))
    if row is not None and row["kind"] == Kind.BOX:
        made.append(Offer(Command.CHECK_BOX, "Check this box"))
    if row is not None and row["kind"] == Kind.FREEZER:
        made.append(
            Offer(Command.PLACE_RESTORED, "In use again")
            if row["state"] == "out of order"
            else Offer(Command.PLACE_STOPPED, "Out of order")
        )
    if row is None or row["kind"] != Kind.BOX:
        made.append(Offer(Command.REGISTER_PLACE, f"New place in {row['name']}" if row else "New room"))
    if row is None and not disposal:
        made.append(Offer(Command.DISPOSAL_LIST, "Disposal list"))
    return (*made, Offer(Command.PLACE_ASIDE, "Put aside")) if row is not None or disposal else tuple(made)
