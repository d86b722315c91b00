"""A second person for work at the tube in hand: asked on Receive, where nothing may be chosen but to go back."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

from at_the_bench import AtTheBench
from PySide6.QtWidgets import QLabel, QWidget

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules
from gms_desktop.services.views import Answer
from ui.actions import Place

SINGLE = "Q26-118901-1"


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def rejecting_needs_two(person: AtTheBench) -> None:
    text = files("resources").joinpath("rules", "second-person.toml").read_text("utf-8")
    text = text.replace("EXAMPLE-1", "OWN-1") + '\n[[job]]\njob = "reject"\nneeded = true\nalone = "wait"\n'
    who = person.bench.operator_id()

    def approve(ledger: Ledger) -> None:
        ledger.append([site_rules.approval(text, "second-person", who or "")], who)

    person.bench.recorder.write(approve).result()


def test_where_nothing_can_be_chosen_there_is_only_going_back_and_a_scan_gives_it_up(rehearsal: AtTheBench):
    rehearsal.signs_in()
    rejecting_needs_two(rehearsal)
    rehearsal.goes_to(Place.RECEIVE)
    rehearsal.scans(SINGLE)
    number = rehearsal.printed(1)
    screen = rehearsal.window.receive
    for _ in range(2):
        rehearsal.gives(Command.REJECT, Answer(("clotted",)))
        rehearsal.until(lambda: "The second person scans their badge now" in said(screen))
        assert not screen.question.confirm.isVisible()
        assert screen.question.cancel.isVisible()
        assert not screen.offers.isVisible()
        screen.question.cancel.click()
        rehearsal.until(lambda: "The second person scans their badge now" not in said(screen))
        rehearsal.until(screen.offers.isVisible)
    rehearsal.gives(Command.REJECT, Answer(("clotted",)))
    rehearsal.until(lambda: "The second person scans their badge now" in said(screen))
    joined = rehearsal.application.joined
    assert joined is not None
    joined.scanned(Scan(number.encode(), number, None, datetime.now(UTC), "Scanner"))
    rehearsal.until(lambda: rehearsal.bench.sessions.pending is None)
    rehearsal.settle()
    rehearsal.until(lambda: "The second person scans their badge now" not in said(screen))
