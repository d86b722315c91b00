"""An inspector asks of a specimen on Find: who received it, who measured it, by which rule, what changed, can you
prove it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import OKAFOR, BenchTop
from measure_work import FIRST, line, opens, qubit_file
from people_at_work import BRIGHT
from test_history_paper import found, makes, packed, pages
from test_measure import added_by
from test_measure_corrected import measured, takes_back

from gms_desktop import history_words as said
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import histories

ZONE = "Europe/London"
QUESTIONS = (said.WHO_RECEIVED, said.WHO_MEASURED, said.WHICH_RULE, said.WHAT_CHANGED, said.PROOF)


@pytest.fixture
def asked(bench: BenchTop, tmp_path: Path) -> BenchTop:
    """A specimen whose tube was measured, given a reading that was taken back, and measured again by somebody else."""
    wrong = measured(bench, tmp_path, "50")
    added_by(bench, BRIGHT)
    takes_back(bench, wrong)
    opens(bench, qubit_file(tmp_path, line(FIRST, "26")))
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    return bench


def number(bench: BenchTop) -> str:
    return str(bench.rows("SELECT accession FROM specimen")[0]["accession"])


def answers(bench: BenchTop, subject: str) -> dict[str, tuple[str, ...]]:
    def told(ledger: Ledger) -> dict[str, tuple[str, ...]]:
        history = histories.history(ledger, subject, ZONE)
        assert history is not None
        return {one.question: one.lines for one in history.answers}

    return bench.read(told)


def test_each_question_is_answered_with_person_time_rule_and_entry(asked: BenchTop) -> None:
    told = answers(asked, found(asked, number(asked)).chosen)
    assert tuple(told) == QUESTIONS
    received = told[said.WHO_RECEIVED]
    assert any(OKAFOR.name in one and "Receive tube 1" in one and "23-Nov-2026" in one for one in received)
    measured_by = told[said.WHO_MEASURED]
    assert any(OKAFOR.name in one and "50 ng/µL" in one for one in measured_by)
    assert any(BRIGHT.name in one and "26 ng/µL" in one for one in measured_by)
    rules = told[said.WHICH_RULE]
    assert any("eluate v3" in one and "version" in one and "Approved by" in one for one in rules)
    assert any("counts no longer" in one and OKAFOR.name in one for one in rules)
    assert any("taken back" in one and BRIGHT.name in one for one in told[said.WHAT_CHANGED])
    assert told[said.PROOF][0].startswith("All ")
    assert all("Entry " in one for one in (*received, *measured_by))


def test_the_answers_stand_on_the_first_page_of_the_paper_that_find_makes_by_one_key(asked: BenchTop) -> None:
    first = pages(makes(asked, number(asked)))[0]
    for question in QUESTIONS[:2]:
        assert packed(question) in first


def test_a_specimen_that_was_only_received_says_that_nothing_was_measured_or_changed(bench: BenchTop) -> None:
    from send_work import SINGLE

    told = answers(bench, found(bench, bench.receives(SINGLE)).chosen)
    assert told[said.WHO_MEASURED] == (said.NOT_MEASURED,)
    assert told[said.WHICH_RULE] == (said.NO_RULE,)
    assert told[said.WHAT_CHANGED] == (said.NOTHING_CHANGED,)


def test_an_entry_about_it_that_was_changed_in_the_file_is_named(asked: BenchTop) -> None:
    chosen = found(asked, number(asked)).chosen
    [row] = [
        one
        for one in asked.rows("SELECT n, writer || '/' || seq AS id, bytes FROM entry")
        if b'"kind":"specimen.decided"' in bytes(one["bytes"]) and chosen.encode() in bytes(one["bytes"])
    ]
    written = bytes(row["bytes"])

    def puts(content: bytes) -> None:
        put = text_statement("UPDATE entry SET bytes = :bytes WHERE n = :n")
        asked.write(lambda ledger: ledger.db.run(put, {"n": row["n"], "bytes": content}))

    puts(written.replace(b"-23T", b"-24T"))
    [answer] = answers(asked, chosen)[said.PROOF]
    puts(written)
    assert answer.startswith("No. ")
    assert row["id"] in answer
