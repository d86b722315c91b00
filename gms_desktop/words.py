"""Every sentence a person sees from the services, in one place: what was scanned, what was expected, what to do.

NHS style: no blame, no jargon, an instruction where there is one. A test reads every sentence for banned words.
"""

from __future__ import annotations

from gms_desktop.domain.identifiers.barcode import Recognised
from gms_desktop.domain.verdicts import Verdict, VerdictKind

SCAN_FIRST = "Scan a tube or its request"
SIGN_IN_FIRST = "Tap your badge to sign in"
LOCKED = "Locked. Tap your badge"
REHEARSAL = "REHEARSAL  made-up patients, simulated devices"

OUTCOME_WORDS = {
    "accepted": "accepted",
    "accepted with comment": "accepted with comment",
    "accepted at discretion": "accepted at discretion",
    "on hold": "on hold",
    "rejected": "rejected",
    "surplus": "surplus, stored",
}
NOT_STATED = "not stated"
GIVE_WHAT_TO_FIND = (
    "Say what to find: a code, one of our numbers, a referral or a name, such as gms-desktop find FD20024619."
)
PATIENT_NUMBER_AS_CODE = (
    "The sender's number looks like the patient's NHS number. Enter it under NHS number, and leave the sender's number "
    "empty when the tube has no other."
)


def begun(said: str) -> str:
    """The same as a sentence begins; a number or a unit in it keeps its capitals."""
    return said[:1].upper() + said[1:]


def refused(title: str, sentence: str) -> Verdict:
    """A scan or act that does nothing: the sentence says what to do instead."""
    return Verdict(VerdictKind.REFUSED, title, sentence)


def attention(title: str, sentence: str) -> Verdict:
    """Something a person must decide or see to."""
    return Verdict(VerdictKind.ATTENTION, title, sentence)


def locked_scan() -> Verdict:
    """A scan while the screen is locked."""
    return refused(
        "Locked", "Nothing was done. Sign in first, then scan again. If this was a badge, it belongs to nobody here."
    )


def unreadable(faults: tuple[str, ...]) -> Verdict:
    """A scan whose bytes are no clean text."""
    what = ", ".join(faults)
    return refused(
        "Not readable",
        f"The scanner sent bytes that are no code ({what}). Wipe the code, then scan again. If every code comes so, "
        "check its speed and cable in Settings.",
    )


def caps_lock(code: str) -> Verdict:
    """A code that is right once Caps Lock is off."""
    return refused("Caps Lock", f"{code} came with its letters turned round. Turn Caps Lock off, then scan again.")


def keyboard_put_right(state: str) -> str:
    """A keyboard state by which codes come otherwise than they were scanned."""
    if state == "caps lock":
        return "Caps Lock is on. Codes with a check character are put right, others are refused. Turn Caps Lock off."
    return (
        f"The keyboard layouts differ ({state}). What is certain is put right, other codes are refused. "
        "Set scanner and computer to the same layout."
    )


def layout_swap(code: str) -> Verdict:
    """A code with characters that a UK and a US keyboard exchange."""
    return refused(
        "Keyboard layout",
        f"{code} has signs that a UK and a US keyboard exchange. Set scanner and computer to the same layout.",
    )


def run_together(parts: tuple[str, ...]) -> Verdict:
    """Two codes in one scan."""
    named = " and ".join(parts) or "two codes"
    return refused("Two codes at once", f"The scanner sent {named} as one. Cover one of them, then scan again.")


def wrong_kind(code: str, what: str) -> Verdict:
    """A code of a kind that reception cannot use."""
    return refused("Not a specimen", f"{code} is {what}. Scan a tube, its request or its referral.")


LOOKS_LIKE = {
    "accession": "one of our numbers",
    "downtime": "a downtime number",
    "fluidx": "the code of a FluidX tube or rack",
    "lab_sample_id": "a laboratory sample number of NGIS",
    "referral": "a referral of NGIS",
    "participant": "a participant of NGIS",
    "nhs_number": "an NHS number",
    "gs1": "the code of a kit or consumable",
    "gtin": "a product code of a kit or consumable",
    "ods": "an organisation code",
    "run_together": "two codes read as one",
    "command_card": "a command card",
}


def looks_like(kinds: tuple[Recognised, ...]) -> str:
    """What a code looks like, whatever it is; empty for one that looks like nothing known."""
    named = list(dict.fromkeys(LOOKS_LIKE[one.kind.value] for one in kinds if one.kind.value in LOOKS_LIKE))
    return " or ".join(named)


