"""Separating plasma and cells: one question, then in one act the spin, the tubes with our numbers, and their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from gms_desktop import examination_words, queue_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_queue import QUEUED
from gms_desktop.domain.minting import instant
from gms_desktop.domain.specimen_types import Programme, TypeList
from gms_desktop.domain.volumes import How, Volume, read_volume
from gms_desktop.journal.database import Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import arrive, hold_terms, separated, specimen_lists, stops
from gms_desktop.services.examined import volume_body
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

STEP = "separate plasma"
PLASMA, CELLS = "plasma", "cells"
_FIELDS = (
    ("began", "Spin began, as 14:05"),
    ("ended", "Spin ended"),
    ("plasma", "Plasma: volume of each tube"),
    ("cells", "Cells kept: volume"),
    ("how", "Volumes are measured or estimated"),
    ("haemolysis", "Haemolysis of the plasma"),
)
_HOUR = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")


@dataclass
class _Said:
    """What an answer says, as far as it could be read, and what is amiss."""

    programme: Programme | None = None
    began: datetime | None = None
    ended: datetime | None = None
    plasma: tuple[Volume, ...] = ()
    cells: Volume | None = None
    how: How | None = None
    haemolysis: str | None = None
    problems: tuple[str, ...] = ()

    def amiss(self, problem: str) -> None:
        self.problems = (*self.problems, problem)


def question(ledger: Ledger, what: str, problems: tuple[str, ...] = ()) -> Question:
    """What is asked; no time and no volume stands there at first."""
    listed = specimen_lists.types(ledger.db)
    return Question(
        command=Command.SEPARATE,
        title=f"How was {what} spun, and what was poured?",
        choices=tuple(Choice(one.code, f"{one.words}: {_spins_words(one)}") for one in listed.programmes),
        many=False,
        fields=_FIELDS,
        confirm="Record the separation",
        problems=problems,
    )


def _spins_words(programme: Programme) -> str:
    return ", then ".join(f"{force} g {minutes} min" for force, minutes in programme.spins)


def carried_out(ledger: Ledger, desk: Desk, specimen: Row, what: str, answer: Answer | None, zone: str) -> Outcome:
    """Record a separation, or ask what must be said first."""
    if why := stops.why_not(ledger.db, specimen, hold_terms.OPENING):
        return Outcome(examination_words.not_opened(str(specimen["accession"]), why))
    said = _read(ledger, answer, zone) if answer else _Said()
    if answer is None or said.problems:
        asked = question(ledger, what, said.problems)
        sentence = " ".join(said.problems) or "Enter what was done, then confirm."
        return Outcome(words.choose("Separation", sentence), question=asked)
    drafts, labels = _drafts(ledger, desk, specimen, said)
    verdict = examination_words.separated(str(specimen["accession"]), len(said.plasma), int(said.cells is not None))
    return Outcome(verdict, drafts, print_labels=labels)


def _read(ledger: Ledger, answer: Answer, zone: str) -> _Said:
    given = {name: value.strip() for name, value in answer.fields}
    listed, said = specimen_lists.types(ledger.db), _Said()
    said.programme = next((one for one in listed.programmes if one.code in answer.choices), None)
    if said.programme is None:
        said.amiss(examination_words.PROGRAMME_MISSING)
    _read_times(said, given, ledger.clock.now(), zone)
    _read_volumes(said, given)
    _read_haemolysis(said, given.get("haemolysis", ""), listed)
    return said


def _read_times(said: _Said, given: dict[str, str], now: datetime, zone: str) -> None:
    said.began, said.ended = (_moment(given.get(name, ""), now, zone) for name in ("began", "ended"))
    if said.began is None or said.ended is None:
        said.amiss(examination_words.TIMES_FORM)
    elif not said.began <= said.ended <= now + timedelta(minutes=1):
        said.amiss(examination_words.TIMES_ORDER)


def _moment(text: str, now: datetime, zone: str) -> datetime | None:
    """A time of today, or of a day that is written with it."""
    today = dates.to_local(now, zone).date()
    whole = f"{today.isoformat()} {text}" if _HOUR.fullmatch(text) else text
    return dates.instant(dates.collection_time(whole, today), zone).utc


def _read_volumes(said: _Said, given: dict[str, str]) -> None:
    plasma = [part for part in given.get(PLASMA, "").split(",") if part.strip()]
    read = [read_volume(part) for part in plasma]
    said.plasma = tuple(one for one in read if one is not None and one.ml is not None)
    if len(said.plasma) != len(plasma):
        said.amiss(examination_words.PLASMA_FORM)
    if cells := given.get(CELLS, ""):
        said.cells = read_volume(cells)
        if said.cells is None or said.cells.ml is None:
            said.amiss(examination_words.CELLS_VOLUME_FORM)
    if not plasma and not given.get(CELLS):
        said.amiss(examination_words.NOTHING_POURED)
    known = (How.MEASURED, How.ESTIMATED)
    said.how = next((how for how in known if how.value == given.get("how", "").casefold()), None)
    if said.how is None:
        said.amiss(examination_words.one_of("how the volumes are known", "measured, estimated"))


def _read_haemolysis(said: _Said, text: str, listed: TypeList) -> None:
    said.haemolysis = next((one for one in listed.haemolysis if one.casefold() == text.casefold()), None)
    if said.plasma and said.haemolysis is None:
        said.amiss(examination_words.one_of("the haemolysis", ", ".join(listed.haemolysis)))


def _drafts(ledger: Ledger, desk: Desk, specimen: Row, said: _Said) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    assert said.programme is not None
    assert said.began is not None
    assert said.ended is not None
    assert said.how is not None
    separation, bench = ledger.identity(), desk.place.bench
    spun: Body = {
        "separation": separation,
        "specimen": specimen["id"],
        "programme": said.programme.code,
        "spins": [{"g": force, "minutes": minutes} for force, minutes in said.programme.spins],
        "began": instant(said.began),
        "ended": instant(said.ended),
        "bench": bench,
    }
    done = {"specimen": specimen["id"], "step": STEP, "bench": bench}
    drafts = [Draft("separation.spun", spun, input=desk.told), Draft("specimen.step_done", done, input=desk.told)]
    labels = []
    poured = [*((PLASMA, one) for one in said.plasma), *([(CELLS, said.cells)] if said.cells else [])]
    for material, volume in poured:
        number = ledger.next_number(desk.place.letter)
        body: Body = {
            "aliquot": ledger.identity(),
            "accession": number,
            "specimen": specimen["id"],
            "separation": separation,
            "material": material,
            "volume": volume_body(volume, said.how),
            "haemolysis": said.haemolysis if material == PLASMA else None,
            "bench": bench,
        }
        label = arrive.label_draft(desk.place, specimen["id"], number, 1, None, f"aliquot:{body['aliquot']}")
        drafts += [Draft("aliquot.made", body, input=desk.told), label]
        labels.append(str(label.body["label"]))
    return tuple(drafts), tuple(labels)


def print_again(ledger: Ledger, desk: Desk, specimen: Row) -> Outcome:
    """Print again the labels of plasma and cells that are not on their tubes, or carry no hazard sign and should."""
    drafts: list[Draft] = []
    labels = []
    wanted = separated.labels_wanted(ledger.db, specimen)
    if wanted and all(label["state"] in QUEUED for label in wanted):
        return Outcome(queue_words.in_queue(words.names(tuple(str(label["accession"]) for label in wanted))))
    for label in wanted:
        if label["state"] in QUEUED:
            continue
        reason = "not-printed" if label["state"] in look_up.UNSETTLED else "damaged"
        if label["state"] != "spoiled":
            drafts.append(Draft("label.spoiled", {"label": label["id"], "reason": reason}, input=desk.told))
        copy = int(label["copy"]) + 1
        made = arrive.label_draft(desk.place, specimen["id"], label["accession"], copy, reason, label["subject"])
        drafts.append(made)
        labels.append(str(made.body["label"]))
    if not labels:
        return Outcome(examination_words.no_aliquot_label(str(specimen["accession"])))
    said = examination_words.aliquots_print(str(specimen["accession"]), len(labels))
    return Outcome(said, tuple(drafts), print_labels=tuple(labels))
