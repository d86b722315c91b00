"""Every sentence about FluidX tubes, and the racks they stand in, at the bench."""

from __future__ import annotations

from gms_desktop.domain.racks.saving import Purpose
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

SCAN_FIRST = "Scan a specimen, a tube or a rack"
NO_RACK = "No rack is open"
NEVER_HELD_LIQUID = "This tube has never held liquid"
WHY_FREE = "Why was it bound by mistake?"
PURPOSES = {
    Purpose.ARRIVING: "arriving: the wells that agree may be saved",
    Purpose.PLATING: "plating: the whole rack agrees or nothing is saved",
    Purpose.DISPATCH: "dispatch: the whole rack agrees or nothing is saved",
}


def source_in_hand(number: str, what: str, left: str = "") -> Verdict:
    """The source of DNA was scanned: its tube comes next."""
    said = f"{number}, {what}. Scan the FluidX tube that its DNA goes into."
    all_of_it = f" {left}: all of it goes in, unless you enter another volume." if left else ""
    return Verdict(VerdictKind.FOUND, "Now the tube", f"{said}{all_of_it}")


def not_to_be_tested(number: str, why: str) -> Verdict:
    """A specimen whose testing is stopped fills no tube."""
    return refused("Not to be tested", f"{number}: {why}. Put it aside; nothing was bound.")


def scan_eluate(number: str, position: str, batch: str) -> Verdict:
    """A specimen whose DNA comes out of a batch: its eluate is the source, not its own tube."""
    return refused(
        "Scan its eluate",
        f"{number} stands in {position} of batch {batch}. Its DNA is the eluate of {position}: scan that one.",
    )


def not_decided(number: str) -> Verdict:
    """A specimen that nobody has accepted yet fills no tube."""
    return refused("Not accepted yet", f"{number} is not accepted. Finish it on Receive, then bind its tube.")


def bound(code: str, number: str, well: str, rack: str) -> Verdict:
    """A tube holds DNA of a source from now on."""
    if rack and not well:
        full = f"Rack {rack} is full: open another rack, then scan the tube into it."
        return attention("Bound, in no rack", f"Tube {code} is for DNA of {number}. {full}")
    place = f" Put it into {well} of rack {rack}." if well else ""
    return Verdict(VerdictKind.MATCHES, "Bound", f"Tube {code} is for DNA of {number}.{place}")


def used_before(code: str, holds: str, since: str, where: str, source: tuple[str, list[str]]) -> Verdict:
    """A tube that was bound before is never bound again: its story beside that of the source in hand.

    Args:
        code: the tube.
        holds: whose DNA it holds.
        since: since when.
        where: where it stands; empty where in no rack.
        source: the number that was scanned, and the tubes that were filled from it before.
    """
    scanned, tubes = source
    stands = f" It stands in {where}." if where else ""
    before = f", whose DNA is in {' and '.join(tubes)}" if tubes else ", which is in no tube yet"
    return refused(
        "Tube is used",
        f"Tube {code} was bound to {holds} on {since}.{stands} You scanned {scanned}{before}. "
        f"Take a new tube for {scanned}; Find shows what was done with this one.",
    )


def same_again(code: str, number: str) -> Verdict:
    """A tube that is bound to this very source."""
    return Verdict(VerdictKind.ALREADY, "Already bound", f"Tube {code} is for DNA of {number} already.")


def is_a_rack(code: str) -> Verdict:
    """A rack's code where a tube's is awaited."""
    return refused("That is a rack", f"{code} is a rack. Scan the code under or on the side of the tube itself.")


def scan_it(code: str) -> Verdict:
    """A tube's code typed where the tube itself must be scanned."""
    return refused(
        "Scan the tube",
        f"Typing {code} does not show which tube it is. Scan the code of the tube itself; nothing changed.",
    )


def rack_opened(code: str, tubes: int, free: int) -> Verdict:
    """A rack is open here."""
    return Verdict(VerdictKind.FOUND, "Rack", f"Rack {code}: {_count(tubes, 'tube')}, {_count(free, 'free well')}.")


