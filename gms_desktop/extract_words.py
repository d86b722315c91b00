"""Every sentence about extraction."""

from __future__ import annotations

from gms_desktop.domain.extraction_findings import Found, Odd
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, names, refused

SCAN_FIRST = "Scan a specimen to begin a batch"
PROTOCOL = "How is it extracted?"
INSTRUMENT = "Instrument"
NEEDS_INSTRUMENT = "Enter the instrument, or “by hand”."
INPUT = "Input volume of each, as 200 µl"
WHY_NOTHING = "Why did it come to nothing?"
AGAIN = "Extract it again"
CHOOSE_REASON = "Choose a reason."
WHY_RELEASED = "Why may this batch go on?"
VOLUME = "Volume, as 48.5 µl"
BLANK = "What it measured"
WORKLIST = "Accepted, not extracted yet"
NOTHING_WAITS = "Every accepted specimen stands in a batch."
NO_PROTOCOL = "No protocol names their type"
BATCHES = "Extraction batches"
KEPT_TITLE = "Which is extracted for the test it is kept for?"
KEPT_HINT = "Choose those: they are kept no more. What is not chosen stays kept."
NO_BATCH = "No batch is filled, runs or is held."


def to_begin(number: str) -> Verdict:
    """A specimen was scanned and no batch is open."""
    return attention("Begin a batch", f"{number} goes into the first position. Choose the protocol, then confirm.")


def choose_protocol() -> Verdict:
    """What must be said before a batch begins."""
    return attention("Begin a batch", "Choose the protocol, then confirm.")


def volume_form() -> str:
    """A volume that could not be read."""
    return "Enter the volume with its unit, as 200 µl."


def begun(number: str, protocol: str, first: str = "", following: str = "") -> Verdict:
    """A batch is open; the specimen that was scanned for it stands in its first position."""
    after = f" Next is {following}." if following else " Every position is taken."
    then = f"{first} goes into A01.{after}" if first else "Scan what goes into A01."
    return Verdict(VerdictKind.FINISHED, "Batch begun", f"Batch {number}: {protocol}. {then}")


def opened(number: str, state: str) -> Verdict:
    """A batch that was begun before is open here."""
    return Verdict(VerdictKind.FOUND, "Batch", f"Batch {number}: {state}.")


def aside(number: str) -> Verdict:
    """No batch is open any more."""
    return Verdict(VerdictKind.FINISHED, "Batch put aside", f"Batch {number} is kept and no longer open here.")


def no_batch() -> Verdict:
    """Something of a batch was asked for, and none is open."""
    return refused("No batch is open", "Begin a batch, or open one from the list.")


def placed(what: str, position: str, following: str, again: str) -> Verdict:
    """Something stands in its position."""
    repeat = f" It repeats what came to nothing in batch {again}." if again else ""
    then = f" Next is {following}." if following else " Every position is taken."
    return Verdict(VerdictKind.MATCHES, f"Into {position}", f"{what} goes into {position}.{repeat}{then}")


def is_placed(number: str, position: str) -> Verdict:
    """A specimen that stands in this batch already."""
    return Verdict(VerdictKind.ALREADY, f"In {position}", f"{number} stands in {position} of this batch already.")


def moved(number: str, stood: str, to: str) -> Verdict:
    """A specimen changed its position."""
    return Verdict(VerdictKind.MATCHES, f"Moved to {to}", f"{number} goes from {stood} to {to}. {stood} is free.")


def taken(position: str, holds: str) -> Verdict:
    """The position in hand is not free."""
    return refused("Position taken", f"{position} holds {holds}. Name a free position, then scan what goes there.")


def no_such_position(position: str, number: str) -> Verdict:
    """A position that the plate of a batch does not have."""
    return refused("No such position", f"Batch {number} has no position {position}. Scan one that it has.")


def scan_it(number: str) -> Verdict:
    """A number typed where its tube must be scanned: it does not show which tube is in hand."""
    return refused("Scan the label", f"Typing {number} does not show which tube is in hand. Scan its label.")


def elsewhere(number: str, position: str, batch: str) -> Verdict:
    """A specimen that stands in a batch that has not ended."""
    return refused(
        "In another batch", f"{number} stands in {position} of batch {batch}, which has not ended. Put it back there."
    )


def full(number: str) -> Verdict:
    """No position is free."""
    return refused("Batch is full", f"Each position of batch {number} is taken. Start it, then begin another.")


def runs(number: str) -> Verdict:
    """A scan while the batch is on its instrument."""
    return refused("The batch runs", f"Batch {number} runs. End it, then scan its eluates out.")


