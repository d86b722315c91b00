"""Tissue: cases, pieces with what is known of each, assessments, pictures and agreements."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from gms_desktop.journal.entry import Body, Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "tissue_case",
    "tissue_case",
    "number histology_private hospital clinician_private referred_on tumour report_follows# urgency flags receiver "
    "comment_private blade_at correction_private corrected_at at operator bench",
    "at",
    "urgency,at",
    ("corrected_at", "corrected_at IS NOT NULL"),
)
table(
    "piece",
    "piece",
    "tissue_case number sort state specimen parent first_section# last_section# thickness_um stain left_um "
    "acquired into_formalin out_of_formalin imaged# outside_private report_private report_agrees "
    "ended_code ended_to_private comment_private corrected# correction_private corrected_at at operator bench",
    "tissue_case",
    "parent",
    "specimen",
    ("state,tissue_case", "state = 'here' AND specimen IS NOT NULL"),
    ("corrected_at", "corrected_at IS NOT NULL"),
)
table(
    "tissue_assessment",
    "tissue_assessment",
    "piece slide neoplastic method cellularity necrosis area_marked# macrodissect# representative# by_private "
    "assessed_on comment_private rules corrected# correction_private corrected_at withdrawn# at operator bench",
    "piece",
    ("corrected_at", "corrected_at IS NOT NULL"),
)
table("piece_image", "piece", "piece sha256 size# type of name_private reference_private at operator bench", "piece")
table(
    "piece_agreement",
    "piece",
    "piece agreement permits by_private agreed_on how how_private used_at at operator bench",
    "piece",
)
table("tissue_apart", "tissue_case", "other sort reason_private at operator bench")

_as_text = json.JSONEncoder(sort_keys=True).encode
_CASES = frozenset({"tissue.case_opened", "tissue.case_changed", "tissue.case_corrected", "tissue.blade_changed"})
_CORRECTED = "tissue.assessment_corrected"
_APART = "tissue.told_apart"
_USES = frozenset({"tissue.cut", "tissue.scraped"})
_TIMES = ("acquired", "into_formalin", "out_of_formalin")


def reads(entry: Entry) -> list[RowKey]:
    """The case, or the piece that it is about."""
    if entry.kind in _CASES:
        return [("tissue_case", entry.body["case"])]
    if entry.kind == "tissue.assessed":
        return []
    if entry.kind == _APART:
        return _pairs(entry)
    if entry.kind == _CORRECTED:
        return [("tissue_assessment", entry.body["assessment"])]
    keys = [("piece", entry.body["piece"])]
    return [*keys, _agreement(entry)] if entry.body.get("agreement") and entry.kind in _USES else keys


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to a case or a piece into its rows."""
    if entry.kind in _CASES:
        return {("tissue_case", entry.body["case"]): _case(entry, rows)}
    if entry.kind == "tissue.assessed":
        return _assessed(entry)
    if entry.kind == _CORRECTED:
        return _corrected_assessment(entry, rows)
    if entry.kind == _APART:
        return {key: _apart(entry, key, other) for key, other in zip(_pairs(entry), entry.body["others"], strict=True)}
    if entry.kind == "tissue.piece_joined":
        return {("piece", entry.body["piece"]): _joined(entry)}
    key = ("piece", entry.body["piece"])
    known = rows.get(key) or new_row("piece", key[1], state="unknown", imaged=0)
    return _OF_A_PIECE[entry.kind](entry, key, known) | _used(entry, rows)


def _agreement(entry: Entry) -> RowKey:
    return "piece_agreement", f"{entry.body['piece']}/{entry.body['agreement']}"


def _pairs(entry: Entry) -> list[RowKey]:
    body = entry.body
    return [("tissue_apart", f"{body['case']}/{other}.{body['of']}") for other in body["others"]]


def _apart(entry: Entry, key: RowKey, other: str) -> Row:
    said: Row = {"other": other, "sort": entry.body["of"], "reason_private": entry.body["reason"]}
    return new_row("tissue_apart", key[1]) | said | _by(entry)


