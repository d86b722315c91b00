"""A layout changed field by field, tried out as it stands, and written as the text it is read from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_editing import field_at, measures, moved, put, sized
from gms_desktop.documents.label_form import LabelField, LabelLayout
from gms_desktop.documents.label_layout import product_layout, product_layouts, read_layout
from gms_desktop.documents.label_text import layout_text
from gms_desktop.documents.label_trial import Trial, tried

TUBE = product_layout()
NAMES = [layout.name for layout in product_layouts()]


def trial(layout: LabelLayout, dpi: int = 203, **data: object) -> Trial:
    return tried(layout, examples(layout) | data, dpi)


def words(found: Trial) -> str:
    return "\n".join(fault.words for fault in found.faults)


def with_field(layout: LabelLayout, name: str, **changed: object) -> LabelLayout:
    fields = tuple(replace(field, **changed) if field.name == name else field for field in layout.fields)
    return replace(layout, fields=fields)


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_that_is_written_is_read_again_the_same(name: str) -> None:
    layout = replace(product_layout(name), version="2", effective="2026-11-23")
    assert read_layout(layout_text(layout)) == layout


@given(name=st.sampled_from([field.name for field in TUBE.fields]), right=st.floats(-9, 9), down=st.floats(-9, 9))
def test_a_field_moved_anywhere_is_still_a_layout_that_can_be_written(name: str, right: float, down: float) -> None:
    layout = moved(TUBE, name, right, down)
    mine, others = layout.field(name), [field for field in layout.fields if field.name != name]
    assert mine.x >= 0
    assert mine.y >= 0
    assert others == [field for field in TUBE.fields if field.name != name]
    assert "field" in layout_text(layout)


@pytest.mark.parametrize("name", NAMES)
def test_every_product_layout_passes_its_own_trial(name: str) -> None:
    layout = product_layout(name)
    found = trial(layout)
    assert found.faults == ()
    assert found.decoded


def test_keys_move_a_field_and_back_to_where_it_was() -> None:
    there = moved(moved(TUBE, "surname", 0.1, 0.1), "surname", 1.0, 0.0)
    assert (there.field("surname").x, there.field("surname").y) == (11.1, 5.6)
    assert moved(there, "surname", -1.1, -0.1) == TUBE


def test_a_text_grows_by_its_letters_and_a_matrix_stays_square() -> None:
    text = sized(TUBE, "surname", 1.0, 0.4).field("surname")
    assert (text.width, text.font, text.floor) == (41.0, 3.4, 1.8)
    small = sized(TUBE, "surname", 0.0, -2.0).field("surname")
    assert small.floor == small.font == 1.0
    matrix = sized(TUBE, "matrix", 0.1, 0.0).field("matrix")
    assert matrix.width == matrix.height == pytest.approx(18 * matrix.module, abs=1e-3)
    assert matrix.module > TUBE.field("matrix").module
    assert sized(TUBE, "hazard_sign", -9.0, -9.0).field("hazard_sign").width == 0.5


def test_a_measure_that_was_entered_is_taken_as_it_is() -> None:
    for name, value in (("x", 3.25), ("y", 4.5), ("width", 12.0), ("font", 2.4), ("floor", 1.2)):
        assert dict(measures(put(TUBE, "surname", name, value).field("surname")))[name] == value
    assert put(TUBE, "linear", "height", 4.0).field("linear").height == 4.0
    assert put(TUBE, "linear", "module", 0.0).field("linear").module == 0.08
    assert put(TUBE, "matrix", "module", 0.5).field("matrix").width == 9.0
    assert put(TUBE, "surname", "x", -3.0).field("surname").x == 0.0
    assert put(TUBE, "surname", "x", 5012345678900.0).field("surname").x == 300.0


def test_a_click_finds_the_smallest_field_there() -> None:
    assert field_at(TUBE, 5.0, 5.0) == "matrix"
    assert field_at(TUBE, 38.0, 17.5) == "hazard_sign"
    assert field_at(TUBE, 50.9, 24.9) == ""


def test_a_field_that_leaves_the_label_is_named_with_what_to_do_and_the_others_are_drawn() -> None:
    found = trial(moved(TUBE, "linear", 3.0, 0.0))
    assert [fault.fields for fault in found.faults] == [("linear",)]
    assert "Field linear of layout tube-25x51 leaves the label. Move it in or make it smaller" in words(found)
    assert found.decoded == (("Data Matrix", "K7Q20001G"),)


def test_fields_that_overlap_are_both_named() -> None:
    found = trial(moved(TUBE, "surname", 0.0, -3.0))
    assert ("number", "surname") in [fault.fields for fault in found.faults]
    assert "Move one of them, or make it smaller." in words(found)


def test_a_code_longer_than_the_label_is_refused_in_words() -> None:
    found = trial(TUBE, number="K7Q20001G-LONGER-1")
    assert "Field linear: The number K7Q20001G-LONGER-1 has 18 characters and its code128 code does not fit" in words(
        found
    )
    assert "Use a larger label layout." in words(found)
    assert "Nothing was printed" not in words(found)
    longer = trial(TUBE, number="K7Q20001G-MUCH-LONGER")
    assert "cannot be put on a label" in words(longer)


def test_a_text_longer_than_its_field_is_refused_in_words() -> None:
    assert "Field surname: The surname" in words(trial(TUBE, surname="WW" * 40))


def test_a_template_with_an_unknown_field_is_refused_in_words() -> None:
    found = trial(with_field(TUBE, "hazard_sign", of="biohazard"))
    assert "Field hazard_sign of layout tube-25x51 is made from biohazard, which the layout does not take." in words(
        found
    )
    assert "It takes number, surname," in words(found)
    assert found.decoded == (("Data Matrix", "K7Q20001G"), ("Code 128", "K7Q20001G"))


def test_data_that_the_layout_does_not_take_are_refused_in_words() -> None:
    assert "Layout tube-25x51 has no field ward. It takes number" in words(trial(TUBE, ward="4B"))


def test_a_code_that_does_not_decode_is_named_with_what_to_do() -> None:
    # Squares of one dot at 203 dpi.
    found = trial(put(TUBE, "matrix", "module", 0.125))
    assert [fault.fields for fault in found.faults] == [("matrix",)]
    assert (
        "Field matrix: its Data Matrix K7Q20001G does not decode from the pixels at 203 dpi. Make its module"
        in words(found)
    )
    assert found.decoded == (("Code 128", "K7Q20001G"),)


def test_a_sign_of_no_size_is_refused_in_words() -> None:
    assert "hazard_sign of layout tube-25x51 is too small: it needs 0.5 mm each way." in words(
        trial(put(TUBE, "hazard_sign", "width", 0.0))
    )


@given(
    name=st.sampled_from([field.name for field in TUBE.fields]),
    measure=st.sampled_from(["x", "y", "width", "height", "font", "floor", "module"]),
    value=st.floats(0, 60),
)
def test_whatever_is_entered_the_picture_is_the_labels_size_and_a_fault_has_words(
    name: str, measure: str, value: float
) -> None:
    field: LabelField = TUBE.field(name)
    if measure not in dict(measures(field)):
        return
    found = trial(put(TUBE, name, measure, value))
    assert found.picture.size == (408, 200)
    assert all(fault.words.endswith(".") for fault in found.faults)
