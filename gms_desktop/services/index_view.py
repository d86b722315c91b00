"""The Plates screen while it shows index plates, libraries and pools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gms_desktop import index_plate_words, indexing_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.index_plates import INDEX_PLATE, Found
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import library_look_up, plate_look_up, rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import index_scans, left_out, libraries, rack_standing
from gms_desktop.services.at_index import AtIndex
from gms_desktop.services.plate_views import PlateView
from gms_desktop.services.rack_views import FindingLine, Sign, WellView
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer

_MOST_LISTED = 12
_BACK = Offer(Command.INDEX_WORK, "Plans and plates")
_ASIDE = Offer(Command.PLATE_ASIDE, "Put aside")
_POOL = Offer(Command.POOL_BEGIN, "New pool")
_MANY = {
    "library": "libraries",
    "gets an index": "get an index",
    "control": "controls",
    "library, cannot be pooled": "libraries that cannot be pooled",
}


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> PlateView:
    """The screen as it stands."""
    made = _view(ledger, desk.index)
    return replace(made, verdict=verdict, question=desk.question, indexes=True)


def _view(ledger: Ledger, at: AtIndex) -> PlateView:
    db = ledger.db
    pool = library_look_up.pool(db, at.pool) if at.pool else None
    if pool is not None:
        return _of_pool(db, pool, at)
    if at.pooling:
        return _pooling(db, at)
    plate = plate_look_up.plate(db, at.plate) if at.plate else None
    if plate is not None:
        return _of_plate(ledger, plate, at)
    index_plate = library_look_up.index_plate(db, at.index_plate) if at.index_plate else None
    if index_plate is not None:
        return _of_index_plate(ledger, index_plate)
    return PlateView(indexing_words.BEGIN, lines=_rest(db), offers=(*_new(at), _POOL, _BACK), takes_file=True)


def _new(at: AtIndex) -> tuple[Offer, ...]:
    if not at.code:
        return ()
    return (Offer(Command.INDEX_REGISTER, f"Register {at.code}", usual=True, argument=at.code),)


def _rest(db: Database) -> tuple[FindingLine, ...]:
    sets = library_look_up.sets(db)
    if not sets:
        return (FindingLine("No index set", indexing_words.NO_SET, VerdictKind.ATTENTION),)
    known = {one["id"]: one for one in sets}
    lines = [
        FindingLine(
            f"Index plate {one['code']}",
            _free_words(known.get(one["set_id"]), one["used"]),
            VerdictKind.FOUND,
            offers=(Offer(Command.INDEX_OPEN, f"Open {one['code']}", argument=one["id"]),),
        )
        for one in library_look_up.index_plates(db, _MOST_LISTED)
    ]
    lines += [
        FindingLine(
            f"Pool {one['code']}",
            f"{one['libraries']} libraries.",
            VerdictKind.FOUND,
            offers=(Offer(Command.INDEX_OPEN, f"Open {one['code']}", argument=one["id"]),),
        )
        for one in library_look_up.pools(db, _MOST_LISTED)
    ]
    return (*lines, *(_set_line(one) for one in sets))


def _free_words(of: Row | None, used: int) -> str:
    if of is None:
        return "Its set is not known here."
    free = of["pairs"] - used
    return f"Set {of['name']}, {free} well{'' if free == 1 else 's'} free."


def _set_line(row: Row) -> FindingLine:
    way = next(said for way, said in index_plate_words.WAYS.items() if way.value == row["i5"])
    return FindingLine(f"Set {row['name']}", f"{row['pairs']} pairs of indexes. {way}.", VerdictKind.FOUND)


def _of_index_plate(ledger: Ledger, row: Row) -> PlateView:
    db = ledger.db
    pairs = libraries.set_of(db, row)
    said = [f"Lot {row['lot']}." if row["lot"] else "No lot is stated."]
    said.append(index_scans.expiry_words(ledger, row))
    lines = (FindingLine(f"Set {pairs.name}", " ".join(filter(None, said)), VerdictKind.FOUND),)
    return _with_map(f"Index plate {row['code']}", row["code"], _index_wells(db, row), lines, (_ASIDE, _POOL, _BACK))


def _index_wells(db: Database, row: Row) -> list[WellView]:
    pairs, used = libraries.set_of(db, row), library_look_up.used_wells(db, row["id"])
    wells = []
    for well in INDEX_PLATE.wells:
        pair = pairs.wells.get(well)
        if well in used:
            wells.append(
                WellView(well, "used", libraries.name(db, used[well]["id"]), pair.name if pair else "", Sign.DISC)
            )
        elif pair is not None:
            wells.append(WellView(well, "free", pair.name, "", Sign.RING))
        else:
            wells.append(WellView(well, "no index", "", "", Sign.DASHED))
    return wells


def _of_plate(ledger: Ledger, row: Row, at: AtIndex) -> PlateView:
    db, given = ledger.db, dict(at.wells)
    index_plate = library_look_up.index_plate(db, at.index_plate) if at.index_plate else None
    source = str(index_plate["code"]) if index_plate else ""
    known = library_look_up.libraries_of_plate(db, row["id"])
    held = {one["well"]: one for one in plate_look_up.wells(db, row["id"])}
    if at.chosen and index_plate is not None:
        return _choosing(db, index_plate, row, at)
    wells = [
        _well(db, well, held.get(well), known.get(well), given.get(well, ""), source) for well in INDEX_PLATE.wells
    ]
    lines = tuple(_stopped_lines(db, held, given))
    keep = (Offer(Command.INDEX_KEEP, "Keep these indexes", usual=True),) if given else ()
    return _with_map(
        f"Indexes for {row['code']}" if given else f"Libraries of {row['code']}",
        row["code"],
        wells,
        lines,
        (*keep, _ASIDE, _POOL, _BACK),
        marked=(at.chosen,) if at.chosen else (),
        may_move=bool(given),
    )


def _stopped_lines(db: Database, held: Mapping[str, Row], given: Mapping[str, str]) -> Iterator[FindingLine]:
    for well in given:
        tube = rack_look_up.tube(db, held[well]["tube"]) if well in held else None
        why = rack_standing.why_stopped(db, tube) if tube else ""
        if why:
            said = indexing_words.stopped_at_indexing(well, why)
            yield FindingLine("May not be sequenced", said, VerdictKind.ATTENTION, (well,))


def _choosing(db: Database, index_plate: Row, plate: Row, at: AtIndex) -> PlateView:
    """The index plate, while a person chooses which of its wells a library gets."""
    given = {index_well: well for well, index_well in at.wells}
    wells = [
        replace(one, look="given", holds=f"goes to {given[one.well]} of {plate['code']}", sign=Sign.PLUS)
        if one.well in given
        else one
        for one in _index_wells(db, index_plate)
    ]
    heading = f"Which well of {index_plate['code']} for {at.chosen} of {plate['code']}?"
    now = (dict(at.wells)[at.chosen],)
    return _with_map(heading, index_plate["code"], wells, (), (_ASIDE, _BACK), marked=now, may_move=True)


def _well(db: Database, well: str, held: Row | None, library: Row | None, index_well: str, source: str) -> WellView:
    tube = rack_look_up.tube(db, held["tube"]) if held and held["tube"] else None
    code = str(tube["code"]) if tube else ""
    if library is not None:
        return WellView(well, "library", code, libraries.index_words(db, library), Sign.DISC)
    if index_well:
        return WellView(well, "gets an index", code, f"{index_well} of {source}", Sign.PLUS)
    if held is None:
        return WellView(well, "empty", "", "", Sign.RING)
    if not held["tube"]:
        if held["control"]:
            return WellView(well, "control", held["control"], "", Sign.CONTROL)
        return WellView(well, "buffer", "", "", Sign.BUFFER)
    if held["left_out_private"]:
        return WellView(well, "left out", code, "", Sign.CROSS)
    return WellView(well, "no index yet", code, "", Sign.DASHED)


def _pooling(db: Database, at: AtIndex) -> PlateView:
    rows = index_scans.in_hand(db, at)
    found = libraries.odd(db, rows)
    row = plate_look_up.plate(db, at.plate) if at.plate else None
    offers = (_ASIDE, _BACK)
    stopped = index_scans.stopped_words(db, rows)
    barred = tuple(
        FindingLine("May not be sequenced", why, VerdictKind.REFUSED, (name.rpartition(".")[2],))
        for name, why in stopped.items()
    )
    lines = (*barred, *_found(found, row["code"] if row else ""), *_plates(db, rows))
    many = len(rows)
    heading = f"New pool, {many} {'library' if many == 1 else 'libraries'}"
    if row is None:
        return PlateView(heading, lines=lines, offers=offers)
    known, inside = library_look_up.libraries_of_plate(db, row["id"]), set(at.pooled)
    odd = {name for one in found if one.blocks for name in one.about}
    odd |= {libraries.name(db, one) for one in stopped}
    wells = [_in_pool(db, well, known, inside, odd) for well in INDEX_PLATE.wells]
    return _with_map(heading, row["code"], wells, lines, offers, may_move=True)


def _in_pool(db: Database, well: str, known: Mapping[str, Row], inside: set[str], odd: set[str]) -> WellView:
    row = known.get(well)
    if row is None:
        return WellView(well, "empty", "", "", Sign.RING)
    index = libraries.index_words(db, row)
    if row["id"] not in inside:
        return WellView(well, "left out", libraries.name(db, row["id"]), index, Sign.DASHED)
    name = libraries.name(db, row["id"])
    if name in odd:
        return WellView(well, "library, cannot be pooled", name, index, Sign.CROSS)
    return WellView(well, "library", name, index, Sign.DISC)


def _of_pool(db: Database, row: Row, at: AtIndex) -> PlateView:
    rows = library_look_up.libraries_in(db, row["id"])
    sheet = Offer(Command.POOL_SHEET, "Write the sample sheet", usual=not at.sheet[0])
    wrong = f"{row['mismatches']} wrong base{'' if row['mismatches'] == 1 else 's'}"
    mismatches = f"They are told apart with {wrong} in each index."
    rules = f"Rules: indexes, {row['rules']}"
    stopped, out = left_out.undecided_in_pool(db, row["id"]), library_look_up.left_out_of(db, row["id"])
    lines = (
        FindingLine(f"{row['libraries']} libraries", mismatches, VerdictKind.FOUND),
        *(_stopped_line(db, one, why) for one, why in stopped.items()),
        *(
            FindingLine("Left out of the sheet", f"{libraries.name(db, one)}.", VerdictKind.ATTENTION)
            for one in sorted(out)
        ),
        *_plates(db, rows),
    )
    leave = (Offer(Command.LEAVE_OUT, "Leave libraries out"),) if stopped or out else ()
    offers = (sheet, *leave, _ASIDE, _POOL, _BACK)
    return PlateView(f"Pool {row['code']}", lines=lines, offers=offers, rules=rules, sheet=at.sheet[1])


def _stopped_line(db: Database, library: str, why: str) -> FindingLine:
    said = indexing_words.may_not_be_pooled(libraries.name(db, library), why)
    return FindingLine("May not be sequenced", said, VerdictKind.REFUSED)


def _plates(db: Database, rows: Iterable[Row]) -> tuple[FindingLine, ...]:
    counted = Counter(row["plate"] for row in rows)
    plates = {plate: plate_look_up.plate(db, plate) for plate in counted}
    return tuple(
        FindingLine(
            f"Plate {row['code'] if (row := plates[plate]) else 'not known here'}",
            f"{many} {'library' if many == 1 else 'libraries'} of it.",
            VerdictKind.FOUND,
        )
        for plate, many in counted.items()
    )


def _found(found: Iterable[Found], plate: str) -> tuple[FindingLine, ...]:
    blocking = sorted(found, key=lambda one: not one.blocks)
    return tuple(
        FindingLine(
            "Cannot be told apart" if one.blocks else "Make sure",
            index_plate_words.finding(one),
            VerdictKind.REFUSED if one.blocks else VerdictKind.ATTENTION,
            tuple(name.rpartition("_")[2] for name in one.about if name.startswith(f"{plate}_")),
        )
        for one in blocking
    )


def _with_map(
    heading: str,
    plate: str,
    wells: Iterable[WellView],
    lines: tuple[FindingLine, ...],
    offers: tuple[Offer, ...],
    *,
    marked: tuple[str, ...] = (),
    may_move: bool = False,
) -> PlateView:
    shown = tuple(wells)
    counted = Counter(one.look for one in shown)
    return PlateView(
        heading,
        plate=plate,
        rows=INDEX_PLATE.rows,
        columns=INDEX_PLATE.columns,
        wells=shown,
        counts=tuple((_MANY.get(look, look) if many > 1 else look, many) for look, many in counted.items()),
        marked=marked,
        lines=lines,
        may_move=may_move,
        offers=offers,
    )
