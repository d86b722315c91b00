"""Every sentence about sending things away: packing, closing, handing over, and what the receiver said."""

from __future__ import annotations

from gms_desktop.domain.consignments.arrival import Door
from gms_desktop.domain.consignments.packing import Stop, Why
from gms_desktop.domain.consignments.standing import State, Told
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

SCAN_FIRST = "Open a consignment, or scan its number"
WHERE_TO = "Where does the consignment go?"
URGENT = "It is urgent"
ONE_DESTINATION = "Choose one destination."
NO_DESTINATIONS = "No destination is in use. An administrator approves the rule set destinations."
COURIER, REFERENCE, SIGNED, AT = "courier", "reference", "signed", "at"
HAND_OVER_FIELDS = (
    (COURIER, "Courier"),
    (REFERENCE, "Courier's number"),
    (SIGNED, "Signed for by"),
    (AT, "Taken at, empty: now"),
)
MISSING, DAMAGED, REJECTED, HOW, WORDS = "missing", "damaged", "rejected", "how", "words"
ARRIVED_FIELDS = (
    (HOW, "Who said so, and how"),
    (AT, "Arrived at, empty: now"),
    (MISSING, "Not received: numbers or codes"),
    (DAMAGED, "Damaged: numbers or codes"),
    (REJECTED, "Rejected: numbers or codes"),
    (WORDS, "What they said of these"),
)
WHO, RECEIVER = "who", "receiver"
RECALL_FIELDS = ((WHO, "Who was told, at the receiver"), (AT, "Told at, empty: now"))
NEEDS_COURIER = "Enter the courier and the name of whoever signed for it."
NEEDS_HOW = "Enter who said that it arrived, and how."
NEEDS_WHO = "Enter who was told."
NO_TIME = "Enter the time as 21/11/2026 16:40, or leave it empty."
TIME_AHEAD = "That time has not come yet. Enter when it was."
STATES = {
    State.OPEN: "open: scan things in",
    State.PACKED: "packed and closed, not handed over",
    State.HANDED_OVER: "handed over, no answer yet",
    State.ARRIVED: "arrived, not reconciled",
    State.RECONCILED: "reconciled",
    State.ENDED: "ended",
}
TOLD = {
    Told.RECEIVED: "received",
    Told.MISSING: "not received",
    Told.DAMAGED: "arrived damaged",
    Told.REJECTED: "rejected by the receiver",
}
NO_PAPERS = "This consignment has no papers that count. Close it first."
SORTS = {
    "specimen": "specimens",
    "aliquot": "aliquots",
    "eluate": "eluates",
    "tube": "FluidX tubes",
    "pool": "pools",
    "plate": "plates",
    "rack": "racks",
    "piece": "pieces of tissue",
}
ONE = {"tube": "FluidX tube", "piece": "piece of tissue"}
DUE_BACK, NONE_DUE_BACK = "Due back from elsewhere", "Everything lent is back, or not due yet."
AWAITING, NONE_AWAITING = "Sent, no answer yet", "Every consignment that left was acknowledged."
NOT_HANDED_OVER = "Packed, not handed over"
NONE_NOT_HANDED_OVER = "Every closed consignment was handed over."
RECALLS, NO_RECALLS = "Tell the receiver", "Nothing that has left is in dispute, corrected or cancelled."
TITLES = {
    Why.DISPUTED: "In dispute",
    Why.DISCARDED: "Recorded as gone",
    Why.SENT: "Already sent",
    Why.PACKED_HERE: "Packed already",
    Why.PACKED_ELSEWHERE: "In another consignment",
    Why.FULL: "Consignment full",
    Why.NOT_IN_USE: "Destination not in use",
    Why.NOT_TAKEN: "Wrong for this destination",
    Why.MATERIAL: "Wrong for this destination",
    Why.NOT_ACCEPTED: "Not accepted",
    Why.HELD: "On hold",
    Why.FAILED: "Outside a limit",
    Why.SHORT: "Not what they ask for",
    Why.HIGH_RISK: "High risk",
    Why.CATEGORY_A: "Suspected Category A",
    Why.NO_REFERRAL: "Referral id missing",
    Why.NO_PARTICIPANT: "Participant id missing",
    Why.NO_TUBE: "FluidX tube missing",
    Why.DISAGREE: "Identifiers disagree",
    Why.PAPER: "Paper missing",
}


