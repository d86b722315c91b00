"""Every sentence about weighing at the bench."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import refused

WEIGHING = "Weighing"
WEIGHING_MORE = "The balance is asked until the pan is at rest. Keep your hands off the bench."


def lay_it_on(code: str) -> str:
    """What to do once a thing was scanned: a heading."""
    return f"Lay {code} on the balance, and weigh"


def scan_first() -> Verdict:
    """Weigh was pressed before anything was scanned."""
    return refused("Scan it first", "Scan the tube or specimen that lies on the balance. Then weigh.")


def no_balance() -> str:
    """The settings name none."""
    return "This bench has no balance. Name its port in Settings."


def another_scanned(code: str) -> Verdict:
    """Another thing was scanned while the balance was being asked."""
    return refused("Weigh again", f"{code} was scanned while the pan came to rest. Nothing was recorded: weigh again.")


def nothing_recorded(why: str) -> Verdict:
    """No weight that may be kept; why, and what to do."""
    return refused("Not weighed", f"{why} Nothing was recorded.")


def nothing_on_it(shown: str) -> Verdict:
    """A weight of nought or less."""
    return refused("Nothing on the pan", f"The balance shows {shown}. Lay the tube on the pan, and weigh again.")


def weighed(code: str, shown: str, said: str) -> Verdict:
    """A weight is on disk, with what the rules say of it."""
    more = f" {said[:1].upper()}{said[1:]}." if said else ""
    return Verdict(VerdictKind.FINISHED, "Weighed", f"{code}: {shown}.{more}")


def fails(code: str, shown: str, said: str) -> Verdict:
    """A weight outside its limits is on disk."""
    return Verdict(VerdictKind.ATTENTION, "Outside its limits", f"{code}: {shown}. {said[:1].upper()}{said[1:]}.")
