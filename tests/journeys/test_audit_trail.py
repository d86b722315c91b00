"""An inspector asks for the audit trail of a bench: all of it or a part, as a table and on paper."""

from __future__ import annotations

import csv
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from bench_top import OKAFOR, PIN, BenchTop
from send_work import ANOTHER, SINGLE

from gms_desktop import backups, checkpoint_note, checkpoints, protection_words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.auditing import audit
from gms_desktop.cli.proving import prove
from gms_desktop.cli.reading import reading
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import secret_store
from gms_desktop.records_desk import RecordsDesk
from gms_desktop.settings import BackupSettings
from gms_desktop.sync.carrying import signing_key
from ui.audit_file import write_audit
from ui.payloads import AuditWanted
from ui.report_file import proof_paper

SIGNATURE = (OKAFOR.badge, PIN)
NOTHING_LEFT_OUT = dict.fromkeys(("from", "to", "person", "kind", "about"), "")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asks(bench: BenchTop, out: Path, **words: str) -> list[dict[str, str]]:
    assert audit(out, bench.folder, lambda _line: None, signature=SIGNATURE, words=NOTHING_LEFT_OUT | words) == 0
    return table(out)


def test_every_entry_stands_in_the_table_with_who_when_where_and_its_hash(bench: BenchTop, tmp_path: Path) -> None:
    number = bench.receives(SINGLE)
    bench.looks_up(number)
    assert bench.undoes().title == "Undone"
    kept = bench.rows("SELECT bytes, lower(hex(hash)) AS hash, verdict FROM entry ORDER BY n")
    bench.close()
    told = asks(bench, tmp_path / "audit.csv")
    proofs = [(one["SHA-256 of its chain"], one["Judged"]) for one in told]
    assert proofs[: len(kept)] == [(row["hash"], row["verdict"]) for row in kept]
    [received] = [one for one in told if one["Kind"] == "specimen.received"]
    assert any(one["Act"].endswith("(undone)") for one in told)
    assert (received["Person"], received["Bench"]) == (OKAFOR.name, "Rehearsal bench")
    assert received["When"] == "23-Nov-2026 09:00"
    assert received["When, UTC"].startswith("2026-11-23T09:00:0")


def test_only_what_is_asked_for_is_told(bench: BenchTop, tmp_path: Path) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    bench.close()
    decided = asks(bench, tmp_path / "kind.csv", kind="specimen.decided", person="okafor")
    assert len(decided) == 2
    about = asks(bench, tmp_path / "about.csv", about=number)
    assert any(number in one["Act"] for one in about)
    assert not any(other in one["Act"] for one in about)
    assert asks(bench, tmp_path / "day.csv", **{"from": "23-Nov-2026", "to": "23-Nov-2026"})
    later, said = tmp_path / "later.csv", list[str]()
    words = NOTHING_LEFT_OUT | {"from": "24-Nov-2026"}
    assert audit(later, bench.folder, said.append, signature=SIGNATURE, words=words) == 1
    assert table(later) == []
    assert said[0].startswith("No entry of this bench's file answers what is asked for.")


def test_the_paper_says_what_was_asked_for_and_each_act(bench: BenchTop, tmp_path: Path) -> None:
    number = bench.receives(SINGLE)
    bench.close()
    paper = tmp_path / "audit.pdf"
    words = NOTHING_LEFT_OUT | {"about": number}
    assert audit(paper, bench.folder, lambda _line: None, signature=SIGNATURE, words=words) == 0
    document = pypdfium2.PdfDocument(paper)
    said = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    for part in (f"Asked for: about {number}.", "Audit trail", OKAFOR.name, f"Accept {number}", "Page 1 of"):
        assert part in said, part


