"""Every sentence of the shift handover: on the sheet, on its screen, and of what signing it came to."""

from __future__ import annotations

from gms_desktop import hold_words, words
from gms_desktop.domain.verdicts import Verdict, VerdictKind

URGENT_MARK = "URGENT"
NEXT = "Next"
URGENT = "Urgent, expected or not taken up"
OPEN = "Open work and its step"
LABELS = "Labels not on their tubes"
HELD = "On hold"
UNDECIDED = "Received, not decided"
LIMITS = "Time left from collection"
REVIEW = "In dispute, and left to do"
SECONDS = "Waiting for a second person"
SESSIONS = "Sessions without PIN, to review"
CLOCKS = "Clocks that end before the next shift"
DEVICES = "Devices away at this bench"
SHARING = "Not shared yet"
EMPTY = {
    URGENT: "No urgent request is expected, and every urgent specimen was taken up by its next step.",
    OPEN: "No bench has a request open.",
    LABELS: "Every label of every bench is on its tube.",
    HELD: "No specimen is on hold.",
    UNDECIDED: "Every specimen received has its outcome. Urgent ones without one stand at the top.",
    LIMITS: "No step with a limit is past it, ends before the next shift, or lacks its collection time.",
    REVIEW: "Nothing is in dispute, and no settled case left anything to do.",
    SECONDS: "Nothing waits to be confirmed or countersigned.",
    SESSIONS: "No session without PIN waits to be reviewed.",
    CLOCKS: "No clock ends before then.",
    DEVICES: "Every device of this bench is ready.",
    SHARING: "Nothing of this bench waits to be shared.",
}
NO_NEXT_SHIFT = "The roster names no next shift, so every clock stands here. An administrator approves a roster."
EXAMPLE_ROSTER = "The roster is an EXAMPLE: the laboratory has not approved one."
LABEL_STATES = {
    "intended": "waiting for the printer",
    "sending": "on its way to the printer",
    "sent": "sent to the printer, not scanned on its tube",
    "printed": "printed, not scanned on its tube",
    "not sent": "not printed",
    "unknown": "not known whether it was printed",
    "put off": "put off",
}
LABEL_ACTIONS = {
    "intended": "Wait for the printer, put it on its tube and scan it; Devices says why it waits.",
    "sending": "Wait for the printer, put it on its tube and scan it.",
    "printed": "Put it on its tube and scan it; not found, print it again with a reason.",
    "sent": "Put it on its tube and scan it; not found, print it again with a reason.",
    "not sent": "Look at Devices, then print it again.",
    "unknown": "Look at the printer: there, put it on its tube and scan it; not there, print it again.",
    "put off": "Print it, put it on its tube and scan it, before another patient.",
}
STOPS = {
    "opening": "opening the tube",
    "testing": "testing",
    "leaving": "leaving the laboratory",
}
HOLD_ACTION = "Find out what is missing, then accept or reject it: scan it on Find."
CONSENT_ACTION = "Do no further step with it. Consent stated anew ends this hold: scan it on Find."
LIMIT_ACTION = "Do it now, and say so: scan it on Find."
LIMIT_PAST_ACTION = "Do it, or decide that it is too old: scan it on Find."
LIMIT_UNKNOWN_ACTION = "Ask the sender when it was collected; until then it counts as late: do it now."
DECIDE_ACTION = "Compare it with its request, then accept, hold or reject it."
URGENT_NEXT = "Tell the next step, or take it up: scan it on Find."
URGENT_AWAITED = "Look for it in each delivery; ask the sender where it is."
REVIEW_RACK = "Leave it in the review rack."
TASK_ACTION = "Do it, then say so on Review."
LINK_ACTION = "A second person looks at both on Review, and links them or not."
FIX_IT_ACTION = "To be put right on Expected."
SHARE_ACTION = "Leave this bench switched on: it shares them by itself. Other benches do not see them until then."
RENEW_ACTION = "Renew it before it ends, or somebody else does the job."
NOTE_MISSING = "Enter the note."
NOTE_LABEL = "A note for the next shift"
NOTE_HINT = "It stands on the sheet until somebody acknowledges it by name"
NOTE_CONFIRM = "Add this note"
ACKNOWLEDGE = "I have read it"
PRINT = "Print the sheet"
HAND_OVER = "Hand over: sign this sheet"
TAKE_OVER = "Take over: sign this sheet"
MAKE_NEW = "Make a new sheet"
NOT_SIGNED = "not signed yet"
NOBODY = "nobody is signed in"


def held_stands(reasons: str, since: str, by: str, stops: str, comment: str) -> str:
    """Why a specimen is on hold, since when, and what that stops."""
    said = f"{reasons}. On hold since {since}, by {by}."
    if stops:
        said += f" It stops {stops}."
    return f'{said} "{comment}"' if comment else said


def chased(times: int, at: str) -> str:
    """How often somebody was chased, and when last."""
    return f" {hold_words.chased(times).capitalize()}, last {at}." if times else ""


def limits_note(total: int) -> str:
    """How many steps have a limit, those with time left until after the next shift begins as well."""
    return f"{total:,} {'step has' if total == 1 else 'steps have'} a limit in all." if total else ""


def more(count: int) -> str:
    """A list that is longer than a sheet can be."""
    return f"The first {count} stand here. There are more: see Today and Find."


def lead(things: int, urgent: int, notes: int) -> str:
    """How much is open."""
    if not things and not notes:
        return "Nothing is open, and no note was left: nothing has to be handed over."
    said = "Nothing is open."
    if things == 1:
        said = f"1 thing is open, {'urgent' if urgent else 'not urgent'}."
    elif things:
        said = f"{things} things are open, {f'{urgent} of them' if urgent else 'nothing'} urgent."
    return f"{said} {notes_wait(notes)}"


