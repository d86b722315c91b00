"""NIPT at a bench's register: what a request states, how its sample is judged, what testing came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from nipt_room import DESK, WHOLE, Room, outage
from shift import Shift
from shift_nipt import nipt as nipt_day
from shift_people import colleague

from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, Sequence
from gms_desktop.domain.nipt.form import Form
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.result import Result
from gms_desktop.exchange import ncardrs
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import nipt_look_up, rebuild, undoing, verify
from gms_desktop.register.ledger import PremiseFailed
from gms_desktop.services import entry_words, find, nipt, nipt_fields, nipt_records, nipt_reports, rights
from gms_desktop.services.rights import Actor, NotAllowed


@pytest.fixture
def room(shift: Shift) -> Room:
    return Room(shift)


def test_what_a_form_states_comes_back_as_it_was_stated(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    row = nipt_look_up.form(room.day.db, specimen)
    assert row is not None
    known = nipt_records.private(room.day.db, nipt_records.subject(room.day.db, specimen))
    assert nipt_records.form(row, known) == WHOLE
    twins = replace(WHOLE, fetuses=2, chorionicity="4", chance=None, offered=None, weight=None, due=None)
    assert room.states(specimen, twins).startswith("Ask the requestor. Hold the sample and ask the requesting hospital")
    row = nipt_look_up.form(room.day.db, specimen)
    assert row is not None
    known = nipt_records.private(room.day.db, nipt_records.subject(room.day.db, specimen))
    assert nipt_records.form(row, known) == twins


def test_no_identifying_value_of_a_form_stands_in_the_journal(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    said = Judgement(Acceptance.DISCRETION, agreed_with="Dr Fanshawe", comment="Agreed for OYELARAN")
    assert room.judges(specimen, said).startswith("Judged")
    written = b"".join(one.content for lot in store.since(room.day.db) for one in lot)
    for private in ("BS10 5NB", "2026-09-01", "Fanshawe", "OYELARAN"):
        assert private.encode() not in written


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fetuses": 2}, "These are twins. Enter their chorionicity"),
        ({"sampled": date(2026, 3, 3)}, "The date of the draw is in the future"),
        ({"sequence": Sequence.REPEAT, "repeat_reason": "1"}, "A repeat sample names the first one"),
        ({"sequence": Sequence.REPEAT, "repeat_reason": "1", "first": "nobody"}, "not known here as NIPT"),
        ({"sequence": None}, "Choose whether this is the first sample or a repeat"),
    ],
)
def test_a_form_that_cannot_be_so_is_asked_about_and_nothing_is_written(
    room: Room, change: dict[str, Any], said: str
) -> None:
    specimen, _, _ = room.sample()
    told = room.states(specimen, **change)
    assert told.startswith("There is a problem")
    assert said in told
    assert nipt_look_up.form(room.day.db, specimen) is None


def test_a_sample_dated_after_it_was_received_is_asked_about(room: Room) -> None:
    specimen, number, _ = room.sample()
    room.day.act(lambda: [outage(room.day, number, specimen, "2026-02-25")])
    assert "dated after it was received" in room.states(specimen)
    assert room.states(specimen, sampled=date(2026, 2, 25)).startswith("Form recorded")


def test_a_repeat_names_its_first_sample_and_a_pregnancy_has_one_first(room: Room) -> None:
    request = room.day.expect(tubes=2)
    first, number, _ = room.sample(request)
    room.states(first)
    second, _, _ = room.sample(request)
    assert "has a first sample" in room.states(second)
    again = {"sequence": Sequence.REPEAT, "first": first, "repeat_reason": "1", "sampled": date(2026, 3, 1)}
    assert room.states(second, **again).startswith("Form recorded")
    room.judges(first)
    assert "was not rejected" in room.states(second, **again)
    said = {"sequence": "Repeat sample", "first": number, "repeat_reason": "2"}
    form, unread = nipt_fields.read(room.day.db, said)
    assert (form.first, form.repeat_reason, unread) == (first, "2", ())
    stranger, _, _ = room.sample()
    assert "of another patient" in room.states(stranger, **again)


def test_a_form_stated_before_its_tube_came_is_offered_and_is_of_the_same_sample(room: Room) -> None:
    request = room.day.expect()
    assert room.states(request["request"]).startswith("Form recorded")
    specimen, _, _ = room.sample(request)
    offered = nipt.prefilled(room.day.ledger, specimen)
    assert offered == WHOLE
    assert nipt_look_up.form(room.day.db, specimen) is None
    assert room.states(specimen, offered).startswith("Form recorded")
    assert nipt.prefilled(room.day.ledger, "nobody") is None


def test_a_sample_after_one_that_never_came_is_its_repeat(room: Room) -> None:
    request = room.day.expect()
    room.states(request["request"])
    room.judges(request["request"], Judgement(Acceptance.REJECTED, rejection=("1",), repeat_asked=True))
    specimen, _, _ = room.sample(request)
    assert "has a first sample" in room.states(specimen)
    again = {"sequence": Sequence.REPEAT, "first": request["request"], "repeat_reason": "1"}
    assert room.states(specimen, **again).startswith("Form recorded")


def test_a_form_that_changes_after_the_judgement_asks_for_another(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    room.judges(specimen)
    assert room.states(specimen, chance=400).startswith("Judge it again")


def test_r445_is_another_series(room: Room) -> None:
    request = room.day.expect(tubes=2)
    room.states(room.sample(request)[0])
    apart = room.sample(request)[0]
    assert room.states(apart, Form(Pathway.R445, sequence=Sequence.FIRST, conditions="1")).startswith("Form recorded")


def test_a_judgement_rests_on_the_form_as_it_was_known(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    made = nipt.judge(room.day.ledger, DESK, specimen, Judgement(Acceptance.ACCEPTED))
    room.states(specimen, conditions="1")
    with pytest.raises(PremiseFailed):
        room.day.act(lambda: list(made.drafts))
    assert room.judges(specimen) == "Judged. Sample accepted."


def test_what_a_form_states_overturns_no_decision_of_the_tube(room: Room) -> None:
    specimen, _, _ = room.sample()
    before = room.day.last(f"specimen:{specimen}")
    room.states(specimen)
    room.judges(specimen)
    assert room.day.last(f"specimen:{specimen}") == before
    assert room.day.decide(room.day.specimens[-1])


def test_the_condition_choice_is_clarified_before_the_sample_is_accepted(room: Room) -> None:
    specimen, _, _ = room.sample()
    assert "condition choice not clear" in room.states(specimen, conditions="")
    assert "condition choice is not clear" in room.judges(specimen)
    clarified = Judgement(Acceptance.CLARIFIED, conditions="1", clarified_with="Midwife Adams")
    assert room.judges(specimen, clarified).startswith("Judged. Accepted after clarifying")
    told = room.reports(specimen)
    assert "a trisomy that was not chosen" in told
    assert room.reports(specimen, results={"T21": "1"}).startswith("Outcome recorded")


def test_a_judgement_is_proposed_from_the_form_and_from_the_tube_and_never_recorded_by_itself(room: Room) -> None:
    specimen, _, _ = room.sample()
    assert nipt.proposal(room.day.ledger, specimen) is None
    room.states(specimen)
    assert nipt.proposal(room.day.ledger, specimen) == Judgement(Acceptance.ACCEPTED)
    room.states(specimen, chance=151, history=("2",))
    assert nipt.proposal(room.day.ledger, specimen) == Judgement(Acceptance.INELIGIBLE, ineligible=("2", "8"))
    room.day.decide(room.day.specimens[-1], "rejected")
    assert nipt.proposal(room.day.ledger, specimen) == Judgement(Acceptance.REJECTED, rejection=("5",))
    assert nipt_look_up.judgement(room.day.db, specimen) is None


def test_a_sample_that_never_came_is_rejected_by_its_request(room: Room) -> None:
    request = room.day.expect()["request"]
    assert "never came" in room.judges(request, Judgement(Acceptance.REJECTED, rejection=("5",)))
    lost = Judgement(Acceptance.REJECTED, rejection=("1",), repeat_asked=True)
    assert room.judges(request, lost).startswith(
        "Judged. Sample rejected prior to testing. Repeat bloods are requested"
    )
    assert room.reports(request, Result(Outcome.NOT_TESTED, reported=date(2026, 3, 9))).startswith("Outcome recorded")
    made = dict(nipt_reports.month_files(room.day.ledger, "2026-03").files)[Pathway.FASP]
    row = ncardrs.read(made.content)[0]
    assert (row["SAMPLE ACCEPTANCE"], row["REJECTION REASON"], row["RECEIVED DATE"]) == ("2", "1", "")
    assert row["REPORTED DATE"] == "2026-03-09"


def test_what_was_not_accepted_has_no_result(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    assert "Judge it first" in room.reports(specimen)
    room.judges(specimen, Judgement(Acceptance.INELIGIBLE, ineligible=("6",)))
    assert "not accepted for testing" in room.reports(specimen)
    assert "before the sample was received" in room.reports(
        specimen, Result(Outcome.NOT_TESTED, reported=date(2026, 3, 1))
    )


def test_the_latest_statement_holds_and_each_is_undone_by_itself(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    room.states(specimen, chance=20)
    db, ledger = room.day.db, room.day.ledger
    room.day.act(lambda: undoing.undo_drafts(ledger, room.day.acts[-1]))
    row = nipt_look_up.form(db, specimen)
    assert row is not None
    assert row["chance"] == 90
    assert room.judges(specimen) == "Judged. Sample accepted."
    room.day.act(lambda: undoing.undo_drafts(ledger, room.day.acts[-1]))
    assert nipt_look_up.judgement(db, specimen) is None


def test_the_history_of_a_tube_tells_of_its_nipt(room: Room) -> None:
    specimen, number = room.whole()
    view = find.find(room.day.ledger, number, f"specimen:{specimen}", "Europe/London")
    told = [line.words for line in view.timeline]
    for words in ("What the NIPT request states", "NIPT sample judged: sample accepted", "NIPT outcome stated"):
        assert any(words in line for line in told), told
    entry = next(one.entry for one in store.of_subject(room.day.db, f"nipt:{specimen}"))
    assert entry_words.entry_words(room.day.db, entry) == "what the NIPT request states"


def test_rights_are_asked_for_at_the_gate(room: Room) -> None:
    specimen, _, _ = room.sample()
    room.states(specimen)
    technician, scientist = colleague(room.day, "technician"), colleague(room.day, "biomedical scientist")
    rejected = nipt.judge(room.day.ledger, DESK, specimen, Judgement(Acceptance.REJECTED, rejection=("5",)))
    with pytest.raises(NotAllowed):
        rights.entitled(room.day.ledger, rejected.drafts, Actor(technician), "Europe/London")
    made = rights.entitled(room.day.ledger, rejected.drafts, Actor(scientist), "Europe/London")
    assert [one.role for one in made] == ["biomedical scientist"]


def test_a_journal_with_nipt_is_proved_and_rebuilt_on_both_engines(database: Database) -> None:
    day = Shift(database).begin()
    nipt_day(day)
    room = Room(day)
    room.whole()
    digests = day.ledger.driver.digests.as_text()
    assert verify.verify(database, verify.scratch_database()).findings == []
    rebuild.rebuild(database)
    day.ledger.reload()
    assert day.ledger.driver.digests.as_text() == digests
    assert nipt_reports.month_files(day.ledger, "2026-03").files[0][1].rows == 2
    assert len(nipt_reports.month_measures(day.ledger, "2026-03").reports) == 2


# --- what is typed


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"weight": "68.5"}, "nipt-form-weight"),
        ({"due": "01/13/2026"}, "nipt-form-date"),
        ({"fetuses": "two"}, "nipt-form-number"),
        ({"chance": "1 in 90"}, "nipt-form-number"),
        ({"ivf": "perhaps"}, "nipt-form-choice"),
        ({"offered": "perhaps"}, "nipt-form-choice"),
        ({"pathway": "R444"}, "nipt-form-choice"),
        ({"postcode": "BS10 5NB, Bristol"}, "nipt-form-postcode"),
        ({"first": "ZK7Q3ZD9999X"}, "nipt-form-first-not-found"),
    ],
)
def test_what_is_typed_and_not_understood_is_a_problem_never_a_guess(
    room: Room, said: dict[str, str], problem: str
) -> None:
    form, unread = nipt_fields.read(room.day.db, said)
    assert unread == (problem,)
    assert form == Form()


def test_a_form_is_typed_by_codes_or_by_words(room: Room) -> None:
    said = {
        "sampled": "26-Feb-2026", "due": "2026-09-01", "weight": "68.5 kg", "fetuses": "1", "ivf": "Not IVF pregnancy",
        "ethnicity": "A", "postcode": " bs10  5nb ", "conditions": "T21/T13/T18", "chance": "90", "offered": "Yes",
        "sequence": "1",
    }  # fmt: skip
    assert nipt_fields.read(room.day.db, said) == (WHOLE, ())
    assert {name for name, _ in nipt_fields.FIELDS} >= {*said, *nipt_fields.CODED}