def conceded_rule(rule: str, version: str) -> str:
    """What was conceded, by its rule."""
    return f"outside rule {rule} v{version}, conceded"


def stop(one: Stop, name: str) -> str:
    """One reason why a thing is not packed, and what to do."""
    about = one.about
    sorts = ", ".join(SORTS.get(part, part) for part in about.split(", "))
    return {
        Why.DISPUTED: f"{name} is in dispute. Put it in the review rack: Review says what is not settled.",
        Why.DISCARDED: f"{name} is recorded as gone: {about}. Take it to a senior.",
        Why.SENT: f"{name} left in {about}. Set it aside: say that it was left behind, or that it came back.",
        Why.PACKED_HERE: f"{name} is in this consignment. Take it out with its button, or scan the next.",
        Why.PACKED_ELSEWHERE: f"{name} is packed in {about}, which is not this one. Take it out there first.",
        Why.FULL: f"It holds {about} things, the most that this site allows. Close it and open another.",
        Why.NOT_IN_USE: f"{about} is not in use. Choose another destination.",
        Why.NOT_TAKEN: f"{name} does not go there: it takes {sorts}.",
        Why.MATERIAL: f"{name} is {about}, which is not taken there.",
        Why.NOT_ACCEPTED: f"{name} was not accepted at reception. Decide it first.",
        Why.HELD: f"{name} may not leave: {about}. Find shows the hold.",
        Why.FAILED: f"{name} fails {about}, and nobody conceded it. Find has the button for a concession.",
        Why.SHORT: f"{name}: {about}. On Tissue, take what is missing or record the pathologist's agreement.",
        Why.HIGH_RISK: f"{name} is high risk, and {about} takes none. Ring them, or choose another destination.",
        Why.CATEGORY_A: f"{name} is marked as suspected Category A: no UN3373 box may hold it. Call a senior.",
        Why.NO_REFERRAL: f"{name} has no referral id. Add it to its request before it leaves.",
        Why.NO_PARTICIPANT: f"{name} has no participant id. Add it to its request before it leaves.",
        Why.NO_TUBE: f"{name} is in no FluidX tube. Put its DNA into one at Racks.",
        Why.DISAGREE: f"{name} has identifiers that disagree ({about}). Put its requests right before it leaves.",
        Why.PAPER: f"{name}: {about} is not here. Note it with what came with the specimen once it is.",
    }[one.why]


def disputed(name: str) -> str:
    """A thing that is in dispute stays out."""
    return stop(Stop(Why.DISPUTED), name)


def no_profile() -> Verdict:
    """The destination is in the laboratory's profiles no more, or none is in use."""
    return refused(TITLES[Why.NOT_IN_USE], NO_DESTINATIONS)


def not_packed(found: tuple[Stop, ...], name: str) -> Verdict:
    """A thing stays out, with every reason."""
    first = found[0]
    already = VerdictKind.ALREADY if first.why is Why.PACKED_HERE else VerdictKind.REFUSED
    return Verdict(already, TITLES[first.why], " ".join(stop(one, name) for one in found))


def rack_not_packed(rack: str, why: list[str], many: int) -> Verdict:
    """A whole rack stays out because of some of its tubes."""
    more = f" {many - len(why)} more." if many > len(why) else ""
    said = " ".join(why)
    return refused("Rack not packed", f"Rack {rack}, {many} of its tubes may not go: {said}{more} Take them out of it.")


def packed(name: str, place: int, number: str, container: str, concessions: tuple[str, ...]) -> Verdict:
    """A thing is in."""
    into = f" in {container}" if container else ""
    said = f"{name} is number {place} of {number}{into}."
    if concessions:
        return attention("Packed, with concession", f"{said} {'; '.join(concessions)}: printed on its papers.")
    return Verdict(VerdictKind.MATCHES, "Packed", said)


def rack_packed(rack: str, many: int, number: str, before: int) -> Verdict:
    """Every tube of a rack is in."""
    again = f" {before} of them were in it already." if before else ""
    return Verdict(VerdictKind.MATCHES, "Rack packed", f"{many} tubes of rack {rack} are in {number}.{again}")