def unknown_code(code: str, looks: str) -> Verdict:
    """A code that stands on nothing known here."""
    shape = f" It looks like {looks}." if looks else ""
    return refused(
        "Not expected",
        f"{code} belongs to no expected request.{shape} Scan another code of it, or book an unannounced arrival. "
        "A bag's code: enter its delivery first.",
    )


def nothing_found(query: str, looks: str) -> Verdict:
    """A code or words that lead to nothing."""
    shape = f" It looks like {looks}." if looks else ""
    kit = " A kit is entered by scanning it on Today." if "kit" in looks else ""
    return refused(
        "Nothing found",
        f"{query} is on no patient, request, tube or label here.{shape}{kit} Check it, or scan another code.",
    )


def foreign_label(number: str, whose: str) -> Verdict:
    """A label of ours that belongs elsewhere, while one label is awaited."""
    return refused("Wrong label", f"This is label {whose}. Expected {number}: put {number} on its tube and scan it.")


def label_first(number: str, tube: int) -> Verdict:
    """Another tube while a label waits for its tube."""
    return refused(
        "Label first",
        f"Label {number} waits for tube {tube}. Put it on, scan it, or put it off with a reason. Keep this tube apart.",
    )


def someone_elses(code: str, whose: str, tube: int, who: str, number: str) -> Verdict:
    """A form, or a tube, of another patient while a label waits for the tube in hand."""
    return refused(
        "Someone else's",
        f"{code} is of {whose}. In hand is tube {tube} of {who}, label {number}. Keep the two apart. If they came "
        f"together, hold tube {tube} and say why.",
    )


def own_code(code: str, number: str, tube: int) -> Verdict:
    """The code of the tube in hand, scanned again while its label waits."""
    return Verdict(
        VerdictKind.ALREADY,
        "This tube",
        f"{code} is on tube {tube}, which is received. Put label {number} on it and scan the label. "
        "Another tube with this code: keep it apart until then.",
    )


def spoiled_label(number: str) -> Verdict:
    """A label that must not be on any tube."""
    return refused("Spoiled label", f"Label {number} was spoiled. Take it off and destroy it, then print another.")


def answer_first(title: str) -> Verdict:
    """A scan while a question stands open."""
    return refused("Answer first", f"The question “{title}” is open. Answer it, or go back with Ctrl Shift X.")


def patient_change(numbers: str) -> Verdict:
    """Another patient's code while this one's labels are put off."""
    return refused(
        "Labels put off", f"Labels {numbers} of this patient are not on their tubes yet. Print and scan them first."
    )


def awaited(tubes: int) -> str:
    """How many tubes of a request are still to come."""
    return f"{tubes} {'tube is' if tubes == 1 else 'tubes are'} awaited"


def opened(name: str, tubes: int) -> Verdict:
    """A request is open."""
    return Verdict(VerdictKind.FOUND, "Found", f"{name}. {awaited(tubes)}.")


def tube_matches(who: str, tube: int, kind: str, number: str) -> Verdict:
    """A tube of the open request; its label is on its way out of the printer."""
    return Verdict(
        VerdictKind.MATCHES, "Matches", f"{who} tube {tube}, {kind}. Label {number} is on its way for this tube."
    )


def accepted(tube: int, number: str, then: tuple[str, ...] = ()) -> Verdict:
    """The label is on its tube and the person has compared; ``then``: what must come before work on it."""
    said = (f"Tube {tube} is {number}, compared and labelled", *then)
    return Verdict(VerdictKind.ACCEPTED, "Accepted", " ".join(f"{one}." for one in said))


def verified(tube: int, number: str, outcome: str, then: tuple[str, ...] = ()) -> Verdict:
    """The label is on its tube; the outcome was said before; ``then``: what must come before work on it."""
    said = (f"Tube {tube} is {number}: {outcome}", *then)
    return Verdict(VerdictKind.FINISHED, "Label verified", " ".join(f"{one}." for one in said))


def repeated(code: str) -> Verdict:
    """The scanner sent the same code again at once."""
    return Verdict(VerdictKind.ALREADY, "Same scan", f"{code} came twice in a moment. It counts once.")


def already_received(number: str, outcome: str) -> Verdict:
    """A specimen that has been received before."""
    return Verdict(VerdictKind.ALREADY, "Already received", f"{number} is {outcome}. Nothing was changed.")


def same_again(code: str) -> Verdict:
    """A code that stands on a tube already received, scanned later again."""
    return attention(
        "Another tube?", f"{code} stands on a tube that is received already. Say whether this is another tube."
    )


def typed_number(number: str) -> Verdict:
    """Our number typed where its label must be scanned."""
    return refused(
        "Scan the label", f"Typing {number} does not show that its label is on the tube. Scan the label, or put it off."
    )