def _used(entry: Entry, rows: Rows) -> Changes:
    """An agreement is to one cut: with it, it is used up."""
    known = rows.get(_agreement(entry)) if entry.kind in _USES and entry.body["agreement"] else None
    return {_agreement(entry): changed(known, used_at=entry.occurred_at)} if known else {}


def _by(entry: Entry) -> Row:
    return {"at": entry.occurred_at, "operator": entry.operator, "bench": entry.body["bench"]}


def _case(entry: Entry, rows: Rows) -> Row:
    body, name = entry.body, entry.body["case"]
    if entry.kind == "tissue.case_opened":
        open_ones = ("number", "hospital", "referred_on", "tumour", "urgency", "receiver")
        said: Row = {column: body[column] for column in open_ones}
        said |= {"report_follows": int(body["report_follows"])}
        said |= {f"{column}_private": body[column] for column in ("histology", "clinician", "comment")}
        return new_row("tissue_case", name, flags=_as_text(body["flags"])) | said | _by(entry)
    known = rows.get(("tissue_case", name)) or new_row("tissue_case", name)
    if entry.kind == "tissue.blade_changed":
        return changed(known, blade_at=entry.occurred_at)
    if entry.kind == "tissue.case_corrected":
        private = {f"{column}_private": body[column] for column in ("histology", "clinician")}
        right = {"hospital": body["hospital"], "referred_on": body["referred_on"], "correction_private": body["reason"]}
        return changed(known, **private, **right, corrected_at=entry.occurred_at)
    told: Row = {column: body[column] for column in ("tumour", "urgency", "receiver")}
    told |= {"report_follows": int(body["report_follows"]), "flags": _as_text(body["flags"])}
    return changed(known, **told, comment_private=body["comment"] or known["comment_private"])


def _joined(entry: Entry) -> Row:
    body = entry.body
    said = {column: body[column] for column in ("number", "sort", "specimen")} | {"tissue_case": body["case"]}
    row = new_row("piece", body["piece"], state="here", imaged=0, outside_private=body["outside"])
    return row | said | _by(entry)


def _assessed(entry: Entry) -> Changes:
    body, name = entry.body, entry.body["assessment"]
    said: Row = {"piece": body["piece"], "rules": body["rules"], "corrected": 0, "withdrawn": 0}
    return {("tissue_assessment", name): new_row("tissue_assessment", name) | said | _said_of(body) | _by(entry)}


def _said_of(body: Body) -> Row:
    same = ("slide", "neoplastic", "method", "cellularity", "necrosis")
    said: Row = {column: body[column] for column in same} | {"assessed_on": body["on"]}
    said |= {"by_private": body["assessor"], "comment_private": body["comment"]}
    said |= {column: int(body[column]) for column in ("area_marked", "macrodissect")}
    return said | {"representative": None if body["representative"] is None else int(body["representative"])}


def _corrected_assessment(entry: Entry, rows: Rows) -> Changes:
    """It stays the assessment that it was, recorded when it was: only what it says is put right."""
    body, key = entry.body, ("tissue_assessment", entry.body["assessment"])
    known = rows.get(key) or new_row("tissue_assessment", key[1], piece=body["piece"], corrected=0)
    right = _said_of(body) | {"corrected": (known["corrected"] or 0) + 1, "withdrawn": int(body["withdrawn"])}
    return {key: changed(known, **right, correction_private=body["reason"], corrected_at=entry.occurred_at)}


def _corrected_piece(entry: Entry, key: RowKey, known: Row) -> Changes:
    """What is named among what is corrected takes the place of what was, and empty means that nobody knows."""
    body, right = entry.body, set(entry.body["corrected"])
    told: Row = {name: _as_text(body[name]) if body[name] else None for name in _TIMES if name in right}
    told |= {name: body[name] for name in ("sort", "thickness_um", "stain") if name in right}
    if "sections" in right:
        told |= {"first_section": body["first_section"], "last_section": body["last_section"]}
    if "outside" in right:
        told |= {"outside_private": body["outside"]}
        if body["agrees"] is not None:
            told |= {"report_agrees": "yes" if body["agrees"] else "no"}
    told |= {"corrected": (known["corrected"] or 0) + 1, "correction_private": body["reason"]}
    told |= {"corrected_at": entry.occurred_at}
    return {key: changed(known, **told)}