def rack_not_read(rack: str) -> Verdict:
    """A rack goes only by a whole reading of it."""
    return refused(
        "Read the rack first",
        f"Rack {rack} was not read and saved whole for dispatch since it last changed. Read it on the Racks screen "
        "with the purpose dispatch, save it, then scan it here again.",
    )


def rack_is_empty(rack: str) -> Verdict:
    """A rack without a tube."""
    return refused("Rack empty", f"No tube stands in rack {rack}. Scan the rack that is meant.")


def not_sent(code: str) -> Verdict:
    """A code that stands on nothing that is sent."""
    return refused(
        "Not for here", f"{code} stands on nothing that is sent. Scan a tube, a rack, a plate or a specimen."
    )


def scan_it(code: str) -> Verdict:
    """Nothing is packed by a typed code."""
    return refused("Scan the code", f"{code} was typed. Scan what goes in: a thing is packed by its own code only.")


def opened(number: str, name: str, follows: str) -> Verdict:
    """A consignment is begun."""
    after = f" It follows {follows}." if follows else ""
    return Verdict(VerdictKind.MATCHES, "Consignment open", f"{number} for {name}.{after} Scan each thing in.")


def shown(number: str, name: str, state: State, many: int) -> Verdict:
    """A consignment is in view."""
    things = "1 thing" if many == 1 else f"{many} things"
    return Verdict(VerdictKind.FOUND, f"Consignment {number}", f"For {name}, {things}: {STATES[state]}.")


def not_open(number: str, state: State) -> Verdict:
    """Nothing is packed into a consignment that is closed."""
    do = "Take it back, or open a following one." if state is State.PACKED else "Open a following one."
    return refused("Consignment closed", f"{number} is {STATES[state]}. {do}")


def where_packed(name: str, where: str) -> Verdict:
    """A thing was scanned while no consignment is open here."""
    if not where:
        return refused("No consignment open", f"{name} is packed nowhere. {SCAN_FIRST}, then scan it again.")
    return Verdict(VerdictKind.FOUND, "Packed", f"{name}: {where}.")


def nothing_in_view() -> Verdict:
    """A command that needs a consignment."""
    return refused("No consignment open", f"{SCAN_FIRST}.")


def not_now(number: str, state: State) -> Verdict:
    """A step that is not for this state."""
    return refused("Not now", f"{number} is {STATES[state]}.")


def into_container(container: str) -> Verdict:
    """What is scanned next goes into a bag or box."""
    return Verdict(VerdictKind.FOUND, f"Now {container}", f"What is scanned next goes into {container}.")


def taken_out(name: str, number: str) -> Verdict:
    """A thing is out again."""
    return Verdict(VerdictKind.MATCHES, "Taken out", f"{name} is no longer in {number}. Put it back where it is kept.")


def nothing_in_hand() -> Verdict:
    """A command about a thing, without one."""
    return refused("Nothing in hand", "Scan the thing first.")


def not_in_it(name: str, number: str) -> Verdict:
    """A thing that the consignment does not hold."""
    return refused("Not in it", f"{name} is not packed in {number}.")


def empty(number: str) -> Verdict:
    """Nothing to close."""
    return refused("Nothing packed", f"{number} holds nothing. Scan things in, or put it aside.")


OPEN_IT_AGAIN = "Open it again and take them out."
OR_SAY_WHEN = f"{OPEN_IT_AGAIN} If the courier has it already, enter when it was taken."


def not_closed(found: list[str], many: int, at_the_courier: str = "") -> Verdict:
    """Things in it may not leave since they were packed; ``at_the_courier``: what to do where it was closed already."""
    more = f" {many - len(found)} more." if many > len(found) else ""
    title, do = "Not handed over" if at_the_courier else "Not closed", at_the_courier or "Take them out first."
    return refused(title, f"{many} of its things may not leave: {' '.join(found)}{more} {do}")


def hub_away(agreed: str, priority: str) -> Verdict:
    """The central database is away, and the site closes nothing of this priority without it."""
    when = f"This bench last agreed with it {agreed}." if agreed else "This bench never agreed with it yet."
    return refused(
        "Hub away",
        f"{when} Something in the consignment may have been put on hold elsewhere since then. A {priority} consignment "
        "is closed once the hub is back; the rule set packing names the priorities that may go without it.",
    )


