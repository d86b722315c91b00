"""Measurements of the made-up shift: a run taken in, judged, held and released, a reading claimed, chosen, conceded."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft

CELL = {"analyte": "concentration", "says": "number", "value": "7.25", "unit": "ng/uL", "raw": "7.25"}
CELL |= {"raw_unit": "ng/µL", "column": "Original sample conc.", "part": ""}
TAKEN = {"raw": "03/04/2026 09:30", "local": "2026-04-03T09:30:00", "order": "day first", "decided_by": "asked once"}
JUDGED = {"rule": "eluate", "version": "3", "of": "concentration", "part": "", "method": "", "minimum": "10"}
JUDGED |= {"maximum": None, "unit": "ng/uL", "word": "below minimum", "value": "7.25", "says": "number"}  # type: ignore[dict-item]
JUDGED |= {"raw": "7.25", "raw_unit": "ng/µL"}


def draft_run(day: Shift, run: str, sha256: str = "ab" * 32) -> Draft:
    pen = day.ledger.pen()
    named = {
        "file": day._write(pen, "Ptolemy Fanshawe run.csv", f"run:{run}"),
        "measured_by": day._write(pen, "Euphemia Strang", f"run:{run}"),
        "details": day._write(pen, '[["cut off", "Fanshawe"]]', f"run:{run}"),
    }
    body: dict[str, Any] = {"run": run, "number": 1, "sha256": sha256, "size": 812, "instrument": "Qubit"}
    body |= {"dialect": "Qubit 4", "model": "4", "serial": "S1", "software": "1.5.0", "run_id": "2026-04-03"}
    body |= {"assay": "1x dsDNA HS", "taken": TAKEN, "unread": ["Std 1 RFU"], "findings": [["cut off", [4]]]}
    body |= {"positions": 2, "complete": True, "bench": day.bench}
    return Draft("run.imported", body | named, pen.values)


def draft_reading(
    day: Shift, reading: str, run: str, tube: str | None, code: str, line: int = 2, sha256: str = "ab" * 32
) -> Draft:
    pen = day.ledger.pen()
    item = {"sort": "tube", "id": tube, "code": code} if tube else None
    body: dict[str, Any] = {"reading": reading, "run": run, "line": line, "plate": "", "well": "A01"}
    body |= {"sha256": sha256, "number": 1, "place": line - 1}
    body |= {"sample": day._write(pen, "Wilhelmina Featherstone", f"reading:{reading}"), "role": "sample"}
    body |= {"taken": TAKEN, "assay": "1x dsDNA HS", "quantities": [CELL], "flags": None, "bench": day.bench}
    return Draft("reading.recorded", body | {"item": item, "how": "tube code" if tube else None}, pen.values)


def draft_judged(day: Shift, reading: str) -> Draft:
    body = {
        "reading": reading,
        "corrected": 0,
        "set": "qc-limits",
        "version": "1",
        "sha256": "cd" * 32,
        "judgements": [JUDGED],
    }
    return Draft("reading.judged", body | {"bench": day.bench})


def draft_claimed(day: Shift, reading: str, tube: str, code: str) -> Draft:
    item = {"sort": "tube", "id": tube, "code": code}
    body = {"reading": reading, "item": item, "how": "scanned", "rests_on": day.last(f"reading:{reading}")}
    return Draft("reading.claimed", body | {"bench": day.bench})


def draft_weighed(day: Shift, reading: str, run: str, tube: str, code: str) -> Draft:
    cell = {"analyte": "mass", "says": "number", "value": "1.2345", "unit": "g", "raw": "S S     1.2345 g"}
    cell |= {"raw_unit": "g", "column": "weight", "part": ""}
    body = {"reading": reading, "run": run, "item": {"sort": "tube", "id": tube, "code": code}, "how": "scanned"}
    body |= {"instrument": "Balance", "serial": "B021002593", "protocol": "mt-sics", "bench": day.bench}
    return Draft("reading.weighed", body | {"quantities": [cell]})


def _decided(day: Shift, kind: str, reading: str, tube: str, more: dict[str, str]) -> Draft:
    pen = day.ledger.pen()
    body = {"reading": reading, "item": {"sort": "tube", "id": tube}, "rests_on": day.last(f"tube:{tube}")}
    why = day._write(pen, "Mrs Strang said there was a bubble", f"tube:{tube}")
    return Draft(kind, body | more | {"reason": why, "bench": day.bench}, pen.values)


def taken_back(day: Shift, reading: str, tube: str) -> None:
    """A reading is not of a tube after all."""
    pen = day.ledger.pen()
    why = day._write(pen, "Mrs Strang mixed up two tubes", f"tube:{tube}")
    body: dict[str, Any] = {"reading": reading, "item": {"sort": "tube", "id": tube}, "corrected": 1, "reason": why}
    rests = {"rests_on": day.last(f"reading:{reading}"), "bench": day.bench}
    day.act(lambda: [Draft("reading.taken_back", body | rests, pen.values)])


def measurements(day: Shift, racked: dict[str, str]) -> dict[str, str]:
    """A run of two: one tube is known, the other is claimed; the run is held and released, the tube goes on."""
    names = {name: day.ledger.identity() for name in ("run", "known", "claimed")}
    run, tube = names["run"], racked["first"]
    day.act(
        lambda: [
            draft_run(day, run),
            draft_reading(day, names["known"], run, tube, "FD00000001"),
            draft_judged(day, names["known"]),
            draft_reading(day, names["claimed"], run, None, "", 3),
            Draft("run.held", {"run": run, "failed": [{"control": "QC1"}], "reason": None, "bench": day.bench}),
        ]
    )
    pen = day.ledger.pen()
    why = day._write(pen, "Dr Strang looked at the vial", f"run:{run}")
    rests = {"rests_on": day.last(f"run:{run}"), "bench": day.bench}
    day.act(lambda: [Draft("run.released", {"run": run, "reason": why} | rests, pen.values)])
    day.act(lambda: [draft_claimed(day, names["claimed"], tube, "FD00000001")])
    weighed = day.ledger.identity(), day.ledger.identity()
    day.act(lambda: [draft_weighed(day, *weighed, tube, "FD00000001")])
    day.act(lambda: [_decided(day, "reading.chosen", names["known"], tube, {"analyte": "concentration"})])
    rule = {"rule": "eluate", "version": "3"}
    day.act(lambda: [_decided(day, "reading.conceded", names["known"], tube, rule)])
    taken_back(day, names["claimed"], tube)
    day.act(lambda: [draft_claimed(day, names["claimed"], tube, "FD00000001")])
    return names | {"tube": tube, "weighed": weighed[0]}