def rack_is_this(code: str) -> Verdict:
    """The rack whose code its reader could not read was scanned by hand."""
    return Verdict(VerdictKind.MATCHES, "This rack", f"Rack {code} is the one that is open here.")


def size(shape: Shape) -> str:
    """A size of rack as a person counts it."""
    return f"{shape.rows * shape.columns} positions: {shape.rows} rows of {shape.columns}"


def rack_registered(code: str, positions: str) -> Verdict:
    """A new rack is known and open."""
    said = f"Rack {code} is registered and open, {positions}. It holds no tube yet."
    return Verdict(VerdictKind.FINISHED, "New rack", said)


def map_written(code: str) -> Verdict:
    """The map of a rack is kept."""
    said = f"Rack {code}: map.pdf, map.png. Find shows the rack with its files."
    return Verdict(VerdictKind.FINISHED, "Map written", said)


def map_of_no_rack() -> Verdict:
    """A map is of an open rack."""
    return refused(NO_RACK, "Scan the rack whose map is wanted.")


def no_map(code: str, why: str) -> Verdict:
    """No map is written."""
    return refused("Nothing written", f"Rack {code}: {why}. No map is written.")


def rack_closed(code: str) -> Verdict:
    """No rack is open any more."""
    return Verdict(VerdictKind.FINISHED, "Rack put aside", f"Rack {code} is no longer open here.")


def not_known(code: str) -> Verdict:
    """A code of a tube's shape that nobody has bound or registered."""
    return attention(
        "Not known here",
        f"{code} is no tube and no rack known here. For a tube scan its source first, then the tube. "
        "A new rack is registered below.",
    )


def a_patients_number() -> Verdict:
    """A patient's number, which may have the shape of a tube's code."""
    return refused(
        "A patient's number", "This is the number of a patient known here. Scan the tube or the rack itself."
    )


def not_for_here(code: str) -> Verdict:
    """A code that is neither of a specimen, a tube nor a rack."""
    return refused("Not for a rack", f"{code} is no specimen, tube or rack. {SCAN_FIRST}.")


def tube_known(code: str, holds: str, where: str) -> Verdict:
    """A tube that is bound, scanned by itself."""
    stands = f"It stands in {where}." if where else "It stands in no rack."
    return Verdict(VerdictKind.FOUND, "Tube", f"Tube {code} holds DNA of {holds}. {stands}")


def with_stop(said: Verdict, why: str) -> Verdict:
    """What was said of a tube, whose specimen is stopped from testing by now."""
    return attention(said.title, f"{said.sentence} Not to be tested: {why}.")


def was_discarded(route: str) -> str:
    """Why a tube that is read in a rack is not kept there."""
    return f"was discarded ({route})"


IN_DISPUTE = "is in dispute; Review shows both stories"


def discarded(code: str) -> Verdict:
    """A tube that was discarded turned up."""
    return refused("Discarded", f"Tube {code} was discarded. Put it aside and tell a senior: it should not be here.")


def put_in(code: str, well: str, rack: str, former: str) -> Verdict:
    """A tube stands in the open rack from now on."""
    moved = f" It stood in {former} before." if former else ""
    return Verdict(VerdictKind.MATCHES, f"Into {well}", f"Tube {code} goes into {well} of rack {rack}.{moved}")


def stands_here(code: str, well: str, rack: str) -> Verdict:
    """A tube that stands in the open rack already."""
    return Verdict(VerdictKind.ALREADY, f"In {well}", f"Tube {code} stands in {well} of rack {rack} already.")


def rack_full(code: str) -> Verdict:
    """No well is free."""
    return refused("Rack is full", f"Each well of rack {code} holds a tube. Open another rack.")


def taken_out(code: str, well: str, rack: str) -> Verdict:
    """A tube stands in no rack from now on."""
    return Verdict(VerdictKind.FINISHED, "Taken out", f"Tube {code} no longer stands in {well} of rack {rack}.")


