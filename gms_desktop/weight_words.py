"""Every sentence about weighing at the bench."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import refused

WEIGHING = "Weighing"
WEIGHING_MORE = "The balance is asked until the pan is at rest. Keep your hands off the bench."


def lay_it_on(code: str) -> str:
    """What to do once a thing was scanned: a heading."""
    return f"Lay {code} on the balance, and weigh"


TARING = "Taring"
TARING_MORE = "The balance is asked until the pan is at rest, and then counts from what lies on it."


def tared(code: str, container: str, shown: str) -> Verdict:
    """The balance counts from the empty container."""
    said = f"By {container}; it shows {shown}. Put into it what is weighed of {code}, then weigh."
    return Verdict(VerdictKind.FOUND, "Tared", said)


def not_tared(why: str) -> Verdict:
    """What stands in the way of a tare."""
    return refused("Not tared", f"{why} It counts as it did before.")


def still_shows(said: str) -> Verdict:
    """The balance was told to, and did not."""
    return refused("Not tared", f"It still weighs the container: {said} Tare it on the balance itself, and look.")


def net(content: str, container: str) -> str:
    """A weight of which the container's was taken off."""
    return f"{content} beside its container of {container}"


def scan_first() -> Verdict:
    """Weigh was pressed before anything was scanned."""
    return refused("Scan it first", "Scan the tube or specimen that lies on the balance. Then tare or weigh.")


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
