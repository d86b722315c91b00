"""The record of a shift's scans: what is written is read again, and what is no record is refused in words."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.errors import Refused
from gms_desktop.journal.entry import Entry
from gms_desktop.services.scan_record import Line, Recorded, from_text, recorded, to_text

AT = "2026-11-22T08:30:00.000000Z"
HEAD = '{"format": 1, "what": "scans"}\n'
LINES = st.builds(
    Recorded,
    st.sampled_from(Line),
    st.just(AT),
    st.text(),
    st.none() | st.just("]d1"),
    st.sampled_from(["", "scanned", "typed"]),
    st.text(),
    st.text(),
    st.integers(0, 3),
)
LEAVES = st.none() | st.integers() | st.text()
TREES = st.recursive(LEAVES, lambda each: st.lists(each) | st.dictionaries(st.text(), each))


@given(st.lists(LINES))
def test_what_is_written_is_read_again(lines: list[Recorded]) -> None:
    assert from_text("".join(to_text(lines))) == tuple(lines)


@given(st.text() | TREES.map(json.dumps) | TREES.map(lambda tree: HEAD + json.dumps(tree)))
def test_whatever_else_is_given_is_refused_in_words(text: str) -> None:
    with contextlib.suppress(Refused):
        from_text(text)


@pytest.mark.parametrize(
    "line", ['{"line": "scan", "at": "noon"}', '{"line": "scan", "at": "2026-11-22T08:30"}', "[" * 9]
)
def test_a_line_without_its_time_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="Line 2"):
        from_text(HEAD + line)


def entry(seq: int, kind: str, body: dict[str, object], action: int, operator: str | None = None) -> Entry:
    return Entry("w", seq, "lab", AT, "1.0", kind, 1, f"w/{action}", body, operator=operator)


def scan(text: str | None, raw: str | None) -> dict[str, object]:
    read = {"symbology": "]d1", "entered": "scanned", "faults": []}
    return {"text": text, "raw": raw, **read, "verdict": "found", "title": "Found"}


def test_within_an_act_the_scan_comes_before_the_label_that_it_led_to() -> None:
    act = [
        entry(1, "label.intended", {"accession": "ZAB"}, 1, "op"),
        entry(2, "scan.judged", scan("FD20024619", "RkQ="), 1, "op"),
    ]
    assert [(one.line, one.text) for one in recorded(act)] == [(Line.SCAN, "FD20024619"), (Line.LABEL, "ZAB")]


def test_a_patients_identifier_and_a_badge_leave_only_a_line() -> None:
    lines = list(
        recorded([entry(1, "scan.judged", scan(None, None), 1), entry(2, "scan.judged", scan("badge", None), 2)])
    )
    assert [(one.line, one.text, one.symbology) for one in lines] == [(Line.PRIVATE, "", None), (Line.BADGE, "", None)]


def test_people_are_counted_through_and_what_is_done_by_key_is_named_by_its_kind() -> None:
    lines = recorded(
        [
            entry(1, "session.changed", {"operator": "op-7", "how": "signed in"}, 1),
            entry(2, "specimen.held", {}, 2, "op-7"),
            entry(3, "label.sent", {}, 3),
            entry(4, "session.changed", {"operator": "op-7", "how": "locked"}, 4, "op-7"),
            entry(5, "session.changed", {"operator": "op-9", "how": "signed in"}, 5),
        ]
    )
    assert [(one.line, one.text, one.who) for one in lines] == [
        (Line.SESSION, "", 1),
        (Line.DONE, "specimen.held", 0),
        (Line.SESSION, "", 0),
        (Line.SESSION, "", 2),
    ]
