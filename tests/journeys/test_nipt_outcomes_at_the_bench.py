"""What came of NIPT, stated from Find: outcomes of Table 1, QF-PCR after NIPT, refusals in words, taking it back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from bench_top import SILVA, BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer, Question

FORM = {
    "sampled": "20/11/2026",
    "due": "30/04/2027",
    "weight": "68.5 kg",
    "fetuses": "1",
    "conditions": "T21/T13/T18",
    "chance": "120",
    "offered": "yes",
    "sequence": "First sample",
}
LOWER = {"result T21": "2", "result T18": "Lower chance", "result T13": "lower chance"}


@dataclass
class Nipt:
    """A NIPT tube at a bench, received on Monday 23 November 2026, and a person at Find."""

    bench: BenchTop
    number: str
    id: str

    def states(self, *history: str, **fields: str) -> str:
        return self.bench.says(Command.NIPT_FORM, *history, argument=self.id, **(FORM | fields)).title

    def accepts(self) -> Nipt:
        assert self.states() == "Form recorded"
        self.bench.says(Command.NIPT_JUDGE, "5", argument=self.id)
        return self

    def asked(self, command: Command, *chosen: str) -> Question:
        """What is asked first, or once something was chosen."""
        answer = Answer(chosen, subject=self.id) if chosen else None
        question = self.bench.bench.command(command, answer, self.id).result(15).question
        assert question is not None
        return question

    def outcome(self, code: str, *choices: str, **fields: str) -> str:
        """State an outcome, its second question at once: the verdict's words."""
        said = self.bench.says(Command.NIPT_RESULT, *choices, argument=f"{self.id}|{code}", **fields)
        return f"{said.title}. {said.sentence}"

    @property
    def known(self) -> dict[str, str]:
        return dict(self.bench.bench.find(self.number).result(15).facts)

    @property
    def offered(self) -> dict[Command, str]:
        return {offer.command: offer.label for offer in self.bench.bench.find(self.number).result(15).offers}


@pytest.fixture
def sample(empty_bench: BenchTop) -> Nipt:
    empty_bench.expects(Person("MARSH", "Q26-8", "TUBE-8", type="Blood in NIPT tube"))
    number = empty_bench.receives("TUBE-8")
    return Nipt(empty_bench, number, empty_bench.rows("SELECT id FROM specimen")[0]["id"])


def test_a_result_is_stated_for_what_was_tested_and_read_back(sample: Nipt) -> None:
    sample.accepts()
    which = sample.asked(Command.NIPT_RESULT)
    assert "tested for T21/T13/T18" in which.title
    assert [choice.label for choice in which.choices] == ["Not tested", "Result", "No result"]
    sample.bench.says(Command.NIPT_RESULT, "2", argument=sample.id)
    said = sample.outcome("2", **LOWER, reported="23/11/2026", authorised="23-Nov-2026", runs="1", fraction="8.5 %")
    assert said.startswith("Outcome recorded. Result, T21 lower chance, T18 lower chance, T13 lower chance")
    assert "reported 23-Nov-2026" in sample.known["NIPT outcome"]
    [row] = sample.bench.rows("SELECT * FROM nipt_result")
    assert (row["outcome"], row["fetal_fraction"], row["fraction_unit"], row["runs"]) == ("2", "8.5", "%", 1)
    assert row["results"] == '{"T13": "2", "T18": "2", "T21": "2"}'


def test_only_the_chosen_conditions_are_asked_for_and_scores_stand_as_stated(sample: Nipt) -> None:
    sample.states(conditions="T21")
    sample.bench.says(Command.NIPT_JUDGE, "5", argument=sample.id)
    question = sample.asked(Command.NIPT_RESULT, "2")
    assert [name for name, _ in question.fields if name.startswith("result")] == ["result T21"]
    said = sample.outcome("2", **{"result T21": "1", "Z SCORE-T21": "4.71"}, reported="23/11/2026")
    assert said.startswith("Outcome recorded. Result, T21 higher chance")
    assert sample.bench.rows("SELECT scores FROM nipt_result")[0]["scores"] == '{"Z SCORE-T21": "4.71"}'


