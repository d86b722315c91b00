"""Every sentence about families and tumours that go in one consignment, and about what goes without the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention

WHY = "why"
FIELDS = ((WHY, "Why it goes without them"),)
SAY_WHY = "Say why it goes without them, or pack who is missing."
CONFIRM = "Close it without them"
TUMOURS = "Tumours of one person"
WENT_WITHOUT = "Went without"
EXPECTED = "expected, not here"
ANOTHER_TUMOUR = "another tumour"


def rejected(number: str) -> str:
    """A specimen that was rejected at reception."""
    return f"{number}, rejected"


def no_tube(number: str) -> str:
    """A specimen whose DNA is in no FluidX tube."""
    return f"{number}, in no FluidX tube yet"


def in_tube(number: str, tube: str, consignment: str) -> str:
    """A specimen whose DNA is in a tube, and the consignment that holds it where one does."""
    return f"{number}, tube {tube}{f', in {consignment}' if consignment else ''}"


def who(role: str, where: str) -> str:
    """One who is missing, and what is known of where that is."""
    return f"{role} ({where})"


def apart(about: str, lacking: Sequence[str]) -> str:
    """A family, or the tumours of a person, of which some are not in the consignment."""
    goes = "go" if about == TUMOURS else "goes"
    return f"{about} {goes} in one consignment. Not in this one: {', '.join(lacking)}."


def without(about: str, lacking: Sequence[str]) -> str:
    """The same for the record."""
    return f"{about}: {', '.join(lacking)}"


def packed(verdict: Verdict, found: Sequence[str], *, tumours: bool) -> Verdict:
    """Something was packed, and somebody who belongs to it was not."""
    what = "tumours apart" if tumours else "family not whole"
    title = f"{verdict.title}, {what}"
    said = f"{verdict.sentence} {' '.join(found)} Pack who is missing as well."
    return replace(verdict, kind=VerdictKind.ATTENTION, title=title, sentence=said)


def asks(number: str) -> str:
    """The question before a consignment is closed in which somebody is missing."""
    return f"Close {number} without them?"


def not_closed(title: str, found: Sequence[str], many: int) -> Verdict:
    """It stays open until somebody says why."""
    more = f" And {many - len(found)} more." if many > len(found) else ""
    return attention(title.rstrip("?"), f"{' '.join(found)}{more} {SAY_WHY}")


def stated(lacking: Sequence[str], why: str) -> str:
    """What a consignment went without, and why, once it was closed."""
    return f"{'; '.join(lacking)}. {why}".strip()


def recorded(number: str, lacking: Sequence[str]) -> str:
    """The entry in words."""
    return f"close consignment {number} without {'; '.join(one.partition(': ')[2] or one for one in lacking)}"
