"""Every sentence about labels on their way: why they wait, what is asked about one, and what became of it."""

from __future__ import annotations

from devices.values import PrinterCondition
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

STANDS = {
    PrinterCondition.PAUSED: "the printer is paused",
    PrinterCondition.PAPER_OUT: "the printer has no labels in",
    PrinterCondition.RIBBON_OUT: "the printer has no ribbon in",
    PrinterCondition.HEAD_OPEN: "the printer's head is open",
    PrinterCondition.BUFFER_FULL: "the printer holds as many as it can",
    PrinterCondition.JAM: "something is stuck in the printer",
    PrinterCondition.CUTTER: "the printer's cutter is stuck",
    PrinterCondition.TOO_HOT: "the printer is too hot",
    PrinterCondition.TOO_COLD: "the printer is too cold",
    PrinterCondition.PRINT_HEAD: "the printer's head has a fault",
    PrinterCondition.CORRUPT_RAM: "the printer has lost its settings",
    PrinterCondition.DIAGNOSTIC: "the printer would print numbers instead of labels",
    PrinterCondition.FAULT: "the printer has a fault",
    PrinterCondition.HALF_REPLY: "the printer's answer broke off",
    PrinterCondition.GARBLED: "the printer's answer cannot be read",
    PrinterCondition.SILENT: "the printer does not answer",
    PrinterCondition.NOT_TAKEN: "the printer has not taken the last label",
    PrinterCondition.NO_ROOM: "the disk of the label folder is full",
    PrinterCondition.READ_ONLY: "the label folder may not be written",
    PrinterCondition.NO_QUEUE: "this computer has no such printer",
    PrinterCondition.REFUSING: "the printer's queue is stopped",
    PrinterCondition.UNREACHABLE: "the printer is away",
    PrinterCondition.OTHER_RESOLUTION: "the printer prints another resolution",
    PrinterCondition.NOT_RELEASED: "no label of its layout was read back from this printer: scan the last one",
}
"""Why labels wait, as the second half of a sentence; all conditions but ready."""
STATES = {
    "intended": "waits to be sent",
    "sending": "on its way to the printer",
    "sent": "sent to the printer, not scanned on its tube",
    "printed": "printed, not scanned on its tube",
    "unknown": "printed or not: look at the printer",
    "not sent": "not printed",
    "put off": "put off",
}
SENT_UNTOLD = "sent; this printer does not say when a label is out: scan it on its tube"
"""Of a copy that never becomes "printed", lest anybody waits for that."""
NOT_NAMED = "no printer is named for these labels in Settings"
"""Why a label waits whose sort of labels the settings name no printer for any more."""
SETTLED = {"verified": "on its tube", "spoiled": "spoiled"}
DROPPED = "taken out of the queue"
TITLE = "Labels of this bench"
EMPTY = "No label waits: every label printed here is on its tube."


def more(count: int) -> str:
    """How many lines of the list are not shown."""
    return f"{count} more come after these."


def _good(title: str, sentence: str) -> Verdict:
    return Verdict(VerdictKind.MATCHES, title, sentence)


def behind(number: str) -> str:
    """Why a label waits: one of another patient lies on the bench."""
    return f"label {number} of another patient is not on its tube"


def heading(waiting: int, why: str, unknown: int) -> str:
    """What the labels of a bench need; empty where they need nobody."""
    if unknown:
        return "1 label: did it come out?" if unknown == 1 else f"{unknown} labels: did they come out?"
    if not waiting:
        return ""
    labels = "1 label waits" if waiting == 1 else f"{waiting} labels wait"
    return f"{labels}: {why}" if why else labels


def order_waits(tube: int, why: str) -> str:
    """The order at reception while the label of the tube in hand waits."""
    return f"Label {tube} waits: {why}"


def waits(number: str, why: str, to_do: str) -> Verdict:
    """A tube was matched and its label does not come out."""
    then = to_do or "Scan that label on its tube first."
    said = f"Label {number} is not printed yet: {why}. {then} Or put it off: Ctrl Shift L."
    return attention("Label waits", said)


def former_copy(number: str, copy: int) -> Verdict:
    """A label was scanned while a newer copy of it is still to come out."""
    said = f"Copy {copy} of label {number} is not printed yet. Destroy the one scanned; wait for copy {copy}."
    return refused("A former copy", said)


def of_a_thing(said: str) -> str:
    """What is said of a label on a tube, said of one on a plate, a rack or a place."""
    return said.replace("its tube", "what it is for").replace(", before another patient", "")


def why_again(number: str) -> str:
    """What is asked before a label is printed again."""
    return f"Why is label {number} printed again?"


def again(number: str) -> str:
    """The button that prints a label again."""
    return f"Print label {number} again"


def at(printer: str, why: str) -> str:
    """Why labels wait, at a bench that has more than one printer."""
    return f"at {printer}, {why}"


def in_queue(number: str) -> Verdict:
    """A further copy was asked for of a label that is still to come out."""
    said = f"Label {number} is in the queue and comes out once. Devices says why it waits."
    return attention("In the queue", said)


def came_out(number: str) -> Verdict:
    """Somebody saw that a label is there."""
    return _good("Came out", f"Label {number} came out. Put it on its tube, then scan it.")


def not_out(number: str, copy: int) -> Verdict:
    """Somebody saw that a label is not there; the next copy is on its way."""
    return _good("Printing again", f"Copy {copy} of label {number} prints. Should the former one turn up, destroy it.")


def dropped(number: str) -> Verdict:
    """A label was taken out of the queue."""
    return attention("Out of the queue", f"Label {number} does not come out. Its tube still needs one: print it again.")


def all_dropped(count: int) -> Verdict:
    """Every label was taken out of the queue."""
    what = "1 label does" if count == 1 else f"{count} labels do"
    return attention("Queue emptied", f"{what} not come out. Each tube still needs its label: print it again.")


def tried(count: int) -> Verdict:
    """The printer is asked now, and the queue goes on where it can."""
    what = "1 label comes" if count == 1 else f"{count} labels come"
    return _good("Trying now", f"The printer is asked now. {what} out in order once it is ready.")


def queue_empty() -> Verdict:
    """Nothing waits to be sent."""
    return attention("Nothing waits", "No label waits to be sent to the printer.")


def put_off(number: str) -> Verdict:
    """A label of the queue is put off."""
    return attention("Label put off", f"Label {number} is put off. Print it again once its tube can take it.")


def spoiled(number: str) -> Verdict:
    """A label of the queue is no good."""
    return attention(
        "Label spoiled", f"Destroy label {number}. Its tube still needs one: find {number}, print it again."
    )


def printing_again(number: str, copy: int, destroy: bool) -> Verdict:
    """A further copy of a label of the queue is on its way."""
    then = " Destroy the former copy." if destroy else ""
    return _good("Printing again", f"Copy {copy} of label {number} prints.{then}")


def gone(number: str) -> Verdict:
    """What was asked about a label does not fit it any more."""
    return attention("Changed meanwhile", f"Label {number} is not as it was. Look at the list, then choose again.")
