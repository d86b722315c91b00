"""The Racks screen: the open rack well by well, each finding with what may be done, the source in hand."""

from __future__ import annotations

from gms_desktop import rack_words, tube_words, volume_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.racks.findings import AGREEING, Found, Kind, Look
from gms_desktop.domain.racks.saving import Purpose, may_save
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rack_commands, rack_compared, rack_scans, thing_label_commands, volume_left
from gms_desktop.services.at_rack import Source
from gms_desktop.services.rack_compared import Compared
from gms_desktop.services.rack_views import FindingLine, RackView, Sign, WellView
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> RackView:
    """The screen as it stands."""
    at, db = desk.rack, ledger.db
    source = _source(db, at.source) if at.source else ""
    row = rack_look_up.rack(db, at.rack) if at.rack else None
    if row is None:
        heading = at.source.number if at.source else tube_words.SCAN_FIRST
        aside = (*_of_source(at.source), Offer(Command.RACK_ASIDE, "Put aside")) if at.source else ()
        offers = (*aside, *_without_rack(db, at.unknown))
        return RackView(heading, verdict, source=source, offers=offers, question=desk.question)
    here = rack_compared.compared(db, at)
    wells = _compared_wells(db, here) if here else recorded_wells(db, row)
    return RackView(
        heading=f"Rack {row['code']}",
        verdict=verdict,
        rack=row["code"],
        rows=row["rows"],
        columns=row["columns"],
        wells=wells,
        counts=_counts(wells),
        findings=_findings(here, at.purpose) if here else (),
        source=source,
        named_well=at.well,
        next_well="" if here else next((one.well for one in wells if not one.code), ""),
        purpose=tube_words.PURPOSES[Purpose(at.purpose)] if here else "",
        offers=(
            *_of_source(at.source),
            *_offers(db, here, at.purpose, at.unknown),
            *(() if here else thing_label_commands.offers(db, desk, f"rack:{at.rack}")),
        ),
        question=desk.question,
    )


def _source(db: Database, source: Source) -> str:
    """What is in hand, what is left of it, and how much of that goes into the tube."""
    left = volume_left.left(db, f"{source.sort}:{source.id}")
    much = f", {' '.join(source.take)} of it go in" if source.take[0] else ""
    return f"{source.number}: scan its tube{f' ({volume_words.left(left)} left{much})' if left or much else ''}"


def _of_source(source: Source | None) -> tuple[Offer, ...]:
    return (Offer(Command.BIND_VOLUME, "How much goes in"),) if source else ()


def _without_rack(db: Database, unknown: str) -> tuple[Offer, ...]:
    if not unknown:
        return ()
    usual, *others = (one.rows * one.columns for one in rack_compared.rules(db).shapes)
    register = Offer(Command.REGISTER_RACK, f"Register {unknown} as a new rack of {usual}", argument=unknown)
    return (register, Offer(Command.RACK_SIZE, "A rack of another size", argument=unknown)) if others else (register,)


def recorded_wells(db: Database, rack: Row) -> tuple[WellView, ...]:
    """Each well of a rack with what is recorded there."""
    tubes: dict[str, list[Row]] = {}
    for one in rack_look_up.tubes_in_rack(db, rack["id"]):
        tubes.setdefault(one["well"] or "", []).append(one)
    return tuple(_recorded(db, well, tubes.get(well, [])) for well in Shape(rack["rows"], rack["columns"]).wells)


def _recorded(db: Database, well: str, tubes: list[Row]) -> WellView:
    if not tubes:
        return WellView(well, "free", "", "", Sign.RING)
    codes, holds = (
        ", ".join(made) for made in zip(*((one["code"], rack_scans.holds(db, one)) for one in tubes), strict=True)
    )
    if len(tubes) > 1:
        return WellView(well, "two tubes", codes, holds, Sign.CROSS)
    return WellView(well, "tube", codes, holds, Sign.DISC)