def test_no_result_has_its_reason_and_what_was_asked_with_it(sample: Nipt) -> None:
    sample.accepts()
    assert "Choose why there is no result" in sample.outcome("3", then="1", reported="23/11/2026")
    assert "Choose what was asked or told" in sample.outcome("3", "4", reported="23/11/2026")
    said = sample.outcome("3", "4", then="1", reported="23/11/2026", fraction="0.021 of 1")
    assert "No result, low fetal fraction, repeat bloods requested" in said
    [row] = sample.bench.rows("SELECT * FROM nipt_result")
    assert (row["no_result"], row["then_said"]) == ("4", "repeat bloods requested")
    assert (row["fetal_fraction"], row["fraction_unit"]) == ("0.021", "1")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reported": "23/11/2027"}, "A date is in the future"),
        ({"reported": "22/11/2026"}, "before the sample was received"),
        ({"reported": "yesterday"}, "A date is not understood"),
        ({}, "Enter the day on which it was reported"),
        ({"result T18": ""}, "Enter the result of each trisomy"),
        ({"result T18": "4"}, "not one of those that its field names"),
        ({"reported": "23/11/2026", "fraction": "8.5"}, "Enter the fetal fraction with its unit"),
        ({"reported": "23/11/2026", "runs": "one"}, "number of runs in digits"),
        ({"reported": "23/11/2026", "Z SCORE-T21": "high"}, "as decimals with a point"),
    ],
)
def test_what_cannot_be_so_is_refused_in_words_and_what_was_typed_stands(
    sample: Nipt, fields: dict[str, str], said: str
) -> None:
    sample.accepts()
    told = sample.outcome("2", **(LOWER | fields))
    assert told.startswith("There is a problem")
    assert said in told
    assert sample.bench.count("nipt.result_stated") == 0


def test_what_nobody_judged_has_no_outcome(sample: Nipt) -> None:
    assert Command.NIPT_RESULT not in sample.offered
    assert sample.known["NIPT"] == "what its form states is not recorded"
    assert sample.bench.asks_for(Command.NIPT_RESULT, sample.id).title == "Judge it first"
    sample.states()
    assert sample.known["NIPT judged"].startswith("not judged")
    assert sample.bench.asks_for(Command.NIPT_RESULT, sample.id).title == "Judge it first"


def test_what_is_screened_for_is_clear_before_an_outcome_is_stated(sample: Nipt) -> None:
    sample.accepts()
    assert sample.states(conditions="") == "Judge it again"
    assert sample.known["NIPT tests for"].startswith("not clear")
    assert sample.bench.asks_for(Command.NIPT_RESULT, sample.id).title == "Choice not clear"
    assert "condition choice is not clear" in sample.outcome("3", "4", then="1", reported="23/11/2026")
    clarified = {"conditions": "2", "clarified_with": "Midwife Featherstone"}
    sample.bench.says(Command.NIPT_JUDGE, argument=f"{sample.id}|4", **clarified)
    assert "tested for T13/T18" in sample.asked(Command.NIPT_RESULT).title


def test_a_rejected_sample_is_only_reported_and_says_whether_blood_was_asked_for(sample: Nipt) -> None:
    sample.states()
    sample.bench.says(Command.NIPT_JUDGE, "5", argument=f"{sample.id}|2", repeat_asked="yes")
    question = sample.asked(Command.NIPT_RESULT)
    assert [name for name, _ in question.fields] == ["reported", "repeat"]
    assert "Not tested, repeat bloods requested" in sample.outcome("1", reported="23/11/2026", repeat="yes")
    assert "was not accepted for testing" in sample.outcome("2", **LOWER, reported="23/11/2026")


def test_a_rejection_that_follows_from_the_tube_still_asks_about_repeat_blood(sample: Nipt) -> None:
    bench = sample.bench
    bench.says(Command.HOLD, "clotted", argument=sample.id)
    bench.says(Command.REJECT, "haemolysed", argument=sample.id)
    sample.states()
    bench.says(Command.NIPT_JUDGE, "2", argument=sample.id)
    assert bench.count("nipt.judged") == 0


def test_r445_is_named_in_every_question_and_has_no_rule_of_screening(sample: Nipt) -> None:
    sample.states(pathway="R445", chance="", offered="")
    sample.bench.says(Command.NIPT_JUDGE, "5", argument=sample.id)
    assert sample.known["NIPT"] == "NIPT R445, first sample"
    assert sample.asked(Command.NIPT_RESULT).title.startswith(f"NIPT R445 {sample.number}")


