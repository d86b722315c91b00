"""What whoever supports a bench may be sent: logs, crash reports, versions, settings, the doctor's lines, counts.

Nothing is copied. Each part is built anew from what may stand in it: facts in a form of their own, and of sentences the
words that this application itself says. A name, a number or a date that got into a log, a path or a setting is left out
because it is none of these, whoever it belongs to.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gms_desktop.logs import redact
from gms_desktop.settings import Settings

LEFT_OUT = "…"
_LIBRARIES = ("gms-desktop", "pyside6-essentials", "sqlcipher3", "sqlalchemy", "psycopg", "cryptography", "zxing-cpp")
_LOGGERS = frozenset(
    {
        "gms_desktop",
        "devices",
        "ui",
        "sqlalchemy",
        "psycopg",
        "alembic",
        "watchdog",
        "py",
        "reportlab",
        "serial",
        "asyncio",
    }
)
_OURS = frozenset({"gms_desktop", "ui", "devices"})
_FRAME = re.compile(r"(?P<path>[\w./<>-]{1,200}):(?P<line>\d{1,5}) (?P<name>[\w<>]{1,80})")
_FAULTS_FRAME = re.compile(r'\s*File "(?P<path>[^"]+)", line (?P<line>\d{1,5}) in (?P<name>[\w<>]{1,80})')
_FATAL = re.compile(
    r"Fatal Python error: (Segmentation fault|Aborted|Bus error|Illegal instruction|Floating-point exception)"
)
_KIND = re.compile(r"[A-Z][A-Za-z]{2,60}")
_SYSTEM = re.compile(r"(Linux|Windows|Darwin) [\w.+-]{1,60} [\w]{1,20}")
_VERSION = re.compile(r"\d{1,3}(\.\d{1,3}){1,3}([a-z]{1,3}\d{1,3})?")
# This application's and Python's begin with one digit, and no part of them with a naught: a day mostly does.
_OWN_VERSION = re.compile(r"\d(\.(0|[1-9]\d{0,2})){1,2}([a-z]{1,3}\d{1,3})?")
_MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00")
_MOST_LINES = 20_000
_LONGEST_NUMBER = 3
# A number or a day may be written in groups, each as small as a count: two beside each other are none of ours, but for
# words between them.
_IN_GROUPS = re.compile(r"\d+(?:[\s./:,_-]+\d+)+")


def write(out: Path, parts: Mapping[str, str], at: datetime) -> None:
    """Write the parts into a zip, every member with a name of ours.

    Args:
        out: the file; it must not be there yet.
        parts: text by name.
        at: the time that the members bear.

    Raises:
        OSError: it cannot be written there, or is there already.
    """
    with out.open("xb") as file, ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        for name, text in sorted(parts.items()):
            bundle.writestr(ZipInfo(name, at.timetuple()[:6]), text.encode(), ZIP_DEFLATED)


def parts_of(
    data: Path, settings: Settings | None, doctor: Iterable[tuple[bool, str, str]], counts: Mapping[str, int]
) -> dict[str, str]:
    """Every part of a bundle, by its name.

    Args:
        data: the bench's data folder.
        settings: its settings, where they can be read.
        doctor: what the doctor says: whether it is well, what was looked at, the words.
        counts: how many there are of what.
    """
    told = [f"{'OK ' if ok else 'DO '} {spoken(what):<15} {spoken(words)}" for ok, what, words in doctor]
    return {
        "logs.jsonl": "".join(_log_lines(data / "logs")),
        "faults.txt": "\n".join(_fault_lines(data / "logs" / "faults.txt")),
        "crashes.json": _as_json(_crashes(data / "crashes")),
        "versions.json": _as_json(_versions()),
        "settings.json": _as_json(_without_texts(asdict(settings)) if settings else "not readable"),
        "doctor.txt": "\n".join(told),
        "counts.json": _as_json({spoken(name): many for name, many in counts.items()}),
        "README.txt": _README,
    }


_README = (
    "Made by gms-desktop support. It holds no name, number or date of a patient, no name of a person and no secret:\n"
    f"whatever is none of this application's own words stands as {LEFT_OUT}\n"
    "A name that is one of those words too, such as May, is not told from it: look at doctor.txt first.\n"
)


def _as_json(said: Any) -> str:
    return json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False)


# --- logs and crash reports ---


def _log_lines(folder: Path) -> Iterator[str]:
    """Every line that is one of ours, built again from what may stand in a line, the oldest file first."""
    kept = 0
    for path in sorted(folder.glob("gms_desktop.jsonl*"), key=lambda one: (len(one.name), one.name), reverse=True):
        for line in _lines(path):
            with suppress(ValueError):
                said = json.loads(line)
                if isinstance(said, dict) and kept < _MOST_LINES:
                    kept += 1
                    yield _log_line(said)


def _log_line(said: dict[str, Any]) -> str:
    from gms_desktop.logs import Event

    event = said.get("event")
    line = dict(redact(None, "", {**said, "event": Event(event) if event in set(Event) else None}))
    line["at"] = _time(said.get("at"))
    if str(line.get("logger", "")).partition(".")[0] not in _LOGGERS:
        for name in ("logger", "place"):
            line.pop(name, None)
    return json.dumps(line, sort_keys=True) + "\n"


def _time(said: object) -> str:
    # To the second and with its zone, as our own lines have it: a day alone may be somebody's.
    return _in_form(said, _MOMENT)


def _fault_lines(path: Path) -> Iterator[str]:
    for line in _lines(path):
        frame, fatal = _FAULTS_FRAME.match(line), _FATAL.match(line)
        if frame:
            yield f"  {_place(frame)}"
        elif fatal:
            yield fatal[0]


def _crashes(folder: Path) -> list[dict[str, Any]]:
    made = []
    for path in sorted(folder.glob("crash-*.json")):
        with suppress(OSError, ValueError):
            said = json.loads(path.read_text("utf-8"))
            if isinstance(said, dict):
                made.append(_crash(said))
    return made


def _crash(said: dict[str, Any]) -> dict[str, Any]:
    faults = [one for one in said.get("faults", ()) if isinstance(one, dict)]
    return {
        "made_at": _time(said.get("made_at")),
        "version": _in_form(said.get("version"), _OWN_VERSION),
        "python": _in_form(said.get("python"), _OWN_VERSION),
        "system": _in_form(said.get("system"), _SYSTEM),
        "faults": [
            {"kind": _fault_kind(one.get("kind")), "frames": [_frame(frame) for frame in one.get("frames", ())]}
            for one in faults
        ],
    }


def _fault_kind(said: object) -> str:
    """A kind of fault that this application or Python has; any other word may be somebody's name."""
    import builtins
    import sys

    known = {name for name in dir(builtins) if isinstance(getattr(builtins, name), type)}
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and str(module.__name__).partition(".")[0] in _LOGGERS | {"sqlcipher3"}:
            known |= {name for name, one in vars(module).items() if isinstance(one, type)}
    return str(said) if _in_form(said, _KIND) == said and said in known else LEFT_OUT


