"""What only the built program has: how it starts itself, whose libraries it leaves to others, and its picture."""

from __future__ import annotations

import os
import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import build_folder
import icon_file
import pytest
from PIL import Image

from ui.open_mark import NAMES
from ui.program import this_program

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def leave_others_their_libraries() -> Callable[[], None]:
    made: Callable[[], None] = runpy.run_path(str(PACKAGING / "pyinstaller" / "entry.py"))[
        "leave_others_their_libraries"
    ]
    return made


def built(monkeypatch: pytest.MonkeyPatch, program: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))


def test_the_program_without_a_console_is_started_once_more_as_the_one_that_has_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("gms-desktop.exe", "gms-desktop-window.exe"):
        (tmp_path / name).touch()
        built(monkeypatch, tmp_path / name)
        assert this_program() == [str(tmp_path / "gms-desktop.exe")]


def test_a_built_program_starts_itself_by_its_own_name_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built(monkeypatch, tmp_path / "gms-desktop")
    assert this_program() == [str(tmp_path / "gms-desktop")]


def test_the_print_systems_programs_do_not_get_our_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, leave_others_their_libraries: Callable[[], None]
) -> None:
    built(monkeypatch, tmp_path / "gms-desktop")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path / "_internal"))
    leave_others_their_libraries()
    assert "LD_LIBRARY_PATH" not in os.environ


def test_what_the_person_had_set_before_is_there_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, leave_others_their_libraries: Callable[[], None]
) -> None:
    built(monkeypatch, tmp_path / "gms-desktop")
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{tmp_path / '_internal'}:/opt/theirs")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/theirs")
    leave_others_their_libraries()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/theirs"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_the_icon_of_windows_holds_every_size_drawn_by_itself_and_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = icon_file.write(tmp_path / "gms-desktop.ico")
    with Image.open(made) as icon:
        assert icon.info["sizes"] == {(side, side) for side in icon_file.SIZES}
        for side in icon_file.SIZES:
            # NHS blue beside its edge, nothing at all in its rounded corner.
            drawn = icon.ico.getimage((side, side)).convert("RGBA")  # type: ignore[attr-defined]
            assert drawn.getpixel((side // 2, side // 12)) == (0, 0x30, 0x87, 255), side
            assert drawn.getchannel("A").getpixel((0, 0)) < 128, side  # type: ignore[operator]
    assert icon_file.write(tmp_path / "again.ico").read_bytes() == made.read_bytes()


def test_the_installer_of_windows_asks_for_the_mark_that_an_open_application_holds() -> None:
    script = (PACKAGING / "windows" / "gms_desktop.iss").read_text("utf-8")
    assert f"AppMutex={','.join(NAMES)}\n" in script
    assert f"SetupIconFile=..\\..\\dist\\{build_folder.ICON}\n" in script
    # What else it names as a file lies in the folder: the programs (above), and the licence that make.py puts there.
    assert set(re.findall(r"\{#Folder\}\\([^\s\";*]+)", script)) == {"LICENSE"}
    assert 'target / "LICENSE"' in (PACKAGING / "make.py").read_text("utf-8")
