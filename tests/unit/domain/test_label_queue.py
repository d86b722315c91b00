"""Whose turn it is at the printer: in order, once, one patient at a time where the laboratory wants that."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.label_queue import (
    OUT,
    UNSETTLED,
    Copy,
    LabelRules,
    Turn,
    all_out,
    asks_approval,
    read_label_rules,
    turn,
)

COPIES = st.lists(
    st.builds(
        Copy,
        st.integers(0, 10**6).map(str),
        st.sampled_from(["ada", "ben", "cleo"]),
        st.sampled_from([*UNSETTLED, "put off"]),
        st.booleans(),
    ),
    unique_by=lambda copy: copy.label,
)


@given(COPIES, st.booleans())
def test_whose_turn_it_is_was_never_sent_and_nobody_before_it_waits(copies: list[Copy], one_patient: bool) -> None:
    now = turn(copies, one_patient=one_patient)
    waiting = [copy.label for copy in copies if copy.state == "intended" and not copy.aside]
    assert (now.label if now else None) == (waiting[0] if waiting else None)


@given(COPIES)
def test_one_patient_at_a_time_sends_nothing_while_a_label_of_another_lies_on_the_bench(copies: list[Copy]) -> None:
    now = turn(copies, one_patient=True)
    if now is None:
        return
    patient = {copy.label: copy.patient for copy in copies}
    lying = {copy.label for copy in copies if copy.state in OUT and not copy.aside}
    others = {label for label in lying if patient[label] != patient[now.label]}
    assert bool(now.behind) == bool(others)
    assert not now.behind or now.behind in others


@given(COPIES)
def test_without_that_setting_nobody_waits_for_anybody(copies: list[Copy]) -> None:
    now = turn(copies, one_patient=False)
    assert now is None or now.behind == ""


@pytest.mark.parametrize("settled", ["put off", "not sent"])
def test_a_label_that_does_not_lie_on_the_bench_keeps_nobody_waiting(settled: str) -> None:
    copies = [Copy("a", "ada", settled), Copy("b", "ben", "intended")]
    assert turn(copies, one_patient=True) == Turn("b")


def test_a_tube_in_dispute_neither_gets_its_label_nor_keeps_the_next_patient_waiting() -> None:
    copies = [
        Copy("a", "ada", "sent", aside=True),
        Copy("b", "ada", "intended", aside=True),
        Copy("c", "ben", "intended"),
    ]
    assert turn(copies, one_patient=True) == Turn("c")


@pytest.mark.parametrize(
    ("ready", "holds", "out"), [(True, 0, True), (True, 1, False), (False, 0, False), (True, None, False)]
)
def test_only_a_ready_printer_that_holds_no_label_at_all_has_printed_ones_own(
    ready: bool, holds: int | None, out: bool
) -> None:
    assert all_out(ready, holds) is out


@pytest.mark.parametrize(("after", "copy", "asked"), [(0, 99, False), (2, 2, False), (2, 3, True), (2, 4, True)])
def test_a_second_person_is_asked_for_each_copy_beyond_the_laboratorys_number(
    after: int, copy: int, asked: bool
) -> None:
    assert asks_approval(LabelRules(one_patient=True, approved_after=after), copy) is asked


def test_the_product_prints_one_patient_at_a_time_and_asks_nobody_for_copies() -> None:
    text = files("resources").joinpath("rules", "labels.toml").read_text("utf-8")
    assert read_label_rules(text) == LabelRules(one_patient=True, approved_after=0)


@pytest.mark.parametrize(
    "text",
    [
        "one_patient_at_a_time = true",
        'one_patient_at_a_time = "yes"\napproved_after_copies = 0',
        "one_patient_at_a_time = true\napproved_after_copies = true",
        "one_patient_at_a_time = true\napproved_after_copies = -1",
        "one_patient_at_a_time = true\napproved_after_copies = 100",
    ],
)
def test_what_is_no_rule_about_labels_is_not_read_as_one(text: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_label_rules(text)
