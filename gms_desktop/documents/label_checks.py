"""Whether a layout can be used: every field on the label, none on another, each made from what the layout takes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from gms_desktop.documents.label_form import (
    CODES,
    SIGNS,
    UN3373_ACROSS,
    UN3373_LETTERS,
    UN3373_SIDE,
    FieldKind,
    LabelField,
    LabelLayout,
    LayoutUnfit,
    Placing,
    Takes,
)

LONGEST, LEAST, LEAST_STEP = 300.0, 0.5, 0.05
"""The longest measure, the smallest of a code or a sign, and the smallest step of a layout, in millimetres."""
_GRAIN = 1e-6
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Fault:
    """Why a layout cannot be used as it stands: which fields it is about, and in words what to do."""

    fields: tuple[str, ...]
    words: str


def check(layout: LabelLayout) -> None:
    """Let a layout pass that can be used.

    Raises:
        LayoutUnfit: it cannot, with the field and the reason.
    """
    fault = next(faults(layout), None)
    if fault is not None:
        raise LayoutUnfit(fault.words)


def faults(layout: LabelLayout) -> Iterator[Fault]:
    """Everything for which a layout cannot be used, field by field."""
    for field in layout.fields:
        if not _on(layout, field.box):
            yield Fault((field.name,), f"Field {field.name} of layout {layout.name} leaves the label. {_back(layout)}")
        wrong = _unfit(layout, field)
        if wrong:
            yield Fault((field.name,), f"Field {field.name} of layout {layout.name} {wrong}.")
    if layout.placing and not _fits(layout, layout.placing):
        words = f"A label of layout {layout.name} and what stays free do not fit on {layout.placing.on}."
        yield Fault((), words)
    for datum in layout.data:
        if not any(field.source == datum.name for field in layout.fields):
            yield Fault((), f"Layout {layout.name} takes {datum.name} and has no field for it.")
    for one, other in combinations(layout.fields, 2):
        if _overlap(one.box, other.box):
            words = f"Fields {one.name} and {other.name} of layout {layout.name} overlap."
            yield Fault((one.name, other.name), f"{words} Move one of them, or make it smaller.")


def _back(layout: LabelLayout) -> str:
    size = f"{layout.width:g} mm across" if layout.round else f"{layout.width:g} by {layout.height:g} mm"
    return f"Move it in or make it smaller: the label is {size}, and a code keeps its empty margin."


def stands(layout: LabelLayout, field: LabelField) -> bool:
    """Whether a field by itself can be drawn: it is wholly on the label, with a code's empty margin, and it will do."""
    return _on(layout, field.box) and not _unfit(layout, field)


def _on(layout: LabelLayout, box: Box) -> bool:
    left, top, right, bottom = box
    if layout.round:
        middle = layout.width / 2
        return all(math.hypot(x - middle, y - middle) <= middle + _GRAIN for x in (left, right) for y in (top, bottom))
    least, wide, tall = -_GRAIN, layout.width + _GRAIN, layout.height + _GRAIN
    return left >= least and top >= least and right <= wide and bottom <= tall


def _fits(layout: LabelLayout, placing: Placing) -> bool:
    return placing.down + layout.width <= placing.length and layout.height + placing.beside <= placing.round


def _unfit(layout: LabelLayout, field: LabelField) -> str:
    """What is wrong with a field by itself; empty when it will do."""
    datum = layout.takes.get(field.source)
    if datum is None and not (field.says and not field.of):
        return f"is made from {field.source}, which the layout does not take. It takes {', '.join(layout.takes)}"
    if field.kind is FieldKind.TEXT and not 0 < field.floor <= field.font:
        return "needs a font of at least its floor"
    if field.kind is FieldKind.TEXT and not (field.step >= LEAST_STEP and field.lines > 0):
        return f"needs a step of at least {LEAST_STEP:g} mm and at least one line"
    if field.kind in CODES and not (field.module > 0 and field.height > 0):
        return "needs a module and a height"
    if field.kind in CODES and (datum is None or datum.takes not in {Takes.NUMBER, Takes.CODE}):
        return "is a code, which is made from a number or a code"
    if field.kind in SIGNS and (datum is None or datum.takes is not Takes.YES):
        return "is a sign, which is made from what takes yes"
    if field.kind is not FieldKind.TEXT and min(field.width, field.height) < LEAST:
        return f"is too small: it needs {LEAST:g} mm each way"
    if field.kind is FieldKind.UN3373 and min(field.width, field.height) < UN3373_ACROSS:
        return f"is smaller than the mark may be: {UN3373_SIDE:g} mm a side, so {UN3373_ACROSS:.2f} mm across"
    if field.kind is FieldKind.CAPITALS and field.font < UN3373_LETTERS:
        return f"has capitals of less than {UN3373_LETTERS:g} mm"
    return ""


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] - _GRAIN
        and other[0] < one[2] - _GRAIN
        and one[1] < other[3] - _GRAIN
        and other[1] < one[3] - _GRAIN
    )
