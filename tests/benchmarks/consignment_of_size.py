"""Tubes that may leave for whole genomes: accepted, in FluidX tubes, with all three identifiers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench_of_size import _keep_lease, nhs
from corpus import BENCH, Work, lots, reopen

from gms_desktop.register.ledger import Draft, Ledger

_FIRST = 7_600_000
_LOT = 480
VOLUME = {"value": "50", "unit": "uL", "raw": "50", "how": "nominal"}


def tubes_to_send(folder: Path, count: int) -> list[str]:
    """Write them into a bench's folder; the codes of the FluidX tubes."""
    ledger = reopen(folder / "bench.db")
    work = Work(ledger, made=_FIRST)
    codes = [f"70{place:08d}" for place in range(count)]
    for lot in lots(list(enumerate(codes)), _LOT):
        with ledger.db.write():
            asked = [_with_ids(work.expected(tubes=1), ledger, place) for place, _ in lot]
            ledger.append(asked, None)
            came = [work.received(request, 1) for request in asked]
            came = [replace(one, body=one.body | {"collected": "02/01/2026 09:30"}) for one in came]
            written = ledger.append(came, None)
            labels = [work.labelled(one) for one in came]
            ledger.append([*labels, *map(work.verified, labels)], None)
            ledger.append([work.decided(one, entry.id) for one, entry in zip(came, written, strict=True)], None)
            ledger.append([_bound(ledger, one, code) for one, (_, code) in zip(came, lot, strict=True)], None)
    _keep_lease(folder, ledger)
    ledger.db.close()
    return codes


def _with_ids(request: Draft, ledger: Ledger, place: int) -> Draft:
    pen, patient = ledger.pen(), dict(request.body["patient"])
    subject = f"patient:{patient['id']}"
    patient["participant"] = pen.write(f"p{10**10 + place}", subject)
    patient["nhs"] = pen.write(nhs(100_000 + place), subject)
    said = {"patient": patient, "referral": f"r{10**10 + place}", "test": "R27.3", "collected": "02/01/2026 09:30"}
    return Draft("request.expected", request.body | said, (*request.private, *pen.values))


def _bound(ledger: Ledger, received: Draft, code: str) -> Draft:
    specimen = received.body["specimen"]
    body = {
        "tube": ledger.identity(),
        "code": code,
        "specimen": specimen,
        "source": {"sort": "specimen", "id": specimen},
    }
    return Draft("tube.bound", body | {"volume": VOLUME, "bench": BENCH})