def _moved(entry: Entry, key: RowKey, known: Row) -> Changes:
    """It is the piece that it was, with all that is known of it: only the case is another."""
    right = {"tissue_case": entry.body["case"], "corrected": (known["corrected"] or 0) + 1}
    return {key: changed(known, **right, correction_private=entry.body["reason"], corrected_at=entry.occurred_at)}


def _timed(entry: Entry, key: RowKey, known: Row) -> Changes:
    """What is stated takes the place of what was; what is not stated this time stays."""
    told = {name: _as_text(entry.body[name]) for name in _TIMES if entry.body[name] is not None}
    return {key: changed(known, **told)}


def _left(entry: Entry, key: RowKey, known: Row) -> Changes:
    return {key: changed(known, left_um=entry.body["left_um"])}


def _cut(entry: Entry, key: RowKey, known: Row) -> Changes:
    body = entry.body
    state = "exhausted" if body["exhausted"] else known["state"]
    return {key: changed(known, left_um=body["left_um"], state=state)} | _made(entry, key[1])


def _scraped(entry: Entry, key: RowKey, known: Row) -> Changes:
    return {key: changed(known, state="scraped")} | _made(entry, key[1])


def _made(entry: Entry, parent: str) -> Changes:
    return {("piece", one["piece"]): _new(entry, parent, one) for one in entry.body["cut"]}


def _new(entry: Entry, parent: str, one: Mapping[str, Any]) -> Row:
    row = new_row("piece", one["piece"], tissue_case=entry.body["case"], parent=parent, state="here", imaged=0)
    same = ("number", "sort", "thickness_um", "stain")
    said: Row = {"first_section": one["first"], "last_section": one["last"]}
    return row | {column: one[column] for column in same} | said | _by(entry)


def _stained(entry: Entry, key: RowKey, known: Row) -> Changes:
    return {key: changed(known, stain=entry.body["stain"])}


def _imaged(entry: Entry, key: RowKey, known: Row) -> Changes:
    body = entry.body
    row_id = f"{key[1]}/{entry.writer}.{entry.seq}"
    said = {column: body[column] for column in ("sha256", "size", "type", "of")}
    said |= {"piece": key[1], "name_private": body["file"], "reference_private": body["reference"]}
    row = new_row("piece_image", row_id) | said | _by(entry)
    return {key: changed(known, imaged=known["imaged"] + 1), ("piece_image", row_id): row}


def _compared(entry: Entry, key: RowKey, known: Row) -> Changes:
    said = "yes" if entry.body["agrees"] else "no"
    return {key: changed(known, report_private=entry.body["report"], report_agrees=said)}


def _agreed(entry: Entry, key: RowKey, _known: Row) -> Changes:
    body = entry.body
    row_id = f"{key[1]}/{body['agreement']}"
    said = {"piece": key[1], "agreement": body["agreement"], "permits": body["to"], "how": body["how_open"]}
    said |= {"how_private": body["how"]}
    said |= {"by_private": body["pathologist"], "agreed_on": body["on"]}
    return {("piece_agreement", row_id): new_row("piece_agreement", row_id) | said | _by(entry)}


def _ended(entry: Entry, key: RowKey, known: Row) -> Changes:
    body = entry.body
    said = {"state": body["state"], "ended_code": body["code"], "ended_to_private": body["to"]}
    return {key: changed(known, **said, comment_private=body["comment"] or known["comment_private"])}


_OF_A_PIECE: Mapping[str, Callable[[Entry, RowKey, Row], Changes]] = {
    "tissue.timed": _timed,
    "tissue.left_stated": _left,
    "tissue.cut": _cut,
    "tissue.scraped": _scraped,
    "tissue.stained": _stained,
    "tissue.imaged": _imaged,
    "tissue.report_compared": _compared,
    "tissue.agreed": _agreed,
    "tissue.ended": _ended,
    "tissue.piece_corrected": _corrected_piece,
    "tissue.piece_moved": _moved,
}
GROUP = Group(
    frozenset({*_OF_A_PIECE, *_CASES, "tissue.assessed", "tissue.piece_joined", _CORRECTED, _APART}), reads, fold
)
