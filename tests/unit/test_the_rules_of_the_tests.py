"""The rules in tests/conftest.py do what they say: run on small test files of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

HOUSE = Path(__file__).parents[1] / "conftest.py"


def run_under_the_rules(folder: Path, text: str) -> str:
    shutil.copy(HOUSE, folder / "conftest.py")
    (folder / "test_sample.py").write_text(text, encoding="utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-c", os.devnull, "--rootdir", str(folder)]
    command = [sys.executable, "-m", "pytest", *options, str(folder / "test_sample.py")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_a_test_that_leaves_a_thread_running_is_failed_and_one_that_ends_it_is_not(tmp_path: Path) -> None:
    said = run_under_the_rules(
        tmp_path,
        "import threading\n"
        "def test_leaves():\n"
        "    threading.Thread(target=threading.Event().wait, args=(30,), name='left', daemon=True).start()\n"
        "def test_ends():\n"
        "    done = threading.Event(); threading.Thread(target=done.wait).start(); done.set()\n",
    )
    assert "The test left threads running: left" in said
    assert "2 passed, 1 error" in said


def test_a_thread_of_a_module_fixture_may_outlive_a_test(tmp_path: Path) -> None:
    said = run_under_the_rules(
        tmp_path,
        "import threading, pytest\n"
        "@pytest.fixture(scope='module')\n"
        "def device():\n"
        "    done = threading.Event(); thread = threading.Thread(target=done.wait); thread.start()\n"
        "    yield\n"
        "    done.set(); thread.join()\n"
        "def test_one(device): pass\n"
        "def test_two(device): pass\n",
    )
    assert "2 passed" in said
    assert "error" not in said


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "hub.example"])
def test_no_test_reaches_beyond_this_machine(host: str) -> None:
    with pytest.raises(AssertionError, match="loopback"):
        socket.create_connection((host, 5432), timeout=1)


def test_the_loopback_address_is_open_to_tests() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_each_test_has_a_data_folder_of_its_own(tmp_path: Path) -> None:
    assert Path(os.environ["GMS_DESKTOP_DATA"]).is_relative_to(tmp_path)


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database(postgres: str, turn: int) -> None:
    with psycopg.connect(postgres) as connection:
        assert connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() == (0,)
        connection.execute("create table left_behind (turn integer)")
        connection.execute("insert into left_behind values (%s)", (turn,))