def in_open_case(number: str) -> Verdict:
    """The consignment itself is in dispute."""
    return refused("In dispute", f"{number} is in dispute. Review says what is not settled: nothing in it leaves.")


def no_papers(why: str) -> Verdict:
    """Its papers could not be made: it stays open."""
    return refused("Not closed", f"The papers were not made: {why}. The consignment is still open.")


def closed(number: str, many: int, away: str, door: str, manifest: str = "") -> Verdict:
    """It is closed, with its papers kept."""
    things = "1 thing" if many == 1 else f"{many} things"
    said = f"{number} holds {things}. Its letter and packing list are kept: save and print them, put them in the box."
    if not (away or door or manifest):
        return Verdict(VerdictKind.FINISHED, "Closed", said)
    return attention("Closed, look here", " ".join(part for part in (said, away, door, manifest) if part))


def while_away(agreed: str) -> str:
    """It was closed although the central database is away."""
    when = f"last agreed with it {agreed}" if agreed else "never agreed with it yet"
    return f"The hub is away: this bench {when}."


def door(found: Door, day: str, next_open: str) -> str:
    """It would arrive at a closed door; empty where the door is open or nothing is laid down."""
    then = f" The next open day is {next_open}." if next_open else ""
    match found:
        case Door.CLOSED_DAY:
            return f"It would arrive at a closed door: {day} is no receiving day.{then}"
        case Door.HOLIDAY:
            return f"It would arrive at a closed door: {day} is a bank holiday.{then}"
        case Door.NOT_LOADED:
            return f"Nobody can say whether {day} is a bank holiday: the loaded calendar does not reach so far."
    return ""


def reopened(number: str) -> Verdict:
    """It is open again."""
    return attention("Open again", f"{number} is open. Its former papers no longer count: take them out of the box.")


def handed_over(number: str, courier: str, day: str, door: str, stopped: int = 0) -> Verdict:
    """The courier has it; ``stopped``: how many things in it came to be such as may not leave."""
    said = f"{courier} has {number}. It is expected there on {day}."
    since = f"{stopped} of its things may not leave since it was closed: telephone the receiver." if stopped else ""
    look = " ".join(filter(None, (since, door)))
    return attention("Handed over, look here", f"{said} {look}") if look else _done("Handed over", said)


def arrived(number: str, amiss: int) -> Verdict:
    """The receiver has it."""
    if not amiss:
        return _done("Arrived", f"{number} arrived with everything in it. Reconcile it.")
    things = "1 thing is" if amiss == 1 else f"{amiss} things are"
    return attention("Arrived, not as sent", f"{number} arrived; {things} missing, damaged or rejected.")


def not_in_consignment(numbers: tuple[str, ...], number: str) -> str:
    """Numbers that the receiver named and that were never in it."""
    return f"Not in {number}: {', '.join(numbers)}. Look at the numbers again."


def named_twice(numbers: tuple[str, ...]) -> str:
    """Numbers that stand under two headings."""
    return f"Named twice: {', '.join(numbers)}. Each has one answer."


def still_missing(number: str, names: tuple[str, ...]) -> Verdict:
    """Nothing is reconciled while things are missing."""
    return refused(
        "Not reconciled",
        f"The receiver did not get {', '.join(names)}. Look for them here: scan what is found and say that it was left "
        f"behind. When the receiver finds one, enter again how {number} arrived.",
    )


def reconciled(number: str) -> Verdict:
    """Sender and receiver say the same."""
    return _done("Reconciled", f"Everything in {number} is answered for.")


def ended(number: str) -> Verdict:
    """Nothing more is expected of it."""
    return _done("Ended", f"Nothing more is expected of {number}.")


def still_out(number: str, many: int) -> Verdict:
    """Things that come back are not back."""
    things = "1 thing is" if many == 1 else f"{many} things are"
    return refused("Not ended", f"{things} of {number} not back yet. Scan each that comes back, and say so.")


def left_behind(name: str, number: str, following: str) -> Verdict:
    """A thing was found here after its consignment was closed."""
    do = f"Scan it into {following}." if following else "Open a following consignment and scan it in."
    return attention("Left behind", f"{name} was not in {number} after all. {do} Tell the receiver of {number}.")