def not_in_batch(what: str, number: str) -> Verdict:
    """A scan that belongs to no position of an ended batch."""
    return refused(
        "Not in this batch", f"{what} stands in no position of batch {number}. Scan a specimen of it, or a position."
    )


def not_for_here(code: str) -> Verdict:
    """A code that is of no use at a batch."""
    return refused("Not for a batch", f"{code} is no specimen, kit or tube for this batch. Scan its specimen.")


def position_first(code: str) -> Verdict:
    """A container was scanned before its source."""
    return refused(
        "Which eluate?", f"Tube {code} is empty, and no position is in hand. Scan the source first, then its tube."
    )


def not_to_be_tested(number: str, why: str) -> Verdict:
    """A specimen whose testing is stopped is not extracted."""
    return refused("Not to be tested", f"{number}: {why}. Put it aside; it went into no position.")


def not_decided(number: str) -> Verdict:
    """A specimen that nobody has accepted yet."""
    return refused("Not decided yet", f"{number} is not accepted. Finish it on Receive, then extract it.")


def not_in_a_tube(number: str, what: str) -> Verdict:
    """A slide or a loose section: what is extracted is in a tube."""
    return refused(
        "Not in a tube", f"{number} is a {what}. Scrape it into a tube, or cut scrolls, at Tissue; then scan that tube."
    )


def block_itself(number: str) -> Verdict:
    """A block: its scrolls are extracted, under their own number."""
    return refused(
        "A block", f"{number} is a block. Cut scrolls from it at Tissue, then scan the tube that they are in."
    )


def stopped_scrolls(number: str, why: str) -> Verdict:
    """A tube of scrolls that may not be used."""
    return refused("Not to be extracted", f"{number} {why.rstrip('.')}. Leave it out of the batch.")


def label_first(number: str) -> Verdict:
    """A tube of scrolls whose label was not scanned since it was printed."""
    return refused("Label first", f"The label of {number} was not scanned on its tube. Scan it at Tissue, then here.")


def in_dispute(code: str) -> Verdict:
    """A thing of which two stories are told."""
    return refused("In dispute", f"{code} is in dispute. Put it in the review rack; Review shows both stories.")


def lot_taken(part: str, lot: str, number: str) -> Verdict:
    """A lot is recorded for a batch."""
    return Verdict(VerdictKind.MATCHES, "Lot recorded", f"{part}: lot {lot} is used in batch {number}.")


def lot_known(lot: str, number: str) -> Verdict:
    """A lot that is recorded for this batch already."""
    return Verdict(VerdictKind.ALREADY, "Lot recorded", f"Lot {lot} is recorded for batch {number} already.")


def lot_too_late(number: str) -> Verdict:
    """A kit that is scanned for a batch that has ended."""
    return refused("Batch has ended", f"Batch {number} has ended. A lot is recorded before its batch ends.")


def not_ready(number: str, found: str) -> Verdict:
    """A batch that cannot start."""
    return refused("Not to be started", f"Batch {number}: {found}.")


def kept_for(number: str, name: str) -> str:
    """What is kept for a test, where it is about to be extracted."""
    return f"{number} is extracted for {name}"


def started(number: str) -> Verdict:
    """A batch runs."""
    return Verdict(VerdictKind.FINISHED, "Batch started", f"Batch {number} runs. End it when the instrument has ended.")


def ended(number: str, eluates: int) -> Verdict:
    """A batch has ended."""
    waits = f"{eluates} eluate{'' if eluates == 1 else 's'}"
    return Verdict(
        VerdictKind.FINISHED, "Batch ended", f"Batch {number}: {waits} to scan out. Scan the source, then its tube."
    )


def not_so_far(number: str, state: str) -> Verdict:
    """Something was asked of a batch that is at another point."""
    return refused("Not now", f"Batch {number} is {state}.")


def eluate_next(position: str, number: str, *, held: bool) -> Verdict:
    """A source was scanned: its container comes next; no FluidX tube while a blank holds the batch."""
    to_do = "Scan the FluidX tube that it goes into, or print a label for another tube."
    of_held = "Its batch is held: print a label for its tube. It goes into no FluidX tube until a senior releases it."
    return Verdict(VerdictKind.FOUND, "Now its tube", f"{position}, {number}. {of_held if held else to_do}")


def came_to_nothing(position: str, why: str) -> Verdict:
    """A position without an eluate."""
    return refused("Nothing to scan out", f"{position} came to nothing: {why}. Extract the specimen again.")


def is_out(position: str, what: str) -> Verdict:
    """A position whose eluate was scanned out."""
    return Verdict(VerdictKind.ALREADY, "Scanned out", f"The eluate of {position} is {what} already.")