def _compared_wells(db: Database, here: Compared) -> tuple[WellView, ...]:
    tubes = rack_look_up.tubes_by_codes(db, here.comparison.tubes.values())
    return tuple(_compared_well(db, here, well, look, tubes) for well, look in here.comparison.looks.items())


def _compared_well(db: Database, here: Compared, well: str, look: Look, tubes: dict[str, Row]) -> WellView:
    code = here.comparison.tubes.get(well, "")
    holds = rack_scans.holds(db, tubes[code]) if code in tubes else ""
    return WellView(well, rack_words.LOOKS[look], code, holds, _SIGNS.get(look, Sign.CROSS))


_SIGNS: dict[Look, Sign] = {
    **dict.fromkeys(AGREEING, Sign.DISC),
    Look.EMPTY: Sign.RING,
    # A reader that cannot tell an empty well from a tube that it did not read has said neither of the two.
    Look.NO_CODE: Sign.NO_CODE,
    **dict.fromkeys((Look.NOT_READ, Look.MISSING), Sign.DASHED),
    **dict.fromkeys((Look.MOVED, Look.SWAPPED, Look.TURNED), Sign.ARROWS),
    Look.EXTRA: Sign.PLUS,
}


def _counts(wells: tuple[WellView, ...]) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for one in wells:
        counted[one.look] = counted.get(one.look, 0) + 1
    return tuple(counted.items())


_GRAVE = frozenset(
    {Kind.WRONG_SIZE, Kind.WRONG_RACK, Kind.TURNED, Kind.DUPLICATE, Kind.FOREIGN, Kind.SWAPPED, Kind.CONTRADICTED}
    | {Kind.OTHER_BY_HAND, Kind.EXPECTED_TWICE, Kind.TWO_IN_ONE, Kind.BARRED, Kind.STOPPED}
)


def _findings(here: Compared, purpose: str) -> tuple[FindingLine, ...]:
    found = here.comparison.found
    # Wells that no reader can tell empty are looked into once, for whatever purpose but arriving.
    found += tuple(one for one in may_save(here.comparison, Purpose(purpose)).in_the_way if one not in found)
    return tuple(
        FindingLine(
            rack_words.title(one),
            rack_words.finding(one),
            VerdictKind.REFUSED if one.kind in _GRAVE else VerdictKind.ATTENTION,
            one.wells,
            _offers_of(one),
        )
        for one in found
    )


def _offers_of(one: Found) -> tuple[Offer, ...]:
    match one.kind:
        case Kind.NOT_READ:
            well = one.wells[0]
            return (
                Offer(Command.NAME_WELL, f"Scan {well} by hand", argument=well),
                Offer(Command.WELLS_EMPTY, f"{well} is empty", argument=well),
            )
        case Kind.EMPTIES:
            return (Offer(Command.WELLS_EMPTY, f"All {len(one.wells)} are empty"),)
        case Kind.ORIENTATION:
            return (Offer(Command.CORNER_SEEN, "A1 is where the screen shows it"),)
    return ()


def _offers(db: Database, here: Compared | None, purpose: str, unknown: str) -> tuple[Offer, ...]:
    aside = Offer(Command.RACK_ASIDE, "Put aside")
    if here is None:
        return (Offer(Command.RACK_MAP, "Map of this rack"), aside, *_without_rack(db, unknown))
    saving = may_save(here.comparison, Purpose(purpose))
    offers = [Offer(Command.SAVE_RACK, _save_words(len(saving.tubes), purpose), usual=True)] if saving.tubes else []
    movable = [one for one in here.comparison.found if one.kind in (Kind.MOVED, Kind.SWAPPED)]
    new = rack_commands.new_here(here)
    if Purpose(purpose).in_part and (movable or new):
        offers.append(Offer(Command.SAVE_AS_READ, "Save as read", usual=not offers))
    return (*offers, Offer(Command.RACK_PURPOSE, "Other purpose"), aside)


def _save_words(tubes: int, purpose: str) -> str:
    return f"Save the {tubes} that agree" if Purpose(purpose).in_part else f"Save all {tubes}"