def not_printed(number: str) -> Verdict:
    """A number scanned whose label never left the printer."""
    return refused("Not printed", f"Label {number} was not printed. Print it again, put it on the tube, scan it.")


def label_trouble(number: str, state: str) -> Verdict:
    """What became of a label after its tube was matched."""
    if state == "unknown":
        return attention("Printed or not?", f"Whether label {number} was printed is not known. Look at the printer.")
    return attention(
        "Not printed", f"Label {number} was not printed. Look at Devices, then print it again or put it off."
    )


def scan_the_tube(code: str) -> Verdict:
    """A code of the form or the patient, where a tube's own code is awaited."""
    return attention(
        "Open already", f"{code} is no code of one tube. Scan the tube itself, or say that it has no code."
    )


def verified_number(number: str, outcome: str) -> Verdict:
    """The label is on its tube, whose request is not open here."""
    return Verdict(VerdictKind.FINISHED, "Label verified", f"{number} is {outcome}.")


def undone(what: str, labels: str = "") -> Verdict:
    """An act was undone."""
    tail = f" Take off and destroy label {labels}." if labels else ""
    return Verdict(VerdictKind.FINISHED, "Undone", f"It was: {what}.{tail}")


def rests_on(what: str, later: str) -> Verdict:
    """An act that later work rests on."""
    return refused("Cannot be undone", f"{later} rests on “{what}”. Undo that first, or correct it.")


def decided(tube: int, number: str, outcome: str, *, label_waits: bool) -> Verdict:
    """A hold, a rejection or an acceptance with words."""
    kind = VerdictKind.ACCEPTED if outcome.startswith("accepted") else VerdictKind.ATTENTION
    title = {"on hold": "On hold", "rejected": "Rejected", "surplus": "Surplus"}.get(outcome, "Accepted")
    tail = f" Put label {number} on it and scan it." if label_waits else ""
    return Verdict(kind, title, f"Tube {tube}, {number}, is {outcome}.{tail}")


def changed_meanwhile() -> Verdict:
    """A decision no longer stands on what is so."""
    return refused("Changed meanwhile", "This specimen was changed by someone else. Look at it again, then decide.")


