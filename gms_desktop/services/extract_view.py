"""The Extract screen: the open batch position by position, what waits, what may be done."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop import extract_words, lot_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.extraction import Role
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import batches, extract_commands, extract_scans, lots, today_items
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.rack_views import Sign, WellView
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer, Question, WorkItem, WorkList

_SHOWN = 12


@dataclass(frozen=True)
class ExtractView:
    """The Extract screen. ``positions`` go in the order of filling; ``in_hand`` is the position that comes next."""

    heading: str
    verdict: Verdict | None = None
    number: str = ""
    state: str = ""
    rows: int = 0
    columns: int = 0
    positions: tuple[WellView, ...] = ()
    in_hand: str = ""
    next_words: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    worklists: tuple[WorkList, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> ExtractView:
    """The screen as it stands."""
    here = batches.at_bench(ledger.db, desk.extract.batch)
    if here is None:
        lists = (_open_batches(ledger.db), *worklists(ledger.db), lots.waiting(ledger))
        begin = Offer(Command.BEGIN_BATCH, "Begin a batch", usual=True)
        by_hand = Offer(Command.ENTER_LOT, lot_words.ENTER)
        return ExtractView(
            extract_words.SCAN_FIRST,
            verdict,
            worklists=lists,
            offers=(begin, by_hand, *_of_eluates(desk)),
            question=desk.question,
        )
    row, in_hand = here.row, _in_hand(here, desk)
    return ExtractView(
        heading=f"Batch {row['number']}, {row['words']}",
        verdict=verdict,
        number=row["number"],
        state=extract_scans.state_words(here),
        rows=row["rows"],
        columns=row["columns"],
        positions=tuple(_position(here, position) for position in here.batch.protocol.shape.wells),
        in_hand=in_hand,
        next_words=_next_words(here, desk, in_hand),
        facts=_facts(here),
        worklists=worklists(ledger.db, row["protocol"]) if here.state == "placing" else (),
        offers=_offers(here, desk),
        question=desk.question,
    )


def _in_hand(here: OpenBatch, desk: Desk) -> str:
    if desk.extract.position:
        return desk.extract.position
    return here.next_position if here.state == "placing" else next(iter(here.awaiting), "")


def _next_words(here: OpenBatch, desk: Desk, position: str) -> str:
    if not position:
        return "" if here.state == "placing" else _done_words(here)
    row = here.positions.get(position)
    holds = (row["code"] or row["role"]) if row else ""
    if here.state == "placing":
        return f"{position} holds {holds}" if row else f"Next: {position}. Scan its specimen"
    if desk.extract.scanned:
        to_do = "print its label, the batch is held" if here.held else "scan its FluidX tube, or print a label"
        return f"{position}, {holds}: {to_do}"
    if here.state == "ended" and position in here.awaiting:
        return f"Next: {position}, {holds}. Scan the source, then its tube"
    return f"{position}: {holds}" if holds else position


def _done_words(here: OpenBatch) -> str:
    return "Every eluate is scanned out" if here.state == "ended" else ""


def _position(here: OpenBatch, position: str) -> WellView:
    row = here.positions.get(position)
    if row is None:
        return WellView(position, "free", "", "", Sign.RING)
    what = row["code"] or row["role"]
    if row["state"] == "failed":
        return WellView(position, "came to nothing", what, row["reason"] or "", Sign.CROSS)
    if row["role"] != Role.SPECIMEN.value:
        measured = f"{row['measured']} {row['measured_unit']}" if row["measured"] else ""
        return WellView(position, row["role"], what, measured, Sign.PLUS)
    if here.state == "ended" and not row["eluate"]:
        return WellView(position, "to scan out", what, "", Sign.ARROWS)
    look = "scanned out" if row["eluate"] else {"placing": "placed"}.get(here.state, "running")
    return WellView(position, look, what, "", Sign.DISC)


def _facts(here: OpenBatch) -> tuple[tuple[str, str], ...]:
    row = here.row
    lots = ", ".join(f"{one.of} {one.lot}" for one in here.lots) or (f"scan the {here.needs}" if here.needs else "")
    said = (
        ("State", extract_scans.state_words(here)),
        ("Protocol", f"{row['words']} ({row['version']})"),
        ("Instrument", row["instrument"] or "not stated"),
        ("Lots", lots),
        ("Input", row["input"] or "not stated"),
        ("Elution", f"{row['elution']} µl, nominal" if row["elution"] else "not laid down"),
    )
    return tuple((name, value) for name, value in said if value)


def _offers(here: OpenBatch, desk: Desk) -> tuple[Offer, ...]:
    aside = Offer(Command.BATCH_ASIDE, "Put aside")
    release = (Offer(Command.RELEASE_BATCH, "Release the batch"),) if here.held else ()
    if here.state == "placing":
        ready = bool(here.batch.of(Role.SPECIMEN))
        start = (Offer(Command.START_BATCH, "Start the batch", usual=True),) if ready else ()
        filling = (Offer(Command.PLACE_BLANK, "Blank here"), Offer(Command.PLACE_CONTROL, "Control here"))
        position = desk.extract.position if desk.extract.position in here.positions else ""
        out = (Offer(Command.TAKE_OUT_OF_BATCH, f"Take {position} out", argument=position),) if position else ()
        return (*start, *filling, *out, Offer(Command.DROP_BATCH, "Drop the batch"), aside)
    running = (Offer(Command.END_BATCH, "End the batch", usual=True),) if here.state == "running" else ()
    return (*running, *_of_position(here, desk), *_of_eluates(desk), *release, aside)


def _of_eluates(desk: Desk) -> tuple[Offer, ...]:
    """What may be done with the eluates that were scanned last."""
    many = len(desk.extract.eluates)
    pool = (Offer(Command.POOL_ELUATES, f"Pool the {many} eluates"),) if many > 1 else ()
    return (*pool, Offer(Command.ELUATE_VOLUME, "Volume measured")) if many else ()


def _of_position(here: OpenBatch, desk: Desk) -> tuple[Offer, ...]:
    position = desk.extract.position
    row = here.positions.get(position)
    if row is None or row["state"] == "failed":
        return ()
    made = []
    if desk.extract.scanned:
        made.append(Offer(Command.ELUATE_LABEL, "Print its label", usual=True))
    if row["role"] == Role.BLANK.value and here.state == "ended":
        made.append(Offer(Command.MEASURE_BLANK, f"Blank {position} measured", argument=position))
    made.append(Offer(Command.POSITION_FAILED, f"{position} came to nothing", argument=position))
    return tuple(made)


def today(db: Database) -> WorkList:
    """Batches that run or are held, for Today."""
    known = extraction_look_up.open_batches(db)
    rows = [row for row in known if row["state"] == "running" or row["held"] == batches.HELD]
    return WorkList(extract_words.BATCHES, tuple(batch_line(row) for row in rows), extract_words.NO_BATCH, len(rows))


def _open_batches(db: Database) -> WorkList:
    rows = extraction_look_up.open_batches(db)
    items = tuple(batch_line(row) for row in rows)
    return WorkList(extract_words.BATCHES, items, extract_words.NO_BATCH, len(rows))


def batch_line(row: Row) -> WorkItem:
    """A batch as a line that leads to it."""
    out = f"ended, {row['to_come']} to scan out" if row["to_come"] else "ended"
    state = {"placing": "being filled", "running": "runs"}.get(row["state"], out)
    kind = VerdictKind.REFUSED if row["held"] == batches.HELD else VerdictKind.ATTENTION
    detail = "held: a blank is over its limit" if row["held"] == batches.HELD else state
    return WorkItem(f"{row['number']}  {row['words']}", detail, kind, "extract", row["id"])


def worklists(db: Database, protocol: str = "") -> tuple[WorkList, ...]:
    """What waits to be extracted, by protocol, urgent specimens first; of one protocol where it is named."""
    by_protocol: dict[str, list[WorkItem]] = {}
    for row in extraction_look_up.waiting(db):
        if row["outcome"] is None or rack_look_up.tubes_of_specimen(db, row["id"]):
            continue
        fitting = extract_commands.protocol_of(db, row)
        name = fitting.words if fitting else extract_words.NO_PROTOCOL
        if not protocol or (fitting is not None and fitting.code == protocol):
            by_protocol.setdefault(name, []).append(today_items.of_specimen(db, row, row["type"] or ""))
    made = [WorkList(name, tuple(items[:_SHOWN]), "", len(items)) for name, items in by_protocol.items()]
    made.sort(key=lambda one: one.title == extract_words.NO_PROTOCOL)
    return tuple(made) or (WorkList(extract_words.WORKLIST, (), extract_words.NOTHING_WAITS, 0),)
