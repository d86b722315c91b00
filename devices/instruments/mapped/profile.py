"""A laboratory's own form of a file, as a text in TOML: which heading is the sample, the well, the value, its unit."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from devices.instruments.cells import Mark
from devices.instruments.headed import Form, Known, ValueColumn
from devices.instruments.rows import folded
from devices.instruments.units import needs_unit, unit_in, unit_of
from devices.measured import Analyte, DateOrder

FORMAT = 1
COLUMNS = (
    "sample", "sample_id", "plate", "well", "row_of_well", "column_of_well", "date", "time", "assay", "flags",
    "operator", "serial", "run_id",
)  # fmt: skip
ABOVE = ("plate", "operator", "serial", "run_id", "assay")
_VALUE = ("heading", "analyte", "unit", "unit_column", "part")
_READS = ("dates", "decimal", "each_well_once")
_KEYS = ("format", "name", "instrument", "withdrawn", "columns", "above", "value", "reads")
_NAMES = ("sample", "sample_id", "well", "row_of_well")


class ProfileDefect(StrEnum):
    """What is wrong with the text of a profile."""

    NOT_TOML = "not TOML"
    OTHER_FORMAT = "another format"
    KEY_MISSING = "a key is missing"
    KEY_UNKNOWN = "a key that is not known"
    NOT_TEXT = "not a text"
    NO_VALUE = "no value"
    NO_NAME = "neither sample nor well"
    HALF_A_WELL = "half a well"
    HEADING_TWICE = "one heading twice"
    ANALYTE_UNKNOWN = "an analyte that is not known"
    UNIT_UNKNOWN = "a unit that this analyte cannot have"
    UNIT_MISSING = "no unit"
    CHOICE_UNKNOWN = "a choice that is not known"
    NO_HEADING = "a column without a heading"
    PLACE_TWICE = "two columns for one thing"


@dataclass(frozen=True)
class ProfileProblem:
    """One thing that is wrong: where in the text, what stands there, and what may stand there."""

    defect: ProfileDefect
    where: str = ""
    found: str = ""
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """A laboratory's own form of a file.

    Attributes:
        name: of the profile; its dialect.
        instrument: what writes such files, in the laboratory's words.
        form: which heading means what.
        above: what stands above the headings, right of which text: ``("plate", "Assay Plate Barcode")``.
        known: the order of dates and the decimal mark, where the files leave them open.
        withdrawn: whether files of this form are read no longer.
    """

    name: str
    instrument: str
    form: Form
    above: tuple[tuple[str, str], ...] = ()
    known: Known = field(default_factory=Known)
    withdrawn: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """All headings of the form: a file without one of them is another's."""
        columns = [heading for name in COLUMNS for heading in getattr(self.form, name)]
        values = [each for value in self.form.values for each in (*value.headings, *value.unit_column)]
        return tuple(dict.fromkeys(columns + values))


