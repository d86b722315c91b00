"""FHIR status (draft) in the integration engine's folder: what happens is told once, and nothing without a folder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench_top import BenchTop
from send_work import ANOTHER, SINGLE, arrives, closes, hands_over, opens, scans

from gms_desktop.domain.commands import Command
from gms_desktop.exchange.fhir import systems
from gms_desktop.fhir_outbox import STATE
from gms_desktop.services.views import DeviceLine
from gms_desktop.settings import FhirSettings

BOOKED = "sample-booked-into-lab"
Told = tuple[str, str, str]


def set_to(bench: BenchTop, folder: str) -> None:
    bench.bench.wear(replace(bench.bench.settings, fhir=FhirSettings(folder)))


def comes(bench: BenchTop, folder: Path, *awaited: Told) -> None:
    """Until the folder holds this and nothing else; then the engine empties it."""
    bench.wait_until(lambda: told(folder) == list(awaited), f"{awaited} beside {told(folder)}")
    for path in folder.glob("*.json"):
        path.unlink()


def resources(folder: Path) -> list[dict[str, Any]]:
    every = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]
    assert all(one["meta"] == {"tag": [systems.DRAFT]} for one in every)
    return [entry["resource"] for one in every for entry in one["entry"]]


def told(folder: Path) -> list[Told]:
    """What became of what: our number, the status in the guide's words, the note."""
    tasks = [one for one in resources(folder) if one["resourceType"] == "Task"]
    return [
        (_carried(one, "Specimen"), _status(one), "".join(note["text"] for note in one.get("note", ())))
        for one in tasks
    ]


def _carried(task: dict[str, Any], name: str) -> str:
    found = {one["type"]["coding"][0]["code"]: one["valueIdentifier"]["value"] for one in task["input"]}
    return str(found.get(name, ""))


def _status(task: dict[str, Any]) -> str:
    coded = task.get("businessStatus") or task["statusReason"]
    return str(coded["coding"][0]["code"])


def test_a_specimen_is_booked_in_sent_received_or_rejected_once_each(bench: BenchTop, tmp_path: Path) -> None:
    set_to(bench, str(tmp_path))
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    comes(bench, tmp_path, (number, BOOKED, ""), (other, BOOKED, ""))
    consignment = opens(bench, "blocks")
    scans(bench, number)
    scans(bench, other)
    closes(bench)
    hands_over(bench)
    bench.wait_until(lambda: len(told(tmp_path)) == 2, "two that were sent")
    task, specimen, *_ = resources(tmp_path)
    assert specimen["identifier"][0]["value"] == number
    assert specimen["type"]["coding"] == [{"system": systems.SNOMED, "code": "258580003"}]
    assert (_carried(task, "ConsignmentNumber"), task["owner"]["identifier"]["value"]) == (consignment, "ZZ999")
    assert task["for"]["identifier"] == {"system": systems.NHS_NUMBER, "value": "9990000042"}
    comes(bench, tmp_path, (number, "sample-sent", ""), (other, "sample-sent", ""))
    arrives(bench, rejected=other)
    note = "Rejected by EXAMPLE pathology laboratory, blocks on loan"
    comes(bench, tmp_path, (number, "sample-received", ""), (other, "sample-sub-optimal", note))


def test_a_rejection_at_reception_is_told_with_its_reason(bench: BenchTop, tmp_path: Path) -> None:
    set_to(bench, str(tmp_path))
    bench.scans(SINGLE)
    number = bench.label()
    bench.says(Command.REJECT, "leaking")
    bench.wait_until(lambda: len(told(tmp_path)) == 2, "an arrival and a rejection")
    assert told(tmp_path)[1][:2] == (number, "sample-sub-optimal")
    assert told(tmp_path)[1][2]


def test_without_a_folder_nothing_is_written_and_the_time_before_it_is_not_told(
    bench: BenchTop, tmp_path: Path
) -> None:
    bench.receives(SINGLE)
    assert not (bench.bench.file.folder / STATE).exists()
    assert not any("engine" in one.name for one in bench.bench.devices())
    set_to(bench, str(tmp_path))
    comes(bench, tmp_path, (bench.receives(ANOTHER), BOOKED, ""))


def test_a_folder_that_is_away_is_said_and_gets_everything_once_it_is_back(bench: BenchTop, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    set_to(bench, str(folder))
    number = bench.receives(SINGLE)
    bench.wait_until(lambda: not line(bench).ready, "word that the folder is away")
    assert str(folder) in line(bench).detail
    assert line(bench) in bench.bench.strip().devices
    folder.mkdir()
    other = bench.receives(ANOTHER)
    comes(bench, folder, (number, BOOKED, ""), (other, BOOKED, ""))
    assert (line(bench).ready, list(folder.iterdir())) == (True, [])


def line(bench: BenchTop) -> DeviceLine:
    return next(one for one in bench.bench.devices() if "engine" in one.name)


def test_a_crash_before_the_note_tells_the_same_again_under_the_same_name(bench: BenchTop, tmp_path: Path) -> None:
    set_to(bench, str(tmp_path))
    note = bench.bench.file.folder / STATE
    kept = bench.read(lambda _ledger: note.read_bytes())
    bench.receives(SINGLE)
    bench.wait_until(lambda: len(told(tmp_path)) == 1, "an arrival")
    [first] = tmp_path.glob("*.json")
    content = first.read_bytes()
    first.unlink()
    bench.close()
    note.write_bytes(kept)
    bench.open()
    set_to(bench, str(tmp_path))
    bench.signs_in()
    bench.receives(ANOTHER)
    bench.wait_until(lambda: len(told(tmp_path)) == 2, "both arrivals")
    assert first.read_bytes() == content


def test_an_order_of_fhir_comes_back_under_its_own_number(empty_bench: BenchTop, tmp_path: Path) -> None:
    set_to(empty_bench, str(tmp_path))
    empty_bench.takes_in("orders.json", json.dumps(ORDER).encode())
    number = empty_bench.receives("M1234")
    empty_bench.wait_until(lambda: len(told(tmp_path)) == 1, "an arrival")
    task, specimen = resources(tmp_path)
    assert task["focus"] == {"type": "ServiceRequest", "identifier": {"system": systems.ORDER, "value": "O-123"}}
    assert task["requester"]["identifier"] == {"system": systems.ODS, "value": "RR8"}
    assert specimen["subject"]["identifier"]["value"] == "9449305552"
    assert _carried(task, "Specimen") == number


ORDER = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "resource": {
                "resourceType": "Patient",
                "id": "p",
                "identifier": [{"system": systems.NHS_NUMBER, "value": "9449305552"}],
                "name": [{"use": "official", "family": "Llŷr", "given": ["Ffion"]}],
                "birthDate": "1971-03-05",
            }
        },
        {
            "resource": {
                "resourceType": "Specimen",
                "id": "s",
                "identifier": [{"system": systems.LOCAL_SPECIMEN, "value": "M1234"}],
                "type": {"text": "EDTA blood"},
                "collection": {"collectedDateTime": "2026-11-20T09:30:00Z"},
            }
        },
        {
            "resource": {
                "resourceType": "ServiceRequest",
                "id": "o",
                "identifier": [{"system": systems.ORDER, "value": "O-123"}],
                "code": {"coding": [{"system": systems.TEST_DIRECTORY, "code": "R14.1"}]},
                "subject": {"reference": "Patient/p"},
                "requester": {"type": "Organization", "identifier": {"system": systems.ODS, "value": "RR8"}},
                "specimen": [{"reference": "Specimen/s"}],
            }
        },
    ],
}
