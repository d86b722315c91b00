"""Downtime from the command line: numbers set aside, a pack made, every number told of."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from gms_desktop.domain.identifiers import downtime
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.made_up import SHORT_PIN
from gms_desktop.settings import Settings
from gms_desktop.starting import start_bench
from ui import command

SIGNED = ("--badge", "BADGE-OKAFOR", "--pin", SHORT_PIN)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    start_bench(tmp_path / "bench", Settings(rehearsal=True), made_up.begin).close()
    return tmp_path / "bench"


def says(capsys: pytest.CaptureFixture[str], data: Path, name: str, *rest: object) -> tuple[int, str]:
    capsys.readouterr()
    code = command.main([name, "--data", str(data), *(str(one) for one in rest)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_pack_is_made_of_numbers_that_an_administrator_set_aside(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pack.pdf"
    code, said = says(capsys, data, "downtime-pack", "--count", 2, "--out", out, *SIGNED)
    assert (code, out.exists()) == (2, False)
    assert "administrator" in said
    assert says(capsys, data, "downtime-range", "Reception", "--size", 10, *SIGNED)[0] == 0
    code, said = says(capsys, data, "downtime-pack", "--count", 2, "--out", out, *SIGNED)
    assert code == 0
    assert "every code read back" in said
    assert len(pypdfium2.PdfDocument(out)) == 3
    assert f"downtime pack, {out}" in says(capsys, data, "exports")[1]
    code, said = says(capsys, data, "downtime-report")
    assert code == 1
    assert "2 of 2 numbers not accounted for" in said
    told = [word for word in said.split() if downtime.looks_like(word)]
    assert len({*told}) == 2


def test_the_account_is_written_as_paper_and_as_a_workbook(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("account.pdf", "account.xlsx"):
        assert says(capsys, data, "downtime-report", "--out", tmp_path / name, *SIGNED)[0] == 0
        assert (tmp_path / name).stat().st_size > 1000
        assert f"downtime numbers, {tmp_path / name}" in says(capsys, data, "exports")[1]
    code, said = says(capsys, data, "downtime-report", "--out", tmp_path / "account.pdf", *SIGNED)
    assert code == 2
    assert "nothing is overwritten" in said
    assert says(capsys, data, "downtime-report", "--out", tmp_path / "account.doc", *SIGNED)[0] == 2


def test_a_pack_that_nobody_knows_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = says(capsys, data, "downtime-report", "--pack", "nothing")
    assert code == 2
    assert "No downtime pack nothing" in said


def test_a_pack_is_never_written_over_a_file(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, data, "downtime-range", "Reception", "--size", 10, *SIGNED)
    out = tmp_path / "pack.pdf"
    out.write_bytes(b"another")
    assert says(capsys, data, "downtime-pack", "--count", 2, "--out", out, *SIGNED)[0] == 2
    assert says(capsys, data, "downtime-pack", "--count", 2, "--out", tmp_path / "no" / "pack.pdf", *SIGNED)[0] == 2
    assert out.read_bytes() == b"another"
    assert "No downtime number has been printed" in says(capsys, data, "downtime-report")[1]


def test_a_technician_prints_no_pack_and_no_number_is_issued(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says(capsys, data, "downtime-range", "Reception", "--size", 10, *SIGNED)
    out = tmp_path / "pack.pdf"
    technician = ("--badge", "BADGE-SILVA", "--pin", SHORT_PIN)
    code, said = says(capsys, data, "downtime-pack", "--count", 2, "--out", out, *technician)
    assert (code, out.exists()) == (2, False)
    assert "senior" in said
    assert "No downtime number has been printed" in says(capsys, data, "downtime-report")[1]


def test_the_control_sheet_of_a_pack_names_who_made_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says(capsys, data, "downtime-range", "Reception", "--size", 10, *SIGNED)
    out = tmp_path / "pack.pdf"
    assert says(capsys, data, "downtime-pack", "--count", 2, "--out", out, *SIGNED)[0] == 0
    assert "by R. Okafor" in pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