def read_profile(text: str) -> Profile | tuple[ProfileProblem, ...]:
    """A profile by its text, or everything that is wrong with it."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as why:
        return (ProfileProblem(ProfileDefect.NOT_TOML, found=str(why)),)
    if told.get("format") != FORMAT or isinstance(told["format"], bool):
        return (ProfileProblem(ProfileDefect.OTHER_FORMAT, "format", str(told.get("format", "")), (str(FORMAT),)),)
    problems = tuple(_problems(told))
    return problems or _profile(told)


def _profile(told: Mapping[str, Any]) -> Profile:
    reads = told.get("reads", {})
    columns = {name: (heading,) for name, heading in told.get("columns", {}).items()}
    values = tuple(_value(each) for each in told["value"])
    dates, decimal = reads.get("dates"), reads.get("decimal")
    return Profile(
        told["name"].strip(),
        told["instrument"].strip(),
        Form(values, **columns, lines_apart=reads.get("each_well_once", True)),
        tuple(told.get("above", {}).items()),
        Known(DateOrder(dates) if dates else None, Mark(decimal) if decimal else None),
        told.get("withdrawn", False),
    )


def _value(told: Mapping[str, str]) -> ValueColumn:
    beside = told.get("unit_column", "")
    return ValueColumn(
        Analyte(told["analyte"]),
        (told["heading"],),
        told.get("unit", ""),
        (beside,) if beside else (),
        part=told.get("part", ""),
        unit_anywhere=True,
    )


def _problems(told: Mapping[str, Any]) -> Iterator[ProfileProblem]:
    yield from _unknown(told, "", _KEYS)
    if not isinstance(told.get("withdrawn", False), bool):
        yield ProfileProblem(ProfileDefect.CHOICE_UNKNOWN, "withdrawn", str(told["withdrawn"]), ("true", "false"))
    for key in ("name", "instrument"):
        yield from _text(told, key, key)
    for key, known in (("columns", COLUMNS), ("above", ABOVE)):
        table = told.get(key, {})
        if not isinstance(table, dict):
            yield ProfileProblem(ProfileDefect.NOT_TEXT, key)
            continue
        yield from _unknown(table, key, known)
        for name in table.keys() & set(known):
            yield from _text(table, name, f"{key}.{name}")
    yield from _values_problems(told.get("value", []))
    yield from _reads_problems(told.get("reads", {}))
    yield from _together(told)


def _values_problems(values: Any) -> Iterator[ProfileProblem]:
    if not isinstance(values, list) or not values or not all(isinstance(each, dict) for each in values):
        yield ProfileProblem(ProfileDefect.NO_VALUE, "value")
        return
    for number, value in enumerate(values, 1):
        where = f"value {number}"
        yield from _unknown(value, where, _VALUE)
        wrong = [*_text(value, "heading", f"{where}.heading"), *_text(value, "analyte", f"{where}.analyte")]
        for key in value.keys() & {"unit", "unit_column", "part"}:
            wrong += _text(value, key, f"{where}.{key}")
        yield from wrong or _unit_problems(value, where)


def _unit_problems(value: Mapping[str, str], where: str) -> Iterator[ProfileProblem]:
    analyte = next((each for each in Analyte if each == value["analyte"]), None)
    if analyte is None:
        yield ProfileProblem(ProfileDefect.ANALYTE_UNKNOWN, f"{where}.analyte", value["analyte"], tuple(Analyte))
        return
    unit = unit_in(value["heading"]) or value.get("unit", "")
    if unit and unit_of(analyte, unit) is None:
        yield ProfileProblem(ProfileDefect.UNIT_UNKNOWN, f"{where}.unit", f"{unit}, {analyte}")
    if not unit and "unit_column" not in value and needs_unit(analyte):
        yield ProfileProblem(ProfileDefect.UNIT_MISSING, where, value["heading"])


def _reads_problems(reads: Any) -> Iterator[ProfileProblem]:
    if not isinstance(reads, dict):
        yield ProfileProblem(ProfileDefect.NOT_TEXT, "reads")
        return
    yield from _unknown(reads, "reads", _READS)
    orders = (DateOrder.DAY_FIRST.value, DateOrder.MONTH_FIRST.value)
    for key, known in (("dates", orders), ("decimal", tuple(mark.value for mark in Mark))):
        if key in reads and reads[key] not in known:
            yield ProfileProblem(ProfileDefect.CHOICE_UNKNOWN, f"reads.{key}", str(reads[key]), known)
    if not isinstance(reads.get("each_well_once", True), bool):
        found = str(reads["each_well_once"])
        yield ProfileProblem(ProfileDefect.CHOICE_UNKNOWN, "reads.each_well_once", found, ("true", "false"))


def _together(told: Mapping[str, Any]) -> Iterator[ProfileProblem]:
    """What only the columns together can be wrong in."""
    columns = told.get("columns", {})
    values = told.get("value", [])
    if not isinstance(columns, dict) or not isinstance(values, list):
        return
    if not columns.keys() & set(_NAMES):
        yield ProfileProblem(ProfileDefect.NO_NAME, "columns", known=_NAMES)
    if ("row_of_well" in columns) != ("column_of_well" in columns):
        yield ProfileProblem(ProfileDefect.HALF_A_WELL, "columns")
    headings = [*columns.values(), *(each.get("heading") for each in values if isinstance(each, dict))]
    seen: set[str] = set()
    for heading in headings:
        if isinstance(heading, str) and folded(heading) in seen:
            yield ProfileProblem(ProfileDefect.HEADING_TWICE, "columns", heading)
        elif isinstance(heading, str):
            seen.add(folded(heading))


def _unknown(table: Mapping[str, Any], where: str, known: tuple[str, ...]) -> Iterator[ProfileProblem]:
    for key in table:
        if key not in known:
            yield ProfileProblem(ProfileDefect.KEY_UNKNOWN, where, key, known)


def _text(table: Mapping[str, Any], key: str, where: str) -> Iterator[ProfileProblem]:
    if key not in table:
        yield ProfileProblem(ProfileDefect.KEY_MISSING, where)
    elif not isinstance(table[key], str) or not table[key].strip():
        yield ProfileProblem(ProfileDefect.NOT_TEXT, where, str(table[key]))


def profile_text(profile: Profile) -> str:
    """The text of a profile, as ``read_profile`` reads it."""
    form = profile.form
    lines = [f"format = {FORMAT}", _line("name", profile.name), _line("instrument", profile.instrument)]
    lines += ["withdrawn = true"] if profile.withdrawn else []
    lines += ["", "[columns]"]
    lines += [_line(name, getattr(form, name)[0]) for name in COLUMNS if getattr(form, name)]
    if profile.above:
        lines += ["", "[above]", *(_line(place, words) for place, words in profile.above)]
    for value in form.values:
        lines += ["", "[[value]]", _line("heading", value.headings[0]), _line("analyte", value.analyte.value)]
        extra = (("unit", value.unit), ("unit_column", "".join(value.unit_column)), ("part", value.part))
        lines += [_line(key, said) for key, said in extra if said]
    lines += ["", "[reads]", f"each_well_once = {str(form.lines_apart).lower()}"]
    lines += [_line("dates", profile.known.date_order.value)] if profile.known.date_order else []
    lines += [_line("decimal", profile.known.mark.value)] if profile.known.mark else []
    return "\n".join(lines) + "\n"


def _line(key: str, text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{key} = {quoted}"