def notes_wait(notes: int) -> str:
    """How many notes wait."""
    if not notes:
        return "No note waits to be acknowledged."
    return "1 note waits to be acknowledged." if notes == 1 else f"{notes} notes wait to be acknowledged."


def as_of(at: str, shared: str, waiting: int) -> str:
    """Up to when the sheet knows of other benches."""
    own = "" if not waiting else f" {entries(waiting)} of this bench {'is' if waiting == 1 else 'are'} not shared yet."
    return f"{at}, with what this bench knew then. {shared.rstrip('.')}.{own}"


def entries(count: int) -> str:
    """A number of entries."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def alone() -> str:
    """A bench that shares with no hub."""
    return "This bench works on its own: it has no hub, and knows of no other bench"


def next_shift(begins: str, name: str) -> str:
    """When somebody is on duty next."""
    return f"The next shift ({name}) begins {begins}."


def label_step(number: str, tube: int, state: str) -> str:
    """A tube in hand: its label is not on it yet."""
    return f"label {number} of tube {tube} is {LABEL_STATES[state]}" if state in LABEL_STATES else ""


def outcome_step(number: str, tube: int) -> str:
    """A tube in hand that has its label: it is not decided."""
    return f"tube {tube}, {number}, waits for its outcome"


def open_step(in_hand: str, awaited: int, put_aside: int) -> str:
    """At which step an open request is."""
    said = [in_hand] if in_hand else []
    if awaited:
        said.append(f"{awaited} {'tube is' if awaited == 1 else 'tubes are'} awaited")
    if put_aside:
        said.append(f"{put_aside} {'label was' if put_aside == 1 else 'labels were'} put off or spoiled")
    return words.names(tuple(said)) if said else "every tube is here, labelled and decided"


def open_action(bench: str, in_hand: str, awaited: int, put_aside: int) -> str:
    """What to do next about an open request."""
    if in_hand:
        return f"At {bench}: {in_hand[:1].lower()}{in_hand[1:]}"
    if put_aside:
        return f"At {bench}: print the labels again, put them on and scan them."
    if awaited:
        return f"At {bench}: receive what has come, then close the request (F12). What has not come stays expected."
    return f"At {bench}: close the request (F12)."


def asked_stands(by: str, bench: str, at: str, due: str, *, overdue: bool) -> str:
    """Who asked for a second person."""
    said = f"By {by}, {bench}, {at}."
    if not due:
        return said
    return f"{said} {'OVERDUE: it was' if overdue else 'It is'} to be countersigned by {due}."


def asked_action(who: str, *, later: bool) -> str:
    """What a second person does about it."""
    return f"{'Countersign' if later else 'Confirm or decline'} it on Today, at any bench: {who}, not who asked."


def given_stands(by: str, at: str) -> str:
    """A confirmation that was not used yet."""
    return f"Confirmed by {by}, {at}."


def given_action(by: str) -> str:
    """What is done with a confirmation."""
    return f"{by} does it now. The confirmation serves once."


def session_stands(bench: str, at: str, reason: str, comment: str) -> str:
    """A session that was opened without PIN."""
    said = f"Opened at {bench}, {at}: {reason}."
    return f'{said} "{comment}"' if comment else said


def session_action(who: str) -> str:
    """Who reviews it."""
    return f"Look at what was done in it, on People: {who}, never oneself."


def settled_by(who: str) -> str:
    """Who settles a case."""
    return f"{REVIEW_RACK} It is settled on Review by {who}."


def ends(when: str, *, overdue: bool) -> str:
    """When a clock ends."""
    return f"OVERDUE: ended {when}." if overdue else f"Ends {when}."


def rows_wait(count: int) -> str:
    """Rows of files that did not land."""
    return f"{count} {'row' if count == 1 else 'rows'} of imported files"


def heading(things: int, handed_by: str) -> str:
    """What the Handover screen awaits."""
    if handed_by:
        return f"{handed_by} hands over: read it, then take over"
    return "Nothing is open: hand over" if not things else f"{things} open: read it through, then hand over"


def note_written() -> Verdict:
    """A note was written."""
    return Verdict(VerdictKind.FINISHED, "Note added", "It stands on the sheet until somebody acknowledges it by name.")


def note_acknowledged(by: str) -> Verdict:
    """A note was acknowledged."""
    return Verdict(VerdictKind.FINISHED, "Acknowledged", f"{by} has read it. It stands on the sheet no more.")


def note_gone() -> Verdict:
    """A note that somebody acknowledged before."""
    return Verdict(VerdictKind.ALREADY, "Acknowledged before", "Somebody has read this note. Nothing was changed.")


def handed_over(by: str) -> Verdict:
    """A shift was handed over."""
    said = f"{by} has signed this sheet. Whoever takes over reads it and signs it, at this bench or another."
    return Verdict(VerdictKind.FINISHED, "Handed over", said)


def taken_over(by: str, former: str) -> Verdict:
    """A shift was taken over."""
    return Verdict(VerdictKind.FINISHED, "Taken over", f"{by} has taken the shift over from {former}.")


OWN_WAITS = "You have handed over: somebody else takes over"
NOT_YOURS = "Your role may read this sheet and print it. It is signed by whoever may hand a shift over: see People."
OWN_HANDOVER = "Nobody takes over from themselves. Whoever comes on duty scans their badge and takes over."
NOTHING_HANDED_OVER = "No sheet waits to be taken over. Whoever goes off duty signs one first."
SHEET_CHANGED = "This is not the sheet that was handed over. Open Handover again and read the one that was."
