"""Every sentence about the self-test of a scanner: the sheet, the screen that is shown it, and what was found."""

from __future__ import annotations

from collections.abc import Mapping

from devices.scanners.layout import KeyboardState
from devices.scanners.self_test import Fault, Heard, Refusal, Taught
from gms_desktop.domain.verdicts import Verdict, VerdictKind

SHEET_TITLE = "Scanner self-test sheet"
SHEET_HOW = (
    "1. Print this sheet at 100 %. On the bench go to Devices and press Teach the bench its scanner.",
    "2. Set the scanner as you want it: a prefix of one or two rare signs such as ~~, and Enter after each code.",
    "3. Scan the three codes below, each once, in any order. Cover the others with your hand.",
    "4. The screen says what it found of each. Put right what it refuses, scan that code again, then save.",
)
SHEET_CODES: Mapping[int, tuple[str, str]] = {
    1: ("Begin and end", "Code 128. Shows prefix, suffix, what ends a code, the AIM identifier, and Caps Lock."),
    2: ("Keyboard layout", "Data Matrix with signs that UK and US keyboards exchange."),
    3: ("Group separator", "GS1-128 of a made-up kit. Shows whether the separator (FNC1, GS) arrives."),
}
SHEET_FOOT = "The scanner's own guide has the codes that set it. This sheet changes nothing in the scanner."
SAVE_SHEET = "Save the self-test sheet"
MAKE_SHEET = "Self-test sheet as PDF"
OPEN = "Teach the bench its scanner"
AGAIN = "Begin again"
BACK = "Go back, change nothing"
SAVE = "Save for this bench"
AWAITED = "not scanned yet"
NOT_YET = "Scan all three codes: what the scanner does stands here then."
SAVED = "The scanner is saved in this bench's settings. Scan a tube: it is read like this from now on."
NOT_ALIKE = "Put one thing right, then begin again"
HEARD_ALL = "All three read. Save this"
HEARD_ODD = "All three read. Put right what is said, or save"
WHAT_IS_FOUND = "What was found"

_advice: Mapping[Fault, tuple[str, str]] = {
    Fault.NOT_OURS: (
        "Not of the sheet",
        "What came is not one of the three codes, or part of it is missing. Cover the other codes and scan again.",
    ),
    Fault.CASE: (
        "Letters changed",
        "The scanner changes the case of letters. Set it to send letters as they are, then scan again.",
    ),
    Fault.LAYOUT: (
        "Layout not known",
        "The signs came as neither a UK nor a US keyboard sends them. Set both to the UK layout, then scan again.",
    ),
    Fault.KEY: (
        "A key of this program",
        (
            "The scanner sends {what}, the key for “{meaning}” here. Set it to send plain signs before and after the "
            "code, Enter at its end, and no function keys. Then scan again."
        ),
    ),
    Fault.CONTROL: (
        "A control key",
        (
            "The scanner sends {what}, which is no sign. Set it to end each code with Enter and to send no other key, "
            "then scan again."
        ),
    ),
    Fault.NO_TERMINATOR: (
        "Nothing ends the code",
        "The scanner sends nothing after the code. Set it to send Enter (CR) after each code, then scan again.",
    ),
    Fault.TAB: (
        "Tab ends the code",
        (
            "The scanner ends each code with Tab, which goes to the next field of a form. Set it to end with Enter, "
            "then scan again."
        ),
    ),
    Fault.UNPRINTABLE: (
        "Prefix or suffix",
        (
            "Before or after the code the scanner sends {what}, which a person types too. Set plain signs such as ~~, "
            "or nothing, then scan again."
        ),
    ),
    Fault.AIM_FIRST: (
        "AIM comes first",
        (
            "The scanner sends the AIM identifier before its prefix {what}, so the prefix is seen too late. Set the "
            "prefix first, or no AIM identifier, then begin again."
        ),
    ),
    Fault.SLOW: (
        "Too slow",
        (
            "The scanner types with gaps of {what} ms, as slowly as a person. Set its delay between signs to 0, "
            "or give it a prefix, then begin again."
        ),
    ),
    Fault.UNLIKE: (
        "Not alike",
        (
            "What stands before or after the code differs from code to code. Set one prefix and one ending for all "
            "sorts of codes, then begin again."
        ),
    ),
}
_ENDS = {"CR": "Enter (CR)", "LF": "LF", "CRLF": "Enter and LF (CR LF)", "TAB": "Tab"}
_SEPARATORS = {"\x1d": "kept", "": "dropped: lots of reagents may not be read"}


