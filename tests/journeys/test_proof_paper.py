"""The proof of a bench's file as a paper: an inspector reads what was checked, by which rules, and where it fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest
from bench_top import BenchTop
from test_receive_plain import SINGLE

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.proving import prove
from gms_desktop.cli.reading import key_for
from gms_desktop.errors import Refused
from gms_desktop.journal import sqlite_file


def words_of(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper.read_bytes())
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_an_inspector_reads_what_was_checked_who_wrote_and_by_which_rules(bench: BenchTop, tmp_path: Path) -> None:
    bench.receives(SINGLE)
    entries, specimens = bench.count("specimen.received"), bench.rows("SELECT id FROM specimen")
    bench.close()
    paper, said = tmp_path / "proof.pdf", list[str]()
    assert prove(None, bench.folder, said.append, paper) == 0
    words = words_of(paper)
    assert "Everything holds" in words
    assert "No entry was changed, left out, added or put in another order" in words
    assert f"specimen.received {entries}" in words
    assert "error-rate EXAMPLE-1 the product's own" in words
    assert len(specimens) == 1
    assert prove(None, bench.folder, said.append, tmp_path / "again.pdf") == 0
    document = words.partition("Document ")[2].split()[0]
    assert document in words_of(tmp_path / "again.pdf")


def test_what_was_changed_behind_the_applications_back_stands_on_the_paper_with_its_place(
    bench: BenchTop, tmp_path: Path
) -> None:
    bench.receives(SINGLE)
    bench.close()
    copy = tmp_path / "copy"
    shutil.copytree(bench.folder, copy, ignore=shutil.ignore_patterns("ballast", "bench.lock"))
    db = sqlite_file.open_for_writing(copy / DATABASE, key_for(copy / DATABASE, copy))
    with db.write():
        db.raw.execute(
            "UPDATE entry SET bytes = replace(bytes, 'accepted', 'rejected') WHERE instr(bytes, 'specimen.decided')"
        )
    db.close()
    paper = tmp_path / "proof.pdf"
    assert prove(None, copy, lambda _line: None, paper) == 1
    words = words_of(paper)
    assert "Not everything holds" in words
    assert "differs from its hash: it was changed after it was written" in words
    assert "does not hold" in words
    assert "not looked at: entries that do not hold prove nothing about it not known" in words


def test_a_paper_that_is_there_already_is_not_overwritten(bench: BenchTop, tmp_path: Path) -> None:
    bench.close()
    paper = tmp_path / "proof.pdf"
    paper.write_bytes(b"mine")
    with pytest.raises(Refused, match="there already"):
        prove(None, bench.folder, lambda _line: None, paper)
    with pytest.raises(Refused, match=r"\.pdf"):
        prove(None, bench.folder, lambda _line: None, tmp_path / "proof.docx")
    assert paper.read_bytes() == b"mine"
