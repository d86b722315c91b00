"""A specimen as it was found, in words: beside the tube on Receive, among the facts of Find, and as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gms_desktop import examination_words, risk_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.specimen_types import SpecimenType, storage_words
from gms_desktop.domain.time_limits import Standing
from gms_desktop.journal.database import Database, Row
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import risk_commands, risks, separated, specimen_lists, time_left, wgs_check
from gms_desktop.services.examined import Examined, examined, private_words, type_of
from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.views import CheckLine, Mark, Offer, ReceiveView, Touch, TubeLine

# Behind the name of a tube or specimen in the argument of a button: the condition that one touch says.
TOUCH = "#"


def on_receive(ledger: Ledger, view: ReceiveView, here: Situation | None, zone: str) -> ReceiveView:
    """The Receive screen with what was seen on its tubes, what is left of their time, and buttons to say it."""
    if here is None:
        return view
    tubes = tuple(_tube(ledger.db, line, tube) for line, tube in zip(view.tubes, here.tubes, strict=True))
    tube = here.in_hand
    if tube is None or tube.specimen is None:
        return replace(view, tubes=tubes)
    seen = examined(ledger.db, tube.specimen["id"])
    view = replace(view, tubes=tubes, checks=(*view.checks, *checks(ledger, tube.specimen, seen, zone)))
    view = _with_due(ledger, view, tube.specimen, zone)
    if view.question is not None:
        return view
    said = offers(ledger.db, tube.specimen, f"tube {tube.number}", tube.key)
    return replace(view, seen=said, touches=touches(ledger.db, seen, tube.key))


def _tube(db: Database, line: TubeLine, tube: Tube) -> TubeLine:
    if tube.specimen is None:
        return line
    seen = examined(db, tube.specimen["id"])
    hazard = risk_words.HAZARD if risks.risk_of(db, tube.specimen).hazard else ""
    said = ", ".join(filter(None, (line.seen, hazard, volume_words(seen), *_conditions(db, seen))))
    return replace(line, specimen_type=seen.type_found or line.specimen_type, seen=said)


def _with_due(ledger: Ledger, view: ReceiveView, specimen: Row, zone: str) -> ReceiveView:
    """The step whose time ends first, with its clock, beside the patient's name."""
    first = next(iter(time_left.running(ledger, specimen, zone)), None)
    if first is None or view.banner is None or view.banner.due:
        return view
    deadline = first.left.deadline
    due = dates.display_minute(dates.to_local(deadline, zone)) if deadline else "unknown"
    label = f"{first.limit.step[:1].upper()}{first.limit.step[1:]} due"
    return replace(view, banner=replace(view.banner, due_label=label, due=due))


def volume_words(seen: Examined) -> str:
    """A volume with how it is known: ``2.5 ml estimated``."""
    return f"{seen.volume.words} {seen.how}" if seen.volume else ""


def _conditions(db: Database, seen: Examined) -> list[str]:
    listed = specimen_lists.types(db)
    return [listed.condition_words(code).lower() for code in seen.condition or ()]


def checks(ledger: Ledger, specimen: Row, seen: Examined, zone: str) -> tuple[CheckLine, ...]:
    """What was seen and what must be known of the specimen in hand, after what is compared."""
    db, kind = ledger.db, type_of(ledger.db, specimen, seen)
    made = [*_seen_lines(db, seen), *_kind_lines(kind)]
    for one in time_left.running(ledger, specimen, zone):
        mark = Mark.NOTED if one.left.standing is Standing.IN_TIME else Mark.ATTENTION
        made.append(_line(f"limit {one.limit.step}", mark, f"Time left: {one.limit.step}", one.words(zone)))
    made += [_line(f"wgs {name}", Mark.ATTENTION, name, said) for name, said in wgs_check.findings(db, specimen, seen)]
    # What wants attention stands before what is only noted.
    return tuple(sorted(made, key=lambda line: line.mark is Mark.NOTED))


def _line(field: str, mark: Mark, label: str, value: str) -> CheckLine:
    return CheckLine(field, mark, label, value)


def _seen_lines(db: Database, seen: Examined) -> list[CheckLine]:
    made = []
    if seen.condition is not None:
        said = ", ".join(_conditions(db, seen)) or examination_words.NOTHING_SEEN
        made.append(_line("condition", Mark.ATTENTION if seen.condition else Mark.NOTED, "Condition", said))
    if seen.volume is not None:
        made.append(_line("volume", Mark.NOTED, "Volume", volume_words(seen)))
    if seen.type_found and seen.type_found != seen.type_expected:
        said = f"{seen.type_found}, expected {seen.type_expected}"
        made.append(_line("type found", Mark.DIFFERS, "Type as found", said))
    return made


