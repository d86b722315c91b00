"""Made-up views of the scanner's self-test, as its desk paints them."""

from __future__ import annotations

from devices.scanners.layout import KeyboardState
from devices.scanners.self_test import Fault, Refusal, Taught
from gms_desktop import self_test_words as words
from gms_desktop.domain.verdicts import VerdictKind
from ui.screens.self_test import CodeLine, SelfTestView


def _codes(*found: str, kind: VerdictKind = VerdictKind.FINISHED) -> tuple[CodeLine, ...]:
    titles = [f"{number}. {title}" for number, (title, _) in words.SHEET_CODES.items()]
    return tuple(
        CodeLine(title, one or words.AWAITED, kind if one else None) for title, one in zip(titles, found, strict=True)
    )


_TAUGHT = Taught("~~", "", "CR", aim=True, separator="|")
_ODD = Taught("", "", "CR", aim=False, separator="", state=KeyboardState.US_SCANNER, caps=True)
BEGUN = SelfTestView(words.order(1), _codes("", "", ""))
REFUSED = SelfTestView(
    words.order(2),
    _codes("Ends with Enter (CR). Caps Lock is off", "", ""),
    words.refused(Refusal(Fault.KEY, "F9", "Find")),
)
FOUND = SelfTestView(
    words.HEARD_ALL,
    _codes("Ends with Enter (CR). Caps Lock is off", "The layouts agree", "The separator is replaced by “|”"),
    words.ready(_TAUGHT),
    words.found(_TAUGHT, typing=True),
    may_save=True,
)
ODD = SelfTestView(
    words.HEARD_ODD,
    _codes(
        "Ends with Enter (CR). Caps Lock is on",
        "US scanner on a UK computer",
        "The separator is dropped",
        kind=VerdictKind.ATTENTION,
    ),
    words.ready(_ODD),
    words.found(_ODD, typing=True),
    may_save=True,
)
