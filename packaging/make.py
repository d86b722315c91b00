"""Makes what is installed on a bench PC, and tries it. Run by ``dev.py package`` in the environment of package.txt.

dev.py package            the folder dist/gms-desktop, tried by packaging/smoke.py
dev.py package deb        and the Debian package of it; as root it is installed, tried and removed
dev.py package twice      the folder made twice, and every file compared
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bill
import build_folder
import debian
import licences
import smoke

HERE = Path(__file__).resolve().parent

ROOT = HERE.parent
MIB = 1024 * 1024
# Of what packs the folder a part stays in it: the program's starter, and what runs before ours.
STARTER = ("pyinstaller", "pyinstaller-hooks-contrib")


def folder(target: Path = build_folder.FOLDER) -> Path:
    """Make the folder with its papers; give its program.

    Raises:
        smoke.NotWellError: something may not be shipped.
    """
    known, versions = licences.reviewed(), licences.pinned()
    problems = licences.refused(versions, known)
    problems += [one for name in versions for one in licences.refused_inside(name, licences.bills(name), known)]
    program = build_folder.build(target)
    problems += [f"{name}: nobody knows whose library this is" for name in licences.strangers(target, known)]
    if problems:
        raise smoke.NotWellError("\n".join(problems))
    licences.copy_texts(target / "licences", [*versions, *STARTER])
    licences.copy_bills(target / "bills", versions)
    (target / "THIRD-PARTY.md").write_text(licences.page(known, versions), encoding="utf-8")
    (target / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())
    made_at = datetime.fromtimestamp(build_folder.source_date(), UTC)
    (target / "bill-of-materials.cdx.json").write_text(bill.written(made_at), encoding="utf-8")
    return program


def files_of(target: Path) -> Iterator[Path]:
    """Every file below a folder, in order."""
    return (path for path in sorted(target.rglob("*")) if path.is_file() and not path.is_symlink())


def digests(target: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its place there."""
    return {
        path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files_of(target)
    }


def made_and_tried() -> Path:
    """The folder, tried; its size and times are said."""
    began = time.monotonic()
    program = folder()
    size = sum(path.stat().st_size for path in files_of(program.parent))
    count = sum(1 for _ in files_of(program.parent))
    print(
        f"{program.parent}: {count} files, {size / MIB:.0f} MiB, made in {time.monotonic() - began:.0f} s", flush=True
    )
    smoke.main(program)
    return program


def twice() -> None:
    """Make the folder twice and say which files differ.

    Raises:
        smoke.NotWellError: one differs.
    """
    first, second = (ROOT / "build" / "twice" / name for name in ("first", "second"))
    for target in (first, second):
        folder(target)
    one, other = digests(first), digests(second)
    differing = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    (ROOT / "dist").mkdir(exist_ok=True)
    (ROOT / "dist" / "hashes.json").write_text(json.dumps(one, indent=1) + "\n", encoding="utf-8")
    print(
        f"{len(one)} files, {len(one) - len(differing)} of them the same bytes both times; dist/hashes.json lists them"
    )
    if differing:
        raise smoke.NotWellError("These differ:\n" + "\n".join(differing))


def main(arguments: list[str]) -> int:
    """Do what is asked for; 1 and why when something is not well."""
    asked = arguments[0] if arguments else ""
    try:
        if asked == "twice":
            twice()
        else:
            made_and_tried()
        if asked == "deb":
            debian.made_and_tried(build_folder.FOLDER)
    except smoke.NotWellError as problem:
        print(f"NOT WELL: {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
