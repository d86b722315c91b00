"""Every sentence about putting right what was said of a consignment, at its receiver and at its sender."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

WHY = "Why is it corrected?"
WHY_PROBLEM = "Say why it is corrected. What was said before stays in the history."
NOTHING_PROBLEM = "Nothing differs from what is recorded. Correct it, or go back."
NOT_ARRIVED = "It has not arrived: another consignment was meant"
ACT = "Record the correction"
CORRECT, TAKE_BACK = "Correct what they said", "Take our answer back"
UNDO = {"reconciled": "It is not reconciled after all", "ended": "It has not ended after all"}
TAKEN_BACK = "taken back: nothing of this consignment was answered"
ANSWER_AGAIN = "the answer was taken back: write another, once it came"
UNSETTLED, NONE_UNSETTLED = "Corrected, not reconciled", "Every corrected answer was reconciled."


def asks(number: str) -> str:
    """The question when what a receiver said was recorded wrongly."""
    return f"What is right of {number}?"


def asks_undo(number: str, step: str) -> str:
    """The question before a step is taken back."""
    return f"Why is {number} not {step} after all?"


def asks_take_back(number: str) -> str:
    """The question before our answer is taken back."""
    return f"Why does nothing of our answer to {number} hold?"


def not_now(number: str) -> Verdict:
    """Nothing was said of it yet."""
    return refused("Nothing to correct", f"Nobody said how {number} arrived. Say so first.")


def none_to_take_back(number: str) -> Verdict:
    """No answer of ours counts."""
    return refused("Nothing to take back", f"No answer to {number} counts here. Write the answer.")


def corrected(number: str, amiss: int) -> Verdict:
    """What was said is put right."""
    if not amiss:
        return _done("Corrected", f"{number} arrived with everything in it. Reconcile it.")
    things = "1 thing is" if amiss == 1 else f"{amiss} things are"
    return attention("Corrected, not as sent", f"{number} arrived; {things} missing, damaged or rejected.")


def not_arrived(number: str) -> Verdict:
    """It is on its way as before."""
    return attention("Not arrived after all", f"{number} is on its way again. Ask the receiver whether it arrived.")


def undone(number: str, step: str) -> Verdict:
    """A step was taken back."""
    return _done("Taken back", f"{number} is not {step} any more. Go on from there.")


def taken_back(number: str, sender: str) -> Verdict:
    """Our answer is taken back, in a file for whoever has it."""
    return attention(
        "Answer taken back",
        f"Nothing of our answer to {number} holds. Save the file with its papers and send it to {sender}.",
    )


def they_took_back(number: str) -> Verdict:
    """The receiver took back an answer that was never taken in here."""
    return attention(
        "Taken back there", f"The receiver takes back what it answered to {number}. The file is kept with it."
    )


def said_by(reason: str, who: str, laboratory: str) -> str:
    """Why a receiver corrects its answer, and who says so."""
    return f"{reason or 'No reason was given'} ({', '.join(part for part in (who, laboratory) if part)})"


def corrects(said: str, reason: str, who: str) -> str:
    """What an answer says, where it stands in place of an earlier one."""
    why = f": {reason}" if reason else ""
    by = f" ({who})" if who else ""
    return f"{said}. Corrects the answer before{why}{by}"


def on_letter(reason: str, who: str, *, withdrawn: bool) -> str:
    """Above the list of a letter that corrects an earlier one."""
    by = f" ({who})" if who else ""
    if withdrawn:
        return f"We take back our earlier answer, nothing of it holds. Why: {reason}{by}."
    return f"This stands in place of our earlier answer. Why: {reason}{by}."


def fact(times: int, reason: str) -> str:
    """How often what was said was corrected, and why the last time."""
    often = "once" if times == 1 else f"{times} times"
    return f"{often}, the last time: {reason}" if reason else often


def entry_arrived(number: str, amiss: int) -> str:
    """A correction in the history."""
    return f"correct how {number} arrived, {f'{amiss} missing, damaged or rejected' if amiss else 'all as sent'}"


def entry_not_arrived(number: str) -> str:
    """A withdrawal in the history."""
    return f"{number} has not arrived after all"


def entry_undone(number: str, step: str) -> str:
    """A step that was taken back, in the history."""
    return f"{number} is not {step} after all"


def entry_answer(*, withdrawn: bool) -> str:
    """A correction of our own answer, in the history."""
    return "take back our answer to a consignment" if withdrawn else "correct our answer to a consignment"


def unsettled(reason: str) -> str:
    """A corrected consignment on Today."""
    return f"corrected, look at it and reconcile it: {reason}" if reason else "corrected, look at it and reconcile it"


def _done(title: str, sentence: str) -> Verdict:
    return Verdict(VerdictKind.FINISHED, title, sentence)
