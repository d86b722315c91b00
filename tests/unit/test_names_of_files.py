"""The file that a command is to write or to prove: refused by its name before anything is asked, made or looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import command

SIGNED = ("--badge", "0", "--pin", "0")


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        (("downtime-pack", "--count", "2", *SIGNED, "--out"), ".pdf"),
        (("downtime-report", *SIGNED, "--out"), ".pdf or .xlsx"),
        (("device", "command-cards", "--out"), ".pdf"),
        (("device", "self-test-sheet", "--out"), ".pdf"),
        (("support",), ".zip"),
        (("audit", *SIGNED), ".csv or .pdf"),
        (("erasure-proof", "IG-2026-1"), ".pdf"),
    ],
    ids=lambda one: " ".join(one[:2]) if isinstance(one, tuple) else "",
)
def test_what_a_command_writes_is_called_what_it_is(
    line: tuple[str, ...],
    ending: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GMS_DESKTOP_DATA", str(tmp_path / "bench"))
    first = ending.partition(" ")[0]
    for name, why in (
        ("p.txt", f"p.txt would not open as what is written. End it in {ending}."),
        ("cards2", f"cards2 would not open as what is written. End it in {ending}."),
        (f"away/p{first}", f"{tmp_path / 'away'} is no folder. Make it, or name another."),
        (f"there{first}", "is there already. Choose another name: nothing is overwritten."),
    ):
        (tmp_path / f"there{first}").write_bytes(b"mine")
        assert command.main([*line, str(tmp_path / name)]) == 2
        assert why in capsys.readouterr().err
        assert [one.name for one in tmp_path.iterdir()] == [f"there{first}"]


@pytest.mark.parametrize("line", ["verify", "salvage"])
def test_a_folder_that_stands_there_is_not_said_to_be_missing(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([line, str(tmp_path), "--data", str(tmp_path / "bench")]) == 2
    assert f"{tmp_path} is a folder, and a bench's file was expected." in capsys.readouterr().err