def came_back(name: str, number: str) -> Verdict:
    """A thing is back."""
    return _done("Back", f"{name} is back from {number}. Put it where it is kept.")


def told(name: str, who: str) -> Verdict:
    """The receiver was told."""
    return _done("Told", f"{who} was told of {name}.")


def no_recall(name: str) -> Verdict:
    """Nothing to tell."""
    return refused("Nothing to tell", f"{name} has not left, or is not in dispute.")


def recall(name: str, receiver: str, telephone: str) -> str:
    """What a person does about a thing that has left and is in dispute."""
    ring = f"ring {telephone}" if telephone else "no telephone number is in its profile"
    return f"{name} is in dispute and is at {receiver}: {ring}. Say who was told."


def not_recalled(name: str, number: str) -> str:
    """A case is not settled before the receiver was told."""
    return f"{name} left in {number}. Tell the receiver first: Today names whom to ring."


def receiver_first(untold: str) -> Verdict:
    """A case waits until whoever has its things knows."""
    return refused(RECALLS, untold)


def asks_hand_over(number: str) -> str:
    """The question when a courier comes."""
    return f"Who takes {number}?"


def asks_arrival(number: str) -> str:
    """The question when the receiver answers."""
    return f"How did {number} arrive?"


def asks_recall(name: str) -> str:
    """The question about a thing that has left."""
    return f"Who was told that {name} is in dispute?"


def label_first() -> str:
    """A label of a consignment needs one in view."""
    return "Open the consignment whose box or bag is labelled first."


def address_too_long(name: str) -> str:
    """An address that does not fit its label."""
    return (
        f"The address of {name} does not fit the label at a size that can be read. Shorten it in the rule set "
        "destinations: leave out what a courier does not need."
    )


def papers_saved(folder: str, many: int) -> Verdict:
    """The papers are in a folder."""
    return _done("Papers saved", f"{many} papers are in {folder}. Print letter and packing list, put them in the box.")


def answer_not_read(why: str) -> Verdict:
    """A file that holds no signed answer as it was signed."""
    said = {
        "tampered": "The file was changed after it was signed.",
        "newer": "The file was written by a newer version of the application.",
        "cut": "The file is not whole.",
        "unreadable": "The file holds nothing that can be read here.",
    }.get(why, "The file is no signed answer.")
    do = "Update this bench, then take it in again." if why == "newer" else "Ask the receiver to send it again."
    return refused("Answer not taken in", f"{said} {do}")


def answer_unreadable(name: str) -> str:
    """A file that this machine cannot open."""
    return f"{name} cannot be read. Copy it to this computer, then take it in again."


def answer_is_manifest() -> Verdict:
    """A manifest where an answer was expected."""
    return refused("Not an answer", "The file says what was sent to us. Drop it on Expected.")


def answer_to_another(number: str) -> Verdict:
    """An answer to a manifest that does not count here."""
    return refused(
        "Not our consignment",
        f"The file answers {number}, as it was in another manifest than the one that counts here. Ask the receiver "
        "which manifest lay in the box.",
    )


def answer_key(name: str, ods: str, fingerprint: str) -> Verdict:
    """An answer under a key that is not known to be the receiver's."""
    return refused(
        "Key not known",
        f"The file says that it comes from {name} ({ods or 'no ODS code'}), with the key {fingerprint}. That is not a "
        "key of this consignment's receiver in the rule set senders, or the receiver's profile does not name this ODS "
        "code. Compare the key on the telephone, have both entered, then take the file in again.",
    )


def answer_leaves_out(numbers: tuple[str, ...]) -> Verdict:
    """An answer that does not say what became of a thing."""
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    said = f"{', '.join(numbers[:3])}{more}"
    return refused("Answer not whole", f"The file does not say what became of {said}. Ask the receiver.")


def answer_known(number: str) -> Verdict:
    """The same answer again."""
    return Verdict(VerdictKind.ALREADY, "Known already", f"What the file says of {number} is recorded here.")


def answered_by(name: str, fingerprint: str) -> str:
    """How an arrival was told, where a signed file told it."""
    return f"Signed answer of {name}, key {fingerprint}"


def _done(title: str, sentence: str) -> Verdict:
    return Verdict(VerdictKind.FINISHED, title, sentence)
