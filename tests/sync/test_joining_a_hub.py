"""A bench joins its laboratory's hub by a code: a fresh one, one with work of its own, and those that must not."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gms_desktop import settings as settings_file
from gms_desktop.cli import make_app
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.rehearsal import made_up
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import start_bench
from gms_desktop.sync.enrolment_code import EnrolmentCode


def of_its_own(folder: Path) -> str:
    """A bench that has worked without a hub; gives its scope."""
    (folder / "secrets").mkdir(parents=True)
    settings = Settings(rehearsal=True, printer=PrinterSettings(mode="folder"))
    bench = start_bench(folder, settings, made_up.begin)
    made_up.take_in_once(bench)
    scope = bench.recorder.read(lambda ledger: ledger.head.scope).result()
    bench.close()
    settings_file.write(folder, settings)
    return scope


def test_a_fresh_bench_takes_the_hubs_history_people_and_short_code(laboratory: Any) -> None:
    first = laboratory.bench()
    second = laboratory.bench()
    assert second.signs_in()
    head = second.bench.recorder.read(lambda ledger: ledger.head).result()
    assert len(head.short_code) == 3
    assert head.scope == laboratory.scope
    assert second.bench.file.pepper == first.bench.file.pepper
    laboratory.level()
    assert first.digests() == second.digests()


def test_a_fresh_bench_cannot_begin_a_laboratory_from_nothing(laboratory: Any, tmp_path: Path) -> None:
    code = laboratory.code("Bench 1", laboratory.cable())
    with pytest.raises(Refused, match="holds nothing"):
        laboratory.joins(code, tmp_path / "a", None)
    # The same code, with the form filled in.
    assert laboratory.joins(code, tmp_path / "a").settings.hub.login == code.login


def test_a_bench_with_work_of_its_own_joins_the_hub_that_was_made_for_it(laboratory: Any, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    scope = of_its_own(folder)
    laboratory.add_laboratory(scope)
    laboratory.scope = scope
    joined = laboratory.joins(laboratory.code("Bench 1", laboratory.cable()), folder, None)
    bench = start_bench(folder, joined.settings)
    try:
        waits = threading.Event()
        for _ in range(400):
            if bench.hub.is_level and not bench.hub.state.waiting and laboratory.head():
                break
            waits.wait(0.05)
        assert laboratory.head() == bench.recorder.read(lambda ledger: ledger.head.last_seq).result()
    finally:
        bench.close()


def test_a_bench_with_work_of_its_own_is_refused_by_another_laboratorys_hub_and_the_code_stays_good(
    laboratory: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    scope = of_its_own(folder)
    code = laboratory.code("Bench 1", laboratory.cable())
    with pytest.raises(Refused, match=f"hub init --scope {scope}"):
        laboratory.joins(code, folder, None)
    assert settings_file.read(folder).hub.host == ""
    assert laboratory.joins(code, tmp_path / "fresh").settings.hub.login == code.login


def test_a_rehearsals_bench_joins_no_real_hub_and_no_real_bench_a_rehearsals(laboratory: Any, tmp_path: Path) -> None:
    cable = laboratory.cable()
    laboratory.add_laboratory("lab-real", rehearsal=False)
    with pytest.raises(Refused, match="made-up patients must never reach it"):
        laboratory.joins(laboratory.code("Bench 1", cable, "lab-real"), tmp_path / "a")
    with pytest.raises(Refused, match="the two never mix"):
        laboratory.joins(laboratory.code("Bench 2", cable), tmp_path / "b", settings=Settings())


def test_a_join_that_was_cut_is_done_again_with_the_same_code(laboratory: Any, tmp_path: Path) -> None:
    laboratory.bench().notes(40)
    laboratory.level()
    cable = laboratory.cable()
    code = laboratory.code("Bench 2", cable)

    def cut(_told: str) -> None:
        cable.pull()

    with pytest.raises(Unavailable, match="Join again with the same code"):
        laboratory.joins(code, tmp_path / "b", tell=cut)
    assert settings_file.read(tmp_path / "b") is None
    cable.plug()
    assert laboratory.joins(code, tmp_path / "b").settings.bench == "Bench 2"
    with pytest.raises(Refused):
        laboratory.joins(code, tmp_path / "thief")


def test_a_page_that_answers_in_the_hubs_place_is_no_hub(laboratory: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for _ in range(2):
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    caller.recv(100)
                    caller.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://sign-in.example/\r\n\r\n")

        page = threading.Thread(target=serve)
        page.start()
        code = EnrolmentCode("127.0.0.1", server.getsockname()[1], "gms", "gms_bench_x", "0" * 26)
        with pytest.raises(Unavailable, match="cannot be reached"):
            laboratory.joins(code, tmp_path / "a")
        server.shutdown(socket.SHUT_RDWR)
    page.join()


def test_the_command_line_joins_and_says_what_came(laboratory: Any, tmp_path: Path) -> None:
    laboratory.bench()
    settings_file.write(tmp_path / "b", Settings(bench="", rehearsal=True, printer=PrinterSettings(mode="folder")))
    (tmp_path / "b" / "secrets").mkdir()
    code = str(laboratory.code("Bench 2", laboratory.cable()))
    said = CliRunner().invoke(make_app(), ["join", code, "--name", "Sorting", "--data", str(tmp_path / "b")])
    assert said.exit_code == 0, said.output
    assert "as Sorting" in said.output
    assert settings_file.read(tmp_path / "b").bench == "Sorting"


def test_a_wrong_character_of_the_code_is_refused_before_anything_is_asked(laboratory: Any, tmp_path: Path) -> None:
    code = str(laboratory.code("Bench 1", laboratory.cable()))
    with pytest.raises(Refused, match="A character of the code is wrong"):
        laboratory.joins(code[:-1] + ("0" if code[-1] != "0" else "2"), tmp_path / "a")
    with pytest.raises(Refused, match="Scan or type the enrolment code"):
        laboratory.joins("", tmp_path / "a")
