"""A temperature logger's file is dropped on Send away: read, kept, and a broken limit is said."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from bench_top import BenchTop
from send_work import SINGLE, approves, closes, hands_over, opens, own, scans, view

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register import files_cited
from gms_desktop.send_desk import SendDesk

COLD = b"Serial,TL-1\nTime,Temperature (C)\n23/11/2026 10:00,4.0\n23/11/2026 11:00,9.5\n23/11/2026 12:00,1.0\n"
FINE = b"Time,Temperature (C)\n23/11/2026 10:00,4.0\n"
LIMITS = ('code = "blocks"\n', 'code = "blocks"\ncoldest = "2"\nwarmest = "8"\n')


def drops(bench: BenchTop, folder: Path, name: str, content: bytes) -> Verdict:
    bench.clock.forward(60)
    (folder / name).write_bytes(content)
    return SendDesk(bench.bench).take_file(folder / name)


def test_a_loggers_file_says_what_was_outside_and_is_saved_as_it_came(bench: BenchTop, tmp_path: Path) -> None:
    number = bench.receives(SINGLE)
    assert drops(bench, tmp_path, "log.csv", COLD).title == "Which consignment?"
    approves(bench, "destinations", own("destinations", LIMITS))
    consignment = opens(bench, "blocks")
    scans(bench, number)
    closes(bench)
    assert drops(bench, tmp_path, "log.csv", COLD).title == "Not left yet"
    hands_over(bench)
    said = drops(bench, tmp_path, "log.csv", COLD)
    assert said.title == "Outside its range"
    assert "3 readings from 1.0 to 9.5 °C, 2 outside 2 to 8 °C, the first at 23-Nov-2026 11:00" in said.sentence
    assert drops(bench, tmp_path, "again.csv", COLD).title == "Known already"
    assert drops(bench, tmp_path, "fine.csv", FINE).title == "Within its range"
    assert drops(bench, tmp_path, "gap.csv", FINE + b"23/11/2026 11:00,---\n").title == "Readings missing"
    assert drops(bench, tmp_path, "report.pdf", b"%PDF-1.4 a report").title == "Attached, not read"
    assert drops(bench, tmp_path, "notes.txt", b"Nothing of the kind").title == "Not taken in"
    facts = dict(view(bench).facts)
    assert facts["Outside"] == "23-Nov-2026 11:00, 9.5 °C; 23-Nov-2026 12:00, 1.0 °C"
    assert facts["Temperature"].endswith("PDF, look at it")
    saved = {path.name: path.read_bytes() for path in SendDesk(bench.bench).save_papers(tmp_path)}
    assert saved[f"{consignment}-temperature-1.csv"] == COLD
    assert saved[f"{consignment}-temperature-4.pdf"] == b"%PDF-1.4 a report"
    cited = bench.read(lambda ledger: [one.sha256 for one in files_cited.own(ledger.db)])
    assert {sha256(COLD).hexdigest(), sha256(FINE).hexdigest()} <= set(cited)


def test_where_nobody_laid_a_limit_down_that_is_said(bench: BenchTop, tmp_path: Path) -> None:
    number = bench.receives(SINGLE)
    opens(bench, "blocks")
    scans(bench, number)
    closes(bench)
    hands_over(bench)
    assert drops(bench, tmp_path, "log.csv", COLD).title == "No limits laid down"
