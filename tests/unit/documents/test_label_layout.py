"""Layouts are read from text, and one that would spoil a code is refused."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.documents.fonts import Fonts, characters_of, platform_fonts
from gms_desktop.documents.graphic import packed, unpacked
from gms_desktop.documents.label_form import LayoutUnfit, dots_per_mm
from gms_desktop.documents.label_layout import product_layout, read_layout
from gms_desktop.documents.label_zpl import escaped
from gms_desktop.documents.lettering import wrap
from gms_desktop.documents.zpl_pixels import UnknownZplError, interpret, unescaped

TUBE = resources.files("resources").joinpath("labels", "tube-25x51.toml").read_text(encoding="utf-8")


def test_the_product_layout_is_51_by_25_millimetres_and_says_it_is_a_product_default() -> None:
    layout = product_layout()
    assert (layout.width, layout.height) == (51.0, 25.0)
    assert "product default" in TUBE
    assert layout.field("matrix").columns == 18


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("y = 5.5", "y = 2.0", "overlap"),
        ("x = 3.0\ny = 19.4", "x = 1.0\ny = 19.4", "linear of layout tube-25x51 leaves the label"),
        ("y = 13.9\nwidth = 22.0", "y = 24.0\nwidth = 22.0", "leaves the label"),
        ("font = 3.4\nfloor = 2.0", "font = 3.4\nfloor = 4.6", "font"),
        ('kind = "datamatrix"', 'kind = "picture"', "cannot be read"),
        ("width = 51.0", "", "cannot be read"),
        ("quiet = 1 ", "silent = 1 ", "cannot be read"),
    ],
)
def test_a_layout_that_would_spoil_a_label_is_refused_in_words(was: str, now: str, words: str) -> None:
    assert was in TUBE
    with pytest.raises(LayoutUnfit, match=words):
        read_layout(TUBE.replace(was, now))


def test_a_resolution_without_whole_dots_a_millimetre_is_refused() -> None:
    with pytest.raises(LayoutUnfit, match="180 dpi"):
        dots_per_mm(180)


def test_a_layout_that_does_not_ship_is_refused() -> None:
    with pytest.raises(LayoutUnfit, match="ships"):
        product_layout("slide-25x75")


@given(st.integers(1, 60), st.lists(st.binary(min_size=1, max_size=1), min_size=1, max_size=40), st.data())
def test_graphics_come_back_from_their_compression(width: int, seeds: list[bytes], data: st.DataObject) -> None:
    rows = [data.draw(st.one_of(st.just(seed * width), st.binary(min_size=width, max_size=width))) for seed in seeds]
    bits = b"".join(rows)
    assert unpacked(packed(bits, width), width, len(bits)) == bits


@given(st.text(), st.sampled_from(["_", "\\"]))
def test_any_text_comes_back_from_field_data_that_hold_no_command(text: str, indicator: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    data = escaped(clean, indicator)
    assert not {"^", "~"} & set(data)
    assert data.isascii()
    assert unescaped(data, indicator) == clean


@given(st.binary(max_size=200))
def test_any_bytes_are_either_a_label_of_ours_or_refused(payload: bytes) -> None:
    with pytest.raises(UnknownZplError):
        interpret(payload)


@given(st.text("ab -́é", max_size=60), st.integers(1, 20), st.booleans())
def test_wrapping_loses_nothing_but_spaces_at_the_breaks(text: str, room: int, anywhere: bool) -> None:
    lines = wrap(text, lambda line: len(line) <= room, anywhere=anywhere)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_broken_font_file_draws_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00\xff\xff")
    assert characters_of(broken) == frozenset()
    assert characters_of(tmp_path / "none.ttf") == frozenset()


def test_a_text_in_two_scripts_is_drawn_in_runs_of_the_fonts_that_have_them() -> None:
    paths = platform_fonts().paths
    latin = next((path for path in paths if ord("ŵ") in characters_of(path)), None)
    known = characters_of(latin) if latin else frozenset()
    # A letter: a sign that combines with the one before it stays in that one's run.
    others = {path: sorted(n for n in characters_of(path) - known if chr(n).isalpha()) for path in paths}
    lesser = next((path for path, letters in others.items() if letters), None)
    if latin is None or lesser is None:
        pytest.skip("this computer has no two fonts with different letters")
    rare = chr(others[lesser][0])
    assert Fonts((latin, lesser)).runs(f"ŵa{rare}") == [("ŵa", latin), (rare, lesser)]