def test_an_outcome_is_put_right_by_stating_it_again_and_taken_back_newest_first(sample: Nipt) -> None:
    sample.accepts()
    sample.outcome("2", **LOWER, reported="23/11/2026")
    again = sample.asked(Command.NIPT_RESULT)
    assert again.chosen == ("2",)
    sample.outcome("2", **(LOWER | {"result T21": "higher chance"}), reported="23/11/2026")
    assert "T21 higher chance" in sample.known["NIPT outcome"]
    assert sample.offered[Command.UNDO] == "Take back: NIPT outcome stated"
    assert sample.bench.undoes().title == "Undone"
    assert "T21 lower chance" in sample.known["NIPT outcome"]
    assert sample.bench.undoes().title == "Undone"
    assert sample.known["NIPT outcome"] == "awaited"
    assert sample.offered[Command.UNDO].startswith("Take back: NIPT sample judged")
    assert sample.bench.undoes().title == "Undone"
    assert sample.known["NIPT judged"].startswith("not judged")


def test_what_was_stated_last_is_asked_again_with_its_values(sample: Nipt) -> None:
    sample.accepts()
    sample.outcome("3", "7", then="2", reported="23/11/2026", runs="2")
    question = sample.asked(Command.NIPT_RESULT, "3")
    assert question.chosen == ("7",)
    assert dict(question.values) == {
        "reported": "23-Nov-2026", "runs": "2", "then": "no result after two samples",
    }  # fmt: skip


def test_a_sample_that_never_came_is_rejected_and_reported_by_its_request(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("MARSH", "Q26-8", "TUBE-8", type="Blood in NIPT tube"))
    request = empty_bench.rows("SELECT id FROM request")[0]["id"]
    offered = {offer.command for offer in empty_bench.bench.find("", f"request:{request}").result(15).offers}
    assert {Command.NIPT_FORM, Command.NIPT_JUDGE} <= offered
    lost = Nipt(empty_bench, "Q26-8", request)
    lost.states()
    judged = lost.asked(Command.NIPT_JUDGE)
    assert [choice.label for choice in judged.choices] == ["Sample not received"]
    empty_bench.says(Command.NIPT_JUDGE, "1", argument=f"{request}|2", repeat_asked="yes")
    assert lost.outcome("1", reported="23/11/2026").startswith("Outcome recorded. Not tested, reported 23-Nov-2026")
    known = dict(empty_bench.bench.find("", f"request:{request}").result(15).facts)
    assert known["NIPT judged"] == "Sample rejected prior to testing"
    number = empty_bench.receives("TUBE-8")
    assert Command.NIPT_FORM not in {
        offer.command for offer in empty_bench.bench.find("", f"request:{request}").result(15).offers
    }
    assert Command.NIPT_FORM in {offer.command for offer in empty_bench.bench.find(number).result(15).offers}


@pytest.fixture
def villus(empty_bench: BenchTop) -> Nipt:
    empty_bench.expects(Person("MARSH", "Q26-9", "TUBE-9", type="Chorionic villus sample"))
    number = empty_bench.receives("TUBE-9")
    return Nipt(empty_bench, number, empty_bench.rows("SELECT id FROM specimen")[0]["id"])


def test_qf_pcr_is_stated_with_its_indication_and_later_its_report(villus: Nipt) -> None:
    assert villus.offered[Command.QF_PCR] == f"QF-PCR of {villus.number}"
    assert Command.NIPT_FORM not in villus.offered
    bench, at = villus.bench, {"argument": villus.id}
    assert bench.says(Command.QF_PCR, "higher chance NIPT", **at).title == "QF-PCR recorded"
    assert villus.known["QF-PCR after NIPT"] == "higher chance NIPT, report awaited"
    again = villus.asked(Command.QF_PCR)
    assert again.chosen == ("higher chance NIPT",)
    bench.says(Command.QF_PCR, "higher chance NIPT", reported="23/11/2026", **at)
    assert villus.known["QF-PCR after NIPT"] == "higher chance NIPT, reported 23-Nov-2026"
    assert bench.undoes().title == "Undone"
    assert villus.known["QF-PCR after NIPT"] == "higher chance NIPT, report awaited"


