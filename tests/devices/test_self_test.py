"""The self-test: whatever a scanner does to three codes, the bench learns it, or says what to set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanners.layout import KeyboardState, seen
from devices.scanners.self_test import CODES, GS, SIGNS, Fault, Heard, Refusal, Stroke, Taught, hear, teach

KEYS = {"F9": "Find", "Ctrl+Z": "Undo", "Ctrl+Shift+H": "Hold"}
AIM = {1: "]C0", 2: "]d1", 3: "]C1"}
# How a US keyboard shows what a scanner set to the UK types: several signs fall together there.
_UK_ON_US = str.maketrans('"@#~£', '@"\\|#')


def strokes(text: str, gap: float = 8) -> tuple[Stroke, ...]:
    return tuple(Stroke(sign, "Ctrl+]" if sign == GS else "", 1000 + place * gap) for place, sign in enumerate(text))


def shown(text: str, state: KeyboardState | None) -> str:
    """What the computer shows of what the scanner types."""
    if state is None:
        return text
    if state in {KeyboardState.UK_SCANNER, KeyboardState.UK_SCANNER_CAPS}:
        text = text.translate(_UK_ON_US)
        return text.swapcase() if state is KeyboardState.UK_SCANNER_CAPS else text
    through = seen(text, state)
    assert through is not None
    return through


def scans(
    prefix: str = "~~",
    suffix: str = "",
    end: str = "\r",
    *,
    aim: bool = True,
    separator: str = GS,
    state: KeyboardState | None = None,
    gap: float = 8,
) -> dict[int, Heard | Refusal]:
    found: dict[int, Heard | Refusal] = {}
    for number, content in CODES.items():
        sent = prefix + (AIM[number] if aim else "") + content.replace(GS, separator) + suffix + end
        found[number] = hear(strokes(shown(sent, state), gap), KEYS, typing=True)
    return found


def taught(found: dict[int, Heard | Refusal]) -> Taught:
    learnt = outcome(found)
    assert isinstance(learnt, Taught)
    return learnt


def outcome(found: dict[int, Heard | Refusal]) -> Taught | Refusal | None:
    heard = {number: one for number, one in found.items() if isinstance(one, Heard)}
    assert set(heard) == set(CODES), found
    return teach(heard, typing=True)


def test_a_scanner_that_is_set_well_is_understood() -> None:
    assert taught(scans()) == Taught("~~", "", "CR", aim=True, separator=GS)


@pytest.mark.parametrize("prefix", ["", "~~", "#", "$%", "]C0"])
@pytest.mark.parametrize("suffix", ["", "*"])
@pytest.mark.parametrize(("end", "name"), [("\r", "CR"), ("\n", "LF"), ("\r\n", "CRLF")])
@pytest.mark.parametrize("aim", [True, False])
def test_prefix_suffix_end_and_aim_identifier_are_told_apart(
    prefix: str, suffix: str, end: str, name: str, *, aim: bool
) -> None:
    learnt = taught(scans(prefix, suffix, end, aim=aim))
    assert (learnt.prefix, learnt.suffix, learnt.terminator, learnt.aim) == (prefix, suffix, name, aim)


@pytest.mark.parametrize("separator", [GS, "", "|", "{GS}", "^"])
def test_the_separator_is_found_kept_dropped_or_replaced(separator: str) -> None:
    assert taught(scans(separator=separator)).separator == separator


@pytest.mark.parametrize(
    ("state", "layouts", "caps"),
    [
        (None, None, False),
        (KeyboardState.CAPS_LOCK, None, True),
        (KeyboardState.US_SCANNER, KeyboardState.US_SCANNER, False),
        (KeyboardState.UK_SCANNER, KeyboardState.UK_SCANNER, False),
        (KeyboardState.US_SCANNER_CAPS, KeyboardState.US_SCANNER, True),
        (KeyboardState.UK_SCANNER_CAPS, KeyboardState.UK_SCANNER, True),
    ],
)
@pytest.mark.parametrize("aim", [True, False])
def test_a_wrong_layout_and_caps_lock_are_told_and_the_prefix_is_seen_through_them(
    state: KeyboardState | None, layouts: KeyboardState | None, *, caps: bool, aim: bool
) -> None:
    learnt = taught(scans("Gx$", aim=aim, state=state))
    assert (learnt.prefix, learnt.state, learnt.caps, learnt.aim) == ("Gx$", layouts, caps, aim)


def test_a_prefix_of_signs_that_the_layouts_exchange_is_told_through_them() -> None:
    assert taught(scans("~~", state=KeyboardState.US_SCANNER)).prefix == "~~"
    # On a US computer both "#" and "\" of a UK scanner are seen as "\": the prefix cannot be told.
    refused = outcome(scans("#", state=KeyboardState.UK_SCANNER))
    assert isinstance(refused, Refusal)
    assert refused.fault is Fault.LAYOUT


@pytest.mark.parametrize("key", list(KEYS))
@pytest.mark.parametrize("at", [0, 5, -1])
def test_a_key_of_the_application_is_refused_wherever_the_scanner_sends_it(key: str, at: int) -> None:
    sent = list(strokes(f"~~{CODES[1]}\r"))
    sent.insert(len(sent) if at == -1 else at, Stroke("", key, 1001))
    found = hear(sent, KEYS, typing=True)
    assert isinstance(found, Refusal)
    # Within the code it breaks the code; before, behind and in a separator's place it is named.
    assert found.fault is Fault.NOT_OURS if at == 5 else (found.fault, found.what) == (Fault.KEY, key)


def test_a_separator_sent_as_a_function_key_is_refused_with_what_the_key_does() -> None:
    head, _, tail = CODES[3].partition(GS)
    sent = (*strokes(head), Stroke("", "F9", 2000), *strokes(f"{tail}\r"))
    assert hear(sent, KEYS, typing=True) == Refusal(Fault.KEY, "F9", "Find")


@pytest.mark.parametrize(
    ("sent", "fault", "what"),
    [
        ((*strokes(CODES[1]), Stroke("\r", "Ctrl+M")), Fault.CONTROL, "Ctrl+M"),
        ((Stroke("", "F1"), *strokes(f"{CODES[1]}\r")), Fault.CONTROL, "F1"),
        (strokes(CODES[1]), Fault.NO_TERMINATOR, ""),
        (strokes(f"~~{CODES[1]}~~"), Fault.NO_TERMINATOR, ""),
        (strokes(f"{CODES[1]}\t"), Fault.TAB, "Tab"),
        (strokes(f"\t{CODES[1]}\r"), Fault.UNPRINTABLE, "Tab"),
        (strokes(f"\r{CODES[1]}\r"), Fault.UNPRINTABLE, "Enter"),
        (strokes(f" {CODES[1]}\r"), Fault.UNPRINTABLE, "a space"),
        (strokes(f"{CODES[1].upper()}\r"), Fault.CASE, ""),
        (strokes(f"{CODES[1].lower()}\r"), Fault.CASE, ""),
        (strokes(CODES[2].replace(SIGNS, "3456") + "\r"), Fault.LAYOUT, ""),
        (strokes("FD20024619\r"), Fault.NOT_OURS, ""),
        (strokes(f"{CODES[1][1:]}\r"), Fault.NOT_OURS, ""),
    ],
)
def test_what_cannot_be_worked_with_is_refused_by_name(sent: tuple[Stroke, ...], fault: Fault, what: str) -> None:
    found = hear(sent, KEYS, typing=True)
    assert isinstance(found, Refusal)
    assert (found.fault, found.what) == (fault, what)


def test_a_prefix_that_stands_on_one_code_only_is_refused() -> None:
    found = scans("~~") | {2: scans("")[2]}
    assert outcome(found) == Refusal(Fault.UNLIKE)
    found = scans() | {2: scans(end="\n")[2]}
    assert outcome(found) == Refusal(Fault.UNLIKE)


def test_an_aim_identifier_before_the_prefix_is_refused_of_a_scanner_that_types() -> None:
    heard = {}
    for number, content in CODES.items():
        one = hear(strokes(f"{AIM[number]}~~{content}\r"), KEYS, typing=True)
        assert isinstance(one, Heard)
        heard[number] = one
    assert teach(heard, typing=True) == Refusal(Fault.AIM_FIRST, "~~")
    assert teach(heard, typing=False) == Taught("~~", "", "CR", aim=True, separator=GS)


def test_a_scanner_as_slow_as_a_person_needs_a_prefix() -> None:
    refused = outcome(scans("", gap=60))
    assert isinstance(refused, Refusal)
    assert refused.fault is Fault.SLOW
    assert taught(scans("~~", gap=60)).prefix == "~~"


def test_a_scanner_on_a_port_may_end_with_tab_and_has_no_rhythm() -> None:
    heard = {}
    for number, content in CODES.items():
        one = hear([Stroke(sign) for sign in f"{content}\t"], KEYS, typing=False)
        assert isinstance(one, Heard)
        heard[number] = one
    assert teach(heard, typing=False) == Taught("", "", "TAB", aim=False, separator=GS)


@given(text=st.text(max_size=60), typing=st.booleans())
def test_whatever_comes_is_a_code_of_the_sheet_or_a_refusal(text: str, *, typing: bool) -> None:
    found = hear(strokes(text), KEYS, typing=typing)
    assert isinstance(found, Refusal) or found.number in CODES


@given(
    prefix=st.text("~#$%^&*+=<>?abcXYZ0123456789", max_size=5),
    suffix=st.text("~$%^&*+=<>?abcXYZ", max_size=3),
    end=st.sampled_from(["\r", "\n", "\r\n"]),
    separator=st.sampled_from([GS, "", "|", "~", "^"]),
    aim=st.booleans(),
)
def test_every_scanner_that_is_set_in_one_way_is_learnt_as_it_is(
    prefix: str, suffix: str, end: str, separator: str, *, aim: bool
) -> None:
    learnt = taught(scans(prefix, suffix, end, aim=aim, separator=separator))
    assert (learnt.prefix, learnt.suffix, learnt.separator, learnt.aim) == (prefix, suffix, separator, aim)


def test_nothing_is_learnt_before_every_code_was_scanned() -> None:
    heard = {number: one for number, one in scans().items() if isinstance(one, Heard) and number != 3}
    assert teach(heard, typing=True) is None
    assert teach({}, typing=True) is None