def names(items: tuple[str, ...]) -> str:
    """A list in words: "surname, forename and date of birth"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def nothing_open() -> Verdict:
    """A command that needs an open request."""
    return refused("Nothing open", "No request is open. Scan a tube or its request first.")


def nothing_in_hand() -> Verdict:
    """A command that needs a tube in hand."""
    return refused("No tube in hand", "No tube waits for its label or its outcome. Scan the next tube.")


def label_waits(number: str, tube: int) -> Verdict:
    """A command that must wait for the label in hand."""
    return refused("Label first", f"Label {number} waits for tube {tube}. Put it on and scan it first.")


def choose(title: str, sentence: str) -> Verdict:
    """A question is open."""
    return attention(title.rstrip("?"), sentence)


def cancelled() -> Verdict:
    """A question was closed without an answer."""
    return Verdict(VerdictKind.ALREADY, "Cancelled", "Nothing was changed.")


def nothing_differs(tube: int) -> Verdict:
    """The marks were taken back."""
    return Verdict(VerdictKind.MATCHES, "Agrees again", f"Tube {tube}: nothing is marked as different any more.")


def put_off(number: str, tube: int) -> Verdict:
    """A label was put off."""
    return attention(
        "Label put off", f"Label {number} of tube {tube} is put off. It must be on before another patient."
    )


def spoiled(number: str, tube: int) -> Verdict:
    """A label was spoiled."""
    return attention("Label spoiled", f"Destroy label {number}. Print another for tube {tube}: Ctrl Shift P.")


def printing_again(number: str, copy: int, tube: int, *, destroy: bool = True) -> Verdict:
    """A further copy is on its way."""
    tail = " Destroy the former copy." if destroy else ""
    return attention("Printing again", f"Copy {copy} of {number} for tube {tube}.{tail}")


def finished(name: str, awaited: int) -> Verdict:
    """The request was closed by a person."""
    tail = f" {awaited} of its tubes {'has' if awaited == 1 else 'have'} not arrived." if awaited else ""
    return Verdict(VerdictKind.FINISHED, "Closed", f"{name} is closed.{tail}")


def same_tube() -> Verdict:
    """A code scanned again was the same tube."""
    return Verdict(VerdictKind.ALREADY, "Same tube", "It is received already. Nothing was changed.")


def unannounced(number: str) -> Verdict:
    """An unannounced arrival was booked from its tube."""
    return attention("Booked from the tube", f"{number} is on hold: no request. Put the label on and scan it.")


def nothing_to_undo() -> Verdict:
    """Nothing of the open batch is left to undo."""
    return refused("Nothing to undo", "Nothing of this batch can be undone here. Older work is corrected from Find.")


WRONG_PIN = "That is not the PIN of this badge. Enter it again, or tap another badge."


def signed_in(name: str) -> str:
    """A person is signed in."""
    return f"{name} is signed in."


def wait_for_pin(seconds: float) -> str:
    """Too many wrong PINs."""
    shown = f"{int(seconds) + 1} seconds" if seconds < 120 else f"{int(seconds // 60) + 1} minutes"
    return f"Too many wrong PINs. Wait {shown}, then enter it again."


def pin_wanted(name: str) -> Verdict:
    """A badge was read."""
    return Verdict(VerdictKind.FOUND, "Badge read", f"{name}, enter your PIN.")


def now_locked() -> Verdict:
    """The screen is locked."""
    return Verdict(VerdictKind.FINISHED, "Locked", "The work stays open. Tap your badge to go on.")


def lock_waits() -> Verdict:
    """The screen is not locked between print and scan-back."""
    return refused("Not locked", "A label waits for its tube. Scan the label first, or put it off, then lock.")


def not_on_hold(number: str) -> Verdict:
    """A decision from Find on a specimen that is not held."""
    return refused("Not on hold", f"{number} is not on hold. Only a hold can be answered here; undo is on Receive.")


def found_it(heading: str) -> Verdict:
    """Find has something to show."""
    return Verdict(VerdictKind.FOUND, "Found", f"{heading}.")


def imported(landed: int, waiting: int, already: int) -> Verdict:
    """A file was taken in."""
    said = [f"{landed} {'row' if landed == 1 else 'rows'} landed."]
    if already:
        said.append(f"{already} {'was' if already == 1 else 'were'} here already.")
    if waiting:
        said.append(f"{waiting} {'waits' if waiting == 1 else 'wait'} in the fix-it list, with the reason.")
    kind = VerdictKind.ATTENTION if waiting else VerdictKind.FINISHED if landed else VerdictKind.ALREADY
    return Verdict(kind, "Imported", " ".join(said))


def copy_prints(number: str, copy: int, *, destroy: bool = True) -> Verdict:
    """A further copy of a label is on its way, asked for from Find."""
    tail = " Destroy the former copy." if destroy else ""
    return attention("Printing again", f"Copy {copy} of {number}. Put it on the tube and scan it.{tail}")


def decided_from_find(number: str, outcome: str) -> Verdict:
    """A decision on a specimen shown by Find."""
    kind = VerdictKind.ACCEPTED if outcome.startswith("accepted") else VerdictKind.ATTENTION
    return Verdict(kind, outcome.capitalize(), f"{number} is {outcome}.")


def files_set_aside(name: str) -> str:
    """The store of files was damaged and is kept under another name."""
    return (
        f"The files kept as they came were damaged and are set aside as {name}; nothing was deleted. What the hub or a "
        "backup has of them comes back: gms-desktop verify says what is missing."
    )


def folded_anew(done: int, entries: int) -> str:
    """What the start of a newer version says while it makes the register anew."""
    return f"This version reads the journal anew: {done:,} of {entries:,} entries. Nothing can be scanned yet."


def clock_behind(minutes: int) -> str:
    """The computer's clock was put back since the bench last worked."""
    hours, rest = divmod(minutes, 60)
    parts = (
        f"{hours} hour{'s' if hours > 1 else ''}" if hours else "",
        f"{rest} minute{'s' if rest > 1 else ''}" if rest else "",
    )
    shown = " ".join(part for part in parts if part)
    return (
        f"The computer's clock is {shown} behind the last entry of this bench. Put the clock right: "
        "every entry carries its time. Nothing was lost."
    )


WRONG_KINDS = {
    "gs1": "a product code of a reagent or consumable",
    "gtin": "a product code: a reagent box",
    "ods": "an organisation code",
    "place": "a place in storage",
    "fluidx": "a FluidX tube or rack that nothing is expected in",
    "participant": "a participant number of nobody expected here",
    "referral": "a referral that is not expected here",
    "nhs_number": "an NHS number of nobody expected here",
    "accession": "one of our numbers, of nothing received at this bench",
    "command_card": "the code of a command card",
}
THINGS = {
    "eluate": "an eluate",
    "extraction": "an extraction batch",
    "tissue_case": "a tissue case",
    "piece": "a piece of tissue",
    "tube": "a FluidX tube in use here",
    "rack": "a rack",
    "plate": "a plate",
    "place": "a place in storage",
    "consignment": "a consignment",
    "index_plate": "an index plate",
    "library": "a library",
    "pool": "a pool",
    "document": "a paper that was made here",
}
"""What a code stands on that reception cannot use though it is known."""