def eluate_labelled(number: str, position: str) -> Verdict:
    """An eluate has a number, and its label prints."""
    return Verdict(
        VerdictKind.MATCHES, "Label prints", f"{number} is the eluate of {position}. Put the label on, then scan it."
    )


def eluate_known(number: str, what: str) -> Verdict:
    """The number of an eluate whose label is on its tube."""
    return Verdict(VerdictKind.FOUND, "Eluate", f"{number} is {what}. Bind its FluidX tube on Racks.")


def pool_of_one() -> Verdict:
    """A pool is of two eluates at least."""
    return refused("Scan two eluates", "Scan each eluate of the specimen that goes into the pool, then pool them.")


def pooled(number: str, parents: str) -> Verdict:
    """Eluates were pooled."""
    return Verdict(
        VerdictKind.MATCHES, "Label prints", f"{number} is the pool of {parents}. Put its label on, then scan it."
    )


def no_eluate() -> Verdict:
    """No eluate is in hand."""
    return refused("Which eluate?", "Scan the eluate whose volume was measured.")


def ask_volume(number: str) -> Verdict:
    """The volume of an eluate is asked."""
    return attention("Volume", f"Enter the volume of {number} that was measured, then confirm.")


def volume(number: str, said: str) -> Verdict:
    """The volume of an eluate is recorded as measured."""
    return Verdict(VerdictKind.FINISHED, "Volume recorded", f"{number}: {said}, measured.")


def on_eluate(number: str, what: str) -> Verdict:
    """The label is on the tube of an eluate."""
    return Verdict(VerdictKind.MATCHES, "On its tube", f"Label {number} is on its tube: {what}.")


def into_tube(code: str, position: str, number: str) -> Verdict:
    """An eluate went straight into a FluidX tube."""
    return Verdict(VerdictKind.MATCHES, "Bound", f"Tube {code} holds the eluate of {position}, {number}.")


def tube_used(code: str, holds: str) -> Verdict:
    """A tube that was bound before is never bound again."""
    return refused("Tube is used", f"Tube {code} holds DNA of {holds}. Take a new tube; Find shows this one's story.")


def batch_holds(number: str) -> str:
    """Why nothing of a held batch goes on."""
    return f"A blank of batch {number} is over its limit. Nothing goes on until a senior releases it."


def is_held(number: str) -> Verdict:
    """An eluate of a batch that is held."""
    return refused("Batch is held", batch_holds(number))


def position_failed(position: str, batch: str, why: str) -> str:
    """Why an eluate does not go on whose position came to nothing after all."""
    return f"{position} of batch {batch} came to nothing: {why}."


def eluate_failed(number: str, why: str) -> Verdict:
    """An eluate whose position came to nothing after all."""
    return refused("Came to nothing", f"{number}: {why} Nothing was bound. Extract the specimen again.")


def which_position(what: str) -> Verdict:
    """A position must be named first."""
    return refused("Which position?", f"Choose a position in the plan, or scan its specimen, then {what}.")


def chosen(position: str, holds: str) -> Verdict:
    """A position was chosen on the plan."""
    return Verdict(VerdictKind.FOUND, position, f"{position} holds {holds}." if holds else f"{position} is free.")


def choose_why(position: str) -> Verdict:
    """Why a position came to nothing is asked."""
    return attention("Came to nothing", f"Say why {position} came to nothing, then confirm.")


def nothing_came(position: str, number: str, again: bool) -> Verdict:
    """A position came to nothing."""
    then = " It is on the worklist again." if again else " It is not extracted again."
    return Verdict(VerdictKind.FINISHED, "Came to nothing", f"{position}, {number}, came to nothing.{then}")


def choose_why_out(what: str, position: str) -> Verdict:
    """Why something is taken out of a batch is asked."""
    return attention("Take it out?", f"Say why {what} is taken out of {position}, then confirm.")


def scan_before_out(what: str, position: str) -> Verdict:
    """A specimen is to be taken out whose tube was not scanned: whether the right one is in hand nobody has proved."""
    return attention(
        "Scan it first",
        f"{what} in {position} was not scanned. Cancel, lift it and scan it. Where it cannot be scanned, say why it is "
        "taken out: that it was not scanned is recorded.",
    )


def without_its_scan(reason: str) -> str:
    """Why something was taken out of a batch without a scan of its tube."""
    return f"{reason} (tube not scanned)"


def taken_out(what: str, position: str, number: str, *, again: bool) -> Verdict:
    """A position of a batch is free again."""
    then = " It is on the worklist again." if again else ""
    return Verdict(
        VerdictKind.FINISHED, "Taken out", f"Lift {what} out of {position} of batch {number}: {position} is free.{then}"
    )


