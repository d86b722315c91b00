"""What a NIPT request states, whether it shows eligibility, how it was judged, and which sample is the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.nipt import codes, eligibility, form, judgement, result, samples
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, Sequence
from gms_desktop.domain.nipt.eligibility import Eligibility
from gms_desktop.domain.nipt.form import Form, Weight, read_weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.result import Result, Then
from gms_desktop.domain.nipt.samples import Sample

DRAWN = date(2026, 10, 5)
WHOLE = Form(
    sampled=DRAWN,
    weight=Weight(Decimal("68.5"), "kg"),
    due=date(2027, 4, 1),
    fetuses=1,
    ivf="2",
    ethnicity="99",
    conditions="3",
    chance=90,
    offered=True,
    sequence=Sequence.FIRST,
)


def test_a_whole_form_has_no_problems_and_is_eligible() -> None:
    assert form.problems(WHOLE) == ()
    assert eligibility.eligibility(WHOLE).eligible


@pytest.mark.parametrize(
    ("said", "kilograms"),
    [("68.5 kg", "68.5"), ("150lb", "68.04"), ("11 st", "69.85"), ("68.125 KG", "68.125")],
)
def test_a_weight_has_its_unit_and_is_told_in_kilograms(said: str, kilograms: str) -> None:
    read = read_weight(said)
    assert read is not None
    assert read.kilograms == Decimal(kilograms)


@pytest.mark.parametrize("said", ["68.5", "68,5 kg", "0 kg", "-3 kg", "kg", "", "68.5 g", "1e3 kg"])
def test_a_weight_without_a_unit_is_not_taken_for_kilograms(said: str) -> None:
    assert read_weight(said) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"fetuses": 2}, form.TWINS_UNSAID),
        ({"chorionicity": "1"}, form.SINGLETON_SAID),
        ({"fetuses": 3, "chorionicity": "1"}, form.SINGLETON_SAID),
        ({"fetuses": 0}, form.NO_FETUS),
        ({"chance": 0}, form.NO_CHANCE),
        ({"sequence": None}, form.NO_SEQUENCE),
        ({"sequence": Sequence.REPEAT, "repeat_reason": "1"}, form.NO_FIRST),
        ({"sequence": Sequence.REPEAT, "first": "s1"}, form.NO_REASON),
        ({"first": "s1"}, form.FIRST_OF_FIRST),
        ({"repeat_reason": "2"}, form.REASON_OF_FIRST),
        ({"ethnicity": "I"}, form.UNKNOWN_CODE),
        ({"history": ("8",)}, form.UNKNOWN_CODE),
    ],
)
def test_a_form_that_contradicts_itself_is_asked_about(change: dict[str, object], problem: str) -> None:
    assert form.problems(replace(WHOLE, **change)) == (problem,)  # type: ignore[arg-type]


def test_twins_of_unknown_chorionicity_are_an_answer_of_the_table() -> None:
    assert form.problems(replace(WHOLE, fetuses=2, chorionicity="4")) == ()


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"chance": 151}, ("8",)),
        ({"chance": 150}, ()),
        ({"chance": 2}, ()),
        ({"chance": 1}, ("8",)),
        ({"fetuses": 3}, ("10",)),
        ({"history": ("6", "2"), "chance": 400, "fetuses": 4}, ("2", "6", "8", "10")),
        # 21+6 weeks are 153 days: 127 before the child is due.
        ({"due": DRAWN + timedelta(127)}, ()),
        ({"due": DRAWN + timedelta(126)}, ("9",)),
    ],
)
def test_what_a_form_shows_against_eligibility(change: dict[str, object], reasons: tuple[str, ...]) -> None:
    assert eligibility.eligibility(replace(WHOLE, **change)).reasons == reasons  # type: ignore[arg-type]


def test_gestation_of_a_repeat_is_that_of_the_first_sample() -> None:
    late = replace(WHOLE, due=DRAWN + timedelta(120), sequence=Sequence.REPEAT, first="s1", repeat_reason="2")
    assert eligibility.eligibility(late).reasons == ("9",)
    assert eligibility.eligibility(late, DRAWN - timedelta(14)).reasons == ()


def test_what_a_form_does_not_say_is_asked_never_assumed() -> None:
    shown = eligibility.eligibility(Form())
    assert shown.reasons == ()
    assert not shown.eligible
    assert len(shown.asked) == 4
    assert eligibility.eligibility(replace(WHOLE, sampled=None)).asked == (eligibility.NOT_STATED_SAMPLED,)


def test_r445_has_no_rule_of_the_screening_pathway() -> None:
    assert eligibility.eligibility(Form(Pathway.R445, chance=4000, fetuses=5)).eligible
    said = Judgement(Acceptance.INELIGIBLE, ineligible=("8",))
    found = judgement.problems(replace(WHOLE, pathway=Pathway.R445), said, Eligibility(), here=True)
    assert found == (judgement.R445_INELIGIBLE,)


def judged(said: Judgement, stated: Form | None = WHOLE, *, here: bool = True) -> tuple[str, ...]:
    return judgement.problems(stated, said, eligibility.eligibility(stated) if stated else Eligibility(), here=here)


@pytest.mark.parametrize(
    "said",
    [
        Judgement(Acceptance.ACCEPTED),
        Judgement(Acceptance.CLARIFIED, clarified="weight", clarified_with="Midwife Adams"),
        Judgement(Acceptance.DISCRETION, agreed_with="Dr Bell"),
        Judgement(Acceptance.INELIGIBLE, ineligible=("6", "8")),
        Judgement(Acceptance.REJECTED, rejection=("12",), repeat_asked=True),
        Judgement(Acceptance.REJECTED, rejection=("11",), comment="frozen"),
    ],
)
def test_each_acceptance_code_with_what_it_needs(said: Judgement) -> None:
    assert judged(said) == ()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Judgement(Acceptance.INELIGIBLE), judgement.NO_INELIGIBLE),
        (Judgement(Acceptance.REJECTED), judgement.NO_REJECTION),
        (Judgement(Acceptance.ACCEPTED, rejection=("5",)), judgement.REASON_TOO_MANY),
        (Judgement(Acceptance.REJECTED, rejection=("5",), ineligible=("1",)), judgement.REASON_TOO_MANY),
        (Judgement(Acceptance.DISCRETION), judgement.NOBODY_AGREED),
        (Judgement(Acceptance.CLARIFIED, clarified="weight"), judgement.NOBODY_CLARIFIED),
        (Judgement(Acceptance.CLARIFIED), judgement.NOTHING_CLARIFIED),
        (Judgement(Acceptance.REJECTED, rejection=("13",)), judgement.NO_SUCH_CODE),
        (Judgement(Acceptance.REJECTED, rejection=("11",)), judgement.OTHER_UNSAID),
        (Judgement(Acceptance.REJECTED, rejection=("1",)), judgement.NOT_RECEIVED_BUT_HERE),
        (Judgement(Acceptance.ACCEPTED, conditions="1", clarified_with="Midwife Adams"), judgement.NOT_ASKED),
    ],
)
def test_a_judgement_that_lacks_what_its_code_needs(said: Judgement, problem: str) -> None:
    assert judged(said) == (problem,)


def test_a_sample_that_never_came_is_judged_as_not_received_and_as_nothing_else() -> None:
    assert judged(Judgement(Acceptance.REJECTED, rejection=("1",)), here=False) == ()
    assert judged(Judgement(Acceptance.ACCEPTED), here=False) == (judgement.NOT_RECEIVED_BUT_HERE,)


def test_the_condition_choice_is_clear_before_analysis() -> None:
    blank = replace(WHOLE, conditions="")
    assert judged(Judgement(Acceptance.ACCEPTED), blank) == (judgement.NOT_CLEAR,)
    clarified = Judgement(Acceptance.CLARIFIED, conditions="1", clarified_with="Midwife Adams")
    assert judged(clarified, blank) == ()
    assert judgement.conditions_of(blank, clarified) == "1"
    assert judgement.may_be_analysed(blank, clarified)
    assert not judgement.may_be_analysed(blank, Judgement(Acceptance.ACCEPTED))
    assert not judgement.may_be_analysed(WHOLE, None)
    assert not judgement.may_be_analysed(WHOLE, Judgement(Acceptance.REJECTED, rejection=("5",)))


def test_a_form_that_shows_ineligibility_is_accepted_at_discretion_only() -> None:
    late = replace(WHOLE, chance=151)
    assert judged(Judgement(Acceptance.ACCEPTED), late) == (judgement.NOT_ELIGIBLE,)
    assert judged(Judgement(Acceptance.DISCRETION, agreed_with="Dr Bell"), late) == ()
    assert judged(Judgement(Acceptance.ACCEPTED), replace(WHOLE, chance=None)) == (judgement.NOT_ASKED,)
    assert judged(Judgement(Acceptance.ACCEPTED), None) == (judgement.NO_FORM,)


FIRST = Sample("s1", "p1", Pathway.FASP, Sequence.FIRST, DRAWN, date(2027, 4, 1))
REPEAT = replace(FIRST, id="s2", sequence=Sequence.REPEAT, sampled=DRAWN + timedelta(9), first="s1", repeat_reason="1")


def test_a_repeat_names_the_first_sample_of_the_same_patient() -> None:
    assert samples.problems(REPEAT, [FIRST]) == ()
    assert samples.problems(REPEAT, []) == (samples.UNKNOWN_FIRST,)
    assert samples.problems(replace(REPEAT, first="s2"), [REPEAT]) == (samples.UNKNOWN_FIRST,)
    assert samples.problems(REPEAT, [replace(FIRST, patient="p2")]) == (samples.OTHER_PATIENT,)
    assert samples.problems(replace(REPEAT, id="s3", first="s2"), [REPEAT, FIRST]) == (samples.FIRST_IS_REPEAT,)
    assert samples.problems(REPEAT, [replace(FIRST, pathway=Pathway.R445)]) == (samples.OTHER_PATHWAY,)
    assert samples.problems(REPEAT, [replace(FIRST, sampled=DRAWN + timedelta(10))]) == (samples.FIRST_IS_LATER,)


def test_the_reason_for_a_repeat_agrees_with_what_became_of_the_first() -> None:
    taken = replace(FIRST, acceptance=Acceptance.ACCEPTED, outcome=Outcome.RESULT)
    assert samples.problems(REPEAT, [taken]) == (samples.NOT_REJECTED,)
    assert samples.problems(replace(REPEAT, repeat_reason="2"), [taken]) == (samples.HAS_RESULT,)
    assert samples.problems(replace(REPEAT, repeat_reason="2"), [replace(taken, outcome=Outcome.NO_RESULT)]) == ()


def test_a_pregnancy_has_one_first_sample() -> None:
    again = replace(FIRST, id="s2", sampled=DRAWN + timedelta(9))
    assert samples.problems(again, [FIRST]) == (samples.TWO_FIRSTS,)
    assert samples.problems(again, [replace(FIRST, patient="p2")]) == ()
    assert samples.problems(again, [replace(FIRST, pathway=Pathway.R445)]) == ()
    assert samples.problems(again, [replace(FIRST, acceptance=Acceptance.INELIGIBLE)]) == ()


def test_the_next_pregnancy_has_a_first_sample_of_its_own() -> None:
    later = replace(FIRST, id="s2", sampled=date(2027, 9, 1), due=date(2028, 3, 1))
    assert samples.problems(later, [FIRST]) == ()
    assert samples.problems(replace(later, due=None), [replace(FIRST, due=None)]) == ()
    assert samples.problems(replace(later, due=None, sampled=None), [FIRST]) == (samples.TWO_FIRSTS,)


RESULT = Result(
    Outcome.RESULT, results={"T21": "2", "T18": "2", "T13": "2"}, authorised=DRAWN, reported=DRAWN, fetal_fraction="8.5"
)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"results": {"T21": "2"}}, result.NOT_ALL),
        ({"results": {"T21": "4", "T18": "2", "T13": "2"}}, result.NO_SUCH_CODE),
        ({"no_result": "4"}, result.REASON_UNASKED),
        ({"scores": {"Z SCORE-T21": "high"}}, result.NOT_DECIMAL),
        ({"fetal_fraction": "8,5"}, result.NOT_DECIMAL),
        ({"authorised": DRAWN + timedelta(1)}, result.NOT_IN_ORDER),
        ({"reported": None}, result.NO_REPORT_DATE),
        ({"reported": DRAWN - timedelta(1), "authorised": None}, result.TOO_EARLY),
    ],
)
def test_a_result_as_it_is_entered(change: dict[str, object], problem: str) -> None:
    said = replace(RESULT, **change)  # type: ignore[arg-type]
    assert result.problems(said, "3", DRAWN, accepted=True) == ((problem,) if problem else ())


def test_only_what_was_chosen_is_reported_and_only_of_what_was_accepted() -> None:
    assert result.problems(RESULT, "1", DRAWN, accepted=True) == (result.TOO_MANY,)
    assert result.problems(RESULT, "3", DRAWN, accepted=False) == (result.NOT_TO_BE_TESTED,)
    nothing = Result(Outcome.NO_RESULT, reported=DRAWN)
    assert result.problems(nothing, "3", DRAWN, accepted=True) == (result.NO_REASON, result.NO_THEN)
    told = replace(nothing, no_result="12", then=Then.AFTER_TWO)
    assert result.problems(told, "3", DRAWN, accepted=True) == ()


@pytest.mark.parametrize(
    ("said", "unit", "percent"), [("8.5", "%", "8.5"), ("0.085", "1", "8.5"), ("0.1", "1", "10"), ("", "1", "")]
)
def test_a_fetal_fraction_is_told_in_percent(said: str, unit: str, percent: str) -> None:
    assert result.percent_of(said, unit) == percent


EVERY_TABLE = {
    "ACCEPTANCES": 5, "INELIGIBLE_REASONS": 11, "REJECTION_REASONS": 12, "NO_RESULT_REASONS": 12, "RESULTS": 3,
    "OUTCOMES": 3, "CONDITIONS": 3, "SEQUENCES": 2, "REPEAT_REASONS": 2, "FETUSES": 2, "CHORIONICITIES": 4, "IVF": 2,
    "ETHNICITIES": 18,
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY_TABLE)
def test_every_code_of_the_specification_stands_in_its_table(name: str) -> None:
    table = getattr(codes, name)
    assert len(table) == EVERY_TABLE[name]
    if name != "ETHNICITIES":
        assert list(table) == [str(code) for code in range(1, EVERY_TABLE[name] + 1)]


@given(st.text(max_size=3))
def test_a_condition_code_asks_for_its_trisomies_and_any_other_text_for_none(text: str) -> None:
    wanted = {"1": ("T21",), "2": ("T18", "T13"), "3": ("T21", "T18", "T13")}
    assert codes.trisomies_of(text) == wanted.get(text, ())
