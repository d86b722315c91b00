"""The doctor says how a bench stands with its hub: enrolled where, what was shared, whether it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gms_desktop.cli import doctor_hub
from gms_desktop.cli.doctor_hub import _waiting, hub_lines
from gms_desktop.cli.reading import reading
from gms_desktop.settings import Settings


def lines(at: Any) -> dict[str, tuple[bool, str]]:
    return {line.what: (line.ok, line.words) for line in hub_lines(at.folder, at.settings)}


def test_a_bench_that_shares_is_well(laboratory: Any) -> None:
    one = laboratory.bench()
    laboratory.level()
    one.close()
    said = lines(one)
    assert all(ok for ok, _ in said.values()), said
    assert f"Bench 1 is {one.settings.hub.login} at 127.0.0.1:{one.cable.port}" in said["Hub"][1]
    assert said["Shared"][1].startswith("everything, up to what was recorded on ")
    assert "EXAMPLE laboratory, entry" in said["Hub answers"][1]
    assert "this computer's clock is 0.0 s" in said["Hub answers"][1]


def test_an_open_window_holds_the_lines_and_that_is_no_fault(laboratory: Any) -> None:
    one = laboratory.bench()
    laboratory.level()
    assert lines(one)["Hub answers"][0]


def test_a_hub_that_is_away_a_changed_password_and_a_lost_one_are_told(laboratory: Any) -> None:
    one = laboratory.bench()
    one.cable.pull()
    one.notes(3)
    one.close()
    said = lines(one)
    assert said["Hub answers"][0] is False
    assert "cannot be reached" in said["Hub answers"][1]
    assert "entries wait to be shared, the oldest since" in said["Shared"][1]
    with reading(one.folder / "bench.db", one.folder) as db:
        late = _waiting(db, datetime.now(UTC) + timedelta(days=2))
    assert (late.ok, "carry-out" in late.words) == (False, True)
    one.cable.plug()
    laboratory.admin(f"ALTER ROLE {one.settings.hub.login} PASSWORD 'another'")
    assert f"hub invite {one.settings.hub.login}" in lines(one)["Hub answers"][1]
    for secret in (one.folder / "secrets").glob("hub-*.secret"):
        secret.unlink()
    assert "the hub's password is not on this computer" in lines(one)["Hub answers"][1]


def test_a_bench_without_a_hub_is_told_how_to_join_one(tmp_path: Path) -> None:
    (line,) = hub_lines(tmp_path, Settings())
    assert line.ok
    assert "join CODE" in line.words


def test_a_clock_that_differs_is_told(laboratory: Any, monkeypatch: Any) -> None:
    one = laboratory.bench()
    one.close()

    class FiveMinutesAhead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(minutes=5)

    monkeypatch.setattr(doctor_hub, "datetime", FiveMinutesAhead)
    ok, said = lines(one)["Hub answers"]
    assert not ok
    assert "clock is 5 min ahead of the hub's" in said