def test_qf_pcr_that_cannot_be_so_is_refused_in_words(villus: Nipt) -> None:
    bench, at = villus.bench, {"argument": villus.id}
    for choices, reported, said in (
        ((), "", "Choose why QF-PCR was asked for"),
        (("other",), "22/11/2026", "before the sample was received"),
        (("other",), "24/11/2026", "in the future"),
        (("other",), "soon", "A date is not understood"),
    ):
        told = bench.says(Command.QF_PCR, *choices, reported=reported, **at)
        assert (told.title, said in told.sentence) == ("There is a problem", True)
    assert bench.count("nipt.qf_pcr_stated") == 0


def test_qf_pcr_after_nipt_is_of_prenatal_specimens(sample: Nipt) -> None:
    assert Command.QF_PCR not in sample.offered
    assert sample.bench.asks_for(Command.QF_PCR, sample.id).title == "Not this specimen"


def test_whoever_may_not_state_an_outcome_is_told_so_before_anything_is_asked(sample: Nipt) -> None:
    sample.accepts()
    sample.bench.signs_in(SILVA)
    answered = sample.bench.bench.command(Command.NIPT_RESULT, None, sample.id).result(15)
    assert answered.question is None
    assert "senior" in answered.verdict.sentence


def usual(sample: Nipt) -> list[Command]:
    return [offer.command for offer in sample.bench.bench.find(sample.number).result(15).offers if offer.usual]


def test_one_step_is_the_next_and_no_more(sample: Nipt) -> None:
    assert usual(sample) == [Command.NIPT_FORM]
    sample.states()
    assert usual(sample) == [Command.NIPT_JUDGE]
    sample.bench.says(Command.NIPT_JUDGE, "5", argument=sample.id)
    assert usual(sample) == [Command.NIPT_RESULT]
    sample.outcome("2", **LOWER, reported="23/11/2026")
    assert usual(sample) == []


def test_of_a_sample_that_never_came_the_outcome_is_the_next_step_not_its_form(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("MARSH", "Q26-8", "TUBE-8", type="Blood in NIPT tube"))
    lost = Nipt(empty_bench, "Q26-8", empty_bench.rows("SELECT id FROM request")[0]["id"])
    empty_bench.says(Command.NIPT_JUDGE, "1", argument=f"{lost.id}|2", repeat_asked="yes")
    assert usual(lost) == [Command.NIPT_RESULT]


def test_what_is_found_by_name_says_that_a_sample_accepted_at_reception_was_turned_away(sample: Nipt) -> None:
    sample.states()
    sample.bench.says(Command.NIPT_JUDGE, "5", argument=f"{sample.id}|2", repeat_asked="no")
    hits = sample.bench.bench.find("MARSH").result(15).hits
    assert [hit.detail.rpartition("  ")[2] for hit in hits if hit.title == sample.number] == [
        "NIPT: Sample rejected prior to testing"
    ]


@pytest.mark.parametrize(
    ("stage", "fields", "said"),
    [
        ("2", {}, "Enter whether repeat blood was asked for: yes or no."),
        ("2", {"repeat_asked": "perhaps"}, "An answer is not on its list."),
        ("5", {"missing": "some"}, "An answer is not on its list."),
        ("3", {"agreed_with": "Dr Sidhu", "conditions": "T21/T18", "clarified_with": "Dr Sidhu"}, "not on its list"),
    ],
)
def test_nothing_of_a_judgement_is_taken_for_no_or_left_out(
    sample: Nipt, stage: str, fields: dict[str, str], said: str
) -> None:
    sample.states()
    reasons = ("5",) if stage == "2" else ()
    assert said in sample.bench.says(Command.NIPT_JUDGE, *reasons, argument=f"{sample.id}|{stage}", **fields).sentence
    assert sample.bench.count("nipt.judged") == 0


def test_a_judgement_that_is_said_again_begins_with_what_was_judged(sample: Nipt) -> None:
    sample.states()
    clarified = {"agreed_with": "Dr Sidhu", "conditions": "T21", "clarified_with": "Midwife Lund"}
    sample.bench.says(Command.NIPT_JUDGE, argument=f"{sample.id}|3", **clarified)
    assert dict(sample.asked(Command.NIPT_JUDGE, "3").values) == clarified
    assert sample.asked(Command.NIPT_JUDGE, "1").values == ()
    sample.bench.says(Command.NIPT_JUDGE, "5", "9", argument=f"{sample.id}|2", repeat_asked="no")
    again = sample.asked(Command.NIPT_JUDGE, "2")
    assert (again.chosen, dict(again.values)) == (("5", "9"), {"repeat_asked": "no"})
