"""The NIPT room of the made-up shift: each act is recorded, or its problem told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from shift import Shift

from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Sequence
from gms_desktop.domain.nipt.form import Form, Weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.result import Result
from gms_desktop.register.ledger import Draft
from gms_desktop.services import nipt
from gms_desktop.services.nipt import Desk
from gms_desktop.services.outcome import Outcome as Answer

DESK = Desk("Europe/London", {"by": "hand"})
WHOLE = Form(
    sampled=date(2026, 2, 26),
    weight=Weight(Decimal("68.5"), "kg"),
    due=date(2026, 9, 1),
    fetuses=1,
    ivf="2",
    ethnicity="A",
    postcode="BS10 5NB",
    conditions="3",
    chance=90,
    offered=True,
    sequence=Sequence.FIRST,
)
RESULT = Result(
    Outcome.RESULT,
    results={"T21": "2", "T18": "2", "T13": "2"},
    fetal_fraction="8.5",
    runs=1,
    authorised=date(2026, 3, 5),
    reported=date(2026, 3, 6),
)


@dataclass
class Room:
    """The NIPT room of a bench: each act is recorded, or its problem told."""

    day: Shift

    def sample(self, request: dict[str, Any] | None = None) -> tuple[str, str, dict[str, Any]]:
        """A tube arrives: its specimen, its number and its request."""
        wanted = request or self.day.expect()
        made = self.day.receive(wanted)
        return made["specimen"], made["number"], wanted

    def does(self, said: Answer) -> str:
        if said.drafts:
            self.day.act(lambda: list(said.drafts))
        return f"{said.verdict.title}. {said.verdict.sentence}"

    def states(self, name: str, form: Form = WHOLE, **change: Any) -> str:
        return self.does(nipt.state(self.day.ledger, DESK, name, replace(form, **change)))

    def judges(self, name: str, judged: Judgement | None = None) -> str:
        return self.does(nipt.judge(self.day.ledger, DESK, name, judged or Judgement(Acceptance.ACCEPTED)))

    def reports(self, name: str, result: Result = RESULT, **change: Any) -> str:
        return self.does(nipt.state_result(self.day.ledger, DESK, name, replace(result, **change)))

    def whole(self, **change: Any) -> tuple[str, str]:
        """A sample that was accepted, tested and reported: its specimen and its number."""
        specimen, number, _ = self.sample()
        assert self.states(specimen, **change).startswith("Form recorded")
        assert self.judges(specimen).startswith("Judged")
        assert self.reports(specimen).startswith("Outcome recorded")
        return specimen, number


def outage(day: Shift, number: str, specimen: str, happened: str) -> Draft:
    """The paper of an outage: when the specimen really came."""
    draft = day.draft_used(f"Z{number}", specimen)
    return replace(draft, body=draft.body | {"happened": happened, "precision": "day", "words": happened})
