"""The first set-up and the Settings screen take a hub's code, scanned or typed, and say what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtWidgets import QApplication

from devices.values import Scan
from gms_desktop import settings as settings_file
from gms_desktop.rehearsal.hub_rehearsal import HubRehearsal
from gms_desktop.starting import SystemChance
from gms_desktop.sync.hub.enrol import Place as HubPlace
from gms_desktop.sync.hub.enrol import enrol
from gms_desktop.sync.hub.laboratory import Laboratory, add
from ui.actions import Place
from ui.payloads import FormGiven, PinGiven

SCOPE = "lab-example"
ENTERED = {
    "laboratory": "Genomic Laboratory",
    "ods_code": "R0A",
    "letter": "K",
    "bench_name": "Bench 7",
    "administrator": "A. Admin",
    "badge": "BADGE001",
    "pin": "135790",
    "pin_again": "135790",
    "scanner_mode": "keyboard",
    "scanner_prefix": "",
    "scanner_port": "",
    "printer_mode": "folder",
    "printer_host": "",
    "printer_port": "9100",
}


@pytest.fixture(scope="module")
def hub() -> Iterator[HubRehearsal]:
    with HubRehearsal(lambda _words: None) as made:
        with psycopg.connect(made.dsn) as admin:
            add(admin, Laboratory(SCOPE, "EXAMPLE laboratory"))
        yield made


def code_of(hub: HubRehearsal, name: str, scope: str = SCOPE) -> str:
    with psycopg.connect(hub.dsn, autocommit=True) as admin:
        place = HubPlace(hub.server.host, hub.server.port, "gms")
        return str(enrol(admin, place, name, scope, SystemChance()).code)


def form(**said: str) -> FormGiven:
    return FormGiven(tuple({**ENTERED, "hub_code": "", "hub_certificate": "", **said}.items()))


@pytest.fixture
def fresh(app: QApplication, tmp_path: Path) -> Iterator[AtTheBench]:
    (tmp_path / "secrets").mkdir()
    with application(app, tmp_path) as person:
        yield person


def test_a_code_scanned_at_the_first_set_up_is_in_its_field_and_joins(
    fresh: AtTheBench, hub: HubRehearsal, tmp_path: Path
) -> None:
    code = code_of(hub, "Bench 1")
    fresh.window.set_up.badge_read(code)
    assert fresh.window.set_up.entered()["hub_code"] == code
    fresh.window.set_up_given.emit(form(hub_code=code))
    fresh.until(lambda: fresh.application.joined is not None, 40)
    assert any("Joined EXAMPLE laboratory" in notice for notice in fresh.bench.strip().notices)
    fresh.until(lambda: fresh.bench.hub.is_level, 40)
    assert fresh.bench.strip().saved.startswith("All shared")
    known = settings_file.read(tmp_path)
    assert known is not None
    assert known.hub.host == hub.server.host


def test_a_code_of_a_rehearsals_hub_is_refused_in_the_form_and_what_was_entered_stays(
    fresh: AtTheBench, hub: HubRehearsal
) -> None:
    fresh.window.set_up_given.emit(form(hub_code=hub.enrolment(1)))
    problems = fresh.window.set_up.form.problems
    fresh.until(lambda: fresh.window.being_set_up and "for rehearsals" in problems.accessibleName(), 40)
    assert fresh.application.joined is None


def test_a_bench_at_work_joins_from_settings_and_a_code_scanned_there_is_never_recorded(
    fresh: AtTheBench, hub: HubRehearsal
) -> None:
    fresh.window.set_up_given.emit(form())
    fresh.until(lambda: fresh.application.joined is not None, 40)
    joined = fresh.application.joined
    assert joined is not None
    scope = fresh.bench.recorder.read(lambda ledger: ledger.head.scope).result()
    with psycopg.connect(hub.dsn) as admin:
        add(admin, Laboratory(scope, "EXAMPLE laboratory"))
    code = code_of(hub, "Bench 1", scope)
    before = fresh.entries()
    joined.scanned(scan_of(code))
    assert fresh.window.locked
    sign_in(fresh)
    signed_in = fresh.entries()
    joined.scanned(scan_of(code))
    fresh.settle()
    assert fresh.window.place is Place.SETTINGS
    assert fresh.window.settings.form.entered()["hub_code"] == code
    fresh.window.settings_saved.emit(fresh.window.settings.form.entered())
    fresh.until(lambda: any("Joined" in notice for notice in fresh.bench.strip().notices), 40)
    fresh.until(lambda: fresh.bench.hub.is_level, 40)
    assert fresh.entries() == signed_in
    assert before < signed_in
    assert fresh.window.settings.form.entered()["hub_code"] == ""


def scan_of(code: str) -> Scan:
    return Scan(code.encode(), code, None, datetime.now(UTC), "EXAMPLE scanner")


def sign_in(person: AtTheBench) -> None:
    joined = person.application.joined
    assert joined is not None
    joined.scanned(scan_of("BADGE001"))
    person.until(lambda: person.bench.session.awaiting is not None)
    person.window.pin_given.emit(PinGiven(ENTERED["pin"]))
    person.until(lambda: not person.window.locked)
