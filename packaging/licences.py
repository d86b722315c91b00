"""The licences of everything that is shipped: read, reviewed and written down for whoever gets the application.

``licences.toml`` holds what a person read. A package of the run lock that is not in it, or whose metadata has come to
say something else, is refused; so is every licence that is not among those allowed, GPL and AGPL first of all.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LOCK = HERE / "lock" / "run.txt"
PAGE = HERE.parent / "docs" / "administrator" / "third-party.md"
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
_NAMED_SO = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)
_TOKEN = re.compile(r"[()]|(?:AND|OR)(?=[\s(])|[^\s()]+(?: WITH [^\s()]+)?")
_SHARED = re.compile(r"\.(so|dll|pyd)(\.|$)")

_ABOUT = """# Third-party libraries

Written by `packaging/licences.py` from `packaging/lock/run.txt` and `packaging/licences.toml`. Their texts lie in the
folder `licences` of what is installed. Nothing under the GPL or AGPL alone is shipped.

**Qt and PySide6 are used under the LGPL, version 3**: their libraries lie beside the program as files of their own
(`_internal/PySide6`), unchanged, and may be replaced by others of the same interface. Their source is published by the
Qt Company and the PySide6 project under the versions below; so is that of psycopg. Whoever gives the application on
gives this page and the folder `licences` on with it. On Debian no library of the system is shipped: those that are
needed are named as dependencies.

What is compiled into a wheel is told by the wheel's own bill of materials where it brings one: they lie in the folder
`bills`, and each licence that they name is held to the same list. The texts of what is compiled into Qt are published
by the Qt Company with its documentation.
"""


@dataclass(frozen=True)
class Reviewed:
    """What a person read of licences.

    Attributes:
        allowed: SPDX names of licences under which something may be shipped.
        libraries: packages of the lock, each with its licence as an SPDX expression.
        parts: what wheels and the program carry inside: what it is, its licence, and the
            patterns of its files where it has some.
        not_inside: what a wheel's own bill of materials names, and is not in it: by its package, each with why.
    """

    allowed: frozenset[str]
    libraries: Mapping[str, str]
    parts: tuple[Mapping[str, Any], ...]
    not_inside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def reviewed(path: Path = HERE / "licences.toml") -> Reviewed:
    """What ``licences.toml`` says."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Reviewed(frozenset(said["allowed"]), said["libraries"], tuple(said["part"]), said["not_inside"])


def pinned(lock: Path = LOCK) -> dict[str, str]:
    """Every package of a lock with its version; of several versions all."""
    found: dict[str, list[str]] = {}
    for name, version in _PIN.findall(lock.read_text(encoding="utf-8")):
        found.setdefault(name, []).append(version)
    return {name: ", ".join(dict.fromkeys(versions)) for name, versions in found.items()}


def is_allowed(expression: str, allowed: Iterable[str]) -> bool:
    """Whether something may be shipped under an SPDX expression: one of its choices, with all that it names."""
    tokens = _TOKEN.findall(expression)
    found, left = _either(tokens, frozenset(allowed))
    return found and not left


