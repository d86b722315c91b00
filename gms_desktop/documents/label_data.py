"""What a label is made from, checked against what its layout takes, and made into what each field shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gms_desktop.documents.label import LabelRefused, TubeLabel, grouped, printable, said_of
from gms_desktop.documents.label_form import LabelDatum, LabelField, LabelLayout, Takes
from gms_desktop.domain.identifiers.accession import is_rehearsal

REHEARSAL = "rehearsal"
NUMBER = re.compile(r"[0-9A-Z]+(-[0-9A-Z]+)*")
NUMBER_LENGTH = 18
CODE = re.compile(r"[!-~]([ -~]*[!-~])?")
_SORTS = {
    Takes.NUMBER: (str, "a number in quotation marks"),
    Takes.CODE: (str, "a code in quotation marks"),
    Takes.TEXT: (str, "a text in quotation marks"),
    Takes.COUNT: (int, "a whole number"),
    Takes.YES: (bool, "true or false"),
}


def tube_data(label: TubeLabel, layout: LabelLayout) -> dict[str, object]:
    """Of what is known of a tube, that which the layout takes."""
    said = said_of(label)
    return {datum.name: said[datum.name] for datum in layout.data if datum.name in said}


def taken(layout: LabelLayout, data: Mapping[str, object]) -> dict[str, object]:
    """Of what is known of a thing, that which the layout takes; what warns is never left out, but refused later."""
    return {name: value for name, value in data.items() if name in layout.takes or (value is True)}


def is_for_tubes(layout: LabelLayout) -> bool:
    """Whether a label of it can be made of what is known of a tube."""
    known = said_of(TubeLabel("", "", "", "", ""))
    return "number" in layout.takes and all(datum.name in known for datum in layout.data if datum.needed)


def examples(layout: LabelLayout) -> dict[str, object]:
    """Made-up values for everything that the layout takes."""
    return {datum.name: datum.example for datum in layout.data}


def filled(layout: LabelLayout, data: Mapping[str, object]) -> dict[str, str]:
    """What each field of the layout shows, by the field's name; empty where nothing is drawn.

    Raises:
        LabelRefused: the data have a name that the layout does not take, lack one that it needs, or hold a value of
            another sort.
        LabelUnprintable: a text holds a control, or a sign that changes the order of what is read.
    """
    values = _values(layout, data)
    return {field.name: _shown(field, values.get(field.source, True)) for field in layout.fields}


def _values(layout: LabelLayout, data: Mapping[str, object]) -> dict[str, str | int | bool]:
    takes = layout.takes
    if not data.keys() <= takes.keys():
        raise LabelRefused(
            f"Layout {layout.name} has no field {', '.join(sorted(data.keys() - takes.keys()))}. It takes "
            f"{', '.join(takes)}. Nothing was printed."
        )
    values = {name: _value(layout, datum, data.get(name)) for name, datum in takes.items()}
    if REHEARSAL in values and not values[REHEARSAL]:
        numbers = (values[name] for name, datum in takes.items() if datum.takes is Takes.NUMBER)
        values[REHEARSAL] = any(is_rehearsal(str(number)) for number in numbers)
    return values


def _value(layout: LabelLayout, datum: LabelDatum, given: object) -> str | int | bool:
    sort, wanted = _SORTS[datum.takes]
    if given is None or given == "":
        if datum.needed:
            raise LabelRefused(f"A label of layout {layout.name} needs its {datum.name}. Nothing was printed.")
        return sort()  # type: ignore[no-any-return]
    if type(given) is not sort:
        raise LabelRefused(f"The {datum.name} of the label is {given!r}; it takes {wanted}. Nothing was printed.")
    if isinstance(given, str):
        return printable(datum.name, given) if datum.takes is Takes.TEXT else _code(datum, given)
    if datum.takes is Takes.COUNT and int(str(given)) < 1:
        raise LabelRefused(f"The {datum.name} of the label is {given}: it counts from 1. Nothing was printed.")
    return given  # type: ignore[return-value]


def _code(datum: LabelDatum, given: str) -> str:
    if datum.takes is Takes.NUMBER and not (NUMBER.fullmatch(given) and len(given) <= NUMBER_LENGTH):
        raise LabelRefused(
            f"The number {given!r} cannot be put on a label: a label's number has 1 to {NUMBER_LENGTH} "
            "capitals and digits. Nothing was printed."
        )
    if not CODE.fullmatch(given):
        raise LabelRefused(
            f"The {datum.name} {given!r} cannot be put into a code: it takes letters, digits and signs of a plain "
            "keyboard, with no space at either end. Nothing was printed."
        )
    return given


def _shown(field: LabelField, value: str | int | bool) -> str:
    if isinstance(value, bool):
        return (field.says or "yes") if value else field.empty
    if isinstance(value, int):
        return f"{field.before}{value}" if value > 1 else field.empty
    if not value:
        return field.empty
    return field.before + (grouped(value) if field.grouped else value)
