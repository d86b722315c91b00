"""The fold as somebody would write it for speed alone: one entry at a time, its own SQL, the driver's cursor.

It judges the same premises and fills the same tables, so that both can be compared row by row. It keeps no digest, no
undo log, no dispute, and knows no kind but those of the corpus: that is what the register's fold may cost more for.
"""

from __future__ import annotations

import json
from typing import Any

from gms_desktop.judge.keys import turn
from gms_desktop.register.rows import derived

_REQUEST = (
    "referral",
    "role",
    "test",
    "sender",
    "priority",
    "category",
    "risk",
    "collected",
    "import",
    "row",
    "origin",
)
_SPECIMEN = (
    "accession",
    "patient",
    "tube",
    "type",
    "sender_code",
    "sender",
    "collected",
    "delivery",
    "bag",
    "risk",
    "priority",
    "category",
    "matched",
    "bench",
)
_LABEL = ("sort", "subject", "specimen", "accession", "copy", "reason", "printer", "layout", "bench")
_SCAN = ("bench", "text", "symbology", "source", "entered", "verdict", "title", "words")
_PATIENT = {
    "person": "person",
    "surname": "surname_private",
    "forename": "forename_private",
    "born": "born_private",
    "born_precision": "born_precision",
    "sex": "sex",
    "nhs": "nhs_private",
    "nhs_state": "nhs_state",
    "participant": "participant_private",
    "mother": "mother",
}
_HOLDER = "SELECT holder FROM key_holder WHERE key = ?"
_HOLD = "INSERT INTO key_holder VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET holder = excluded.holder"
_inserts: dict[tuple[str, ...], str] = {}


def fold(raw: Any, content: bytes) -> None:
    """Fold one entry's bytes."""
    entry = json.loads(content)
    if _stands(raw, entry):
        _BY_KIND[entry["kind"]](raw, entry, entry["body"])


def _stands(raw: Any, entry: dict[str, Any]) -> bool:
    for key, holder in (*entry["requires"], *entry["expects"]):
        found = raw.execute(_HOLDER, (turn(key),)).fetchone()
        if (found[0] if found else None) != holder:
            return False
    for key, holder in entry["claims"]:
        found = raw.execute(_HOLDER, (turn(key),)).fetchone()
        if found and found[0] != holder:
            return False
        raw.execute(_HOLD, (turn(key), holder))
    own = f"{entry['writer']}/{entry['seq']}"
    for subject in entry["touches"]:
        raw.execute(_HOLD, (turn(f"last:{subject}"), own))
    return True


def _insert(raw: Any, table: str, row: dict[str, Any]) -> None:
    shape = (table, *row)
    sql = _inserts.get(shape)
    if sql is None:
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        sql = _inserts[shape] = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
    raw.execute(sql, tuple(row.values()))


def _expected(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    request, said, at = body["request"], body["patient"], entry["occurred_at"]
    row = {name: body[name] for name in _REQUEST} | {"requestor_private": body["requestor"]}
    row["location_private"] = body["location"]
    _insert(
        raw,
        "request",
        {"id": request, "patient": said["id"], "state": "expected", "at": at, "tubes": len(body["tubes"])} | row,
    )
    patient = {column: said[name] for name, column in _PATIENT.items()}
    _insert(raw, "patient", {"id": said["id"], "at": at} | patient)
    name = {"surname_private": said["surname"], "forename_private": said["forename"], "cause": "as first stated"}
    _insert(raw, "patient_name", {"id": f"{said['id']}/1", "patient": said["id"], "since": at} | name)
    for place, number in enumerate(said["hospital"], start=1):
        row = {"patient": said["id"], "ods": number["ods"], "number_private": number["number"]}
        _insert(raw, "hospital_number", {"id": f"{said['id']}/{place}"} | row)
    for place, code in enumerate(body["codes"], start=1):
        _insert(raw, "request_code", {"id": f"{request}/{place}", "request": request} | code)
    for place, tube in enumerate(body["tubes"], start=1):
        _insert(raw, "expected_tube", {"id": f"{request}/{place}", "request": request, "place": place} | tube)


def _received(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    specimen = body["specimen"]
    row = {name: body[name] for name in _SPECIMEN}
    own = {"id": specimen, "received_at": entry["occurred_at"], "operator": entry["operator"]}
    _insert(raw, "specimen", own | row)
    for request in body["requests"]:
        _insert(raw, "specimen_request", {"id": f"{specimen}/{request}", "specimen": specimen, "request": request})
        raw.execute("UPDATE request SET state = 'arriving' WHERE id = ?", (request,))
        raw.execute(
            "UPDATE expected_tube SET specimen = ? WHERE id = ? AND specimen IS NULL",
            (specimen, f"{request}/{body['tube']}"),
        )
    _began_to_wait(raw, entry["occurred_at"], body)


def _began_to_wait(raw: Any, at: str, body: dict[str, Any]) -> None:
    urgent = body["priority"] == "urgent"
    if urgent:
        _insert(raw, "urgent", {"id": body["specimen"], "state": "nobody told", "since": at})
    [test] = raw.execute("SELECT test FROM request WHERE id = ?", (body["requests"][0],)).fetchone()
    sort = {"done": [], "tests": [test], "type": body["type"], "urgent": urgent}
    what = json.dumps(sort, ensure_ascii=False, separators=(",", ":"))
    _insert(raw, "clock", {"id": body["specimen"], "state": "runs", "known": "no", "since": at, "what": what})


def _intended(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    row = {name: body[name] for name in _LABEL}
    at = entry["occurred_at"]
    _insert(raw, "label", {"id": body["label"], "state": "intended", "intended_at": at, "at": at} | row)


def _verified(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    raw.execute("UPDATE label SET state = 'verified', at = ? WHERE id = ?", (entry["occurred_at"], body["label"]))


def _decided(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    raw.execute(
        "UPDATE specimen SET outcome = ?, decided_at = ?, decided_by = ?, reasons = ?, comment_private = ?, "
        "compared = ?, identity = ?, stops = ? WHERE id = ?",
        (
            body["outcome"],
            entry["occurred_at"],
            entry["operator"],
            json.dumps(body["reasons"]),
            body["comment"],
            json.dumps(body["compared"]),
            json.dumps(body["identity"], sort_keys=True),
            json.dumps(body["stops"]),
            body["specimen"],
        ),
    )


def _scanned(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    own = {"id": f"{entry['writer']}/{entry['seq']}", "seq": entry["seq"], "at": entry["occurred_at"]}
    row = {name: body[name] for name in _SCAN} | {"text_private": body["private"], "operator": entry["operator"]}
    _insert(raw, "scan", own | row)


def _began(raw: Any, entry: dict[str, Any], body: dict[str, Any]) -> None:
    row = {name: body[name] for name in ("bench", "short_code", "cause", "former")}
    _insert(raw, "incarnation", {"id": body["writer"], "at": entry["occurred_at"]} | row)


def _set_up(raw: Any, _entry: dict[str, Any], body: dict[str, Any]) -> None:
    row = {name: body[name] for name in ("name", "ods", "letter", "time_zone")}
    _insert(raw, "laboratory", {"id": body["laboratory"], "rehearsal": int(body["rehearsal"])} | row)


_BY_KIND = {
    "request.expected": _expected,
    "specimen.received": _received,
    "label.intended": _intended,
    "label.verified": _verified,
    "specimen.decided": _decided,
    "scan.judged": _scanned,
    "writer.began": _began,
    "laboratory.set_up": _set_up,
}


def rows(raw: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every register table, to be compared."""
    return {name: raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in sorted(derived.tables)}
