"""The commands of whoever looks after a hub, tried on a real one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import zxingcpp
from hub_parts import SCOPE, HubOfTest
from hub_work import WorkingBench, working_bench
from PIL import Image

from gms_desktop.cli import call, make_app
from gms_desktop.cli.hub_setting_up import data_matrix, in_blocks
from gms_desktop.sync.enrolment_code import parse
from gms_desktop.sync.hub import migrations
from gms_desktop.sync.hub.follow import Follower

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(hub: HubOfTest, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        ended = call(make_app(), ["hub", *arguments, "--database", hub.dsn])
        said = capsys.readouterr()
        return ended, said.out + said.err

    return command


@pytest.fixture
def working(hub: HubOfTest, tmp_path: Path) -> Iterator[WorkingBench]:
    made = working_bench(hub, tmp_path / "bench.db")
    made.act(requests=3)
    made.share()
    yield made
    made.ledger.db.close()


def test_an_empty_database_becomes_a_hub_with_a_scope_of_its_own(
    postgres_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    name = postgres_cluster.create()
    dsn = postgres_cluster.dsn(name)
    assert call(make_app(), ["hub", "status", "--database", dsn]) == 2
    assert "no hub yet" in capsys.readouterr().err
    assert call(make_app(), ["hub", "init", "EXAMPLE laboratory", "--database", dsn]) == 0
    assert "The hub is ready for EXAMPLE laboratory" in capsys.readouterr().out
    assert call(make_app(), ["hub", "migrate", "--database", dsn]) == 0
    assert f"at {migrations.HEAD}." in capsys.readouterr().out
    postgres_cluster.drop(name)


def test_a_laboratory_is_not_made_twice_by_the_same_command(hub: HubOfTest, run: Run, working: WorkingBench) -> None:
    ended, said = run("init", "example LABORATORY")
    assert ended == 2
    assert f"scope {SCOPE}, 29 entries, benches Bench 1" in said
    assert "--again" in said
    assert "hub enrol" in said
    ended, said = run("init", "Another name", "--scope", SCOPE)
    assert ended == 2
    assert "serves this scope already" in said
    assert run("init", "EXAMPLE laboratory", "--again")[0] == 0
    assert run("init", "Neighbour")[0] == 0
    assert hub.admin.execute("SELECT count(*) FROM hub.scope").fetchone() == (3,)


def test_a_bench_is_not_enrolled_twice_under_one_name(run: Run, working: WorkingBench) -> None:
    login = working.enrolled.enrolment.login
    ended, said = run("enrol", " bench  1")
    assert ended == 2
    assert f"Bench 1 is {login} (active)" in said
    assert f"hub invite {login}" in said
    assert run("enrol", "Bench 1", "--again")[0] == 0
    assert run("enrol", "Bench 2")[0] == 0
    assert run("enrol", "  ") == (2, "Say what people call the bench.\n")


def test_a_hub_that_does_not_answer_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert call(make_app(), ["hub", "status", "--database", f"postgresql:///hub?host={tmp_path}"]) == 2
    assert "does not answer" in capsys.readouterr().err
    assert call(make_app(), ["hub", "status", "--database", "no address"]) == 2
    assert "no address of a database" in capsys.readouterr().err


def test_the_code_that_enrol_prints_is_read_back_from_its_picture_and_from_the_terminal(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "code.png"
    ended, said = run("enrol", "Bench 7", "--out", str(out), "--reach", "hub.example.nhs.uk:5433")
    assert ended == 0
    printed = next(line for line in said.splitlines() if line.startswith("GMS1/"))
    code = parse(printed)
    assert (code.host, code.port) == ("hub.example.nhs.uk", 5433)
    read = zxingcpp.read_barcodes(Image.open(out))
    assert [one.text for one in read] == [printed]
    shown = [line for line in said.splitlines() if set(line) <= set("█▀▄ ") and "█" in line]
    assert _from_blocks(shown) == printed
    assert run("enrol", "Bench 8", "--out", str(out))[0] == 2


def _from_blocks(lines: list[str]) -> str:
    light = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
    rows = [bytes(255 * light[sign][half] for sign in line) for line in lines for half in (0, 1)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    return str(zxingcpp.read_barcodes(picture.resize((picture.width * 6, picture.height * 6)))[0].text)


def test_the_picture_of_a_code_has_a_quiet_zone() -> None:
    picture = data_matrix("GMS1/EXAMPLE")
    assert all(picture.getpixel((x, y)) == 255 for x in range(picture.width) for y in (0, 1))
    assert in_blocks(picture)[0] == "█" * picture.width


@contextmanager
def following(hub: HubOfTest) -> Iterator[None]:
    """``hub follow`` beside, as its service manager runs it."""
    stop, told = threading.Event(), threading.Event()
    thread = threading.Thread(target=Follower(hub.dsn, lambda _line: told.set()).run, args=(stop,))
    thread.start()
    try:
        assert told.wait(20)
        yield
    finally:
        stop.set()
        thread.join()


def test_status_tells_how_the_hub_stands_and_what_a_person_should_see_to(
    hub: HubOfTest, run: Run, working: WorkingBench
) -> None:
    ended, said = run("status")
    assert ended == 1
    assert "hub follow       does not run" in said
    assert "start gms-desktop hub follow" in said
    assert run("follow", "--once")[0] == 0
    with following(hub):
        ended, said = run("status")
    assert ended == 0, said
    assert "hub follow       runs since" in said
    assert "folded to 29, 0 to go" in said
    assert working.enrolled.enrolment.login in said
    assert "active, last entry" in said


def test_a_revoked_bench_is_off_and_an_invited_one_gets_a_new_code(run: Run, working: WorkingBench) -> None:
    login = working.enrolled.enrolment.login
    assert run("revoke", login)[0] == 0
    with pytest.raises(psycopg.OperationalError):
        working.enrolled.connect()
    ended, said = run("invite", login)
    assert ended == 0
    assert "GMS1/" in said
    assert run("revoke", "nobody") == (2, "The hub has no bench nobody.\n")
    ended, said = run("short-codes", login)
    assert ended == 0
    assert said.count(",") == 3


def test_verify_proves_a_hub_and_finds_what_was_changed_behind_its_back(
    hub: HubOfTest, run: Run, working: WorkingBench
) -> None:
    run("follow", "--once")
    ended, said = run("verify")
    assert ended == 0, said
    assert "equal to the fold up to 29" in said
    changes = (
        ("UPDATE hub.entry SET verdict = 'contested' WHERE position = 5", "order hash at position 5"),
        ("UPDATE hub.entry SET bytes = bytes || ' ' WHERE position = 9", "was changed after it was written"),
        ("DELETE FROM hub.key_holder WHERE key LIKE 'accession:%'", "is held by None"),
        ("UPDATE hub.private SET value = 'OTHER' WHERE subject LIKE 'patient:%'", "differs from its commitment"),
        ("DELETE FROM hub.private WHERE subject LIKE 'patient:%'", "that entries cite are not there"),
        ("UPDATE hub.writer SET last_seq = 3", "its head says 3"),
    )
    for change, finding in changes:
        _try(hub, change, finding)


def _try(hub: HubOfTest, change: str, finding: str) -> None:
    from gms_desktop.sync.hub.verify import verify

    tables = ("entry", "key_holder", "private", "writer")
    for table in tables:
        hub.admin.execute(f"CREATE TABLE kept_{table} AS TABLE hub.{table}")
    hub.admin.execute(change)
    found = verify(hub.admin, SCOPE).findings
    hub.admin.execute("SET session_replication_role = replica")
    for table in tables:
        hub.admin.execute(
            f"DELETE FROM hub.{table}; INSERT INTO hub.{table} TABLE kept_{table}; DROP TABLE kept_{table}"
        )
    hub.admin.execute("RESET session_replication_role")
    assert any(finding in one for one in found), (change, found)


def test_verify_finds_a_row_of_the_register_that_was_changed(hub: HubOfTest, run: Run, working: WorkingBench) -> None:
    run("follow", "--once")
    schema: Any = hub.admin.execute("SELECT schema_name FROM hub.followed").fetchone()
    hub.admin.execute(f"UPDATE {schema[0]}.specimen SET outcome = 'rejected'")
    ended, said = run("verify")
    assert ended == 1
    assert "table specimen of the hub's register differs" in said


def test_a_recovery_is_opened_shown_and_closed_from_the_command_line(
    hub: HubOfTest, run: Run, working: WorkingBench
) -> None:
    hub.admin.execute("UPDATE hub.worked SET instance = '7001/1'")
    run("follow", "--once")
    ended, said = run("status")
    assert ended == 1
    assert "recover begin" in said
    assert run("recover", "begin", "--reason", "failover", "--by", "EXAMPLE")[0] == 0
    ended, said = run("recover", "show")
    assert "opened" in said
    assert "failover" in said
    ended, said = run("recover", "close", "--by", "EXAMPLE")
    assert (ended, "0 entries are back" in said) == (0, True)
    assert run("recover", "close", "--by", "EXAMPLE")[0] == 2
    with following(hub):
        assert run("status")[0] == 0


def test_a_base_is_made_when_asked_and_not_twice(run: Run, working: WorkingBench) -> None:
    run("follow", "--once")
    assert "Base at 29" in run("base")[1]
    assert "nothing newer" in run("base")[1]


def test_reports_read_views_without_names_and_named_ones_only_with_leave(
    hub: HubOfTest, run: Run, working: WorkingBench
) -> None:
    run("follow", "--once")
    hub.admin.execute("CREATE ROLE lims_of_test LOGIN IN ROLE gms_reporting")
    try:
        with psycopg.connect(hub.dsn, user="lims_of_test", autocommit=True) as lims:
            rows = lims.execute("SELECT laboratory_name, count(*) FROM reporting.specimens GROUP BY 1").fetchall()
            assert rows == [("EXAMPLE laboratory", 6)]
            kinds = dict(lims.execute("SELECT kind, count(*) FROM reporting.entries GROUP BY 1").fetchall())
            assert kinds["specimen.received"] == 6
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                lims.execute("SELECT * FROM reporting_identifiable.patients")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                lims.execute("SELECT * FROM hub.private")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                lims.execute("DELETE FROM reporting.specimens")
            hub.admin.execute("GRANT gms_reporting_identifiable TO lims_of_test")
            named = lims.execute("SELECT surname, nhs FROM reporting_identifiable.patients").fetchall()
            assert len(named) == 3
            assert all(surname and nhs for surname, nhs in named)
            plain = lims.execute("SELECT * FROM reporting.patients LIMIT 1")
            assert not any("private" in column.name or column.name == "surname" for column in plain.description or ())
    finally:
        hub.admin.execute("DROP ROLE lims_of_test")