def sheet_saved(path: str) -> str:
    """Where the sheet is."""
    return f"The self-test sheet is saved as {path}."


def refused(refusal: Refusal) -> Verdict:
    """What stands in the way, and what to set."""
    title, sentence = _advice[refusal.fault]
    return Verdict(VerdictKind.REFUSED, title, sentence.format(what=refusal.what, meaning=refusal.meaning))


def heard(said: Heard, *, typing: bool) -> str:
    """What one code has shown."""
    if said.number == 1:
        caps = (". Caps Lock is on" if said.caps else ". Caps Lock is off") if typing else ""
        return f"Ends with {_ENDS[said.terminator or 'CR']}{caps}"
    if said.number == 2:
        if not typing:
            return "Every sign arrives"
        return said.state.value if said.state else "The layouts agree"
    return f"The separator is {separator(said.separator)}"


def separator(arrived: str) -> str:
    """How the group separator arrived."""
    return _SEPARATORS.get(arrived, f"replaced by “{arrived}” and put back")


def found(taught: Taught, *, typing: bool) -> tuple[tuple[str, str], ...]:
    """How the scanner is set, line by line; one on a port meets no keyboard."""
    wanted = "not set: give it one such as ~~, so that no scan is taken for typing"
    keyboard = (
        ("Keyboard layout", taught.state.value if taught.state else "scanner and computer agree"),
        ("Caps Lock", "on: turn it off" if taught.caps else "off"),
    )
    return (
        ("This scanner", "types like a keyboard" if typing else "sends over its port"),
        ("Prefix", taught.prefix or (wanted if typing else "not set")),
        ("Suffix", taught.suffix or "not set"),
        ("Ends with", _ENDS[taught.terminator]),
        ("AIM identifier", "sent" if taught.aim else "not sent: better sent, it tells kits from tubes"),
        ("Group separator", separator(taught.separator)),
        *(keyboard if typing else ()),
    )


def ready(taught: Taught) -> Verdict:
    """Everything is known; what is odd is said, and may be saved all the same."""
    odd = []
    if taught.caps:
        odd.append("Turn Caps Lock off.")
    if taught.state is not None:
        odd.append(f"The keyboard layouts differ ({taught.state.value}): set both to the same, then begin again.")
    if not taught.separator:
        odd.append("The group separator is dropped: set the scanner to send GS.")
    if odd:
        return Verdict(VerdictKind.ATTENTION, "Read, with remarks", f"{' '.join(odd)} It may be saved as it is.")
    return Verdict(
        VerdictKind.FINISHED, "Scanner understood", "Save it, and the bench reads this scanner as it is set."
    )


def known(taught: Taught | Refusal | None) -> str:
    """What to do once all codes were read."""
    if not isinstance(taught, Taught):
        return NOT_ALIKE
    return HEARD_ALL if ready(taught).kind is VerdictKind.FINISHED else HEARD_ODD


def read(said: Heard, *, typing: bool) -> Verdict:
    """One code was read, and others are to come."""
    return Verdict(VerdictKind.FOUND, f"Code {said.number} read", f"{heard(said, typing=typing)}. Scan the next code.")


def not_saved(why: str) -> Verdict:
    """The settings cannot be written."""
    return Verdict(VerdictKind.REFUSED, "Not saved", f"{why} Then save again.")


def order(missing: int) -> str:
    """What is awaited."""
    return f"Scan code {missing} of the self-test sheet"


def state_words(state: KeyboardState | None) -> str:
    """How the layouts go together, as the settings keep it."""
    return state.value if state is not None else "same"