def _kind_lines(kind: SpecimenType | None) -> list[CheckLine]:
    made = []
    if kind is not None and kind.irreplaceable:
        made.append(_line("irreplaceable", Mark.ATTENTION, "Irreplaceable", "cannot easily be taken again"))
    if said := storage_words(kind):
        made.append(_line("storage", Mark.ATTENTION, "Storage", said))
    return made


def touches(db: Database, seen: Examined, argument: str) -> tuple[Touch, ...]:
    """Each condition that the laboratory wants said by one touch."""
    there = seen.condition or ()
    return tuple(
        Touch(Command.CONDITION, one.words, f"{argument}{TOUCH}{one.code}", one.code in there)
        for one in specimen_lists.types(db).conditions
        if one.one_touch
    )


def offers(db: Database, specimen: Row, what: str, argument: str) -> tuple[Offer, ...]:
    """Commands about a specimen as it is found, each with its question.

    Args:
        db: the register.
        specimen: its row.
        what: as buttons name it, "tube 1" or its number.
        argument: the name of tube or specimen.
    """
    made = [
        Offer(Command.CONDITION, f"Condition, {what}", argument=argument),
        Offer(Command.EXAMINE, f"Volume, {what}", argument=argument),
    ]
    if wgs_check.wgs_test(db, specimen["id"]):
        made.append(Offer(Command.WGS_CHECK, f"What came with {what}", argument=argument))
    return tuple(made)


def offers_on_find(ledger: Ledger, specimen: Row | None, zone: str) -> tuple[Offer, ...]:
    """The same for a specimen on Find, with the steps that wait and the separation of blood."""
    if specimen is None or specimen["outcome"] == "rejected":
        return ()
    db, number, name = ledger.db, str(specimen["accession"]), specimen["id"]
    made = offers(db, specimen, number, name)
    if time_left.running(ledger, specimen, zone):
        made = (*made, Offer(Command.STEP_DONE, f"A step of {number} is done", argument=name))
    if separated.labels_wanted(db, specimen):
        made = (*made, Offer(Command.ALIQUOT_LABELS, f"Labels poured, {number}", argument=name))
    kind = type_of(db, specimen)
    if kind is not None and kind.material in separated.MATERIALS:
        made = (*made, Offer(Command.SEPARATE, f"Separate {number}", argument=name))
    return made


def risk_offers(db: Database, sort: str, name: str, row: Row | None) -> tuple[Offer, ...]:
    """Commands about the infection risk of what Find shows."""
    known = risks.risk_of(db, row) if sort == "specimen" and row is not None else None
    return risk_commands.offers(row, sort, name, known)


def facts(ledger: Ledger, specimen: Row | None, zone: str) -> tuple[tuple[str, str], ...]:
    """What was seen, among the facts of a specimen."""
    if specimen is None:
        return ()
    db = ledger.db
    seen = examined(db, specimen["id"])
    kind = type_of(db, specimen, seen)
    said: Sequence[tuple[str, str]] = (
        *risks.facts(db, specimen),
        *((line.label, line.value) for line in (*_seen_lines(db, seen), *_kind_lines(kind))),
        ("Cytology", _cytology(db, specimen["id"], seen)),
        ("White cells", cells_words(seen)),
        ("Came with it", ", ".join(f"{name}: {state}" for name, state in sorted(seen.papers.items()))),
        ("Stated history", history_words(db, specimen["id"], seen)),
        *((f"Time left: {one.limit.step}", one.words(zone)) for one in time_left.running(ledger, specimen, zone)),
        *wgs_check.findings(db, specimen, seen),
        *separated.facts(db, specimen["id"], zone),
    )
    return tuple((name, value) for name, value in said if value)


def cells_words(seen: Examined) -> str:
    """A white cell count in words; empty while nobody was asked."""
    if seen.cells.get("value"):
        return f"{seen.cells['value']} × 10⁹/L"
    return seen.cells.get("state") or ""


def _cytology(db: Database, specimen: str, seen: Examined) -> str:
    said = [
        f"{name} {seen.cytology[name]}" for name in ("preparation", "fixative", "adequacy") if seen.cytology.get(name)
    ]
    assessor = private_words(db, specimen, seen.cytology.get("assessor"))
    return ", ".join((*said, *([f"assessed by {assessor}"] if assessor else [])))


def history_words(db: Database, specimen: str, seen: Examined) -> str:
    """What the sender states of extracted material."""
    story = seen.history
    said = [
        f"extracted by {story['extracted_by']}" if story.get("extracted_by") else "",
        f"from {story['source']}" if story.get("source") else "",
        f"on {story['on']}" if story.get("on") else "",
        f"tube {code}" if (code := private_words(db, specimen, story.get("code"))) else "",
        private_words(db, specimen, story.get("words")),
    ]
    return ", ".join(filter(None, said))
