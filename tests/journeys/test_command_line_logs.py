"""Logs and crash reports: what happened to the program, never anything about a patient."""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop import logs
from gms_desktop.logs import Event, kept, leave_crash_report, log, redact

NAME = "KOWALCZYK-ŻÓŁĆ, Małgorzata"
NHS_NUMBER = 9990000042
ALLOWED = {"at", "event", *logs._FACTS, *logs._COUNTS}


def lines(data: Path) -> list[dict[str, object]]:
    text = (data / "logs" / "gms_desktop.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_holds_the_event_and_the_facts_that_may_be_told(tmp_path: Path) -> None:
    with kept(tmp_path):
        log(Event.TAKEN_IN, rows=8, waiting=1)
    started, taken_in, ended = lines(tmp_path)
    assert (started["event"], ended["event"]) == ("started", "ended")
    assert (taken_in["event"], taken_in["rows"], taken_in["waiting"]) == ("file taken in", 8, 1)


def test_a_name_or_a_number_of_a_patient_handed_over_is_left_out(tmp_path: Path) -> None:
    with kept(tmp_path):
        log(Event.DEVICE, device=NAME, state="ready", rows=NHS_NUMBER, patient=NAME, code="9990000042")
        logging.getLogger("gms_desktop").info("received %s", NAME)
        logging.getLogger("sqlalchemy.engine").warning("SELECT %s", NHS_NUMBER, exc_info=ValueError(NAME))
        logging.getLogger(NAME).error(NAME)
    written = (tmp_path / "logs" / "gms_desktop.jsonl").read_text("utf-8")
    assert "KOWALCZYK" not in written
    assert "999000" not in written
    assert '"state": "ready"' in written
    assert '"logger": "sqlalchemy.engine"' in written


words = st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.none(), st.lists(st.text()))


@given(st.dictionaries(st.one_of(st.sampled_from(sorted(ALLOWED)), st.text()), words))
def test_whatever_is_handed_over_only_facts_in_their_form_are_written(said: dict[str, object]) -> None:
    told = redact(None, "info", dict(said))
    assert set(told) <= ALLOWED
    for name, form in logs._FACTS.items():
        assert name not in told or form.fullmatch(str(told[name]))
    for name in logs._COUNTS & set(told):
        assert 0 <= int(told[name]) < 1_000_000
    assert told["event"] == "library"


def test_ten_files_of_five_megabytes_are_kept(tmp_path: Path) -> None:
    with kept(tmp_path):
        handler = next(h for h in logging.getLogger().handlers if isinstance(h, logging.handlers.RotatingFileHandler))
        assert (handler.maxBytes, handler.backupCount + 1) == (5_000_000, 10)


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "gms_desktop.jsonl").mkdir()
    with kept(tmp_path):
        log(Event.TAKEN_IN, rows=8)
    assert capsys.readouterr().err == ""


def fail_with(value: str) -> None:
    try:
        raise KeyError(value)
    except KeyError as first:
        raise ValueError(f"{value} is not known") from first


def test_a_crash_report_says_where_and_nothing_about_whom(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not known") as caught:
        fail_with(NAME)
    path = leave_crash_report(tmp_path / "crashes", caught.value)
    assert path is not None
    report = json.loads(path.read_text("utf-8"))
    assert [fault["kind"] for fault in report["faults"]] == ["ValueError", "KeyError"]
    assert report["faults"][0]["frames"][-1].endswith("fail_with")
    assert "KOWALCZYK" not in path.read_text("utf-8")


def test_a_thread_that_fails_leaves_a_report_and_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with kept(tmp_path):
        thread = threading.Thread(target=fail_with, args=(NAME,))
        thread.start()
        thread.join()
    said = capsys.readouterr().err
    assert "The program failed and stopped this step. What was saved before is still saved." in said
    assert "KOWALCZYK" not in said
    assert len(list((tmp_path / "crashes").glob("crash-*.json"))) == 1
    assert [line["event"] for line in lines(tmp_path)] == ["started", "crashed", "ended"]


def test_the_hooks_are_given_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    with kept(tmp_path):
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook) == before
