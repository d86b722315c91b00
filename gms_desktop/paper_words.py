"""What is said of papers that are looked at, printed and saved."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

NO_QUEUE = (
    "No printer for paper is set up here. Name its queue as a further printer in Settings, one that prints no labels, "
    "or save a copy and print that."
)
NOTHING_TO_LOOK_AT = "Nothing here has pages. Save a copy to open it."


def not_taken(queue: str) -> str:
    """The print system made no job of it."""
    return f"The queue {queue} did not take it: nothing was printed. Look whether the queue is there, then print again."


def printed(queue: str) -> Verdict:
    """The queue says that it handed everything on."""
    return Verdict(VerdictKind.FINISHED, "Sent to the printer", f"The queue {queue} has handed it to its printer.")


def unknown(queue: str) -> Verdict:
    """Nobody knows how much of it was printed."""
    said = f"Whether all of it was printed is unknown: look at the printer of the queue {queue}."
    return Verdict(VerdictKind.ATTENTION, "Look at the printer", said)


def saved(path: str) -> Verdict:
    """A copy was saved."""
    return Verdict(VerdictKind.FINISHED, "Saved", f"It is saved as {path}.")


def page(number: int, pages: int) -> str:
    """Which page is in view."""
    return f"Page {number} of {pages}"


def document(number: int, documents: int) -> str:
    """Which of several papers is in view."""
    return f"Paper {number} of {documents}"


def tried(codes: int, queue: str) -> str:
    """A page was made, shown, printed into a file and read back."""
    usual = f"the usual queue of Qt is {queue}" if queue else "Qt knows no usual queue here"
    return f"a page was made, shown, printed into a file and its {codes} codes read back; {usual}"


def not_as_made(sent: str) -> str:
    """What was printed into a file is not what was made."""
    return f"A page that was printed into a file ({sent}) does not read as it was made. Install the application again."


def not_tried_in(seconds: float) -> str:
    """The process that tries it said nothing in time."""
    return f"nothing was heard of it for {seconds:.0f} s"


def ended(code: int) -> str:
    """The process that tries it ended without a word."""
    return f"the application, started once more, ended with {code} and said nothing"


def not_made(why: str) -> str:
    """For the doctor: no page can be made, shown or printed."""
    return f"no paper can be made, shown or printed ({why}). Install the application again."