def _frame(said: object) -> str:
    found = _FRAME.fullmatch(str(said))
    return _place(found) if found else LEFT_OUT


def _place(found: re.Match[str]) -> str:
    """Where in the code: a path from this application's own folder on, or a library's file."""
    parts = Path(found["path"].replace("\\", "/")).parts
    at = next((place for place, part in enumerate(parts) if part in _OURS), None)
    if at is None:
        return f"a library:{found['line']}"
    shown = "/".join(parts[at:])
    return f"{shown}:{found['line']} {found['name']}" if _is_ours(parts[at:]) else LEFT_OUT


def _is_ours(parts: tuple[str, ...]) -> bool:
    place = files(parts[0])
    for part in parts[1:]:
        place = place.joinpath(part)
    return place.is_file()


def _lines(path: Path) -> Iterator[str]:
    with suppress(OSError), path.open(encoding="utf-8", errors="replace") as file:
        yield from file


def _in_form(said: object, form: re.Pattern[str]) -> str:
    return said if isinstance(said, str) and form.fullmatch(said) else LEFT_OUT


# --- versions and settings ---


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    for name in _LIBRARIES:
        try:
            found[name] = _in_form(version(name), _VERSION)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _without_texts(said: Any) -> Any:
    """Settings as they are, but for what a person typed: of that only whether it is stated."""
    if isinstance(said, dict):
        return {spoken(str(name)): _without_texts(one) for name, one in said.items()}
    if isinstance(said, (list, tuple)):
        return [_without_texts(one) for one in said]
    if isinstance(said, str):
        return spoken(said) if said else ""
    return said


# --- sentences ---


def spoken(text: str) -> str:
    """A sentence with the words that this application itself says, and small numbers; all else is left out."""
    shown = re.sub(r"[^\W_]+", lambda found: found[0] if _is_said(found[0]) else LEFT_OUT, text)
    shown = re.sub(r"[^\w\s.,;:()/%…-]", " ", shown)
    shown = _IN_GROUPS.sub(LEFT_OUT, shown)
    return re.sub(rf"{LEFT_OUT}(?:[\s./:-]*(?:{LEFT_OUT}|\d+))+|(?:\d+[\s./:-]+)+{LEFT_OUT}", LEFT_OUT, shown)


def _is_said(word: str) -> bool:
    if word.isdecimal():
        return len(word) <= _LONGEST_NUMBER
    return word.casefold() in _vocabulary()


@cache
def _vocabulary() -> frozenset[str]:
    """Every word of the sentences and settings that the doctor's own code has in it."""
    from gms_desktop import backup_words, hub_words, port_words, protection_words, settings
    from gms_desktop.cli import doctor, doctor_backups, doctor_devices, doctor_file, doctor_hub, doctor_protection
    from gms_desktop.journal import kinds, sqlite_file
    from gms_desktop.services import device_words

    modules = (
        *(backup_words, hub_words, port_words, protection_words, settings, device_words, sqlite_file),
        *(doctor, doctor_backups, doctor_devices, doctor_file, doctor_hub, doctor_protection),
    )
    texts = [text for module in modules for text in _texts(module)]
    texts += [kind.name for kind in kinds.every_kind()]
    return frozenset(word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+", text))


def _texts(module: ModuleType) -> Iterator[str]:
    for name, one in vars(module).items():
        yield name
        if isinstance(one, str):
            yield one
        yield from _constants(getattr(one, "__code__", None))
        if isinstance(one, type) and one.__module__ == module.__name__:
            yield from vars(one)


def _constants(code: object) -> Iterator[str]:
    if isinstance(code, CodeType):
        for one in code.co_consts:
            if isinstance(one, str):
                yield one
            yield from _constants(one)
