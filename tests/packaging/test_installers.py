"""The installers name what is built, install for the machine, and leave what a bench recorded alone."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import debian
import pytest
import smoke

ROOT = Path(__file__).parents[2]
SETUP = (ROOT / "packaging" / "windows" / "gms_desktop.iss").read_text("utf-8")
SPEC = (ROOT / "packaging" / "pyinstaller" / "gms_desktop.spec").read_text("utf-8")
SECTIONS = {"Setup", "Files", "InstallDelete", "Dirs", "Icons", "Run"}


def section(name: str) -> list[str]:
    """The lines of a section of the installer's script, without remarks."""
    found = SETUP.split(f"[{name}]\n", 1)[1].split("\n[", 1)[0]
    return [line for line in found.splitlines() if line and not line.startswith(";")]


def entries(name: str) -> list[dict[str, str]]:
    """The entries of a section, each by its parameters."""
    return [dict(re.findall(r'(\w+): (?:"([^"]*)"|\S.*?)(?=;|$)', line)) for line in section(name)]


def test_the_installer_of_windows_has_the_sections_and_directives_that_its_compiler_knows() -> None:
    assert set(re.findall(r"^\[(\w+)\]$", SETUP, re.MULTILINE)) == SECTIONS
    assert [line for line in section("Setup") if not re.fullmatch(r"[A-Z]\w+=\S.*", line)] == []
    for name in SECTIONS - {"Setup"}:
        assert [line for line in section(name) if not re.match(r"[A-Z]\w+: ", line)] == []
    assert SETUP.count('"') % 2 == 0
    assert SETUP.count("#ifndef") == SETUP.count("#endif")


def test_it_installs_for_the_machine_under_one_identity_for_ever() -> None:
    said = dict(line.split("=", 1) for line in section("Setup"))
    assert said["PrivilegesRequired"] == "admin"
    assert said["AppId"] == "{{7C1F3C3E-5D0B-4B35-9A53-2C0B6B8E7A41}"
    assert said["AppVersion"] == "{#Version}"


def test_neither_an_upgrade_nor_removal_touches_what_the_bench_recorded() -> None:
    assert "UninstallDelete" not in SETUP
    assert [entry["Name"] for entry in entries("InstallDelete")] == [r"{app}\_internal"]
    data = section("Dirs")
    assert [line for line in data if r"{commonappdata}\gms_desktop" in line and "uninsneveruninstall" in line] == data


def test_the_programs_that_it_names_are_those_that_are_built() -> None:
    named = set(re.findall(r"([\w-]+)\.exe", SETUP))
    assert named == set(re.findall(r'program\("([\w-]+)"', SPEC))
    assert '#define Folder "..\\..\\dist\\gms-desktop"' in SETUP


def test_the_desktop_file_starts_the_program_and_names_an_icon_that_is_there() -> None:
    read = configparser.ConfigParser(interpolation=None)
    read.read(ROOT / "packaging" / "debian" / "gms-desktop.desktop", "utf-8")
    entry = read["Desktop Entry"]
    assert entry["Exec"] == "gms-desktop run"
    assert (ROOT / "resources" / "application" / f"{entry['Icon']}.svg").is_file()
    assert entry["Categories"].endswith(";")


def test_the_package_of_debian_states_version_needs_and_that_it_is_not_approved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(debian, "architecture", lambda: "amd64")
    said = debian.control("libc6 (>= 2.35), libegl1", 1000)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"Version: {version}\n" in said
    assert said.count("libegl1") == 1
    assert "Not approved for clinical use." in said


def test_a_library_that_lies_under_two_names_takes_its_room_once(tmp_path: Path) -> None:
    (tmp_path / "libQt6Core.so.6.12.0").write_bytes(bytes(64 * 1024))
    (tmp_path / "libQt6Core.so.6").symlink_to("libQt6Core.so.6.12.0")
    assert debian.size_kib(tmp_path) == 64


def test_the_package_of_debian_leaves_an_open_bench_its_program_and_touches_no_data() -> None:
    scripts = sorted(path.name for path in (ROOT / "packaging" / "debian").iterdir())
    assert scripts == ["gms-desktop.desktop", "prerm"]
    script = (ROOT / "packaging" / "debian" / "prerm").read_text("utf-8")
    assert "/usr/lib/gms-desktop/gms-desktop" in script
    assert re.findall(r"\b(rm|rmdir|userdel|/var|/home)\b", script) == []


def test_a_line_of_stderr_is_never_overlooked() -> None:
    only_the_platforms = f"{smoke.OF_THE_PLATFORM}\n\n"
    assert smoke.lines_of_stderr(only_the_platforms) == []
    assert smoke.lines_of_stderr(f"{only_the_platforms}qt.qpa: no font\n") == ["qt.qpa: no font"]
