"""Who works here: badge and PIN, waiting after wrong PINs, locking, and what is never written down."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from bench_top import OKAFOR, PIN, SILVA, BenchTop

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

PROBAND, MOTHER, SINGLE = "Q26-118834-1", "Q26-118835-1", "Q26-118901-1"
WRONG = "97531"


def test_a_badge_and_its_pin_sign_a_person_in(bench: BenchTop) -> None:
    assert bench.bench.strip().operator == "R. Okafor"
    assert not bench.bench.strip().locked


def test_a_wrong_pin_signs_nobody_in_and_says_what_to_do(bench: BenchTop) -> None:
    assert not bench.signs_in(SILVA, WRONG)
    assert bench.words == "That is not the PIN of this badge. Enter it again, or tap another badge."
    assert bench.bench.strip().operator == "R. Okafor"


def test_from_the_third_wrong_pin_on_the_wait_grows_and_even_the_right_pin_must_wait(bench: BenchTop) -> None:
    waits = []
    for _ in range(3):
        assert not bench.signs_in(SILVA, WRONG)
    for _ in range(3):
        assert not bench.signs_in(SILVA, PIN)
        waits.append(bench.words)
        bench.clock.forward(60)
        assert not bench.signs_in(SILVA, WRONG)
    assert all(said.startswith("Too many wrong PINs. Wait ") for said in waits)
    assert [int(said.split("Wait ")[1].split()[0]) for said in waits] == [5, 10, 20]
    bench.clock.forward(60)
    assert bench.signs_in(SILVA, PIN)


def test_the_wait_after_wrong_pins_outlasts_a_restart(bench: BenchTop) -> None:
    for _ in range(3):
        bench.signs_in(SILVA, WRONG)
    bench.restart()
    assert not bench.signs_in(SILVA, PIN)
    assert bench.words.startswith("Too many wrong PINs.")
    assert bench.signs_in(OKAFOR, PIN)


def test_wrong_pins_sent_all_at_once_count_as_one_after_the_other(bench: BenchTop) -> None:
    bench.scans(SILVA.badge)
    tries = [bench.bench.pin(WRONG) for _ in range(6)]
    assert not any(one.result(15).ok for one in tries)
    assert bench.rows("SELECT max(failures) AS failures FROM credential")[0]["failures"] >= 3
    assert not bench.bench.pin(PIN).result(15).ok


def test_a_right_pin_clears_the_wrong_ones_before_it(bench: BenchTop) -> None:
    for _ in range(2):
        bench.signs_in(SILVA, WRONG)
    assert bench.signs_in(SILVA)
    assert bench.rows("SELECT sum(failures) AS failures FROM credential") == [{"failures": 0}]


def test_a_sign_in_that_was_cancelled_while_its_pin_was_checked_does_not_begin(bench: BenchTop) -> None:
    before = bench.count("session.changed")
    bench.scans(SILVA.badge)
    with bench.bench.sessions.pin_turn:
        checking = bench.bench.pin(PIN)
        bench.bench.cancel_sign_in().result(15)
    told = checking.result(15)
    assert (told.ok, told.given_up) == (False, True)
    assert (bench.bench.strip().operator, bench.bench.strip().locked) == ("R. Okafor", False)
    # Locked by another badge, and unlocked: nobody signed in between.
    assert bench.count("session.changed") == before + 2


def test_the_badge_of_another_while_a_pin_is_checked_is_asked_for_its_own_pin(bench: BenchTop) -> None:
    bench.scans(SILVA.badge)
    with bench.bench.sessions.pin_turn:
        checking = bench.bench.pin(PIN)
        bench.scans_at_once(OKAFOR.badge)
    assert not checking.result(15).ok
    assert bench.bench.strip().locked
    assert bench.bench.pin(PIN).result(15).ok
    assert bench.bench.strip().operator == "R. Okafor"


def test_a_pin_without_a_badge_is_told_to_tap_one(bench: BenchTop) -> None:
    bench.restart()
    told = bench.bench.pin(PIN).result(15)
    assert (told.ok, told.words) == (False, "Tap your badge to sign in")


def test_another_badge_takes_the_bench_over_with_the_batch_as_it_lies(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    number = bench.label()
    assert bench.signs_in(SILVA)
    assert bench.bench.strip().operator == "M. Silva"
    assert bench.in_hand.accession == number
    assert bench.scans(number).title == "Accepted"
    (kept,) = bench.rows(
        "SELECT s.operator, s.decided_by, o.id AS silva FROM specimen s JOIN operator o ON o.id = s.decided_by"
    )
    assert kept["operator"] != kept["decided_by"] == kept["silva"]


def test_the_screen_never_locks_between_print_and_scan_back(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    number = bench.label()
    for lock in (lambda: bench.scans(OKAFOR.badge), lambda: bench.bench.lock("idle").result(15).verdict):
        assert lock().title == "Not locked"
        assert not bench.bench.strip().locked
    bench.scans(number)
    assert bench.asks_for(Command.LOCK).title == "Locked"
    assert bench.bench.strip().locked


def test_ones_own_badge_locks_and_the_pin_opens_again_with_the_batch_as_it_was(bench: BenchTop) -> None:
    bench.receives(PROBAND)
    assert bench.scans(OKAFOR.badge).title == "Locked"
    assert bench.signs_in(OKAFOR)
    assert bench.states() == {1: "accepted", 2: "awaited", 3: "awaited"}
    assert bench.scans(MOTHER).title == "Matches"


def test_a_scan_at_a_locked_screen_is_refused_recorded_and_does_nothing(bench: BenchTop) -> None:
    bench.scans(OKAFOR.badge)
    before = bench.count("scan.judged")
    said = bench.scans(SINGLE)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Locked")
    assert bench.count("scan.judged") == before + 1
    assert bench.rows("SELECT id FROM specimen") == []
    (line,) = bench.view.scans[:1]
    assert (line.code, line.words) == (SINGLE, "locked")


def test_signing_out_leaves_the_bench_locked_with_nobody_signed_in(bench: BenchTop) -> None:
    bench.receives(PROBAND)
    bench.asks_for(Command.SIGN_OUT)
    assert bench.bench.strip().locked
    assert bench.bench.strip().operator == "Nobody is signed in"
    assert bench.signs_in(SILVA)
    assert bench.states()[1] == "accepted"


def test_a_locked_scan_is_nobodys(bench: BenchTop) -> None:
    bench.scans(OKAFOR.badge)
    bench.scans(SINGLE)
    assert b'"operator":null' in bench.entries()[-1]


def test_a_command_at_a_locked_screen_does_nothing(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.scans(bench.label())
    bench.scans(OKAFOR.badge)
    assert bench.undoes().title == "Locked"
    assert bench.says(Command.REJECT, "clotted").title == "Locked"
    assert bench.states() == {1: "accepted"}


def test_a_bench_that_was_just_opened_is_locked(bench: BenchTop) -> None:
    bench.restart()
    assert bench.bench.strip().locked
    assert bench.scans(SINGLE).title == "Locked"


def test_badge_and_pin_stand_in_no_stored_byte_no_private_value_and_no_log(
    bench: BenchTop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bench.signs_in(SILVA, WRONG)
    bench.signs_in(SILVA)
    bench.looks_up(OKAFOR.badge)
    bench.scans(SILVA.badge)
    bench.scans(OKAFOR.badge)
    secret = (OKAFOR.badge, SILVA.badge, WRONG, PIN)
    stored = b"\n".join(bench.entries())
    private = [str(row["value"]) for row in bench.rows("SELECT value FROM private")]
    terms = [row["term"] for row in bench.rows("SELECT term FROM private_term")]
    for text in secret[:3]:
        assert text.encode() not in stored
        assert not any(text.casefold() in value.casefold() for value in (*private, *terms))
        assert text not in caplog.text
    assert f'"{PIN}"'.encode() not in stored
    assert PIN not in private
    bench.close()
    for path in Path(bench.folder).rglob("*"):
        if path.is_file() and path.name != "ballast":
            content = path.read_bytes()
            assert not any(text.encode() in content for text in secret[:3]), path
