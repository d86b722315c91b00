"""How a laboratory's robots want their worklists (rule set ``worklists``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = (
    "source", "source_well", "source_type", "code", "target", "target_well", "target_type", "volume_ul", "diluent_ul",
)  # fmt: skip

POSITION_FIELDS = ("batch", "position_well", "role", "code")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a worklist: its heading, and the field of a transfer or the fixed text that stands in it."""

    heading: str
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a CSV for a robot, whether wells have two digits, and how its lines end."""

    columns: tuple[Column, ...]
    padded: bool
    line_end: str


@dataclass(frozen=True, slots=True)
class Diluent:
    """Where a robot takes diluent from: the labware's label and type, its positions, used in turn, and its liquid."""

    label: str
    type: str
    positions: int
    liquid_class: str


@dataclass(frozen=True, slots=True)
class Tecan:
    """What a Tecan worklist says of every transfer beside the transfer itself; no diluent where none is laid down."""

    liquid_class: str
    wash: bool
    diluent: Diluent | None = None


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """What every sample sheet of the laboratory says: the sections beside the samples, as they are written."""

    header: Mapping[str, str]
    reads: Mapping[str, str]
    settings: Mapping[str, str]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorklistRules:
    """The rule set."""

    version: str
    hamilton: Table
    extraction: Table
    tecan: Tecan
    sheet: SheetSettings


def read_worklist_rules(text: str) -> WorklistRules:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/worklists.toml``.

    Raises:
        ValueError: when a column has no heading, stands twice, or has neither a field nor a text; when the diluent has
            no position, or a semicolon in its words.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    sheet = said["sample_sheet"]
    tecan = said["tecan"]
    return WorklistRules(
        version=str(said["version"]),
        hamilton=_table(said["hamilton"], FIELDS),
        extraction=_table(said["extraction"], POSITION_FIELDS),
        tecan=Tecan(str(tecan["liquid_class"]), tecan["wash"] is True, _diluent(tecan.get("diluent", {}))),
        sheet=SheetSettings(*(_texts(sheet[name]) for name in ("header", "reads", "settings", "columns"))),
    )


def _diluent(said: dict[str, Any]) -> Diluent | None:
    label = str(said.get("label", "")).strip()
    if not label:
        return None
    positions = said["positions"]
    if not isinstance(positions, int) or positions < 1:
        raise ValueError("the diluent stands in one position or more")
    texts = label, str(said.get("type", "")), str(said.get("liquid_class", ""))
    if any(mark in text for text in texts for mark in ";\r\n"):
        raise ValueError("what is said of the diluent has no semicolon")
    return Diluent(texts[0], texts[1], positions, texts[2])


def _table(said: dict[str, Any], fields: tuple[str, ...]) -> Table:
    columns = tuple(
        Column(str(one["heading"]), str(one.get("field", "")), str(one.get("text", ""))) for one in said["column"]
    )
    headings = [one.heading for one in columns]
    if not columns or not all(headings) or len(set(headings)) < len(headings):
        raise ValueError("each column has a heading of its own")
    for one in columns:
        if bool(one.field) == bool(one.text) or (one.field and one.field not in fields):
            raise ValueError(f"{one.heading} has one of the fields {', '.join(fields)}, or a text")
    return Table(columns, said["padded"] is True, {"LF": "\n", "CRLF": "\r\n"}[said["line_end"]])


def _column(said: dict[str, Any]) -> Column:
    return Column(str(said["heading"]), str(said.get("field", "")), str(said.get("text", "")))


def _texts(said: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in said.items()}
