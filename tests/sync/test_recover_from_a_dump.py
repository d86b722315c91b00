"""The commands of the administrator guide for the hub's backup, tried: dump, restore elsewhere, prove, recover."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hub_parts import SCOPE, HubOfTest
from hub_work import working_bench

from gms_desktop.cli import call, make_app
from gms_desktop.sync.hub import base
from gms_desktop.sync.hub.follow import Follower

Program = Callable[..., None]


@pytest.fixture
def program(postgres_cluster: Any) -> Program:
    """A program of the server's own packages."""

    def run(name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(postgres_cluster._bin / name), *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    return run


def test_a_dump_restored_into_an_empty_database_is_proved_and_benches_go_on_with_it_after_a_recovery(
    hub: HubOfTest, postgres_cluster: Any, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = working_bench(hub, tmp_path / "bench.db")
    bench.act(requests=5)
    bench.share()
    Follower(hub.dsn, plan=base.Plan(entries=1, least=1)).run(threading.Event(), once=True)
    dump = tmp_path / "gms.dump"
    program("pg_dump", "--format=custom", f"--file={dump}", "--exclude-table-data=hub.base*", f"--dbname={hub.dsn}")
    program("pg_dumpall", "--roles-only", f"--file={tmp_path / 'roles.sql'}", f"--dbname={hub.dsn}")
    assert "CREATE ROLE gms_bench" in (tmp_path / "roles.sql").read_text(encoding="utf-8")
    drill = postgres_cluster.create()
    try:
        restored = postgres_cluster.dsn(drill)
        program("pg_restore", f"--dbname={restored}", str(dump))
        capsys.readouterr()
        assert call(make_app(), ["hub", "verify", "--database", restored]) == 0
        assert "equal to the fold up to 47" in capsys.readouterr().out
        with psycopg.connect(restored, autocommit=True) as admin:
            # As another server would find it: this one is the same cluster.
            admin.execute("UPDATE hub.worked SET instance = '7001/1'")
        assert call(make_app(), ["hub", "status", "--database", restored]) == 1
        assert "recover begin" in capsys.readouterr().out
        assert (
            call(
                make_app(),
                [
                    "hub",
                    "recover",
                    "begin",
                    "--reason",
                    "drill",
                    "--by",
                    "EXAMPLE",
                    "--database",
                    restored,
                    "--scope",
                    SCOPE,
                ],
            )
            == 0
        )
        assert call(make_app(), ["hub", "recover", "close", "--by", "EXAMPLE", "--database", restored]) == 0
        assert call(make_app(), ["hub", "follow", "--once", "--database", restored]) == 0
        assert call(make_app(), ["hub", "base", "--database", restored]) == 0
    finally:
        postgres_cluster.drop(drill)
        bench.ledger.db.close()