def choose_why_dropped(number: str, specimens: int) -> Verdict:
    """Why a batch is dropped is asked."""
    return attention(
        "Drop the batch?", f"Batch {number} holds {_specimens(specimens)}. Say why it is dropped, then confirm."
    )


def dropped(number: str, specimens: int) -> Verdict:
    """A batch is given up before its start."""
    freed = f" Lift {_specimens(specimens)} out: what waits to be extracted is on the worklist." if specimens else ""
    return Verdict(VerdictKind.FINISHED, "Batch dropped", f"Batch {number} is dropped.{freed}")


def is_dropped(number: str, why: str) -> Verdict:
    """A batch that was given up before its start."""
    return refused("Batch was dropped", f"Batch {number} was dropped: {why}. Begin another batch.")


def _specimens(many: int) -> str:
    return f"{many} specimen{'' if many == 1 else 's'}"


def name_control() -> Verdict:
    """Which control is asked."""
    return attention("Which control?", "Scan the control's box, or choose its lot, then confirm.")


def measure(position: str) -> Verdict:
    """What a blank measured is asked."""
    return attention("Blank", f"Enter what the blank in {position} measured, then confirm.")


def figure_form(unit: str) -> str:
    """A figure that could not be read."""
    return f"Enter a figure with a point, in {unit}, as 0.05."


def blank_within(position: str, said: str, most: str) -> Verdict:
    """A blank within its limit."""
    return Verdict(VerdictKind.MATCHES, "Blank within limit", f"{position} measured {said}; the limit is {most}.")


def blank_without_limit(position: str, said: str) -> Verdict:
    """A blank was measured, and nobody laid a limit down."""
    return attention(
        "No limit laid down", f"{position} measured {said}. The laboratory has no limit for blanks: ask a senior."
    )


def blank_over(position: str, said: str, most: str, number: str) -> Verdict:
    """A blank over its limit holds its batch."""
    return attention(
        "Batch is held",
        f"{position} measured {said}; the limit is {most}. Batch {number} waits until a senior releases it.",
    )


def why_release(number: str) -> Verdict:
    """Why a held batch may go on is asked."""
    return attention("Release the batch?", f"Say why batch {number} may go on, then confirm.")


def released(number: str) -> Verdict:
    """A held batch goes on."""
    return Verdict(VerdictKind.FINISHED, "Batch released", f"Batch {number} is no longer held. The reason is recorded.")


def positions_agree(number: str, many: int) -> Verdict:
    """What a robot's file says is what the batch has."""
    return Verdict(
        VerdictKind.MATCHES, "File agrees", f"The file names the {many} positions of batch {number} as they stand here."
    )


def positions_differ(number: str, what: str) -> Verdict:
    """A robot's file says something else."""
    return refused("File differs", f"Batch {number}: {what}. Nothing was changed. Look at the instrument first.")


def nothing_placed(number: str) -> Verdict:
    """A sheet was asked for of a batch that holds nothing."""
    return refused("Nothing placed", f"Nothing stands in batch {number} yet. Scan what goes into A01 first.")


def sheet_written(number: str) -> Verdict:
    """The sheet of a batch is on disk."""
    return Verdict(
        VerdictKind.FINISHED, "Sheet written", f"Print it at 100 %. Its code, scanned on Extract, opens batch {number}."
    )


def positions_written(number: str, many: int) -> Verdict:
    """A position file is on disk."""
    return Verdict(
        VerdictKind.FINISHED, "File written", f"{many} positions of batch {number}, read back and compared before."
    )


_ODD = {
    Odd.NO_SPECIMEN: "scan a specimen into it first",
    Odd.NO_INSTRUMENT: "no instrument is stated",
    Odd.TOO_FEW_BLANKS: "it needs a blank",
    Odd.LOT_MISSING: "scan the kit",
    Odd.LOT_EXPIRED: "its lot has expired",
    Odd.LOT_NOT_RELEASED: "its lot is not released for use",
}


def odd(found: tuple[Found, ...]) -> str:
    """What stands in the way of a start, in one sentence."""
    said = [f"{_ODD[one.odd]}{_about(one)}" for one in found if one.odd in _ODD]
    return names(tuple(said))


def _about(one: Found) -> str:
    return f" ({one.about})" if one.about and one.odd is not Odd.TOO_FEW_BLANKS else ""


def more_conceded(many: int) -> str:
    """Concessions for which the sheet has no room."""
    go = "things go on although they fail" if many != 1 else "thing goes on although it fails"
    return f"{many} more {go}: Find says which, and why."
