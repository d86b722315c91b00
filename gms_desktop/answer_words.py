"""Every sentence about the answer to a consignment: that we write to a sender, and that a receiver wrote to us."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

AT, RECEIVED, MISSING, DAMAGED, REJECTED = "at", "received", "missing", "damaged", "rejected"
UNEXPECTED, WORDS, REST = "unexpected", "words", "rest"
FIELDS = (
    (AT, "Arrived at"),
    (RECEIVED, "Came, not booked in"),
    (MISSING, "Not received"),
    (DAMAGED, "Damaged"),
    (REJECTED, "Rejected"),
    (UNEXPECTED, "Came, not on the list"),
    (WORDS, "Tell the sender"),
)
WHICH = "Which consignment was sent to us?"
NEEDS_AT = "Enter when it arrived, as 21/11/2026 16:40."
AT_AHEAD = "That time has not come yet. Enter when it arrived."
BEFORE_CLOSED = "That is before the sender closed it. Enter when it arrived."
NOT_HERE = "The signed file is not at this bench yet"
NOT_WRITTEN, NONE_TO_WRITE = "Answers to write", "Every signed consignment that came in was answered as it is."
NOT_BOOKED_IN = "not booked in"
NO_CODE = "This laboratory has no organisation code: no sender can take its answer in"
COMPARED = "compared with the sender"
CAME = {"missing": "not received", "damaged": "arrived damaged", "unexpected": "in the box, not on your list"}
NO_ANSWER_YET = "No answer written yet"


def no_answer(things: int) -> str:
    """A consignment on Today that nobody answered."""
    return f"{'1 thing' if things == 1 else f'{things} things'} expected of it: write its answer on Send away"


def outdated(consignment: str, numbers: tuple[str, ...]) -> str:
    """An answer that says of things that they never came, and they are booked in now."""
    named = ", ".join(numbers[:3]) + (f" and {len(numbers) - 3} more" if len(numbers) > 3 else "")
    which = "is" if len(numbers) == 1 else "are"
    return f"{consignment}: we answered that {named} never came, and {which} booked in now. Write the answer again"


def booked_in(number: str, outcome: str, reasons: tuple[str, ...]) -> str:
    """How far a thing has come at Receive."""
    why = f": {'; '.join(reasons)}" if reasons else ""
    return f"booked in as {number}, {outcome or 'not decided yet'}{why}"


def follows_in(number: str) -> str:
    """A thing that its sender left out of the box."""
    return f"not in this one: its sender says that it follows in {number}"


def not_compared(fingerprint: str) -> str:
    """A sender's key that nobody compared."""
    return f"{fingerprint}: not compared with the sender yet. Ring them, then have it entered in the rule set senders"


def for_another(name: str) -> str:
    """The sender addressed it to somebody else."""
    return f"The sender names {name} as its receiver. Ask the sender before anything is answered."


def came(number: str, sender: str, here: int, many: int) -> Verdict:
    """A consignment that was sent to us is in view."""
    things = "1 thing" if many == 1 else f"{many} things"
    return Verdict(VerdictKind.FOUND, f"Sent to us: {number}", f"From {sender}, {things}, {here} booked in.")


def nothing_came() -> Verdict:
    """No signed consignment was taken in."""
    return refused("Nothing came in", "Drop a sender's signed file on Expected, then answer it here.")


def not_in_view() -> Verdict:
    """A command about an incoming consignment without one."""
    return refused("Choose it first", "Choose the consignment that was sent to us, then write its answer.")


def file_away() -> Verdict:
    """The signed file is at another bench."""
    return refused(
        "File not here", f"{NOT_HERE}. Answer it where it came in, or save the file from Expected: that fetches it."
    )


def asks(number: str, said: int, many: int) -> str:
    """The question before an answer is written."""
    return f"What came of {number}? {said} of {many} are booked in. Enter numbers or codes"


def rest(numbers: tuple[str, ...]) -> str:
    """The choice that says that what is not booked in never came."""
    more = f" and {len(numbers) - 6} more" if len(numbers) > 6 else ""
    return f"Nothing else came. Not received: {', '.join(numbers[:6])}{more}"


def unsaid(numbers: tuple[str, ...]) -> str:
    """Things of which nobody said what became of them."""
    more = f" and {len(numbers) - 6} more" if len(numbers) > 6 else ""
    return (
        f"Say what became of {', '.join(numbers[:6])}{more}: book in at Receive what is here, enter the number below, "
        "or tick that nothing else came."
    )


def not_on_list(numbers: tuple[str, ...], number: str) -> str:
    """Numbers that the sender's list does not have."""
    return f"Not on the list of {number}: {', '.join(numbers)}. Enter them as in the box, though not on the list."


def on_list(numbers: tuple[str, ...], number: str) -> str:
    """Numbers that are on the sender's list, named as extra."""
    return f"On the list of {number}: {', '.join(numbers)}. They are not extra."


def is_here(numbers: tuple[str, ...]) -> str:
    """Numbers that were named as not received, though they are booked in."""
    return f"Booked in here, so received: {', '.join(numbers)}. Look at the labels again."


def came_of_it(outcome: str, words: str) -> str:
    """What came of one thing, on the letter."""
    said = CAME.get(outcome, outcome)
    return f"{said}: {words}" if words else said


def counts(received: int, missing: int, damaged: int, rejected: int, unlisted: int) -> str:
    """What an answer says, in numbers."""
    amiss = ((missing, "not received"), (damaged, "damaged"), (rejected, "rejected"), (unlisted, "not on the list"))
    return ", ".join((f"{received} received", *(f"{many} {what}" for many, what in amiss if many)))


def written(number: str, sender: str, said: str) -> Verdict:
    """The answer is signed and kept."""
    return Verdict(
        VerdictKind.FINISHED,
        "Answer written",
        f"It says of {number}: {said}. Save it with its papers and send it to {sender}.",
    )


def not_written(why: str) -> Verdict:
    """The answer could not be kept."""
    return refused("Answer not written", f"{why.rstrip('.')}. Nothing was recorded: write it again.")


def not_kept(why: str) -> Verdict:
    """A receiver's answer could not be kept."""
    return refused("Answer not taken in", f"{why.rstrip('.')}. Nothing was recorded: take it in again.")


def older(number: str) -> Verdict:
    """An answer that was written before the one that counts."""
    return attention(
        "Older answer", f"A later answer to {number} is recorded here already. This one is kept beside it."
    )


def of_ended(number: str) -> Verdict:
    """An answer to a consignment that ended."""
    return attention(
        "Ended already", f"{number} has ended, so nothing of it was changed. The answer is kept with it: look at it."
    )


def papers_saved(folder: str, many: int) -> Verdict:
    """The files of an incoming consignment are in a folder."""
    files = "1 file is" if many == 1 else f"{many} files are"
    return Verdict(VerdictKind.FINISHED, "Answer saved", f"{files} in {folder}. Send the last answer to the sender.")
