"""Faults of the printer while labels wait: the window says what the guide says, and all labels come out after them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from at_the_bench import AtTheBench
from PySide6.QtWidgets import QLabel

from devices.values import PrinterCondition
from gms_desktop.journal.database import text_statement
from gms_desktop.services import arrive
from ui.actions import Place

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "scanners-and-printers.md"
SINGLE = "Q26-118901-1"
FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"errors": 0x8}, "the printer's cutter is stuck"),
    ({"errors": 0x1000}, "something is stuck in the printer"),
    ({"errors": 0x80}, "the printer's head has a fault"),
    ({"buffer_full": True}, "the printer holds as many as it can"),
    ({"silent": True}, "the printer does not answer"),
)


def waits(person: AtTheBench, copies: range) -> list[str]:
    """Further copies of the tube in hand, which wait to be sent."""
    rows = text_statement("SELECT id, specimen, accession FROM label ORDER BY intended_at LIMIT 1")
    row = person.bench.recorder.read(lambda ledger: ledger.db.all(rows)).result()[0]
    place = person.bench.desk.place
    drafts = [arrive.label_draft(place, row["specimen"], row["accession"], copy, "lost") for copy in copies]
    person.bench.recorder.write(lambda ledger: ledger.append(drafts, None)).result()
    return [str(draft.body["label"]) for draft in drafts]


def states(person: AtTheBench) -> dict[str, str]:
    rows = person.bench.recorder.read(lambda ledger: ledger.db.all(text_statement("SELECT id, state FROM label")))
    return {row["id"]: row["state"] for row in rows.result()}


def printer_words(person: AtTheBench) -> str:
    """What stands on the Devices screen."""
    return "\n".join(label.text() for label in person.window.devices.findChildren(QLabel) if label.isVisible())


def test_every_fault_ends_in_its_words_and_the_labels_come_out_once_it_is_gone(rehearsal: AtTheBench) -> None:
    person, printer = rehearsal, rehearsal.desk.printer
    heading = person.window.devices.heading
    person.signs_in()
    person.scans(SINGLE)
    person.printed(1)
    person.goes_to(Place.DEVICES)
    for at, (faults, why) in enumerate(FAULTS):
        printer.suffer(**faults)
        labels = waits(person, range(2 + at * 2, 4 + at * 2))
        person.bench.press.look()
        person.until(lambda why=why: heading.text() == f"2 labels wait: {why}")
        state = person.bench.devices()[1].state
        assert state in printer_words(person)
        assert {states(person)[label] for label in labels} == {"intended"}
        printer.recover()
        person.bench.press.look()
        person.until(lambda labels=labels: not {"intended", "sending"} & {states(person)[label] for label in labels})
    assert len(printer.labels) == 1 + 2 * len(FAULTS)


def test_a_line_lost_after_the_last_byte_is_asked_and_no_label_comes_twice(rehearsal: AtTheBench) -> None:
    person, printer = rehearsal, rehearsal.desk.printer
    person.signs_in()
    person.goes_to(Place.RECEIVE)
    printer.suffer(resets_after_label=True)
    person.scans(SINGLE)
    person.until(lambda: "unknown" in states(person).values())
    person.goes_to(Place.DEVICES)
    person.until(lambda: person.window.devices.heading.text() == "1 label: did it come out?")
    printer.recover()
    person.bench.press.look()
    person.settle()
    assert len(printer.labels) == 1


def test_the_guide_names_every_state_that_a_printer_can_be_in() -> None:
    table = GUIDE.read_text("utf-8").partition("### What the printer says")[2].partition("### Labels that wait")[0]
    named = {part.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for part in row.split(",")}
    words = {"away" if one is PrinterCondition.UNREACHABLE else one.value for one in PrinterCondition}
    said = " ".join(named)
    assert {one for one in words if one not in said} == set()
