"""Records of NIPT read back from the register, with the identifying values beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, Sequence
from gms_desktop.domain.nipt.form import Form, Weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.result import Result, Then
from gms_desktop.domain.nipt.samples import Sample
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, nipt_look_up

Known = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a record of NIPT is about: its name, its specimen and its request; None where there is none."""

    nipt: str
    specimen: Row | None
    request: Row | None

    @property
    def patient(self) -> str:
        """The patient's identity; empty for a tube that nobody announced."""
        row = self.specimen or self.request or {}
        return str(row.get("patient") or "")

    @property
    def private(self) -> str:
        """The subject that identifying values are kept under, and erased with."""
        return f"patient:{self.patient}" if self.patient else f"nipt:{self.nipt}"


def subject(db: Database, nipt: str) -> Subject:
    """What a record is about, by its name: a specimen, or a request of which no specimen came."""
    specimen = look_up.row(db, "specimen", nipt)
    if specimen is None:
        return Subject(nipt, None, look_up.row(db, "request", nipt))
    return Subject(nipt, specimen, next(iter(look_up.requests_of_specimen(db, nipt)), None))


def private(db: Database, about: Subject) -> Known:
    """The identifying values of a record, by commitment."""
    return store.private_values(db, [about.private])


def form(row: Row, known: Known) -> Form:
    """What a request states."""
    said = {name: known.get(row[f"{name}_private"] or "") or "" for name in ("due", "ethnicity", "postcode")}
    return Form(
        pathway=Pathway(row["pathway"]),
        sampled=day_of(row["sampled"]),
        weight=Weight(Decimal(row["weight"]), row["weight_unit"]) if row["weight"] else None,
        due=day_of(said["due"]),
        fetuses=row["fetuses"],
        chorionicity=row["chorionicity"] or "",
        ivf=row["ivf"] or "",
        ethnicity=said["ethnicity"],
        postcode=said["postcode"],
        conditions=row["conditions"] or "",
        chance=row["chance"],
        offered={"yes": True, "no": False}.get(row["offered"] or ""),
        history=tuple(json.loads(row["history"])),
        sequence=Sequence(row["sequence"]) if row["sequence"] else None,
        first=row["first"] or "",
        repeat_reason=row["repeat_reason"] or "",
    )


def judgement(row: Row, known: Known) -> Judgement:
    """How a sample was judged."""
    names = ("clarified", "clarified_with", "agreed_with", "comment")
    said = {name: known.get(row[f"{name}_private"] or "") or "" for name in names}
    return Judgement(
        acceptance=Acceptance(row["acceptance"]),
        ineligible=tuple(json.loads(row["ineligible"])),
        rejection=tuple(json.loads(row["rejection"])),
        repeat_asked=bool(row["repeat_asked"]),
        conditions=row["conditions"] or "",
        missing=bool(row["missing"]),
        **said,
    )


def result(row: Row) -> Result:
    """What testing came to."""
    return Result(
        outcome=Outcome(row["outcome"]),
        no_result=row["no_result"] or "",
        results=dict(json.loads(row["results"])),
        scores=dict(json.loads(row["scores"])),
        fetal_fraction=row["fetal_fraction"] or "",
        fraction_unit=row["fraction_unit"] or "%",
        runs=row["runs"],
        authorised=day_of(row["authorised"]),
        reported=day_of(row["reported"]),
        then=Then(row["then_said"]) if row["then_said"] else None,
    )


def sample(db: Database, nipt: str) -> Sample | None:
    """A sample as far as the order of samples rests on it; None where no form is recorded."""
    row = nipt_look_up.form(db, nipt)
    if row is None:
        return None
    about = subject(db, nipt)
    judged, tested = nipt_look_up.judgement(db, nipt), nipt_look_up.result(db, nipt)
    said = form(row, private(db, about))
    return Sample(
        id=nipt,
        patient=about.patient,
        pathway=said.pathway,
        sequence=said.sequence,
        sampled=said.sampled,
        due=said.due,
        first=said.first,
        repeat_reason=said.repeat_reason,
        acceptance=Acceptance(judged["acceptance"]) if judged else None,
        outcome=Outcome(tested["outcome"]) if tested else None,
    )


def day_of(text: str | None) -> date | None:
    """A day as the register keeps it; None for nothing."""
    return date.fromisoformat(text) if text else None


def listed(text: str | None) -> tuple[str, ...]:
    """The codes of a list that the register keeps as text."""
    return tuple(json.loads(text or "[]"))
