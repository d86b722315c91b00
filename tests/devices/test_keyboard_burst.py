"""A scanner that types is told apart from a person; whatever is not a whole scan comes back as plain keys."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanners.keyboard_burst import BurstSettings, Decision, KeyboardBurst, keyed_scan
from devices.scanners.layout import KeyboardState, layout_findings, readings, seen, typed
from devices.values import Keyed

PREFIXED = BurstSettings(prefix="~~")
AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
Keys = list[tuple[str, float]]


class Desk:
    """What reaches the screen: plain keys in the order delivered, and scans."""

    def __init__(self, settings: BurstSettings | None = None) -> None:
        self.burst = KeyboardBurst(settings)
        self.plain = ""
        self.scans: list[str] = []

    def type(self, keys: Keys, ticking: bool = True) -> "Desk":
        for char, at in keys:
            if ticking and self.burst.due_ms is not None and self.burst.due_ms < at:
                self.tick(self.burst.due_ms + (at - self.burst.due_ms) / 2)
            decision = self.burst.key(char, at)
            self.plain += "".join(decision.replay) if decision.swallow else char
            assert decision.swallow or not decision.replay
            if decision.scan is not None:
                self.scans.append(decision.scan)
        return self

    def tick(self, now: float) -> None:
        self.plain += "".join(self.burst.idle(now).replay)

    def rest(self) -> "Desk":
        self.tick(1e12)
        return self


def at_pace(text: str, gap: float, start: float = 1000) -> Keys:
    return [(char, start + index * gap) for index, char in enumerate(text)]


def after(keys: Keys, pause: float) -> float:
    return keys[-1][1] + pause


def outcome(keys: Keys, settings: BurstSettings | None = None) -> tuple[list[str], str]:
    desk = Desk(settings).type(keys).rest()
    return desk.scans, desk.plain


@pytest.mark.parametrize("terminator", ["\r", "\n", "\t"])
@pytest.mark.parametrize("gap", [0, 1, 16, 30])
def test_a_tube_scanned_is_one_scan_and_no_key_reaches_the_screen(gap: float, terminator: str) -> None:
    assert outcome(at_pace("FD20024619" + terminator, gap)) == (["FD20024619"], "")


def test_a_code_of_leading_noughts_is_a_scan() -> None:
    assert outcome(at_pace("0000123456\r", 5)) == (["0000123456"], "")


def test_a_scanner_that_ends_with_cr_lf_leaves_no_enter_behind() -> None:
    assert outcome(at_pace("FD20024619\r\nFD20024620\r\n", 5)) == (["FD20024619", "FD20024620"], "")


@pytest.mark.parametrize("gap", [45, 80, 110, 250, 700])
def test_a_person_typing_is_never_a_scan_and_loses_no_key(gap: float) -> None:
    assert outcome(at_pace("FD20024619\r", gap)) == ([], "FD20024619\r")


def test_the_first_key_typed_is_held_for_sixty_milliseconds_and_the_next_ones_not_at_all() -> None:
    desk = Desk().type([("J", 1000)])
    assert desk.plain == ""
    desk.tick(1061)
    assert desk.plain == "J"
    assert desk.type(at_pace("ones", 120, 1120)).plain == "Jones"


def test_an_enter_alone_goes_its_way_at_once() -> None:
    assert not KeyboardBurst().key("\r", 1000).swallow


def test_a_burst_cut_before_its_terminator_comes_back_as_plain_keys() -> None:
    assert outcome(at_pace("FD200246", 5)) == ([], "FD200246")


def test_the_rest_of_a_burst_broken_by_a_pause_is_not_a_scan() -> None:
    head = at_pace("FD200", 5)
    for pause in (101, 150, 300, 499):
        assert outcome(head + at_pace("24619\r", 5, after(head, pause))) == ([], "FD20024619\r")


def test_the_first_character_let_go_as_typing_is_never_missing_from_a_scan() -> None:
    head = at_pace("F", 5)
    assert outcome(head + at_pace("D20024619\r", 5, after(head, 61))) == ([], "FD20024619\r")


def test_after_a_broken_burst_the_next_scan_counts_again() -> None:
    broken = at_pace("FD200", 5)
    ended = broken + at_pace("24619\r", 5, after(broken, 150))
    again = at_pace("FD20024619\r", 5, after(ended, 600))
    assert outcome(ended + again) == (["FD20024619"], "FD20024619\r")


def test_how_somebody_typed_before_does_not_tell_on_the_next_scan() -> None:
    keys = at_pace("Jane", 55)
    for _ in range(3):
        keys += at_pace("Jane", 55, after(keys, 600))
    assert outcome(keys + at_pace("FD20\r", 5, after(keys, 600))) == (["FD20"], "Jane" * 4)


def test_a_first_gap_longer_than_the_hold_is_typing_whether_or_not_the_timer_ran() -> None:
    keys = at_pace("F", 5)
    keys += at_pace("D20024619\r", 5, after(keys, 80))
    for ticking in (True, False):
        desk = Desk().type(keys, ticking)
        assert (desk.scans, desk.plain) == ([], "FD20024619\r")


def test_three_characters_are_too_few_for_a_scan() -> None:
    assert outcome(at_pace("A01\r", 5)) == ([], "A01\r")


def test_a_key_held_down_is_not_a_scan() -> None:
    assert outcome(at_pace("aaaaaaaa\r", 30)) == ([], "aaaaaaaa\r")


def test_one_slow_key_in_a_quick_burst_does_no_harm() -> None:
    head = at_pace("FD200", 5)
    assert outcome(head + at_pace("24619\r", 5, after(head, 95))) == (["FD20024619"], "")


def test_with_a_prefix_everything_up_to_the_terminator_is_the_scan_even_over_a_slow_line() -> None:
    assert outcome(at_pace("~~FD20024619\r", 55), PREFIXED) == (["FD20024619"], "")
    assert outcome(at_pace("~~A\r", 5), PREFIXED) == (["A"], "")


@pytest.mark.parametrize("keys", ["FD20024619\r", "~FD20024619\r", "D20024619\r"])
def test_a_burst_that_lost_its_prefix_or_part_of_it_is_plain_keys(keys: str) -> None:
    assert outcome(at_pace(keys, 5), PREFIXED) == ([], keys)


def test_a_prefixed_burst_cut_or_stalled_is_plain_keys() -> None:
    head = at_pace("~~FD200", 5)
    assert outcome(head, PREFIXED) == ([], "~~FD200")
    assert outcome(head + at_pace("24619\r", 5, after(head, 301)), PREFIXED) == ([], "~~FD20024619\r")


def test_a_prefix_and_terminator_with_nothing_between_are_plain_keys() -> None:
    assert outcome(at_pace("~~\r", 5), PREFIXED) == ([], "~~\r")


def test_a_prefix_character_doubled_by_chance_still_finds_the_prefix() -> None:
    assert outcome(at_pace("abac#FD1\r", 5), BurstSettings(prefix="bac#")) == (["FD1"], "a")
    assert outcome(at_pace("aab1\r", 5), BurstSettings(prefix="ab")) == (["1"], "a")


def test_a_burst_too_long_to_hold_is_given_back() -> None:
    keys = "A1" * 20 + "\r"
    assert outcome(at_pace(keys, 5), BurstSettings(longest=16)) == ([], keys)
    assert outcome(at_pace("~~" + keys, 5), BurstSettings(prefix="~~", longest=16)) == ([], "~~" + keys)


def test_settings_without_a_terminator_are_refused() -> None:
    with pytest.raises(ValueError):
        BurstSettings(terminators="")
    with pytest.raises(ValueError):
        BurstSettings(prefix="\r")


settings = st.sampled_from(
    [BurstSettings(), PREFIXED, BurstSettings(prefix="~"), BurstSettings(longest=6), BurstSettings(prefix="aba")]
)
gaps = st.sampled_from([0, 1, 5, 20, 35, 36, 60, 61, 100, 101, 300, 301, 500, 501]) | st.floats(0, 700)
loose = st.lists(st.tuples(st.sampled_from("~abFD20\r\n\t"), gaps), max_size=20)
bursts = st.builds(
    lambda prefix, code, end, pause: [
        (char, 5.0 if index else pause) for index, char in enumerate(prefix + code + end)
    ],
    st.sampled_from(["", "~~", "~", "aba"]),
    st.text("abFD20", min_size=1, max_size=10),
    st.sampled_from(["", "\r", "\r\n", "\t"]),
    gaps,
)
streams = st.lists(loose | bursts, max_size=6).map(lambda parts: [key for part in parts for key in part])


def timed(stream: list[tuple[str, float]]) -> Keys:
    now, keys = 1000.0, []
    for char, gap in stream:
        now += gap
        keys.append((char, now))
    return keys


def is_woven_of(whole: str, plain: str, scans: list[str]) -> bool:
    """Whether ``plain`` is ``whole`` with the scans, in order, taken out along with prefix and terminators."""
    left = iter(whole)
    return all(char in left for char in plain) and all(scan in whole for scan in scans)


@given(streams, settings)
def test_no_key_is_lost_doubled_or_moved(stream: list[tuple[str, float]], setting: BurstSettings) -> None:
    keys = timed(stream)
    scans, plain = outcome(keys, setting)
    whole = "".join(char for char, _ in keys)
    assert is_woven_of(whole, plain, scans)
    spare = len(whole) - len(plain) - sum(len(setting.prefix) + len(scan) + 1 for scan in scans)
    assert spare >= 0
    assert spare == 0 or scans  # only a terminator behind a scan's own goes with it


@given(streams, settings)
def test_the_outcome_does_not_depend_on_the_timer_of_the_screen(
    stream: list[tuple[str, float]], setting: BurstSettings
) -> None:
    keys = timed(stream)
    ticking, deaf = Desk(setting).type(keys).rest(), Desk(setting).type(keys, ticking=False).rest()
    assert (ticking.scans, ticking.plain) == (deaf.scans, deaf.plain)


@given(
    st.text("ABDF0123456789", min_size=4, max_size=30).filter(lambda code: len(set(code)) > 1),
    st.lists(st.floats(0, 35), min_size=31, max_size=31),
)
def test_every_code_at_a_scanners_pace_is_a_scan(code: str, pauses: list[float]) -> None:
    keys = timed(list(zip(code + "\r", pauses, strict=False)))
    assert outcome(keys) == ([code], "")


@given(st.text("ABDF0123456789", min_size=4, max_size=30), st.integers(0, 29), st.floats(101, 499))
def test_no_part_of_a_burst_with_a_long_gap_is_a_scan(code: str, where: int, pause: float) -> None:
    cut = 1 + where % (len(code) - 1)
    head = at_pace(code[:cut], 5)
    assert outcome(head + at_pace(code[cut:] + "\r", 5, after(head, pause))) == ([], code + "\r")


@given(st.text("ABDF0123456789", min_size=4, max_size=30), st.lists(st.floats(61, 450), min_size=31, max_size=31))
def test_no_person_types_a_scan(code: str, pauses: list[float]) -> None:
    keys = timed(list(zip(code + "\r", pauses, strict=False)))
    assert outcome(keys) == ([], code + "\r")


def test_a_code_typed_by_a_scanner_has_its_aim_identifier_split_off() -> None:
    at = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    scan = keyed_scan("]C0FD20024619", at, "keyboard")
    assert (scan.symbology, scan.text, scan.source, scan.faults) == ("]C0", "FD20024619", "keyboard", ())


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("FD20024619", ()),
        ("fd20024619", ("caps lock",)),
        ("r20260002010", ()),
        ("FD£20024619", ("layout",)),
        ('A1-A1 "@£¬~#', ("layout",)),
        ("1042942132", ()),
    ],
)
def test_a_wrong_keyboard_state_shows_in_the_code(text: str, findings: tuple[str, ...]) -> None:
    assert layout_findings(text) == findings


def test_caps_lock_is_seen_for_the_shapes_given_only() -> None:
    assert layout_findings("Q-abc1", (r"q-[A-Z0-9]+",)) == ("caps lock",)
    assert layout_findings("fd20024619", ()) == ()


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert set(layout_findings(text)) <= {"caps lock", "layout"}


def burst_of(keys: str, settings: BurstSettings) -> Decision:
    burst = KeyboardBurst(settings)
    return [burst.key(char, at) for char, at in at_pace(keys, 7)][-1]


def test_the_rhythm_of_a_burst_is_kept_as_evidence() -> None:
    assert burst_of("FD20024619\r", BurstSettings()).keyed == Keyed(11, 7, 7, prefixed=False)
    assert burst_of("~~FD20024619\r", PREFIXED).keyed == Keyed(13, 7, 7, prefixed=True, layout_known=True)
    assert burst_of("F9FD20024619\r", BurstSettings(prefix="F9")).keyed == Keyed(13, 7, 7, prefixed=True)


def test_a_prefix_seen_through_a_wrong_layout_is_the_prefix_all_the_same_and_tells_which() -> None:
    decided = burst_of("¬¬FD£2\r", PREFIXED)
    assert (decided.scan, decided.state) == ("FD£2", KeyboardState.US_SCANNER)
    scan = keyed_scan("FD£2", AT, "keyboard", (), decided.keyed, decided.state)
    assert (scan.text, scan.raw.decode(), scan.repaired) == ("FD#2", "FD£2", "US scanner on a UK computer")
    decided = burst_of("gmsfd20\r", BurstSettings(prefix="GMS"))
    assert keyed_scan("fd20", AT, "keyboard", (), decided.keyed, decided.state).text == "FD20"


def test_what_a_known_state_cannot_show_is_marked_and_not_guessed() -> None:
    scan = keyed_scan("FD|2", AT, "keyboard", (), None, KeyboardState.US_SCANNER)
    assert (scan.text, scan.faults, scan.repaired) == ("FD|2", ("layout",), "")


printed = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)


@given(printed, st.sampled_from(KeyboardState))
def test_what_a_wrong_keyboard_shows_is_put_back_or_not_guessed_at(code: str, state: KeyboardState) -> None:
    shown = seen(code, state)
    assert shown is None or typed(shown, state) == code


@given(printed)
def test_a_us_scanner_on_a_uk_computer_hides_nothing(code: str) -> None:
    shown = seen(code, KeyboardState.US_SCANNER)
    assert shown is not None


@given(st.text(max_size=30))
def test_other_readings_are_other_codes(text: str) -> None:
    assert all(one.text != text for one in readings(text))


def test_two_signs_of_a_uk_scanner_look_alike_on_a_us_computer() -> None:
    assert typed("A\\B", KeyboardState.UK_SCANNER) is None
    assert seen("A#B", KeyboardState.UK_SCANNER) is None
    assert typed("é1", KeyboardState.CAPS_LOCK) is None