def test_who_had_which_part_written_is_on_record_before_the_file_is_there_and_names_nobody(
    bench: BenchTop, tmp_path: Path
) -> None:
    number = bench.receives(SINGLE)
    bench.close()
    out = tmp_path / "part.csv"
    asked = {"from": "23-Nov-2026", "person": "Okafor", "kind": "specimen.", "about": number}
    asks(bench, out, **asked)
    every = asks(bench, tmp_path / "after.csv", kind="export.")
    said = "audit trail, from 2026-11-23, kind specimen., of one person, of one thing"
    assert [(one["Act"], one["Person"]) for one in every] == [(f"save {said}".capitalize(), OKAFOR.name)]
    bench.open()
    assert sha256(out.read_bytes()).hexdigest() in {one.export.sha256 for one in bench.bench.exports.lines()}
    with pytest.raises(Refused, match="open"):
        audit(tmp_path / "open.csv", bench.folder, lambda _line: None, signature=SIGNATURE, words=NOTHING_LEFT_OUT)
    bench.close()
    with pytest.raises(Refused):
        audit(tmp_path / "no.csv", bench.folder, lambda _line: None, signature=("nobody's", PIN), words=asked)
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix == ".csv") == ["after.csv", "part.csv"]


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("audit.txt", {}, "End it in .csv or .pdf"),
        ("audit.csv", {"from": "yesterday"}, "is no day"),
        ("audit.csv", {"about": "NOT-KNOWN-1"}, "stands for nothing here"),
        ("audit.csv", {"from": "25-Nov-2026", "to": "01-Nov-2026"}, "The last day comes before the first"),
        ("audit.csv", {"kind": "sandwich."}, "“sandwich.” begins no kind of entry"),
        ("no-such-folder/audit.csv", {}, "no-such-folder is no folder. Make it, or name another.$"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_in_words(
    bench: BenchTop, tmp_path: Path, name: str, words: dict[str, str], why: str
) -> None:
    bench.close()
    with pytest.raises(Refused, match=why):
        audit(tmp_path / name, bench.folder, lambda _line: None, signature=SIGNATURE, words=NOTHING_LEFT_OUT | words)
    assert not (tmp_path / name).exists()


def saved(bench: BenchTop, path: Path, start: str = "23-Nov-2026", end: str = "23-Nov-2026") -> Path:
    return write_audit(bench.bench, AuditWanted({"from": start, "to": end}, "file"), path)


def test_the_trail_of_a_period_is_saved_from_the_screen_and_that_it_was_is_recorded(
    bench: BenchTop, tmp_path: Path
) -> None:
    number = bench.receives(SINGLE)
    path = saved(bench, tmp_path / "trail.csv")
    assert any(number in one["Act"] for one in table(path))
    [noted] = [one for one in bench.bench.exports.lines() if one.export.sort.startswith("audit-trail")]
    assert noted.export.sort == "audit-trail, from 2026-11-23, to 2026-11-23"
    assert noted.export.sha256 == sha256(path.read_bytes()).hexdigest()
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(saved(bench, tmp_path / "t.pdf"))
    )
    assert OKAFOR.name in text
    assert number in text
    for name, day in (("trail.xlsx", "23-Nov-2026"), ("other.csv", "soon")):
        with pytest.raises(Refused):
            saved(bench, tmp_path / name, day)


def test_the_screen_shows_the_first_entries_of_what_is_asked_for_and_says_why_it_cannot(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    desk = RecordsDesk(bench.bench, [])
    shown = desk.view({"person": "okafor", "about": number})
    assert shown.heading == f"Audit trail: {len(shown.rows)} entries"
    assert any(number in one.words for one in shown.rows)
    assert {one.who for one in shown.rows} == {OKAFOR.name}
    refused = desk.view({"from": "soon"})
    assert (refused.rows, len(refused.problems), refused.read) == ((), 1, False)
    assert desk.view({"from": "25-Nov-2026", "to": "01-Nov-2026"}).problems == (protection_words.AUDIT_ENDS_BEFORE,)
    assert "“sandwich.” begins no kind" in desk.view({"kind": "sandwich."}).problems[0]
    assert desk.view({"from": "25-Nov-2026", "to": "25-Nov-2026"}).heading.endswith("nothing answers what is asked for")


def test_an_open_bench_is_proved_while_somebody_works_at_it(bench: BenchTop) -> None:
    bench.receives(SINGLE)
    paper = proof_paper(bench.bench)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper.bring()))
    assert "Everything holds" in text
    bench.receives(ANOTHER)
    with pytest.raises(Unavailable, match="not this one"):
        RecordsDesk(bench.bench, [sys.executable, "-c", "import sys; sys.exit('not this one')"]).proof()


def test_a_proof_tells_how_far_it_has_come_and_ends_when_it_is_stopped(bench: BenchTop) -> None:
    waits = (
        "import threading; from gms_desktop.proving_words import so_far; "
        "print(so_far(5000, 12000), flush=True); threading.Event().wait()"
    )
    desk = RecordsDesk(bench.bench, [sys.executable, "-c", waits])
    with ThreadPoolExecutor(1) as beside:
        proof = beside.submit(desk.proof)
        while not desk.so_far() and not proof.done():
            continue
        assert desk.so_far().startswith("5,000 of 12,000 entries")
        desk.stop()
        with pytest.raises(Unavailable, match="stopped"):
            proof.result()


def test_the_proof_of_a_bench_says_on_paper_too_that_its_checkpoints_are_gone(bench: BenchTop, tmp_path: Path) -> None:
    bench.receives(SINGLE)
    bench.close()
    data, at = bench.folder, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    folder = backups.folder_of(data, BackupSettings())

    def proved(name: str) -> tuple[int, list[str], str]:
        said: list[str] = []
        paper = tmp_path / name
        held = prove(None, data, said.append, paper)
        with pypdfium2.PdfDocument(paper) as document:
            text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
        return held, said, text

    with reading(data / DATABASE, data) as db:
        assert checkpoint_note.keep(data, folder, db, signing_key(secret_store.secrets_of(data)), at)
    held, _, text = proved("before.pdf")
    assert (held, "1, the newest of 2026-11-23T09:00:00+00:00" in text) == (0, True)
    (folder / checkpoints.NAME).unlink()
    held, said, text = proved("after.pdf")
    assert held == 1
    assert any("checkpoints were taken away" in line for line in said)
    assert "checkpoints were taken away" in text
