"""A fresh bench that joins by its code takes the hub's base, and the entries after it, and is at work."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hub_parts import HubOfTest
from hub_work import working_bench

from gms_desktop import settings
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.minting import CountedChance
from gms_desktop.hub_joining import join
from gms_desktop.journal import secret_store, store
from gms_desktop.register import base as register_base
from gms_desktop.sync import replica
from gms_desktop.sync.hub import base
from gms_desktop.sync.hub.follow import Follower


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def secrets_in_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_store, "secrets_of", lambda folder: secret_store.FileSecrets(folder / "secrets"))


@pytest.mark.usefixtures("secrets_in_the_folder")
def test_a_fresh_bench_joins_from_the_base_and_holds_only_the_entries_after_it(hub: HubOfTest, tmp_path: Path) -> None:
    first = working_bench(hub, tmp_path / "first.db")
    first.act(requests=30)
    first.share()
    Follower(hub.dsn, plan=base.Plan(entries=1, least=1)).run(threading.Event(), once=True)
    first.act(requests=1)
    first.share()
    invited = hub.invite("Bench 2")
    file = BenchFile(tmp_path / "second", Clock(), CountedChance(99 << 40), "0.1.0")
    file.take()
    told: list[str] = []
    joined = join(file, str(invited.code), settings.Settings(), tell=told.append)
    assert "of the base" in told[0]
    ledger = file.open()
    known = register_base.known(ledger.db)
    assert known is not None
    assert store.count(ledger.db) < 20
    assert replica.standing(ledger.db, ledger.head.scope).position == first.standing().position
    assert joined.settings.hub.login == invited.login
    assert list(file.folder.glob("base-*")) == []
    digests = ledger.driver.digests.as_text()
    assert {name: one for name, one in digests.items() if name != "incarnation"} == {
        name: one for name, one in first.digests().items() if name != "incarnation"
    }
    ledger.db.close()
    file.release()
    first.ledger.db.close()
