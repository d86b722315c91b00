"""Tissue: what is cut is counted, what is left is kept for the patient, and no figure is more exact than it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.tissue import assessment, cutting, pieces, times
from gms_desktop.domain.tissue.assessment import Assessment, Band, Needs, band_of, differ, falls_short, percentage
from gms_desktop.domain.tissue.cutting import Cut, CuttingRules, Why, before_scraping, needs_agreement, planned
from gms_desktop.domain.tissue.pieces import Piece, Sections, Sort, State
from gms_desktop.domain.tissue.rules import read_tissue_rules
from gms_desktop.domain.tissue.times import Hours, Moment, OutOfOrder, Standing, Times

TEXT = files("resources").joinpath("rules", "tissue.toml").read_text("utf-8")
RULES = read_tissue_rules(TEXT)
FIVE = Decimal(5)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def slide(number: str, at: int, **more: object) -> Piece:
    return Piece(number, Sort.SLIDE, sections=Sections(at, at, FIVE), parent="B", **more)  # type: ignore[arg-type]


def minute(hours: float) -> Moment:
    at = NOON + timedelta(hours=hours)
    return Moment(at, at)


def day(days: int) -> Moment:
    start = NOON.replace(hour=0) + timedelta(days=days)
    return Moment(start, start + timedelta(days=1))


# What is cut


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=6))
def test_no_section_of_a_block_ever_has_two_places(cuts: list[tuple[int, int]]) -> None:
    cut: list[Piece] = []
    for count, each in cuts:
        wanted = Cut(Sort.SCROLLS, count, each, Decimal(10))
        first = pieces.next_section(cut)
        cut += [Piece(f"P{first}-{at}", Sort.SCROLLS, sections=one) for at, one in enumerate(planned(first, wanted))]
    assert pieces.overlapping(cut) == ()
    told = [number for one in cut if one.sections for number in range(one.sections.first, one.sections.last + 1)]
    assert told == list(range(1, sum(count * each for count, each in cuts) + 1))


def test_two_people_who_cut_one_block_unknown_to_each_other_are_found() -> None:
    here, there = slide("S1", 4), slide("S2", 4)
    assert pieces.overlapping([slide("S0", 3), here, there]) == ((here, there),)


def test_a_wide_tube_is_found_with_everything_that_lies_in_it() -> None:
    tube = Piece("T", Sort.SCROLLS, sections=Sections(1, 10, FIVE))
    assert {other.number for _, other in pieces.overlapping([tube, slide("A", 2), slide("B", 9)])} == {"A", "B"}


def test_a_discarded_slide_keeps_its_section_number() -> None:
    assert pieces.next_section([slide("S1", 7, state=State.DISCARDED)]) == 8


def test_neighbours_of_a_stained_slide_come_first() -> None:
    stained = slide("HE", 4, stain="he")
    cut = [slide("S9", 9), stained, slide("S5", 5), slide("S3", 3)]
    assert [one.number for one in pieces.beside(cut, stained)] == ["S3", "S5", "S9"]


@pytest.mark.parametrize("wrong", [(0, 1), (3, 2)])
def test_sections_are_numbered_from_one_in_order(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="numbered from 1"):
        Sections(*wrong, FIVE)


def test_a_slide_holds_one_section_and_scrolls_are_not_stained() -> None:
    with pytest.raises(ValueError, match="one section"):
        Cut(Sort.SLIDE, 1, 2, FIVE)
    with pytest.raises(ValueError, match="not stained"):
        Cut(Sort.SCROLLS, 1, 5, FIVE, "he")
    with pytest.raises(ValueError, match="at least one"):
        Cut(Sort.BLOCK, 1, 1, FIVE)


def test_sections_are_told_in_words() -> None:
    assert Sections(4, 4, Decimal("5.0")).words == "section 4, 5 µm"
    assert Sections(4, 8, Decimal(10)).words == "sections 4 to 8, 10 µm"


# What is left


TEN_SLIDES = Cut(Sort.SLIDE, 10, 1, FIVE)


@pytest.mark.parametrize(
    ("left", "exhausts", "reserve", "why"),
    [
        ("200", False, None, None),
        ("50", False, None, Why.EXHAUSTS),
        ("40", False, None, Why.EXHAUSTS),
        ("200", True, None, Why.EXHAUSTS),
        ("100", False, "60", Why.RESERVE),
        ("110", False, "60", None),
        (None, False, "60", None),
        (None, True, None, Why.EXHAUSTS),
    ],
)
def test_the_last_of_a_block_needs_a_pathologist(
    left: str | None, exhausts: bool, reserve: str | None, why: Why | None
) -> None:
    rules = CuttingRules(reserve_um=Decimal(reserve) if reserve else None)
    known = Decimal(left) if left else None
    assert needs_agreement(known, TEN_SLIDES, exhausts=exhausts, rules=rules) is why


def test_a_laboratory_may_ask_for_agreement_where_nobody_knows_what_is_left() -> None:
    rules = CuttingRules(unknown_needs_agreement=True)
    assert needs_agreement(None, TEN_SLIDES, exhausts=False, rules=rules) is Why.UNKNOWN
    assert needs_agreement(None, TEN_SLIDES, exhausts=True, rules=CuttingRules(agreement=False)) is None


@given(st.decimals(0, 10000, places=1), st.integers(1, 40), st.decimals(1, 20, places=1), st.decimals(0, 500, places=0))
def test_no_cut_below_the_reserve_goes_unnoticed(
    left: Decimal, count: int, thickness: Decimal, reserve: Decimal
) -> None:
    cut = Cut(Sort.SLIDE, count, 1, thickness)
    rules = CuttingRules(reserve_um=reserve)
    asked = needs_agreement(left, cut, exhausts=False, rules=rules)
    after = left - count * thickness
    assert (asked is None) == (after > 0 and after >= reserve)
    assert cutting.left_after(left, cut) == after


def test_a_stained_slide_is_imaged_and_agreed_before_it_is_scraped() -> None:
    stained = slide("HE", 4, stain="he")
    assert "no picture" in before_scraping(stained, agreed=False, rules=RULES.cutting)
    imaged = slide("HE", 4, stain="he", imaged=True)
    assert "agreement" in before_scraping(imaged, agreed=False, rules=RULES.cutting)
    assert before_scraping(imaged, agreed=True, rules=RULES.cutting) == ""
    assert before_scraping(slide("S", 5), agreed=False, rules=RULES.cutting) == ""
    gone = slide("S", 5, state=State.SCRAPED)
    assert before_scraping(gone, agreed=True, rules=RULES.cutting) == "S is scraped."


# Times


def test_hours_in_formalin_are_as_exact_as_the_times() -> None:
    assert times.fixation(Times(None, minute(0), minute(30.5))) == Hours(Decimal("30.5"), Decimal("30.5"))
    assert times.fixation(Times(None, minute(0), day(1))) == Hours(Decimal("12.0"), Decimal("36.0"))
    assert times.fixation(Times(None, minute(0), None)) is None
    assert times.before_formalin(Times(minute(-1), minute(0))) == Hours(Decimal("1.0"), Decimal("1.0"))


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        ("30", "30", Standing.WITHIN),
        ("20", "23", Standing.BELOW),
        ("49", "60", Standing.ABOVE),
        ("12", "36", Standing.PERHAPS),
        ("40", "60", Standing.PERHAPS),
    ],
)
def test_hours_stand_to_the_range(least: str, most: str, said: Standing) -> None:
    assert times.standing(Hours(Decimal(least), Decimal(most)), Decimal(24), Decimal(48)) is said


def test_hours_that_nobody_stated_are_not_within_anything() -> None:
    assert times.standing(None, Decimal(24), None) is Standing.UNKNOWN
    assert times.standing(None, None, None) is Standing.NO_RULE


def test_times_that_cannot_both_be_true_are_named() -> None:
    with pytest.raises(OutOfOrder, match="out of formalin is before into formalin"):
        times.check_order(Times(minute(0), minute(5), minute(4)))
    with pytest.raises(OutOfOrder, match="out of formalin is before it was taken"):
        times.check_order(Times(acquired=minute(9), out_of_formalin=minute(4)))
    times.check_order(Times(day(0), minute(-3), day(0)))


def test_results_are_due_from_acquisition() -> None:
    acquired = date(2026, 11, 20)
    told = {one.urgency: times.due(acquired, one.days) for one in RULES.urgencies}
    assert [value.isoformat() for value in told.values() if value] == ["2026-11-27", "2026-12-04", "2026-12-18"]
    assert times.due(None, 7) is None


# Assessment


@pytest.mark.parametrize(
    ("written", "value"), [("62.5", "62.5"), ("62,5 %", "62.5"), (" 5%", "5"), ("0", "0"), ("100", "100")]
)
def test_a_percentage_is_kept_exactly(written: str, value: str) -> None:
    assert percentage(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "20-50", "<20", "> 20", "101", "-1", "+5", "twenty", "1e1", "NaN", "Infinity", "٥", "5,000"]
)
def test_a_range_or_a_word_is_no_percentage(written: str) -> None:
    assert percentage(written) is None


def assessed(percent: str, **more: object) -> Assessment:
    return Assessment(Decimal(percent), "A. Person", date(2026, 11, 20), "microscope", **more)  # type: ignore[arg-type]


NORTH_WEST = (Band("11-20", Decimal(11), Decimal(20)), Band("20-50", Decimal(20), Decimal(50)))


def test_a_figure_on_the_edge_of_two_ranges_is_said_to_lie_in_both() -> None:
    assert [one.words for one in band_of(Decimal(20), NORTH_WEST)] == ["11-20", "20-50"]
    assert band_of(Decimal("10.5"), NORTH_WEST) == ()


SLIDES_WANTED = Needs(
    frozenset({Sort.SLIDE}), pieces=8, thickness_um=FIVE, neoplastic=Decimal(20), stained=True, source="EXAMPLE"
)


def test_what_falls_short_is_said_with_what_is_asked() -> None:
    cut = [slide(f"S{at}", at) for at in range(2, 8)] + [slide("HE", 1, stain="he")]
    short = falls_short(assessed("15"), cut, SLIDES_WANTED)
    assert [(one.what, one.there, one.asked) for one in short] == [
        ("neoplastic nuclei", "15 %", "at least 20 %"),
        ("marked area", "no area is marked on a stained slide", "a ringed area"),
        ("slides", "6", "8"),
    ]


def test_enough_tissue_of_the_right_kind_falls_short_of_nothing() -> None:
    cut = [slide(f"S{at}", at) for at in range(2, 10)] + [slide("HE", 1, stain="he")]
    assert falls_short(assessed("20", area_marked=True), cut, SLIDES_WANTED) == ()


def test_tissue_that_nobody_assessed_is_not_enough() -> None:
    [short, *_] = falls_short(None, [], SLIDES_WANTED)
    assert short.there == "not assessed"


def test_slides_of_another_thickness_and_short_scroll_tubes_are_named() -> None:
    thick = Piece("S1", Sort.SLIDE, sections=Sections(1, 1, Decimal(4)))
    assert falls_short(None, [thick], Needs(frozenset({Sort.SLIDE}), thickness_um=FIVE))[0].what == "thickness of S1"
    tube = Piece("T1", Sort.SCROLLS, sections=Sections(1, 3, Decimal(10)))
    [short] = falls_short(None, [tube], Needs(frozenset({Sort.SCROLLS}), sections=5))
    assert (short.what, short.there, short.asked) == ("sections in T1", "3", "5")


def test_a_used_or_stained_slide_does_not_count() -> None:
    cut = [slide("S1", 1, state=State.SENT), slide("S2", 2, stain="ihc"), slide("S3", 3)]
    [short] = falls_short(None, cut, Needs(frozenset({Sort.SLIDE}), pieces=2))
    assert short.there == "1"


def test_two_assessors_who_differ_by_more_than_is_allowed_are_shown() -> None:
    assert differ(assessed("40"), assessed("60"), Decimal(15)) == 20
    assert differ(assessed("40"), assessed("50"), Decimal(15)) is None
    assert differ(assessed("1"), assessed("99"), None) is None
    assert assessment.percentage("40") == 40


# Rules


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("days = 7", "days = 0"),
        ('code = "urgent"', 'code = "soon"'),
        ('formalin_source = "EXAMPLE: Royal Cornwall Hospitals, 24 to 48 h optimal"', ""),
        ('code = "ihc"', 'code = "he"'),
        ('reserve_um = ""', 'reserve_um = "-1"'),
        ('reserve_um = ""', 'reserve_um = "some"'),
        ("agreement = true", 'agreement = "yes"'),
        ('state = "returned"', 'state = "lost"'),
    ],
)
def test_rules_that_are_not_whole_are_refused(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        read_tissue_rules(TEXT.replace(was, becomes, 1))


def test_what_no_source_states_is_blank() -> None:
    assert (RULES.cutting.reserve_um, RULES.before_formalin, RULES.may_differ) == (None, None, None)
    assert RULES.cutting.agreement
    assert RULES.days("urgent") is not None
    assert RULES.days("never") is None


def said_by(by: str, percent: str) -> Assessment:
    return Assessment(Decimal(percent), by, date(2026, 11, 21), "microscope")


def test_one_person_is_never_two_assessors_and_nobody_is_none() -> None:
    known = [said_by("Dr Eye", "40"), said_by("dr  EYE ", "50"), said_by("", "10")]
    assert [one.neoplastic for one in assessment.of_each(known)] == [50]
    assert assessment.awaits(known, second=True) == 1
    assert assessment.awaits(known, second=False) == 0
    assert assessment.awaits([], second=True) == 2
    assert assessment.apart(known) is None


def test_the_lowest_of_what_each_said_last_is_held_against_a_limit() -> None:
    known = [said_by("A", "10"), said_by("B", "35"), said_by("A", "60")]
    lowest = assessment.speaks(known)
    assert lowest is not None
    assert (lowest.by, assessment.apart(known)) == ("B", 25)
    assert assessment.speaks([]) is None
