"""GEL1005: a receiver's table of what arrived, matched to its consignment; whatever does not match is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import BenchTop
from send_work import FIRST, MOTHER, PROBAND, SECOND, closes, find, hands_over, opens, scans, tube_of
from test_manifest_of_a_consignment import expects

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange import gel1005
from gms_desktop.send_desk import SendDesk

HEAD = ",".join(gel1005.COLUMNS)
MADE = "2026-11-24T09:30:00Z"
PROBANDS = f"p10000000001,now,Yes,2026-11-24T08:15:00Z,{MADE},{FIRST}"
MOTHERS = f"p10000000002,now,Yes,2026-11-24T08:20:00Z,{MADE},{SECOND}"


@pytest.fixture
def sent(empty_bench: BenchTop) -> BenchTop:
    """Two tubes of one family have left; it is two days later."""
    expects(empty_bench)
    tube_of(empty_bench, PROBAND, FIRST)
    tube_of(empty_bench, MOTHER, SECOND)
    opens(empty_bench, "wgs")
    assert [scans(empty_bench, code).title for code in (FIRST, SECOND)] == ["Packed", "Packed"]
    closes(empty_bench)
    hands_over(empty_bench)
    empty_bench.clock.forward(2 * 24 * 3600)
    return empty_bench


def takes(bench: BenchTop, *lines: str) -> Verdict:
    content = "\r\n".join((HEAD, *lines, "")).encode()
    return SendDesk(bench.bench).take_table("ack.csv", content)


def told(bench: BenchTop) -> dict[str, str]:
    rows = bench.rows("SELECT number, told FROM consignment_item")
    return {row["number"]: row["told"] for row in rows}


def test_everything_received_is_an_arrival_and_the_same_table_again_is_known(sent: BenchTop, tmp_path: Path) -> None:
    path = tmp_path / "ack.csv"
    path.write_text("\n".join((HEAD, PROBANDS, MOTHERS)))
    said = SendDesk(sent.bench).take_file(path)
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Arrived"), said
    [row] = sent.rows("SELECT number, arrived_at, state FROM consignment")
    assert (row["arrived_at"][:16], row["state"]) == ("2026-11-24T08:20", "arrived")
    facts = dict(find(sent, row["number"]))
    assert facts["Told by"] == f"Table ack.csv (GEL1005, not signed), made {MADE}"
    assert takes(sent, PROBANDS, MOTHERS).title == "Known already"
    [kept] = [one for one in SendDesk(sent.bench).save_papers(tmp_path) if "gel1005" in one.name]
    assert kept.read_bytes() == path.read_bytes()


def test_what_was_not_received_is_missing(sent: BenchTop) -> None:
    said = takes(sent, PROBANDS, MOTHERS.replace("Yes,2026-11-24T08:20:00Z", "No,"))
    assert said.title == "Arrived, not as sent"
    assert told(sent)[SECOND] == "missing"
    assert takes(sent, PROBANDS, MOTHERS).title == "Arrived"
    assert told(sent)[SECOND] == "received"


WRONG = (
    ((PROBANDS,), "Answer not whole", f"does not say what became of {SECOND}"),
    ((PROBANDS, MOTHERS, MOTHERS.replace(SECOND, "1700000000")), "Does not match", ": 1700000000."),
    (
        (PROBANDS, MOTHERS.replace("p10000000002", "p10000000001")),
        "Does not match",
        f"Another participant than the one that was sent: {SECOND}.",
    ),
    ((PROBANDS, MOTHERS, MOTHERS.replace("Yes", "No")), "Does not match", f"Both Yes and No: {SECOND}."),
    ((PROBANDS.replace("24T08", "21T08"), MOTHERS), "Does not match", f"Received before it left here: {FIRST}."),
    ((PROBANDS.replace("Yes", "Perhaps"), MOTHERS), "Answer not taken in", "Row 2 says “Perhaps”"),
    ((PROBANDS.replace("08:15:00Z", "08:15"), MOTHERS), "Answer not taken in", "no time with its zone"),
    ((PROBANDS.replace(FIRST, "1700000000"),), "Not our consignment", "1700000000: nothing of this has left"),
    ((PROBANDS.replace("Yes", "No"), MOTHERS.replace("Yes", "No")), "Nothing received", "Ring the receiver"),
    ((), "Answer not taken in", "no row below its headings"),
)


def test_what_does_not_match_is_named_and_nothing_is_recorded(sent: BenchTop) -> None:
    for lines, title, said in WRONG:
        verdict = takes(sent, *lines)
        assert (verdict.kind, verdict.title) == (VerdictKind.REFUSED, title), verdict
        assert said in verdict.sentence
    assert sent.count("consignment.arrived") == 0
