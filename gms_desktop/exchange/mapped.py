"""A laboratory's own file, read by a mapping of its columns: data that the laboratory writes, approves and keeps.

A mapping is TOML (``resources/reference/example-mapping.toml`` shows every part)::

    name = "Request export of our hospital system"
    date_order = "day first"          # or "month first"; left out: 03/04/1978 stays as written
    required = ["request_number", "surname"]

    [columns]                          # field = heading; a list of headings for specimen_codes only
    request_number = "Order no"
    specimen_codes = ["Tube barcode", "Lab no"]

    [constants]                        # what holds for the whole file and stands in no column
    sender_ods = "…"

    [values.role]                      # the file's words = ours, for role, category and infection_risk
    "Index case" = "proband"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from gms_desktop import toml_words
from gms_desktop.exchange.across_rows import (
    family_sizes,
    one_person_for_each_tube,
    one_proband,
    patient_number_in_codes,
    racks_with_several_consignments,
    repeated_rows,
    repeated_wells,
)
from gms_desktop.exchange.birth_dates import DateOrder
from gms_desktop.exchange.coded_words import CATEGORIES, INFECTION_RISKS, ROLES
from gms_desktop.exchange.expected import Category, Field, InfectionRisk, Role
from gms_desktop.exchange.layout import Layout, folded

_PARTS = frozenset({"name", "date_order", "required", "columns", "constants", "values"})
_CODED = {Field.ROLE: Role, Field.CATEGORY: Category, Field.INFECTION_RISK: InfectionRisk}
Meaning = TypeVar("Meaning", bound=StrEnum)


class MappingError(ValueError):
    """A mapping that cannot be used; the message says which part and what may stand there."""


def _one_of(kind: type[Meaning], text: object, part: str) -> Meaning:
    try:
        return kind(str(text))
    except ValueError:
        allowed = ", ".join(sorted(each.value for each in kind if each.value))
        raise MappingError(f"{part}: {text!r} is not known. Use one of: {allowed}.") from None


def _table(data: Mapping[str, object], part: str) -> Mapping[str, object]:
    table = data.get(part, {})
    if not isinstance(table, Mapping):
        raise MappingError(f"{part} must be a table of names and texts.")
    return table


def _headings(each: Field, value: object) -> tuple[str, ...]:
    headings = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
    if not headings or not all(isinstance(heading, str) and heading.strip() for heading in headings):
        raise MappingError(f"columns.{each}: give the heading of the column as text.")
    if len(headings) > 1 and each is not Field.SPECIMEN_CODES:
        raise MappingError(f"columns.{each}: give one heading. Only specimen_codes may have several.")
    return tuple(headings)


def _columns(data: Mapping[str, object]) -> Mapping[Field, tuple[str, ...]]:
    columns = {_one_of(Field, key, "columns"): value for key, value in _table(data, "columns").items()}
    if not columns:
        raise MappingError("columns: name at least one column.")
    return {each: _headings(each, value) for each, value in columns.items()}


def _required(data: Mapping[str, object], columns: Mapping[Field, tuple[str, ...]]) -> tuple[str, ...]:
    required = data.get("required", ())
    if not isinstance(required, list | tuple) or not required:
        raise MappingError("required: list the fields without which a row cannot be expected.")
    wanted = [_one_of(Field, each, "required") for each in required]
    if missing := [each.value for each in wanted if each not in columns]:
        raise MappingError(f"required: no column is given for {', '.join(missing)}.")
    return tuple(columns[each][0] for each in wanted)


def _constants(data: Mapping[str, object], columns: Iterable[Field]) -> Mapping[Field, str]:
    constants = {_one_of(Field, key, "constants"): value for key, value in _table(data, "constants").items()}
    for each, value in constants.items():
        if not isinstance(value, str):
            raise MappingError(f"constants.{each}: write it as text, in quotation marks.")
        if each in columns or each is Field.SPECIMEN_CODES:
            raise MappingError(f"constants.{each}: it cannot be the same for the whole file and stand in a column too.")
        if each in _CODED:
            _one_of(_CODED[each], value, f"constants.{each}")
    return {each: str(value) for each, value in constants.items()}


def _words(
    data: Mapping[str, object], each: Field, kind: type[Meaning], usual: Mapping[str, Meaning]
) -> Mapping[str, Meaning]:
    table = _table(_table(data, "values"), each.value)
    return {**usual, **{folded(word): _one_of(kind, meaning, f"values.{each}") for word, meaning in table.items()}}


def layout_of(data: Mapping[str, object]) -> Layout:
    """Build the layout that a mapping describes.

    Args:
        data: the mapping as parsed from TOML.

    Raises:
        MappingError: a part is missing, unknown or of the wrong kind.
    """
    if unknown := sorted(set(data) - _PARTS):
        raise MappingError(f"{', '.join(unknown)}: not a part of a mapping. Its parts are {', '.join(sorted(_PARTS))}.")
    columns = _columns(data)
    required = _required(data, columns)
    tube_column = columns.get(Field.SPECIMEN_CODES, ("",))[0]
    code_columns = [
        heading
        for each in (Field.SPECIMEN_CODES, Field.RACK_ID, Field.CONSIGNMENT, Field.REQUEST_NUMBER)
        for heading in columns.get(each, ())
    ]
    return Layout(
        name=str(data.get("name") or "mapped file"),
        known=tuple(heading for headings in columns.values() for heading in headings),
        must_columns=required,
        must_cells=required,
        columns=columns,
        constants=_constants(data, columns),
        roles=_words(data, Field.ROLE, Role, ROLES),
        categories=_words(data, Field.CATEGORY, Category, CATEGORIES),
        infection_risks=_words(data, Field.INFECTION_RISK, InfectionRisk, INFECTION_RISKS),
        date_order=_one_of(DateOrder, data.get("date_order", DateOrder.UNSTATED), "date_order"),
        row_checks=(patient_number_in_codes(*code_columns),),
        file_checks=(racks_with_several_consignments, repeated_wells, family_sizes, one_proband),
        cross_checks=(repeated_rows, one_person_for_each_tube(tube_column)),
    )


def layout_of_toml(text: str) -> Layout:
    """Build the layout that the TOML text of a mapping describes.

    Raises:
        MappingError: the text is not TOML, or a part is missing, unknown or of the wrong kind.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError(f"The mapping cannot be read: {toml_words.why(error)}.") from error
    return layout_of(data)
