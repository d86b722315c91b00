"""Label layouts read from TOML files: those that ship with the product, and a laboratory's own."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from importlib import resources
from typing import Any

from gms_desktop import toml_words
from gms_desktop.documents.label_checks import LONGEST, check
from gms_desktop.documents.label_form import FieldKind, LabelDatum, LabelField, LabelLayout, LayoutUnfit, Placing, Takes

TUBE_LAYOUT = "tube-25x51"
_PLAIN: dict[str, type] = {"float": float, "int": int, "bool": bool, "str": str}
_PLAIN_WORDS = {"float": "a number", "int": "a whole number", "bool": "true or false", "str": "a text"}


def read_layout(text: str) -> LabelLayout:
    """A layout from the text of a TOML file.

    Raises:
        LayoutUnfit: the text is no layout, or fields overlap or leave the label.
    """
    try:
        tree = tomllib.loads(text)
        layout = _layout(tree)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise LayoutUnfit(f"The label layout cannot be read: {toml_words.why(fault)}. Put that place right.") from fault
    check(layout)
    return layout


@cache
def product_layout(name: str = TUBE_LAYOUT) -> LabelLayout:
    """A layout that ships with the product.

    Raises:
        LayoutUnfit: it does not ship, or cannot be used.
    """
    source = resources.files("resources").joinpath("labels", f"{name}.toml")
    if not source.is_file():
        raise LayoutUnfit(f"No label layout {name} ships with the product.")
    return read_layout(source.read_text(encoding="utf-8"))


def product_layouts() -> tuple[LabelLayout, ...]:
    """Every layout that ships with the product, by name."""
    found = resources.files("resources").joinpath("labels").iterdir()
    names = sorted(file.name.removesuffix(".toml") for file in found if file.name.endswith(".toml"))
    return tuple(product_layout(name) for name in names)


def _layout(tree: dict[str, Any]) -> LabelLayout:
    """The tables "data", "field" and "placing" in their own forms; every other name is the layout's own."""
    own = {key: value for key, value in tree.items() if key not in {"data", "field", "placing"}}
    data = tuple(
        LabelDatum(**{**_sorted_out(LabelDatum, row), "name": name, "takes": Takes(row["takes"])})
        for name, row in tree["data"].items()
    )
    rows = (_sorted_out(LabelField, row) | {"kind": FieldKind(row["kind"])} for row in tree["field"])
    placing = Placing(**_sorted_out(Placing, tree["placing"])) if "placing" in tree else None
    return LabelLayout(
        **{
            **_sorted_out(LabelLayout, own),
            "fields": tuple(LabelField(**row) for row in rows),
            "data": data,
            "placing": placing,
        }
    )


def _sorted_out(of: type, row: dict[str, Any]) -> dict[str, Any]:
    """The values as the form wants them: a measure may be written as a whole number, and nothing else is bent."""
    kinds = {attribute.name: str(attribute.type) for attribute in fields(of)}
    return {name: _as(kinds.get(name, ""), name, value) for name, value in row.items()}


def _as(kind: str, name: str, value: object) -> object:
    if kind == "float" and type(value) in {int, float}:
        if not 0 <= float(str(value)) <= LONGEST:
            raise ValueError(f"{name} is {value}: a measure lies between 0 and {LONGEST:g} mm")
        return float(str(value))
    if kind in _PLAIN and type(value) is not _PLAIN[kind]:
        raise ValueError(f"{name} is {value!r}: it takes {_PLAIN_WORDS[kind]}")
    return value
