"""Everything that is shipped has a licence that somebody read, and none that asks more than a laboratory can give."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import bill
import licences
import pytest
from cyclonedx.model.bom import Bom
from license_expression import get_spdx_licensing  # type: ignore[import-untyped]
from PIL import features

KNOWN = licences.reviewed()
PINNED = licences.pinned()


def test_every_library_of_the_lock_has_a_licence_that_was_read_and_is_allowed() -> None:
    assert licences.refused(PINNED, KNOWN) == []


def test_no_library_has_come_to_say_another_licence_than_was_read() -> None:
    assert licences.changed(KNOWN, {name: licences.says_itself(name) for name in PINNED}) == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "SSPL-1.0", ""])
def test_the_gpl_and_what_nobody_knows_are_refused(licence: str) -> None:
    known = licences.Reviewed(KNOWN.allowed, {"taken-in-yesterday": licence}, ())
    assert len(licences.refused(["taken-in-yesterday"], known)) == 1


def test_of_a_choice_the_one_that_is_allowed_is_taken() -> None:
    assert licences.is_allowed("GPL-2.0-only OR LGPL-3.0-only", KNOWN.allowed)
    assert not licences.is_allowed("LGPL-3.0-only AND GPL-2.0-only", KNOWN.allowed)


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("MIT OR Apache-2.0 AND GPL-3.0-only", True),
        ("GPL-2.0-only OR (MIT AND GPL-3.0-only)", False),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only", True),
        ("GPL-2.0-only WITH LLVM-exception", False),
        ("(MIT", False),
        ("MIT AND", False),
        ("MIT Apache-2.0", False),
    ],
)
def test_a_choice_within_brackets_does_not_take_away_what_must_hold_beside_it(expression: str, may: bool) -> None:
    assert licences.is_allowed(expression, KNOWN.allowed) is may


def test_what_wheels_say_of_their_inside_may_be_shipped() -> None:
    assert [one for name in PINNED for one in licences.refused_inside(name, licences.bills(name), KNOWN)] == []
    # The bills are read at all: there is no pydantic without what is compiled into it.
    assert "MIT" in "".join(licences.bills("pydantic-core").values())


def test_what_a_wheel_names_and_is_said_not_to_be_in_it_is_not_in_it() -> None:
    assert {name: set(said) for name, said in KNOWN.not_inside.items()} == {"pillow": {"libimagequant"}}
    assert features.check("libimagequant") is False


def test_a_library_under_the_gpl_inside_a_wheel_is_refused() -> None:
    listed = {"name": "quantise", "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
    bill_of_it = json.dumps({"components": [listed, {"name": "zlib", "licenses": [{"expression": "Zlib"}]}]})
    told = licences.refused_inside("pillow", {"sbom.json": bill_of_it}, KNOWN)
    assert told == ["pillow: quantise inside it is under GPL-3.0-or-later"]


def test_a_library_that_nobody_read_is_named_with_what_to_do() -> None:
    assert licences.refused(["new"], KNOWN)[0].startswith("new: nobody has read its licence")


def test_a_shared_library_of_nobody_is_found_in_the_folder(tmp_path: Path) -> None:
    for name in ("libQt6Core.so.6", "libreadline.so.8", "PIL/_imaging.cpython-311-x86_64-linux-gnu.so"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert licences.strangers(tmp_path, KNOWN) == ["libreadline.so.8"]


def test_the_libraries_of_the_wheels_for_windows_are_known_too(tmp_path: Path) -> None:
    # As they stand in the wheels of the lock for 64-bit Windows; nobody has built there yet.
    inside = {
        "": "python311.dll python3.dll vcruntime140.dll libcrypto-3.dll libssl-3.dll libffi-8.dll sqlite3.dll",
        "PySide6": "Qt6Core.dll Qt6Gui.dll opengl32sw.dll msvcp140_2.dll pyside6.abi3.dll QtCore.pyd",
        "PySide6/plugins/platforms": "qwindows.dll qoffscreen.dll",
        "psycopg_binary.libs": "libpq-16d00050fdffffeae97527f26415b111.dll libcrypto-3-x64-603336241ac.dll",
        "numpy.libs": "libscipy_openblas64_-63c857e738.dll msvcp140-a4c2229bdc.dll",
        "pypdfium2_raw": "pdfium.dll",
    }
    for folder, names in inside.items():
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name in names.split():
            (tmp_path / folder / name).touch()
    assert licences.strangers(tmp_path, KNOWN) == []


def test_every_licence_is_written_as_spdx_writes_it() -> None:
    spdx = get_spdx_licensing()
    said = {*KNOWN.libraries.values(), *(part["licence"] for part in KNOWN.parts), *KNOWN.allowed}
    ours = {one for one in said if one.startswith("LicenseRef-")}
    assert [one for one in sorted(said - ours) if spdx.validate(one, strict=True).errors] == []


def test_the_page_is_that_of_the_lock() -> None:
    assert licences.PAGE.read_text("utf-8") == licences.page(KNOWN, PINNED), "Run: python packaging/licences.py"


def test_the_texts_of_all_licences_are_laid_beside_the_program(tmp_path: Path) -> None:
    here = [name for name in PINNED if name in {one.name.lower() for one in metadata.distributions() if one.name}]
    bring_none = licences.copy_texts(tmp_path, here)
    # Theirs lie in packaging/licence-texts.
    assert set(bring_none) <= {"pyserial", "pyside6-essentials", "shiboken6"}
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "SQLCipher.txt", "pyserial.txt", "sqlalchemy"):
        assert (tmp_path / name).exists(), name
    assert [path.name for path in tmp_path.rglob("*gpl*") if "reportlab" in path.parts] == []


def test_the_bill_of_materials_is_read_by_its_own_library_and_lists_every_hash_of_the_lock() -> None:
    lock = licences.LOCK.read_text("utf-8")
    project = {"name": "gms-desktop", "version": "0.1.0", "license": "MIT"}
    made = bill.bill(lock, KNOWN, project, datetime(2026, 11, 23, tzinfo=UTC))
    read = Bom.from_json(made)  # type: ignore[attr-defined]
    assert read.validate()
    assert {one.name for one in read.components if one.purl} == set(PINNED)
    hashes = [prop.value for one in read.components for prop in one.properties if prop.name == "lock:sha256"]
    assert len(hashes) == lock.count("--hash=sha256:")


def test_the_bill_of_one_change_is_the_same_bytes_each_time() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert bill.written(at) == bill.written(at)
