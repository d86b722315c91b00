"""What was issued with what is in dispute: recalled and issued again when the case is settled."""

from __future__ import annotations

import pytest
from two_benches import AtBench, Laboratory, same_case

from gms_desktop.domain.commands import Command
from gms_desktop.domain.nipt.codes import Acceptance, Pathway
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.journal import store
from gms_desktop.register import look_up
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft
from gms_desktop.services import case_documents, decide, nipt

NOVEMBER = ("2026-11-01", "2026-11-30")


@pytest.fixture
def decided() -> tuple[Laboratory, str]:
    """A specimen is held at one bench and rejected at the other, while the network is away."""
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    number = laboratory.one.number(request)
    laboratory.one.scans(number)
    laboratory.meets()
    row = look_up.specimen_by_accession(laboratory.one.db, number)
    assert row is not None
    last = laboratory.one.ledger.driver.holders([f"last:specimen:{row['id']}"])[f"last:specimen:{row['id']}"]
    for bench, outcome in ((laboratory.one, "on hold"), (laboratory.two, "rejected")):
        bench.does(decide.decision(bench.ledger, row["id"], outcome, (), rests_on=last))
    return laboratory, str(row["id"])


def issues(bench: AtBench, period: tuple[str, str] = NOVEMBER) -> str:
    """The report of unacceptable specimens is made."""
    drafts = case_documents.issue(bench.ledger, case_documents.UNACCEPTABLE, "pdf", "ab" * 32, period)
    bench.does(*drafts)
    return str(drafts[0].body["document"])


def level(laboratory: Laboratory) -> None:
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def words_of(laboratory: Laboratory) -> list[str]:
    return [task.words for task in same_case(laboratory).tasks]


def test_a_report_made_with_what_is_in_dispute_is_recalled_and_made_again(decided: tuple[Laboratory, str]) -> None:
    laboratory, _ = decided
    issues(laboratory.two)
    laboratory.meets()
    two = laboratory.two
    two.signs_in(laboratory.ada)
    two.settles(Command.KEEP_LEFT)
    level(laboratory)
    name = "report of unacceptable specimens, 01-Nov-2026 to 30-Nov-2026 (PDF)"
    assert words_of(laboratory) == [
        f"Recall the {name}: tell whoever has it that it holds what was in dispute",
        f"Make the {name} again and send it",
    ]
    recall, again = (offer for offer in two.review().offers if offer.command is Command.CASE_TASK)
    assert two.gives(recall.command, None, recall.argument).verdict.title == "Done"
    assert two.gives(again.command, None, again.argument).verdict.title == "Make it again"
    level(laboratory)
    assert words_of(laboratory) == [f"Make the {name} again and send it"]
    issues(two)
    level(laboratory)
    assert same_case(laboratory).cases == ()
    assert len(case_documents.standing(laboratory.one.db, case_documents.UNACCEPTABLE)) == 1


def test_a_report_of_another_month_or_of_before_is_left_alone(decided: tuple[Laboratory, str]) -> None:
    laboratory, _ = decided
    issues(laboratory.one, ("2026-10-01", "2026-10-31"))
    laboratory.meets()
    laboratory.one.signs_in(laboratory.ada)
    laboratory.one.settles(Command.KEEP_RIGHT)
    level(laboratory)
    assert words_of(laboratory) == []


def test_a_nipt_file_is_recalled_by_the_month_in_which_its_sample_was_told_not_received(
    decided: tuple[Laboratory, str],
) -> None:
    laboratory, specimen = decided
    two = laboratory.two
    desk = nipt.Desk("Europe/London", {"by": "hand"})
    judged = nipt.judge(two.ledger, desk, specimen, Judgement(Acceptance.REJECTED, rejection=("5",), repeat_asked=True))
    two.does(*judged.drafts)
    sort = case_documents.NIPT_FILES[Pathway.FASP]
    for period in (NOVEMBER, ("2026-10-01", "2026-10-31")):
        two.does(*case_documents.issue(two.ledger, sort, "csv", "ab" * 32, period))
    laboratory.meets()
    two.signs_in(laboratory.ada)
    two.settles(Command.KEEP_LEFT)
    level(laboratory)
    name = "NIPT file for NCARDRS, screening, 01-Nov-2026 to 30-Nov-2026 (CSV)"
    assert words_of(laboratory) == [
        f"Recall the {name}: tell whoever has it that it holds what was in dispute",
        f"Make the {name} again and send it",
    ]


def test_a_letter_joins_by_naming_the_specimen_it_is_about(decided: tuple[Laboratory, str]) -> None:
    laboratory, specimen = decided
    number = str((look_up.row(laboratory.one.db, "specimen", specimen) or {})["accession"])
    letter = {"document": "letter-1", "sort": "rejection-letter", "form": "pdf", "sha256": "cd" * 32, "start": None}
    about = {"end": None, "about": [f"specimen:{specimen}"], "replaces": None, "file": None}
    sent = laboratory.two.does(Draft("document.issued", letter | about))[0]
    laboratory.meets()
    laboratory.one.signs_in(laboratory.ada)
    laboratory.one.settles(Command.KEEP_LEFT)
    level(laboratory)
    assert "Recall the rejection letter (PDF)" in words_of(laboratory)[0]
    for _ in range(2):
        offer = laboratory.one.review().offers[0]
        assert laboratory.one.gives(offer.command, None, offer.argument).verdict.title == "Done"
    level(laboratory)
    assert same_case(laboratory).cases == ()
    kinds = [one.entry.kind for one in store.of_subject(laboratory.two.db, "document:letter-1")]
    assert "document.recalled" in kinds
    assert any("Issue the rejection letter" in one.words for one in laboratory.two.finds(number).timeline)
    assert sent.premises.touches == ("document:letter-1", "documents:rejection-letter", f"specimen:{specimen}")


def test_what_was_recalled_is_not_recalled_twice(decided: tuple[Laboratory, str]) -> None:
    laboratory, _ = decided
    document = issues(laboratory.two)
    recalled = {"document": document, "sort": case_documents.UNACCEPTABLE, "reason": "printed wrongly"}
    laboratory.two.does(Draft("document.recalled", recalled))
    laboratory.meets()
    laboratory.one.signs_in(laboratory.ada)
    laboratory.one.settles(Command.KEEP_LEFT)
    level(laboratory)
    assert words_of(laboratory) == []
