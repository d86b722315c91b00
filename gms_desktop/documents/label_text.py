"""A layout written as the TOML text that it is read from: what a laboratory proposes, approves and keeps."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from gms_desktop.documents.label_form import LabelDatum, LabelField, LabelLayout, Placing

_TABLES = frozenset({"fields", "data", "placing"})


def layout_text(layout: LabelLayout) -> str:
    """The whole layout; ``label_layout.read_layout`` reads the same layout from it."""
    import tomli_w

    tree: dict[str, Any] = {name: value for name, value in _said(layout).items() if name not in _TABLES}
    if layout.placing is not None:
        tree["placing"] = _said(layout.placing)
    tree["data"] = {datum.name: _without(_said(datum), "name") for datum in layout.data}
    tree["field"] = [_said(field) for field in layout.fields]
    return tomli_w.dumps(tree)


def _said(of: LabelLayout | LabelDatum | LabelField | Placing) -> dict[str, Any]:
    """What is not as it would be if nothing were said, in the order of the form."""
    said = {}
    for attribute in fields(of):
        value = getattr(of, attribute.name)
        if attribute.default is MISSING or value != attribute.default:
            said[attribute.name] = value.value if hasattr(value, "value") else value
    return said


def _without(said: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}
