"""Limits that are written as text are read back the same, whatever a person typed into the form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.measured import Analyte
from gms_desktop.domain.dilution_rules import read_dilution_rules
from gms_desktop.domain.readings.limits import ControlRange, Limit, QcLimits, Rule, read_qc_limits
from gms_desktop.domain.readings.limits_text import limits_text

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20).filter(lambda it: it == it.strip())
LIMIT = Limit(Analyte.CONCENTRATION, Decimal("1.80"), None, "ng/uL")


@given(name=WORDS.filter(str.strip), words=WORDS, number=st.decimals(0, 1000, places=3))
def test_what_is_written_is_read_back(name: str, words: str, number: Decimal) -> None:
    limit = replace(LIMIT, minimum=number, method=words, part=words)
    rule = Rule(name, "1", (limit,), (words,), (words,), words, date(2026, 12, 1), words)
    limits = QcLimits("2", (rule,), (), keeps_off_plates=True)
    assert read_qc_limits(limits_text(limits, "2026-11-23")) == limits


def test_of_the_versions_of_a_rule_one_counts_each_day() -> None:
    first = Rule("eluate", "1", (LIMIT,))
    second = replace(first, version="2", effective=date(2026, 12, 1))
    limits = QcLimits("1", (first, second), ())
    assert limits.on(date(2026, 11, 30)) == (first,)
    assert limits.on(date(2026, 12, 1)) == (second,)


def test_bounds_of_a_dilution_that_contradict_each_other_are_not_approved() -> None:
    text = 'version = "1"\nconcentration_ng_ul = ""\nvolume_ul = ""\ndead_volume_ul = "0"\nstep_ul = "0.1"\n'
    assert read_dilution_rules(f'{text}smallest_ul = ""\ncapacity_ul = "9"').bounds is None
    with pytest.raises(ValueError, match="smallest_ul"):
        read_dilution_rules(f'{text}smallest_ul = "10"\ncapacity_ul = "9"')


def test_a_limit_changed_on_the_screen_leaves_the_mean_and_deviation_of_each_control() -> None:
    limit = Limit(Analyte.CONCENTRATION, Decimal(9), Decimal(11), "ng/uL")
    control = ControlRange("QC1", "EXAMPLE-1", limit, Decimal("10.05"), Decimal("0.25"))
    assert read_qc_limits(limits_text(QcLimits("2", (), (control,)), "2026-11-23")).controls == (control,)


OUT = (
    '[[rule]]\nname = "eluate"\nversion = "4"\neffective = "2026-12-01"\ntaken_out = true\n'
    'source = "EXAMPLE: withdrawn"\n'
)
HEAD = 'name = "qc-limits"\nversion = "2"\n'
IN = '[[rule]]\nname = "eluate"\nversion = "3"\n[[rule.limit]]\nof = "concentration"\nmin = "10"\nunit = "ng/uL"\n'


def test_a_rule_that_is_taken_out_counts_until_the_day_before_and_comes_back_from_its_text() -> None:
    limits = read_qc_limits(HEAD + IN + OUT)
    assert [one.version for one in limits.on(date(2026, 11, 30))] == ["3"]
    assert limits.on(date(2026, 12, 1)) == ()
    assert read_qc_limits(limits_text(limits, "2026-11-23")) == limits


@pytest.mark.parametrize(
    "text",
    [
        HEAD + '[[rule]]\nname = "eluate"\nversion = "4"\n',
        HEAD + IN.replace('version = "3"', 'version = "3"\ntaken_out = true'),
        HEAD + OUT.replace("true", '"yes"'),
    ],
    ids=["its limits were forgotten", "it has limits all the same", "no yes or no"],
)
def test_a_rule_without_limits_is_one_that_somebody_took_out_or_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="has limits, or taken_out = true"):
        read_qc_limits(text)


def test_of_the_ranges_of_a_control_one_counts_each_day_and_all_are_read_back() -> None:
    limit = Limit(Analyte.CONCENTRATION, Decimal(9), Decimal(11), "ng/uL")
    first = ControlRange("QC1", "A", limit)
    second = ControlRange("qc1", "B", limit, effective=date(2026, 12, 1), source="EXAMPLE certificate")
    bare = replace(limit, minimum=None, maximum=None)
    gone = ControlRange("QC1", "B", bare, effective=date(2027, 1, 1), source="No longer made", taken_out=True)
    limits = QcLimits("1", (), (first, second, gone))
    assert limits.controls_on(date(2026, 11, 30)) == (first,)
    assert limits.controls_on(date(2026, 12, 1)) == (second,)
    assert limits.controls_on(date(2027, 1, 1)) == ()
    assert read_qc_limits(limits_text(limits, "2026-11-23")) == limits


def test_two_ranges_of_one_control_from_one_day_on_are_not_approved() -> None:
    control = '[[control]]\nname = "QC1"\nlot = "{lot}"\nof = "concentration"\nmin = "9"\neffective = "2026-12-01"\n'
    with pytest.raises(ValueError, match="the one lot"):
        read_qc_limits(HEAD + control.format(lot="A") + control.format(lot="B"))