def code_free(code: str) -> Verdict:
    """A code may be bound again."""
    return Verdict(VerdictKind.FINISHED, "Code is free", f"Tube {code} may be bound again. Both stories are kept.")


def how_free(code: str) -> Verdict:
    """What must be said before a code is free again."""
    return attention("Free this code?", f"Say why tube {code} was bound by mistake, and that it has never held liquid.")


def in_dispute(code: str) -> Verdict:
    """A tube or rack of which two stories are told."""
    return refused("In dispute", f"{code} is in dispute. Put it in the review rack; Review shows both stories.")


def well_named(well: str, code: str) -> Verdict:
    """A tube is to be scanned by hand."""
    return attention(
        f"Scan {well}", f"Lift the tube in {well}, scan its code, put it back. Expected: {code or 'none'}."
    )


def by_hand(well: str, code: str, expected: str, *, again: bool) -> Verdict:
    """A tube was scanned by hand into the well that was named."""
    if code != expected:
        return refused(
            f"Other tube in {well}",
            f"You scanned {code}; {well} should hold {expected or 'no tube'}. Nothing was filled in: see the findings.",
        )
    then = " Read the rack again before you save." if again else ""
    return Verdict(VerdictKind.MATCHES, f"{well} agrees", f"Tube {code} is the one expected in {well}.{then}")


def read_here(code: str, agree: int, wells: int, findings: int) -> Verdict:
    """A reading was compared."""
    if not findings:
        return Verdict(VerdictKind.MATCHES, "Rack agrees", f"Rack {code}: {agree} of {wells} wells hold their tube.")
    return attention(
        _count(findings, "finding").capitalize(),
        f"Rack {code}: {agree} of {wells} wells hold their tube. See to each finding before you go on.",
    )


def saved(code: str, tubes: int) -> Verdict:
    """The tubes that may be saved are recorded in their wells."""
    return Verdict(VerdictKind.FINISHED, "Saved", f"Rack {code}: {_count(tubes, 'tube')} recorded as read.")


def nothing_saved(code: str, why: str) -> Verdict:
    """Nothing of a reading may be saved."""
    return refused("Nothing saved", f"Rack {code}: {why}")


def no_reading(code: str) -> Verdict:
    """No reading waits."""
    return refused("No reading", f"Rack {code} has no reading that waits. Read it on the reader, or choose its file.")


def whose_reading(said: str) -> Verdict:
    """A reading of no rack that is known."""
    return refused("Which rack?", f"The reading names {said}. Open or register that rack first, then read it again.")


def other_rack(code: str, opened: str) -> Verdict:
    """A reading of another rack than the open one."""
    return refused("Wrong rack", f"The reading is of rack {code}; rack {opened} is open. Nothing was taken from it.")


def read_for_nobody() -> Verdict:
    """A rack was read, and whoever began that is not signed in any more."""
    return refused(
        "Read it again", "The rack was read, but whoever began the reading is signed out. Nothing of it is recorded."
    )


def a_patients_number_in(well: str) -> Verdict:
    """A reading with the number of a patient where a tube's code belongs."""
    return refused(
        "A patient's number",
        f"The code in {well} is a patient's number, no tube's. Nothing of the reading is recorded. Look at that tube.",
    )


def another_since() -> Verdict:
    """A reading without a code of its own, that began while another rack was open."""
    return refused(
        "Which rack?", "The reading names no rack, and another one was opened since it began. Read the rack again."
    )


def reading_taken(code: str) -> Verdict:
    """A reading is on disk."""
    return Verdict(VerdictKind.FOUND, "Reading taken", f"The reading of rack {code} is recorded.")


def too_long(reader: str) -> Verdict:
    """A file too large to be the reading of one rack."""
    return refused(
        "Too long", f"What {reader} sent is longer than the reading of one rack. Choose the rack's own file."
    )


def _count(many: int, what: str) -> str:
    return f"{many} {what}{'' if many == 1 else 's'}"