def _either(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    found, left = _all_of(tokens, allowed)
    while left[:1] == ["OR"]:
        other, left = _all_of(left[1:], allowed)
        found = found or other
    return found, left


def _all_of(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    found, left = _one(tokens, allowed)
    while left[:1] == ["AND"]:
        other, left = _one(left[1:], allowed)
        found = found and other
    return found, left


def _one(tokens: list[str], allowed: frozenset[str]) -> tuple[bool, list[str]]:
    if tokens[:1] != ["("]:
        return tokens[:1] != [] and tokens[0] in allowed, tokens[1:]
    found, left = _either(tokens[1:], allowed)
    return found and left[:1] == [")"], left[1:]


def refused(names: Iterable[str], known: Reviewed) -> list[str]:
    """What may not be shipped, each with why."""
    problems = []
    for name in names:
        said = known.libraries.get(name)
        if said is None:
            problems.append(f"{name}: nobody has read its licence; read it, and enter it in packaging/licences.toml")
        elif not is_allowed(said, known.allowed):
            problems.append(f"{name}: {said} is not among the licences under which something may be shipped")
    return problems + [
        f"{part['what']}: {part['licence']} is not among the licences under which something may be shipped"
        for part in known.parts
        if not is_allowed(part["licence"], known.allowed)
    ]


def changed(known: Reviewed, says: Mapping[str, str | None]) -> list[str]:
    """Packages whose own metadata says, as an expression, something else than was read."""
    return [
        f"{name}: its metadata says {said}, and {known.libraries[name]} was read"
        for name, said in says.items()
        if said and name in known.libraries and said != known.libraries[name]
    ]


def says_itself(name: str) -> str | None:
    """The SPDX expression of an installed package's metadata; None where it says none, or is not installed."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    expression = said.json.get("license_expression")
    return str(expression) if expression else None


def strangers(folder: Path, known: Reviewed) -> list[str]:
    """Shared libraries in an application's folder that belong to no package and are no known part."""
    patterns = [pattern for part in known.parts for pattern in part["files"]]
    shared = [path for path in sorted(folder.rglob("*")) if path.is_file() and _SHARED.search(path.name)]
    alone = [path for path in shared if not _is_a_modules(path, folder)]
    unknown = [path for path in alone if not any(fnmatch(path.name, pattern) for pattern in patterns)]
    return [path.relative_to(folder).as_posix() for path in unknown]


def _is_a_modules(path: Path, folder: Path) -> bool:
    """Whether a file is the compiled module of a package, which goes by that package's licence, or a plugin of Qt."""
    inside = path.relative_to(folder).parts
    is_module = ".cpython-" in path.name or ".abi3." in path.name or path.suffix == ".pyd"
    return len(inside) > 1 and (is_module or "plugins" in inside)


def bills(name: str) -> dict[str, str]:
    """The bills of materials that an installed package's wheel brings of what is compiled into it, by their names."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return {}
    brought = [file for file in files if "sboms" in file.parts and file.suffix == ".json"]
    return {file.name: Path(str(file.locate())).read_text(encoding="utf-8") for file in brought}


def refused_inside(name: str, brought: Mapping[str, str], known: Reviewed) -> list[str]:
    """What is compiled into a package, by its own bills, and may not be shipped."""
    out = known.not_inside.get(name, {})
    inside = [one for text in brought.values() for one in json.loads(text).get("components", ())]
    return [
        f"{name}: {one['name']} inside it is under {expression}"
        for one in inside
        for expression in _expressions(one)
        if one["name"] not in out and not is_allowed(expression, known.allowed)
    ]


def _expressions(component: Mapping[str, Any]) -> Iterator[str]:
    for said in component.get("licenses", ()):
        # One that only has a name was never put into SPDX's words: it counts as it is written.
        one = said.get("license", {})
        yield said.get("expression") or one.get("id") or one.get("name") or ""


def copy_bills(target: Path, names: Iterable[str]) -> None:
    """Put what each wheel says of its inside below a folder, one folder for each package."""
    for name in sorted(names):
        for file, text in bills(name).items():
            (target / name).mkdir(parents=True, exist_ok=True)
            (target / name / file).write_text(text, encoding="utf-8")


def page(known: Reviewed, versions: Mapping[str, str]) -> str:
    """The page that tells every library, its version and its licence."""
    lines = [_ABOUT, "| library | version | licence |", "|---|---|---|"]
    lines += [f"| {name} | {versions[name]} | {known.libraries.get(name, 'NOT READ')} |" for name in sorted(versions)]
    lines += ["", "Inside these, and beside them:", "", "| what | in | licence |", "|---|---|---|"]
    lines += [f"| {part['what']} | {part['in']} | {part['licence']} |" for part in known.parts]
    return "\n".join(lines) + "\n"


def copy_texts(target: Path, names: Iterable[str]) -> list[str]:
    """Put every licence text below a folder, one folder for each package; gives packages that bring none."""
    without = []
    for name in sorted(names):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # of another system
        texts = [file for file in files if "licenses" in file.parts or _NAMED_SO.search(file.name)]
        # A wheel may carry a font under the GPL that is left out of the folder, its licence with it.
        texts = [file for file in texts if "fonts" not in file.parts or "vera" in file.name]
        texts = [file for file in texts if not _SHARED.search(file.name) and file.suffix not in {".py", ".pyc"}]
        for text in texts:
            _copy(Path(str(text.locate())), target / name / "-".join(text.parts[1:]))
        if not texts:
            without.append(name)
    for of_ours in sorted((HERE / "licence-texts").iterdir()):
        _copy(of_ours, target / of_ours.name)
    own = Path(sys.base_prefix, "lib", f"python{sys.version_info.major}.{sys.version_info.minor}", "LICENSE.txt")
    for place in (own, Path(sys.base_prefix, "LICENSE.txt")):
        if place.is_file():
            _copy(place, target / "Python.txt")
    return without


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    now = reviewed()
    PAGE.write_text(page(now, pinned()), encoding="utf-8")
    print("\n".join(refused(pinned(), now)) or f"Wrote {PAGE}")
