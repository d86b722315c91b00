"""NIPT: what each request states, how each sample was judged, what testing came to, and QF-PCR asked for by it."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table(
    "nipt_form",
    "nipt",
    "specimen request pathway sampled weight weight_unit due_private fetuses# chorionicity ivf ethnicity_private "
    "postcode_private conditions chance# offered history sequence first repeat_reason operator at",
)
table(
    "nipt_judgement",
    "nipt",
    "specimen request acceptance ineligible rejection repeat_asked# conditions clarified_private "
    "clarified_with_private agreed_with_private missing# comment_private day operator at",
    "day",
)
table(
    "nipt_result",
    "nipt",
    "outcome no_result results scores fetal_fraction fraction_unit runs# authorised reported then_said source operator "
    "at",
    "reported",
)
table("qf_pcr", "qf_pcr", "indication reported source operator at")

STATED, JUDGED, RESULT, QF_PCR = "nipt.stated", "nipt.judged", "nipt.result_stated", "nipt.qf_pcr_stated"
_TABLES = {STATED: "nipt_form", JUDGED: "nipt_judgement", RESULT: "nipt_result"}


def reads(entry: Entry) -> list[RowKey]:
    """The one row that the entry states."""
    if entry.kind == QF_PCR:
        return [("qf_pcr", entry.body["specimen"])]
    return [(_TABLES[entry.kind], entry.body["nipt"])]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Put what was stated last in the place of what was stated before."""
    (key,) = reads(entry)
    made = {STATED: _form, JUDGED: _judgement, RESULT: _result, QF_PCR: _qf_pcr}[entry.kind]
    return {key: new_row(*key, operator=entry.operator, at=entry.occurred_at, **made(entry))}


def _same(entry: Entry, names: str) -> dict[str, object]:
    return {name: entry.body[name] for name in names.split()}


def _form(entry: Entry) -> dict[str, object]:
    body = entry.body
    weight = body["weight"] or {"value": None, "unit": None}
    offered = {True: "yes", False: "no"}.get(body["offered"])
    return {
        **_same(entry, "specimen request pathway sampled fetuses chorionicity ivf conditions chance sequence first"),
        "repeat_reason": body["repeat_reason"],
        "weight": weight["value"],
        "weight_unit": weight["unit"],
        "offered": offered,
        "history": _as_text(body["history"]),
        **{f"{name}_private": body[name] for name in ("due", "ethnicity", "postcode")},
    }


def _judgement(entry: Entry) -> dict[str, object]:
    body = entry.body
    return {
        **_same(entry, "specimen request acceptance conditions day"),
        "ineligible": _as_text(body["ineligible"]),
        "rejection": _as_text(body["rejection"]),
        "repeat_asked": int(body["repeat_asked"]),
        "missing": int(body["missing"]),
        **{f"{name}_private": body[name] for name in ("clarified", "clarified_with", "agreed_with", "comment")},
    }


def _result(entry: Entry) -> dict[str, object]:
    body = entry.body
    fraction = body["fetal_fraction"] or {"value": None, "unit": None}
    return {
        **_same(entry, "outcome no_result runs authorised reported source"),
        "results": _as_text(body["results"]),
        "scores": _as_text(body["scores"]),
        "fetal_fraction": fraction["value"],
        "fraction_unit": fraction["unit"],
        "then_said": body["then"],
    }


def _qf_pcr(entry: Entry) -> dict[str, object]:
    return _same(entry, "indication reported source")


# Sorted: a body read back from its bytes has its keys in another order than the one it was written with.
_as_text = json.JSONEncoder(sort_keys=True).encode


GROUP = Group(frozenset({*_TABLES, QF_PCR}), reads, fold)
