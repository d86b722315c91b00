"""Later names of patients beside the former ones, and specimens that belong together."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("specimen_link", "specimen", "specimen other relation state by at")

_NAMED, _LINKED = "patient.named", "specimen.linked"
_STATED = ("surname", "forename", "born", "nhs")


def reads(entry: Entry) -> list[RowKey]:
    """The patient who is named."""
    if entry.kind == _NAMED:
        return [("patient", entry.body["patient"])]
    return []


def fold(entry: Entry, rows: Rows) -> Changes:
    """Add a name, the former ones stay; or say of both specimens that they belong together."""
    return _named(entry, rows) if entry.kind == _NAMED else _linked(entry)


def _named(entry: Entry, rows: Rows) -> Changes:
    body, patient, at = entry.body, entry.body["patient"], entry.occurred_at
    known = rows.get(("patient", patient)) or new_row("patient", patient, person="unknown")
    said = {f"{name}_private": body[name] for name in _STATED if body[name]}
    if body["born"]:
        said["born_precision"] = "day"
    if body["nhs"]:
        said["nhs_state"] = "not traced"
    name = f"{patient}/{body['name']}"
    row = new_row("patient_name", name, patient=patient, since=at, cause=body["cause"])
    # What is not named anew stays as it was, so that each row of names is whole.
    names = {f"{one}_private": body[one] or known[f"{one}_private"] for one in ("surname", "forename")}
    changes: Changes = {
        ("patient", patient): changed(known, person=body["person"] or known["person"], **said),
        ("patient_name", name): row | names,
    }
    if body["hospital"]:
        number = body["hospital"]
        changes["hospital_number", name] = new_row(
            "hospital_number", name, patient=patient, ods=number["ods"], number_private=number["number"]
        )
    return changes


def _linked(entry: Entry) -> Changes:
    body, changes = entry.body, Changes()
    state = "parted" if body["parted"] else "linked"
    for one, other in ((body["specimen"], body["other"]), (body["other"], body["specimen"])):
        relation = body["relation"] if one == body["specimen"] else f"of {body['relation']}"
        row = new_row("specimen_link", f"{one}/{other}", specimen=one, other=other, relation=relation, state=state)
        changes["specimen_link", f"{one}/{other}"] = row | {"by": entry.operator, "at": entry.occurred_at}
    return changes


GROUP = Group(frozenset({_NAMED, _LINKED}), reads, fold)
