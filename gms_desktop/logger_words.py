"""Every sentence about a temperature logger's file that is attached to a consignment."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

_DO = "It can be attached as CSV with a column for the time and one in °C, or as PDF."


def not_read(why: str) -> Verdict:
    """A file that is neither a logger's nor an answer."""
    said = {
        "unit": "Its temperatures are not in °C. Export it again in °C.",
        "empty": "Its table holds no reading.",
    }.get(why, "The file is no receiver's signed answer, and no temperature logger's table.")
    return refused("Not taken in", f"{said} {_DO}")


def none_in_view() -> Verdict:
    """A logger's file without the consignment that it travelled with."""
    return refused("Which consignment?", "Scan the number of the consignment that the logger travelled with first.")


def not_left(number: str) -> Verdict:
    """A logger's file for what has not left."""
    return refused("Not left yet", f"{number} was not handed over: its logger cannot be back. Look at the number.")


def known(number: str) -> Verdict:
    """The same file again."""
    return Verdict(VerdictKind.ALREADY, "Known already", f"This file is attached to {number} already.")


def not_kept(why: str) -> Verdict:
    """The file could not be kept."""
    return refused("Not attached", f"{why.rstrip('.')}. Nothing was recorded: drop it again.")


def attached(number: str) -> Verdict:
    """A PDF, which nobody reads but a person."""
    return attention("Attached, not read", f"The PDF is kept with {number}. Look at its temperatures yourself.")


def within(number: str, said: str) -> Verdict:
    """Everything was as the receiver wants it."""
    return Verdict(VerdictKind.FINISHED, "Within its range", f"{number}: {said}.")


def no_limits(number: str, said: str, whose: str) -> Verdict:
    """Nobody laid down how warm it may be."""
    return attention(
        "No limits laid down",
        f"{number}: {said}. The {whose} does not say how warm it may be: look at it yourself.",
    )


def gaps(number: str, said: str) -> Verdict:
    """The logger has no temperature for some of the time."""
    return attention(
        "Readings missing", f"{number}: {said}. Nobody knows how warm it was then: ask whoever read it out."
    )


def outside(number: str, said: str, first: str) -> Verdict:
    """A limit was broken."""
    return attention("Outside its range", f"{number}: {said}, the first at {first}. Tell the receiver and a senior.")


def summary(lowest: str, highest: str, readings: int, gaps: int, outside: int, limits: str) -> str:
    """What a logger said, in one line."""
    many = "1 reading" if readings == 1 else f"{readings} readings"
    if not readings:
        return f"no temperature among {gaps} lines"
    missing = f", {gaps} without a temperature" if gaps else ""
    broken = f", {outside} outside {limits}" if outside else f", all within {limits}" if limits else ""
    return f"{many} from {lowest} to {highest} °C{missing}{broken}"


def pdf() -> str:
    """A file that nobody read but a person."""
    return "PDF, look at it"


def on_letter(name: str, said: str) -> str:
    """What a logger said, as a sentence of the letter to the sender."""
    return f"{name}: {said}."


def told(many: int) -> str:
    """What a receiver's answer says of the logger that lay in the box, where a limit was broken."""
    readings = "1 reading was" if many == 1 else f"{many} readings were"
    return f"By the temperature logger in the box, {readings} outside the range. Tell a senior."


def times(said: tuple[str, ...], more: int) -> str:
    """When it was outside."""
    rest = f" and {more} more" if more else ""
    return f"{'; '.join(said)}{rest}"
