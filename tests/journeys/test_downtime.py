"""An outage on paper: numbers set aside, a pack printed, forms entered afterwards, every number accounted for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bench_top import OKAFOR, SILVA, BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import accession, downtime
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.services import downtime_issue
from gms_desktop.services.downtime_files import make_pack
from gms_desktop.services.views import Answer, DowntimeView

SINGLE, REQUEST, TRIO = "Q26-118901-1", "Q26-118901", "r30000000001"
BLOOD = {"type": "EDTA blood", "surname": "Example", "forename": "Ada", "born": "05-Mar-1971"}


def screen(bench: BenchTop) -> DowntimeView:
    return bench.bench.downtime().result(10)


def set_aside(bench: BenchTop, many: int = 50) -> Verdict:
    return bench.says(Command.DOWNTIME_RANGE, name="Reception winter", size=str(many))


def pack(bench: BenchTop, many: int = 3) -> list[str]:
    """Print a pack without drawing it anew in each test: the drawing has tests of its own."""
    from gms_desktop.documents.downtime_pack import PackProof

    if screen(bench).free < many:
        assert set_aside(bench).title == "Set aside"

    def issue(ledger):
        planned = downtime_issue.plan(ledger, many)
        drafts = downtime_issue.issued(ledger, planned, PackProof(b"%PDF", 3, many))
        ledger.append(drafts, None)
        return list(planned.numbers)

    return bench.write(issue)


def enters(bench: BenchTop, number: str, when: str = "23-Nov-2026 09:00", **said: str) -> Verdict:
    fields = {"who": "Jo Porter", "when": when, **said}
    answer = Answer((), "", tuple(fields.items()), number)
    bench.clock.forward(1)
    bench.verdict = bench.bench.command(Command.DOWNTIME_ENTER, answer).result(10).verdict
    return bench.verdict


def state(bench: BenchTop, number: str) -> str:
    return next(line.state for line in screen(bench).report.numbers if line.number == number)


def problems(bench: BenchTop) -> str:
    entry = screen(bench).entry
    return " ".join(text for _, text in entry.problems) if entry else ""


def test_only_an_administrator_sets_numbers_aside(bench: BenchTop) -> None:
    assert bench.signs_in(SILVA)
    assert set_aside(bench).title == "Not yours to do"
    assert bench.signs_in(OKAFOR)
    assert set_aside(bench).title == "Set aside"
    assert screen(bench).free == 50


def test_a_set_without_a_name_or_a_size_is_asked_for_again_and_nothing_is_set_aside(bench: BenchTop) -> None:
    bench.says(Command.DOWNTIME_RANGE, name="", size="50")
    asked = screen(bench).question
    assert asked is not None
    assert "Name the set" in asked.problems[0]
    bench.says(Command.DOWNTIME_RANGE, name="Winter", size="many")
    bench.asks_for(Command.CANCEL)
    assert screen(bench).free == 0


def test_a_pack_is_refused_while_no_numbers_are_set_aside(bench: BenchTop) -> None:
    with pytest.raises(Refused, match="administrator"):
        make_pack(bench.bench.recorder, "Bench 1", None, 5, bench.bench.file.files)
    assert bench.count("downtime.number_issued") == 0


def test_a_printed_pack_issues_its_numbers_and_the_next_pack_goes_on_after_them(bench: BenchTop) -> None:
    set_aside(bench, 10)
    made = make_pack(bench.bench.recorder, "Bench 1", bench.bench.session.operator, 2, bench.bench.file.files)
    assert made.payload.startswith(b"%PDF")
    (kept,) = [one for one in bench.bench.file.files.every() if one.media_type == "application/pdf"]
    assert b"".join(bench.bench.file.files.content(kept.sha256)) == made.payload
    first = [line.number for line in screen(bench).report.numbers]
    second = pack(bench, 3)
    assert len({*first, *second}) == 5
    assert all(downtime.letter_of(number) == accession.REHEARSAL_LETTER for number in (*first, *second))
    assert screen(bench).free == 5


def test_no_pack_is_larger_than_what_is_set_aside(bench: BenchTop) -> None:
    set_aside(bench, 4)
    with pytest.raises(Refused, match="Only 4"):
        make_pack(bench.bench.recorder, "Bench 1", None, 5, bench.bench.file.files)


def test_a_second_set_never_gives_a_number_of_the_first(bench: BenchTop) -> None:
    set_aside(bench, 3)
    one = pack(bench, 3)
    set_aside(bench, 3)
    other = pack(bench, 3)
    assert not {*one} & {*other}


def test_a_number_scanned_leads_to_its_form(bench: BenchTop) -> None:
    number = pack(bench)[0]
    assert bench.scans(number).title == "Downtime number"
    view = screen(bench)
    assert view.heading == f"Enter form {number}"
    assert view.entry is not None
    assert view.entry.tube == ""


def test_a_tube_of_an_expected_request_is_received_under_its_downtime_number(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    said = bench.scans(SINGLE)
    assert said.kind is VerdictKind.MATCHES
    entry = screen(bench).entry
    assert entry is not None
    assert entry.banner is not None
    assert entry.banner.name.startswith("KOWALCZYK")
    assert enters(bench, number, outcome="accepted").title == "Entered"
    accession = bench.label()
    assert bench.scans(accession).title == "Accepted"
    line = next(line for line in screen(bench).report.numbers if line.number == number)
    assert (line.state, line.specimen, line.happened) == ("used", accession, "23-Nov-2026 09:00")
    assert (line.who, line.entered_by) == ("Jo Porter", "R. Okafor")


def test_the_number_is_tied_to_the_specimen_by_a_key_that_nothing_else_can_hold(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    bench.scans(SINGLE)
    enters(bench, number)
    specimen = bench.rows("SELECT id FROM specimen")[0]["id"]
    holders = bench.read(lambda ledger: ledger.driver.holders([f"downtime:{number}"]))
    assert holders == {f"downtime:{number}": f"specimen:{specimen}"}


def test_a_tube_that_nobody_announced_is_entered_from_its_form_and_held(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    assert "on hold" in enters(bench, number, **BLOOD).sentence
    accession = bench.label()
    assert bench.scans(accession).title == "Label verified"
    assert state(bench, number) == "used"
    assert bench.rows("SELECT outcome FROM specimen") == [{"outcome": "on hold"}]


def test_what_came_during_the_outage_came_then_and_not_when_its_form_was_entered(empty_bench: BenchTop) -> None:
    bench = empty_bench
    number = pack(bench)[0]
    bench.expects(Person("OYELARAN", "T-1", "T-1-1", test="R14.1"))
    bench.clock.forward(2 * 24 * 3600)
    bench.restart()
    assert bench.signs_in()
    bench.scans(number)
    bench.scans("T-1-1")
    enters(bench, number, "23-Nov-2026 09:30")
    facts = dict(bench.bench.find(bench.label()).result(10).facts)
    assert facts["Booked in"].startswith("25-Nov-2026")
    assert facts["Physically received"] == "by its form 23-Nov-2026 09:30"
    assert bench.view.banner is not None
    assert bench.view.banner.due == "07-Dec-2026"


@pytest.mark.parametrize(("outcome", "command"), [("on hold", Command.HOLD), ("rejected", Command.REJECT)])
def test_a_form_that_says_held_or_rejected_asks_for_the_reasons_at_once(
    bench: BenchTop, outcome: str, command: Command
) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    bench.scans(SINGLE)
    enters(bench, number, outcome=outcome)
    asked = bench.view.question
    assert asked is not None
    assert asked.command is command
    assert asked.subject == bench.rows("SELECT id FROM specimen")[0]["id"]
    bench.says(command, "unlabelled")
    assert bench.rows("SELECT outcome FROM specimen") == [{"outcome": outcome}]


def test_the_words_of_the_form_and_how_exactly_they_tell_the_time_are_kept(bench: BenchTop) -> None:
    day, unknown, exact = pack(bench, 3)
    for number, when in ((day, "23/11/2026"), (unknown, "unknown"), (exact, "2026-11-23 09:00")):
        bench.scans(number)
        enters(bench, number, when, **BLOOD)
        bench.scans(bench.label())
    found = {row["id"]: row for row in bench.rows("SELECT * FROM downtime_number")}
    assert [(found[n]["precision"], found[n]["words"], found[n]["happened"]) for n in (day, unknown, exact)] == [
        ("day", "23/11/2026", "2026-11-23"),
        ("unknown", "unknown", None),
        ("minute", "2026-11-23 09:00", "2026-11-23T09:00:00.000000Z"),
    ]


def test_a_time_to_come_or_before_the_number_was_printed_is_refused_and_what_was_entered_stays(
    bench: BenchTop,
) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    assert enters(bench, number, "23-Nov-2026 23:00", **BLOOD).title == "There is a problem"
    assert "later than now" in problems(bench)
    enters(bench, number, "22-Nov-2026 10:00", **BLOOD)
    assert "before the number was printed" in problems(bench)
    entry = screen(bench).entry
    assert entry is not None
    assert ("surname", "Example") in entry.values
    assert bench.rows("SELECT id FROM specimen") == []


def at(bench: BenchTop, moment: datetime) -> None:
    bench.clock.at = moment


def test_the_hour_that_came_twice_in_october_is_asked_and_either_answer_is_kept(bench: BenchTop) -> None:
    at(bench, datetime(2027, 10, 30, 12, 0, tzinfo=UTC))
    before, after = pack(bench, 2)
    at(bench, datetime(2027, 10, 31, 8, 0, tzinfo=UTC))
    for number, which, wanted in ((before, "before", "00:30"), (after, "after", "01:30")):
        bench.scans(number)
        enters(bench, number, "31-Oct-2027 01:30", **BLOOD)
        assert "this hour came twice" in problems(bench)
        entry = screen(bench).entry
        assert entry is not None
        assert entry.ask_hour
        enters(bench, number, "31-Oct-2027 01:30", which=which, **BLOOD)
        bench.scans(bench.label())
        row = next(row for row in bench.rows("SELECT * FROM downtime_number") if row["id"] == number)
        assert row["happened"] == f"2027-10-31T{wanted}:00.000000Z"


def test_the_hour_that_was_missing_in_march_is_refused(bench: BenchTop) -> None:
    at(bench, datetime(2027, 3, 27, 12, 0, tzinfo=UTC))
    number = pack(bench)[0]
    at(bench, datetime(2027, 3, 28, 8, 0, tzinfo=UTC))
    bench.scans(number)
    enters(bench, number, "28-Mar-2027 01:30", **BLOOD)
    assert "there was no such hour" in problems(bench)


def test_who_received_the_tube_must_be_said(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    enters(bench, number, who=" ", **BLOOD)
    assert "Enter the name of the person" in problems(bench)


def test_a_number_is_used_once_and_the_second_tube_is_told_whose_it_is(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    enters(bench, number, **BLOOD)
    accession = bench.label()
    bench.scans(accession)
    said = bench.scans(number)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Used already")
    assert accession in said.sentence


def test_a_number_that_no_pack_here_has_is_refused(bench: BenchTop) -> None:
    pack(bench)
    assert bench.scans(downtime.mint("Z", "AAA", 7)).title == "Not known here"


def test_a_number_of_another_laboratory_is_refused(bench: BenchTop) -> None:
    pack(bench)
    said = bench.scans(downtime.mint("K", "AAA", 7))
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not ours")
    assert "UZ" in said.sentence


def test_a_spoiled_number_needs_a_reason_and_receives_nothing_any_more(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    bench.asks_for(Command.DOWNTIME_SPOIL)
    answer = Answer(("torn",), "wet bench", (), number)
    bench.bench.command(Command.DOWNTIME_SPOIL, answer).result(10)
    assert state(bench, number) == "spoiled"
    said = bench.scans(number)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Spoiled number")
    assert "torn" in said.sentence


def test_a_number_spoiled_by_mistake_can_be_undone_and_used(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    bench.bench.command(Command.DOWNTIME_SPOIL, Answer(("torn",), "", (), number)).result(10)
    assert bench.undoes().title == "Undone"
    assert bench.scans(number).title == "Downtime number"


def test_undoing_an_entry_frees_its_number_for_the_right_tube(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    bench.scans(SINGLE)
    enters(bench, number)
    bench.label()
    assert bench.undoes().title == "Undone"
    assert state(bench, number) == "not accounted for"
    assert bench.scans(number).title == "Downtime number"


def test_one_form_is_entered_at_a_time(bench: BenchTop) -> None:
    one, other = pack(bench)[:2]
    bench.scans(one)
    assert bench.scans(other).title == "One at a time"
    bench.asks_for(Command.CANCEL)
    assert bench.scans(other).title == "Downtime number"


def test_a_downtime_number_waits_until_the_label_in_hand_is_on_its_tube(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(SINGLE)
    bench.label()
    assert bench.scans(number).title == "Label first"


def test_a_tube_that_was_received_already_is_not_received_again_under_a_number(bench: BenchTop) -> None:
    number = pack(bench)[0]
    accession = bench.receives(SINGLE)
    bench.scans(number)
    said = bench.scans(SINGLE)
    assert said.title == "Received already"
    assert accession in said.sentence


def test_a_familys_referral_does_not_say_which_tube_it_is(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    assert bench.scans(TRIO).title == "Which tube?"


def test_a_code_on_no_request_leaves_the_form_to_be_entered_by_hand(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    assert bench.scans("Q99-000001-1").title == "Not expected"
    assert "on hold" in enters(bench, number, **BLOOD).sentence


def test_what_is_left_of_a_pack_is_accounted_for_and_the_account_then_adds_up(bench: BenchTop) -> None:
    numbers = pack(bench, 5)
    bench.scans(numbers[0])
    enters(bench, numbers[0], **BLOOD)
    bench.scans(bench.label())
    bench.scans(numbers[1])
    bench.bench.command(Command.DOWNTIME_SPOIL, Answer(("torn",), "", (), numbers[1])).result(10)
    bench.scans(numbers[2])
    bench.bench.command(Command.DOWNTIME_SPOIL, Answer(("missing",), "", (), numbers[2])).result(10)
    view = screen(bench)
    assert view.heading == "2 of 5 numbers not accounted for"
    bench.asks_for(Command.DOWNTIME_REST, view.report.packs[0].pack)
    bench.bench.command(Command.DOWNTIME_REST, Answer(("not-used",), "", (), view.report.packs[0].pack)).result(10)
    account = screen(bench).report
    assert account.heading == "All 5 downtime numbers are accounted for"
    assert dict(account.totals) == {"issued": 5, "used": 1, "spoiled": 1, "not used": 2, "missing": 1, "open": 0}


def test_find_knows_a_specimen_by_the_number_it_had_during_the_outage(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    enters(bench, number, **BLOOD)
    accession = bench.label()
    bench.scans(accession)
    found = bench.bench.find(number).result(10)
    assert found.heading == accession
    assert any(number in line.words and "23-Nov-2026 09:00" in line.words for line in found.timeline)
    assert dict(found.facts)["Downtime number"] == number
    assert dict(found.facts)["Really received"] == "23-Nov-2026 09:00, by Jo Porter"


def test_no_name_of_the_form_stands_in_the_journal(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    enters(bench, number, **BLOOD)
    assert not any(b"Porter" in content or b"Example" in content for content in bench.entries())


def test_a_bench_that_is_closed_half_way_knows_its_numbers_when_it_opens_again(bench: BenchTop) -> None:
    number = pack(bench)[0]
    bench.scans(number)
    bench.restart()
    assert bench.signs_in()
    assert screen(bench).entry is None
    assert bench.scans(number).title == "Downtime number"
