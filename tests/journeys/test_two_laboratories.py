"""Tissue goes from one laboratory to another that shares no system with it, and every answer comes back as a file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from bench_top import WAIT_S, BenchTop
from send_work import arrives, closes, hands_over, opens, says, scans, today
from send_work import view as send_view
from test_series_on_the_letter import codes_of
from test_temperature_on_the_way import drops
from tissue_work import in_a_case, suits
from two_laboratories import answers, know_each_other, last_answer, saved, second_laboratory, shows_incoming, takes
from two_laboratories import signed_file as manifest

from gms_desktop.domain.commands import Command
from gms_desktop.register import files_cited
from gms_desktop.send_desk import SendDesk


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


A_DAY = 24 * 3600.0


def sent(bench: BenchTop, folder: Path, *numbers: str) -> bytes:
    """What is open is packed, closed and handed over; the signed file that travels with it."""
    for one in numbers:
        assert scans(bench, one).title == "Packed"
    closes(bench)
    hands_over(bench)
    return manifest(bench, folder)


def rejects(bench: BenchTop, code: str) -> None:
    assert bench.scans(code).title == "Matches"
    number = bench.label()
    bench.asks_for(Command.REJECT)
    assert bench.says(Command.REJECT, "leaking").title == "Rejected"
    bench.scans(number)


@pytest.mark.timeout(180)
def test_slides_are_sent_answered_put_right_and_answered_again(bench: BenchTop, tmp_path: Path) -> None:
    first, second, third, *_ = suits(bench)
    with second_laboratory(tmp_path / "second", bench.clock) as other:
        know_each_other(bench, other)
        number = opens(bench, "tissue")
        file = sent(bench, tmp_path / "papers", first, second, third)
        bench.clock.forward(A_DAY)
        assert len(other.takes_in("box.gmsc", file).landed) == 3
        [waiting] = today(other, "Answers to write")
        assert (waiting.title, waiting.screen) == ("box.gmsc", "send_away")
        view = shows_incoming(other)
        assert view.heading == f"{number}  from Rehearsal Genomic Laboratory Hub"
        assert dict(view.facts)["Its key"] == "compared with the sender"
        assert {line.detail for line in view.items} == {"not booked in"}
        ours = other.receives(first)
        rejects(other, second)
        view = shows_incoming(other)
        assert view.items_title == "2 of 3 booked in, 1 not"
        assert [line.detail.partition(",")[0] for line in view.items][:2] == ["not booked in", f"booked in as {ours}"]

        # Nothing is answered of the third until somebody says what became of it.
        answers(other)
        assert third in send_view(other).question.problems[0]
        said = answers(other, "rest", unexpected="X-77")
        assert said.title == "Answer written"
        assert today(other, "Answers to write") == ()
        assert "1 received, 1 not received, 1 rejected, 1 not on the list" in said.sentence
        answer = last_answer(other, tmp_path / "answers")
        assert last_answer(other, tmp_path / "answers again") == answer

        assert takes(bench, answer).title == "Arrived, not as sent"
        told = {row["number"]: row["told"] for row in bench.rows("SELECT number, told FROM consignment_item")}
        assert told == {first: None, second: "rejected", third: "missing"}
        assert "X-77 unexpected" in dict(send_view(bench).facts)["They said"]
        assert bench.asks_for(Command.SEND_RECONCILE).title == "Not reconciled"

        # The third is found here: it goes in a consignment of its own, and each of the two names the other.
        scans(bench, third)
        assert bench.asks_for(Command.SEND_LEFT_BEHIND).title == "Left behind"
        assert bench.asks_for(Command.SEND_RECONCILE).title == "Reconciled"
        bench.asks_for(Command.SEND_FOLLOW)
        following = send_view(bench).heading.partition(" ")[0]
        file = sent(bench, tmp_path / "papers", third)
        assert dict(send_view(bench).facts)["Follows"] == number
        bench.clock.forward(A_DAY)
        other.takes_in("straggler.gmsc", file)
        assert dict(shows_incoming(other).facts)["Follows"] == number
        other.receives(third)
        shows_incoming(other)
        answers(other, at="25/11/2026 09:01")
        # This answer comes on paper: a person reads it, and its codes are scanned.
        letter = saved(other, tmp_path / "answers")[f"{following}-answer-letter-1.pdf"]
        said = words_of(letter)
        assert all(
            part in said for part in (f"Acknowledgement of consignment {following}", third, "1 received", number)
        )
        for code in codes_of(letter):
            scans(bench, code)
        taken = SendDesk(bench.bench).take_letter()
        assert taken is not None
        assert taken.title == "Arrived", taken
        assert bench.asks_for(Command.SEND_RECONCILE).title == "Reconciled"
        assert bench.asks_for(Command.SEND_END).title == "Ended"
        scans(bench, number)
        assert dict(send_view(bench).facts)["Followed by"] == following

        # What the receiver finds later stands in place of what it answered first, and the sender keeps both.
        assert scans(other, number).title == f"Sent to us: {number}"
        assert [line.detail for line in send_view(other).items if third in line.title] == [
            f"not in this one: its sender says that it follows in {following}"
        ]
        answers(other, missing=first)
        assert send_view(other).question.problems[0].startswith(f"Booked in here, so received: {first}.")
        # The logger lay in the box: its file is read here, by the limits that the sender's manifest states.
        assert "2 to 8 °C" in dict(send_view(other).facts)["Keep at"]
        warm = b"Time,Temperature (C)\n23/11/2026 10:00,4.0\n23/11/2026 11:00,9.5\n"
        assert drops(other, tmp_path, "warm.csv", warm).title == "Outside its range"
        assert drops(other, tmp_path, "warm.csv", warm).title == "Known already"
        assert drops(other, tmp_path, "report.pdf", b"%PDF-1.4 a report").title == "Attached, not read"
        answers(other, damaged=first, words="Slide 1 is cracked", reason="Seen under the lamp")
        later = last_answer(other, tmp_path / "answers")
        assert "Answer 2" in dict(send_view(other).facts)
        said = takes(bench, later)
        assert (said.title, "1 reading was outside the range" in said.sentence) == ("Corrected, not as sent", True)
        facts = send_view(bench).facts
        assert ("Temperature", "read out there: 2 readings from 4.0 to 9.5 °C, 1 outside 2 to 8 °C") in facts
        assert ("Outside", "23-Nov-2026 11:00, 9.5 °C") in facts
        assert ("Temperature", "read out there: PDF, look at it") in facts
        files = saved(other, tmp_path / "answers")
        assert files[f"{number}-temperature-1.csv"] == warm
        assert "1 outside 2 to 8 °C" in words_of(files[f"{number}-answer-letter-2.pdf"])
        facts = dict(send_view(bench).facts)
        assert facts["They said"].startswith("Slide 1 is cracked")
        assert ("1 not received" in facts["Answer 1"], "1 damaged" in facts["Answer 2"]) == (True, True)
        files = saved(bench, tmp_path / "papers")
        assert (files[f"{number}-answer-1.gmsc"], files[f"{number}-answer-2.gmsc"]) == (answer, later)
        assert takes(bench, answer).title == "Known already"
        # The box was another one's: our answer is taken back, which travels to the sender like any other.
        assert says(other, Command.SEND_CORRECT, reason="That was another box").title == "Answer taken back"
        assert [one.title for one in today(other, "Answers to write")] == ["box.gmsc"]
        assert "That was another box" in words_of(saved(other, tmp_path / "answers")[f"{number}-answer-letter-3.pdf"])
        back = last_answer(other, tmp_path / "answers")
        assert takes(bench, back).title == "Not arrived after all"
        assert [number in one.title for one in today(bench, "Sent, no answer yet")] == [True]
        assert says(other, Command.SEND_CORRECT, reason="Again").title == "Nothing to take back"
        for top, file in ((bench, answer), (other, later)):
            cited = top.read(lambda ledger: [one.sha256 for one in files_cited.own(ledger.db)])
            assert sha256(file).hexdigest() in cited


@pytest.mark.timeout(180)
def test_a_block_that_is_not_back_is_chased_and_comes_back(bench: BenchTop, tmp_path: Path) -> None:
    block = in_a_case(bench)
    number = opens(bench, "blocks")
    sent(bench, tmp_path, block)
    assert bench.asks_for(Command.SEND_CHASE).title == "Nothing overdue"
    bench.clock.forward(3 * A_DAY)
    assert Command.SEND_CHASE in [one.command for one in send_view(bench).offers]
    assert "Who is asked" in says(bench, Command.SEND_CHASE, who="", words="").title
    assert says(bench, Command.SEND_CHASE, who="Block store, by telephone", words="").title == "Chased"
    assert "not chased" not in today(bench, "Sent, no answer yet")[0].detail
    assert today(bench, "Sent, no answer yet")[0].detail.endswith("chased 26-Nov-2026")
    arrives(bench)
    assert bench.asks_for(Command.SEND_CHASE).title == "Nothing overdue"
    bench.clock.forward(30 * A_DAY)
    scans(bench, number)
    [line] = today(bench, "Due back from elsewhere")
    assert line.detail == "OVERDUE: due 21-Dec-2026, 1 thing out, chased 26-Nov-2026"
    says(bench, Command.SEND_CHASE, who="J. Reader, by letter", words="The patient is seen on Monday.")
    said = [value for name, value in send_view(bench).facts if name == "Chased"]
    assert [one.partition(", ")[2] for one in said] == [
        "J. Reader, by letter: to send back what is out",
        "Block store, by telephone: whether it arrived",
    ]
    files = saved(bench, tmp_path)
    paper = words_of(files[f"{number}-chase-2.pdf"])
    for part in (
        "Request for the return of consignment",
        "EXAMPLE pathology laboratory, blocks on loan",
        "was due back on 21-Dec-2026",
        "We asked before: 26-Nov-2026",
        "The patient is seen on Monday.",
        block,
        "R. Okafor",
    ):
        assert part in paper
    assert "whether it arrived" in words_of(files[f"{number}-chase-1.pdf"])
    scans(bench, block)
    assert bench.asks_for(Command.SEND_CAME_BACK).title == "Back"
    scans(bench, number)
    assert bench.asks_for(Command.SEND_CHASE).title == "Nothing overdue"
    assert today(bench, "Due back from elsewhere")[0].detail.startswith("due 21-Dec-2026, everything is back: end it")


@pytest.mark.timeout(180)
def test_a_thing_that_is_found_after_the_answer_said_it_never_came_waits_on_today_until_the_sender_is_told(
    bench: BenchTop, tmp_path: Path
) -> None:
    first, second, *_ = suits(bench)
    with second_laboratory(tmp_path / "second", bench.clock) as other:
        know_each_other(bench, other)
        number = opens(bench, "tissue")
        box = sent(bench, tmp_path / "papers", first, second)
        bench.clock.forward(A_DAY)
        other.takes_in("box.gmsc", box)
        other.receives(first)
        shows_incoming(other)
        assert answers(other, "rest", at="24/11/2026 09:00").title == "Answer written"
        assert today(other, "Answers to write") == ()
        assert takes(bench, last_answer(other, tmp_path / "answers")).title == "Arrived, not as sent"
        other.clock.forward(A_DAY)
        other.receives(second)
        [waiting] = today(other, "Answers to write")
        assert waiting.title == "box.gmsc"
        assert waiting.detail.startswith(f"{number}: we answered that {second} never came, and is booked in now.")
        other.bench.command(Command.SEND_ASIDE).result(WAIT_S)
        assert [one.detail for one in send_view(other).listed if number in one.title] == [waiting.detail]
        shows_incoming(other)
        assert answers(other, reason="It lay under the ice", at="24/11/2026 09:00").title == "Answer written"
        assert today(other, "Answers to write") == ()
        said = takes(bench, last_answer(other, tmp_path / "answers"))
        assert said.title == "Corrected"
        told = {row["number"]: row["told"] for row in bench.rows("SELECT number, told FROM consignment_item")}
        assert told == {first: None, second: "received"}
