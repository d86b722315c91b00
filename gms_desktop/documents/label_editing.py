"""A layout changed field by field: moved, sized, given a name and a version. Nothing here judges what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gms_desktop.documents.label_checks import LEAST, LONGEST
from gms_desktop.documents.label_form import FieldKind, LabelField, LabelLayout

GRAIN = 0.1
"""By how much a key moves a field, in millimetres; the printer draws it on the nearest dot."""
LEAST_MODULE, MODULE_GRAIN = 0.08, 1 / 24
"""A dot of a printer of 600 dpi, and what is nearly two: no code has narrower bars."""
_PLACES = 4


def moved(layout: LabelLayout, name: str, right: float, down: float) -> LabelLayout:
    """The field moved by so many millimetres; never above or left of the label's corner."""
    return _with(layout, name, lambda field: replace(field, x=_at(field.x + right), y=_at(field.y + down)))


def sized(layout: LabelLayout, name: str, wider: float, taller: float) -> LabelLayout:
    """The field made larger or smaller by so many millimetres, as its kind allows.

    A text has its letters' size for its height. The squares of a Data Matrix grow and shrink together, since it stays
    a square of whole squares.
    """
    return _with(layout, name, lambda field: _sized(field, wider, taller))


def put(layout: LabelLayout, name: str, measure: str, value: float) -> LabelLayout:
    """The field with one of its measures as it was entered."""
    return _with(layout, name, lambda field: _put(field, measure, min(max(value, 0.0), LONGEST)))


def measures(field: LabelField) -> tuple[tuple[str, float], ...]:
    """The measures of a field that can be changed, in millimetres, by their names in the layout."""
    if field.kind is FieldKind.TEXT:
        return (("x", field.x), ("y", field.y), ("width", field.width), ("font", field.font), ("floor", field.floor))
    if field.kind is FieldKind.DATAMATRIX:
        return (("x", field.x), ("y", field.y), ("module", field.module))
    same = (("x", field.x), ("y", field.y), ("width", field.width), ("height", field.height))
    return (*same, ("module", field.module)) if field.kind is FieldKind.CODE128 else same


def field_at(layout: LabelLayout, x: float, y: float) -> str:
    """The name of the field that stands there, the smallest first; empty where there is none."""
    here = [field for field in layout.fields if _within(field, x, y)]
    return min(here, key=lambda field: field.width * field.tall).name if here else ""


def _within(field: LabelField, x: float, y: float) -> bool:
    return field.x <= x <= field.x + field.width and field.y <= y <= field.y + field.tall


def _with(layout: LabelLayout, name: str, change: Callable[[LabelField], LabelField]) -> LabelLayout:
    return replace(layout, fields=tuple(change(field) if field.name == name else field for field in layout.fields))


def _sized(field: LabelField, wider: float, taller: float) -> LabelField:
    if field.kind is FieldKind.TEXT:
        font = max(LEAST, _at(field.font + taller))
        return replace(field, width=max(LEAST, _at(field.width + wider)), font=font, floor=min(field.floor, font))
    if field.kind is FieldKind.DATAMATRIX:
        grown = max(wider, taller, key=abs)
        steps = max(1, round(abs(grown) / GRAIN)) if grown else 0
        return _matrix(field, field.module + (steps if grown > 0 else -steps) * MODULE_GRAIN)
    width, height = max(LEAST, _at(field.width + wider)), max(LEAST, _at(field.height + taller))
    return replace(field, width=width, height=height)


def _put(field: LabelField, measure: str, value: float) -> LabelField:
    match measure:
        case "module" if field.kind is FieldKind.DATAMATRIX:
            return _matrix(field, value)
        case "module":
            return replace(field, module=_at(max(LEAST_MODULE, value)))
        case "font":
            return replace(field, font=_at(value))
        case "floor":
            return replace(field, floor=_at(value))
        case "width":
            return replace(field, width=_at(value))
        case "height":
            return replace(field, height=_at(value))
        case "x":
            return replace(field, x=_at(value))
    return replace(field, y=_at(value))


def _matrix(field: LabelField, module: float) -> LabelField:
    module = _at(max(LEAST_MODULE, module))
    side = _at(module * field.columns)
    return replace(field, module=module, width=side, height=side)


def _at(length: float) -> float:
    return round(max(0.0, length), _PLACES)
