"""NIPT at a bench's register: stated, judged, reported; the month's files; the measures on both clocks."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from shift import Shift
from shift_nipt import nipt as nipt_day
from shift_people import colleague

from gms_desktop.domain.nipt import periods
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, Sequence
from gms_desktop.domain.nipt.form import Form, Weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.metrics import Clock, Listed, Why
from gms_desktop.domain.nipt.result import Result, Then
from gms_desktop.errors import Refused
from gms_desktop.exchange import ncardrs
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import nipt_look_up, rebuild, undoing, verify
from gms_desktop.register.ledger import Draft, PremiseFailed
from gms_desktop.services import entry_words, find, nipt, nipt_fields, nipt_records, nipt_reports, rights, site_rules
from gms_desktop.services.nipt import Desk
from gms_desktop.services.outcome import Outcome as Answer
from gms_desktop.services.rights import Actor, NotAllowed

DESK = Desk("Europe/London", {"by": "hand"})
# The shift works on Monday 2 March 2026.
TODAY = date(2026, 3, 2)
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


def outage(day: Shift, number: str, specimen: str, happened: str) -> Draft:
    """The paper of an outage: when the specimen really came."""
    draft = day.draft_used(f"Z{number}", specimen)
    return replace(draft, body=draft.body | {"happened": happened, "precision": "day", "words": happened})


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


# --- the month's files


def test_the_files_of_a_month_keep_r445_apart_and_drop_nothing(room: Room) -> None:
    _, number = room.whole()
    r445, _, _ = room.sample()
    room.states(r445, Form(Pathway.R445, sampled=date(2026, 3, 1), sequence=Sequence.FIRST, conditions="3"))
    room.judges(r445)
    room.reports(r445)
    ineligible, other, _ = room.sample()
    room.states(ineligible, chance=151)
    room.judges(ineligible, Judgement(Acceptance.INELIGIBLE, ineligible=("8",)))
    rejected, without, _ = room.sample()
    room.states(rejected)
    room.judges(rejected, Judgement(Acceptance.REJECTED, rejection=("5",)))
    made = nipt_reports.month_files(room.day.ledger, "2026-03")
    rows = {pathway: ncardrs.read(file.content) for pathway, file in made.files}
    assert [row["SAMPLE ID"] for row in rows[Pathway.FASP]] == [number, other]
    assert len(rows[Pathway.R445]) == 1
    first = rows[Pathway.FASP][0]
    assert (first["LAB ID"], first["REQUESTING HOSPITAL ID"], first["WEIGHT"]) == ("R0A", "RR8", "68.5")
    assert (first["SAMPLE DATE"], first["RECEIVED DATE"]) == ("2026-02-26", "2026-03-02")
    assert made.left_out == (nipt_reports.LeftOut(without, "left out: rejected, and no repeat was requested"),)


def test_every_finding_of_a_month_is_listed_with_its_sample(room: Room) -> None:
    _, number = room.whole()
    files_ = nipt_reports.month_files(room.day.ledger, "2026-03").named()
    assert set(files_) == {
        "nipt-fasp-2026-03.csv", "nipt-r445-2026-03.csv", "nipt-findings-2026-03.csv", "nipt-about-2026-03.txt",
    }  # fmt: skip
    listed = list(csv.DictReader(io.StringIO(files_["nipt-findings-2026-03.csv"].decode())))
    # No hub is approved yet, and the made-up NHS number has nine digits' worth of chance.
    assert {"HUB ID"} <= {row["ITEM"] for row in listed}
    assert {row["SAMPLE ID"] for row in listed} == {number}
    assert any(row["SEVERITY"] == "block" and "mandatory" in row["FINDING"] for row in listed)


def test_the_hub_that_the_laboratory_approved_stands_in_every_row(room: Room) -> None:
    text = files("resources").joinpath("rules", "nipt-table-1.toml").read_text("utf-8")
    own = text.replace('hub = ""', 'hub = "699X0"')
    room.day.act(lambda: [site_rules.approval(own, "nipt-table-1", str(room.day.operator))])
    room.whole()
    made = nipt_reports.month_files(room.day.ledger, "2026-03").files[0][1]
    assert ncardrs.read(made.content)[0]["HUB ID"] == "699X0"
    for wrong in ('hub = "six-digits"', "hub = 4"):
        with pytest.raises(Refused):
            site_rules.approval(text.replace('hub = ""', wrong), "nipt-table-1", str(room.day.operator))


def test_a_sample_stands_in_the_month_of_its_report(room: Room) -> None:
    specimen, _ = room.whole()
    room.reports(specimen, reported=date(2026, 4, 1), authorised=None)
    assert nipt_reports.month_files(room.day.ledger, "2026-03").files[0][1].rows == 0
    with pytest.raises(Refused, match="has not begun"):
        nipt_reports.month_files(room.day.ledger, "2026-04")


@pytest.mark.parametrize("month", ["March", "2026-3", "2026-13", ""])
def test_a_month_that_is_not_understood_is_refused(room: Room, month: str) -> None:
    with pytest.raises(Refused, match="2026-10"):
        nipt_reports.month_files(room.day.ledger, month)


# --- the measures


def test_s02_and_s03_of_a_month_by_hand_on_both_clocks(room: Room) -> None:
    room.whole()  # drawn Thursday 26 February, received Monday 2 March: two working days; reported on day 4
    late, late_number = room.whole(sampled=date(2026, 2, 25))  # three
    unknown, unknown_number, _ = room.sample()
    room.states(unknown, sampled=None)
    # By the paper of the outage the late one came on Friday 27 February: not in March, and in time.
    room.day.act(lambda: [outage(room.day, late_number, late, "2026-02-27")])
    march = nipt_reports.month_measures(room.day.ledger, "2026-03")
    s02, s03 = march.reports
    assert [(m.clock, m.numerator, m.denominator) for m in s02.measures] == [
        (Clock.PHYSICAL, 1, 2), (Clock.BOOKED, 1, 3),
    ]  # fmt: skip
    assert s02.measures[1].not_in_time == (Listed(late_number, Why.LATE), Listed(unknown_number, Why.NOT_SAMPLED))
    assert [(m.numerator, m.denominator) for m in s03.measures] == [(1, 2), (2, 3)]
    assert not s03.measures[0].final
    february = nipt_reports.month_measures(room.day.ledger, "2026-02").reports[0]
    assert [(m.clock, m.numerator, m.denominator) for m in february.measures] == [
        (Clock.PHYSICAL, 1, 1), (Clock.BOOKED, 0, 0),
    ]  # fmt: skip


def test_s02_beyond_the_calendar_is_refused_in_words_and_s03_is_not(room: Room) -> None:
    s02, s03 = nipt_reports.month_measures(room.day.ledger, "2028-01").reports
    assert (s02.measures, "calendar is not loaded" in s02.refused) == ((), True)
    assert "site-rule bank-holidays" in s02.refused
    assert s03.refused == ""
    assert s03.measures[0].shown == ""


def test_a_month_before_any_thresholds_were_in_force_is_refused(room: Room) -> None:
    assert "No thresholds are in force" in nipt_reports.month_measures(room.day.ledger, "2024-09").reports[0].refused


def test_a_longer_calendar_of_the_laboratory_is_used(room: Room) -> None:
    text = files("resources").joinpath("reference", "bank-holidays.toml").read_text("utf-8")
    own = text.replace('until = "2027-12-31"', 'until = "2028-12-31"')
    room.day.act(lambda: [site_rules.approval(own, "bank-holidays", str(room.day.operator))])
    assert nipt_reports.month_measures(room.day.ledger, "2028-01").reports[0].refused == ""


def test_s06_counts_samples_that_nipt_led_to(room: Room) -> None:
    for indication, reported in [
        ("higher chance NIPT", date(2026, 3, 5)),
        ("no result NIPT", date(2026, 3, 6)),
        ("other", date(2026, 3, 30)),
        ("higher chance NIPT", None),
    ]:
        specimen, _, _ = room.sample()
        room.does(nipt.state_qf_pcr(room.day.ledger, DESK, specimen, indication, reported))
    assert "before the sample was received" in room.does(
        nipt.state_qf_pcr(room.day.ledger, DESK, specimen, "other", date(2026, 3, 1))
    )
    with pytest.raises(ValueError, match="ultrasound"):
        nipt.state_qf_pcr(room.day.ledger, DESK, specimen, "ultrasound", None)
    with pytest.raises(LookupError):
        nipt.state_qf_pcr(room.day.ledger, DESK, "nobody", "other", None)
    (s06,) = nipt_reports.quarter_measures(room.day.ledger, "2025-26 Q4").reports
    (measure,) = s06.measures
    assert (measure.numerator, measure.denominator) == (1, 3)
    assert s06.period == periods.quarter("2025-26 Q4")


def test_a_tube_for_cell_free_dna_without_a_record_is_named(room: Room) -> None:
    request = room.day.expect()
    draft = room.day.draft_received(room.day.ledger.identity(), room.day.ledger.next_number("Z"), request)
    body = draft.body | {"type": "Blood in cell-free DNA tube"}
    room.day.act(lambda: [replace(draft, body=body)])
    room.whole()
    made = nipt_reports.month_measures(room.day.ledger, "2026-03")
    assert made.unrecorded == (body["accession"],)


def test_r445_is_told_apart_from_the_measures(room: Room) -> None:
    r445, _, _ = room.sample()
    room.states(r445, Form(Pathway.R445, sampled=date(2026, 3, 1), sequence=Sequence.FIRST, conditions="3"))
    made = nipt_reports.month_measures(room.day.ledger, "2026-03")
    assert made.r445 == 1
    assert made.reports[0].measures[0].denominator == 0


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


def test_a_repeat_after_no_result_ends_with_no_result_after_two_samples(room: Room) -> None:
    request = room.day.expect(tubes=2)
    first, _, _ = room.sample(request)
    room.states(first)
    room.judges(first)
    nothing = Result(Outcome.NO_RESULT, no_result="4", reported=date(2026, 3, 4), then=Then.REPEAT_ASKED)
    room.reports(first, nothing)
    second, _, _ = room.sample(request)
    room.states(second, sequence=Sequence.REPEAT, first=first, repeat_reason="2", sampled=date(2026, 3, 1))
    room.judges(second)
    room.reports(second, nothing, then=Then.AFTER_TWO)
    made = nipt_reports.month_files(room.day.ledger, "2026-03").files[0][1]
    rows = ncardrs.read(made.content)
    assert [(row["SAMPLE SEQUENCE"], row["REPEAT REASON"], row["TEST OUTCOME"]) for row in rows] == [
        ("1", "", "3"), ("2", "2", "3"),
    ]  # fmt: skip
