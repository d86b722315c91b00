"""A rule set, layout or mapping with a slip in it: the sentence says where, and never speaks as Python does."""

from __future__ import annotations

import operator
import re
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from gms_desktop import settings, toml_words
from gms_desktop.documents.label_form import LabelDatum, LayoutUnfit
from gms_desktop.documents.label_layout import read_layout
from gms_desktop.errors import Refused
from gms_desktop.given_text import text_of
from gms_desktop.services import site_rules
from ui import command

OF_PYTHON = re.compile(r"Expected|nvalid|codec|KeyError|__init__|argument|literal|<class|object|'")


class Sort(StrEnum):
    BLOOD = "blood"


def said_of(fails: Callable[[], Any]) -> str:
    with pytest.raises((ValueError, KeyError, TypeError, ArithmeticError)) as fault:
        fails()
    said = toml_words.why(fault.value)
    assert not OF_PYTHON.search(said), said
    return said


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (lambda: tomllib.loads("a = 1\n\nbread is good"), "line 3 cannot be understood at column 7"),
        (lambda: tomllib.loads("format ="), "line 1 cannot be understood|ends in the middle of a value"),
        (lambda: tomllib.loads("columns = ["), "it ends in the middle of a value"),
        (lambda: b"\x7fELF\x80".decode("utf-8"), "no text in UTF-8, from its byte 5 on: save it as UTF-8"),
        (lambda: {}["data"], "^“data” is missing$"),
        (lambda: Sort("bread"), "^“bread” is no word that is known there$"),
        (lambda: int("ten"), "^“ten” is no whole number$"),
        (lambda: LabelDatum(colour="red"), "^“colour” is not known there$"),
        (LabelDatum, "missing$"),
        (lambda: operator.getitem("a text", "version"), "of another sort than it must be"),
        (lambda: Decimal("ten"), "of another sort than it must be"),
    ],
)
def test_each_slip_is_said_in_our_words(fails: Callable[[], Any], said: str) -> None:
    assert re.search(said, said_of(fails))


def test_what_a_reader_of_ours_says_is_kept() -> None:
    assert toml_words.why(ValueError("percent is from 0 to 100, at_least from 1.")) == (
        "percent is from 0 to 100, at_least from 1"
    )


def test_a_text_of_another_sort_is_refused_by_what_it_lacks() -> None:
    with pytest.raises(
        LayoutUnfit, match=r"^The label layout cannot be read: “data” is missing\. Put that place right\.$"
    ):
        read_layout("format = 1")
    with pytest.raises(Refused, match="rule set reasons: line 3 cannot be understood at column 7"):
        site_rules.approval("a = 1\n\nbread is good", "reasons", "anybody")


def test_settings_with_a_slip_say_its_line(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("format = 6\nbench is good", "utf-8")
    with pytest.raises(Refused, match="line 2 cannot be understood at column 7"):
        settings.read(tmp_path)


def test_a_text_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    if sys.platform != "win32":
        with pytest.raises(Refused, match="larger than 2 MB"):
            text_of(Path("/dev/zero"))
    with pytest.raises(Refused, match="is a folder, and one file was expected"):
        text_of(tmp_path)
    with pytest.raises(Refused, match="is not there"):
        text_of(tmp_path / "rules.toml")
    (tmp_path / "mapping.toml").write_bytes("\N{ZERO WIDTH NO-BREAK SPACE}a = 1".encode())
    assert text_of(tmp_path / "mapping.toml") == "a = 1"


@pytest.mark.parametrize("line", [("find", "a\udcff"), ("audit", "a.csv", "--about=a\udcff"), ("erase", "\udcff")])
def test_a_code_that_is_no_text_is_refused_in_a_sentence(
    line: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(line) == 2
    assert "holds bytes that are no letters. Type it, or scan it again" in capsys.readouterr().err


def test_to_find_nothing_at_all_says_what_to_give(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["find", "", "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("Say what to find: a code, one of our numbers")
