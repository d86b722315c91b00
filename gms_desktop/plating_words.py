"""Every sentence said at the Plates screen: what is planned, what waits, what was made and written."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

_OF_A_PATIENT = frozenset({Kind.NHS_NUMBER, Kind.PARTICIPANT})
_SHAPES = {
    Kind.ACCESSION: "a number of ours",
    Kind.DOWNTIME: "a number of an outage",
    Kind.PLACE: "a place's code",
    Kind.FLUIDX: "a FluidX tube's or rack's code",
    Kind.LAB_SAMPLE_ID: "a tube's code",
    Kind.REFERRAL: "a referral's number",
    Kind.PARTICIPANT: "a participant's number",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.GS1: "a kit's code",
    Kind.GTIN: "a kit's code",
    Kind.COMMAND_CARD: "a command card",
    Kind.RUN_TOGETHER: "two codes run together",
}
SCAN_FIRST = "Scan a rack to plan a plate from"
NOTHING_PLANNED = "No plate is planned here"
WHY_DROPPED = "Why is this plan not carried out?"
NO_RULES_FOR_HOLDING = "Plating rules do not apply to a holding rack"
CONTROL_NEEDS = "Choose its lot, and enter a well from A01 to H12 and the control's name."
FAMILY = "Family not whole"
STORED_ONLY, FAILS_LOOK = "Stored, not for a plate", "tube, not for a plate"
WHY_LEFT_OUT = "Why, and what becomes of the tube"
IS_LEFT_OUT = "left out already. Not chosen: it is taken in again"
SAY_WHY = "Say why."
NOTHING_CHANGES = "Choose at least one other than before."
WHO_COMES_ALONE = "Which tubes come without their partner, and how is that known?"
ONE_EACH = "Choose one way for each tube."
MAY_NOT_BE_USED = "May not be used"
WELL_LEFT_OUT = "left out"
MAP_HOW = "From above, A1 in a thick box. An empty field is an empty well."
ROBOT_READS_IT = "Each was read back and says what the plan says."


def proposed(rack: str, tubes: int, plates: int, left_out: int) -> Verdict:
    """A rack was taken into the plan."""
    many = f"{_many(tubes, 'tube')} on {_many(plates, 'plate')}"
    if left_out:
        return attention("Planned in part", f"Rack {rack}: {many}; {left_out} left out, each listed with its reason.")
    if not tubes:
        return attention("Rack is empty", f"No tube is recorded in rack {rack}. Fill or read it at Racks first.")
    return Verdict(VerdictKind.FOUND, "Planned", f"Rack {rack}: {many}. Move tubes where you want, then keep the plan.")


def on_a_plate(code: str, plate: str, number: int) -> str:
    """Why a tube is left out: it is on a plate, or planned for one."""
    where = f"It stands on plate {plate}." if plate else f"It is planned for plate {number} already."
    return f"{code}: {where}"


def tube_in_dispute(code: str) -> str:
    """Why a tube is left out: it or its specimen is in dispute, or not known here."""
    return f"{code}: it is in dispute, or what it holds is not known here. See Review."


def stopped(code: str, why: str) -> str:
    """Why a tube is left out: testing of its specimen is stopped."""
    return f"{code}: its specimen may not be tested. {why}"


def fails(code: str, why: str) -> str:
    """Why a tube is left out: it fails a limit of the laboratory, and nobody let it go on."""
    return f"{code}: {why}. Measure it again, or let it go on at Find with a reason and a second person."


def not_where_it_was(code: str, well: str, rack: str) -> str:
    """Why a tube is in no worklist: it was moved since the plate was made."""
    return f"{code}: it no longer stands in {well} of {rack}. Put it back and read the rack."


def may_not_be_used(code: str, well: str, why: str, many: int) -> Verdict:
    """Worklists are not written while a tube of the plate may not be used and nobody decided about it."""
    more = f" And {many - 1} more." if many > 1 else ""
    return refused(
        "Nothing written",
        f"Plate {code}, {well}: {why.rstrip('.')}.{more} Settle it, or leave the well out with a reason.",
    )


def open_made_first() -> Verdict:
    """Nothing can be left out of what was not made."""
    return refused("No plate open", "Scan a plate that was made first.")


def nothing_to_leave_out(code: str) -> Verdict:
    """All of a plate or pool may be used."""
    return Verdict(VerdictKind.ALREADY, "All may be used", f"Nothing of {code} is stopped, and nothing is left out.")


def asks_left_out() -> Verdict:
    """Which wells are left out is asked."""
    said = "Choose only wells that nothing was pipetted into. Say why, then confirm."
    return attention("Leave wells out?", said)


def left_out(code: str, wells: Sequence[str]) -> Verdict:
    """Which wells no worklist names from now on."""
    if not wells:
        return Verdict(VerdictKind.FINISHED, "None left out", f"Every tube of {code} is in its worklists again.")
    said = f"{', '.join(wells)} of {code}: no worklist names them. They stay without DNA."
    return Verdict(VerdictKind.FINISHED, "Left out", said)


def stored_only(code: str, why: str) -> str:
    """A tube that goes into a holding rack although it may go onto no plate."""
    return f"{code}: {why.rstrip('.')}. It may be kept in a holding rack, and goes onto no plate."


def not_for_here(text: str) -> Verdict:
    """A code that is nothing at a plate."""
    return refused("Not for here", f"{text} is no rack, tube or plate. Scan a rack to plan from, or open a plan first.")


def not_on_the_plan(code: str, why: str) -> Verdict:
    """A tube was scanned that has no well in the proposal."""
    return refused("Not on the plan", why or f"Tube {code} is in none of the racks of this plan. Scan its rack first.")


def tube_chosen(code: str) -> Verdict:
    """A tube was chosen: its new well comes next."""
    return Verdict(VerdictKind.FOUND, "Now its well", f"Choose the well that {code} goes into.")


def well_is_empty(well: str) -> Verdict:
    """A well was chosen from which nothing can be moved."""
    return refused("No tube there", f"{well} holds no tube. Choose the tube to move first, then its well.")


def well_is_kept(well: str) -> Verdict:
    """A tube was to go into the well of a control."""
    return refused("Well is kept", f"{well} is kept for a control. Choose another well.")


def moved(code: str, well: str, broken: Sequence[str]) -> Verdict:
    """A tube was moved; what that breaks is said at once."""
    if broken:
        return attention("This breaks a rule", f"{code} goes into {well}. {broken[0]}")
    return Verdict(VerdictKind.MATCHES, "Moved", f"{code} goes into {well}. No rule is broken.")


def in_view(number: int, plates: int) -> Verdict:
    """Another plate of the plan came into view."""
    return Verdict(VerdictKind.FOUND, f"Plate {number}", f"This is plate {number} of {plates}.")


def no_such_well(well: str) -> Verdict:
    """A well that no plate has."""
    return refused("No such well", f"{well or 'Nothing'} is no well of the plate. Enter one from A01 to H12.")


def asks_control() -> Verdict:
    """The question for a control is open."""
    return attention("Which control", "Scan or choose its lot, then enter its well and its name.")


def asks_buffer() -> Verdict:
    """The question for the lot of the buffer is open."""
    return attention("Which buffer", "Scan the box of the buffer, or choose its lot.")


def lot_wanted(what: str) -> Verdict:
    """A control or the buffer without its lot."""
    return refused("Lot is wanted", f"{what} is recorded with its lot. Scan its box, or choose the lot.")


def planned_anew(what: str) -> Verdict:
    """The plan was made anew after a change."""
    return Verdict(VerdictKind.FOUND, "Planned anew", f"{what}. Tubes stand where the planner puts them.")


def not_kept(why: str) -> Verdict:
    """A plan that breaks a rule is not kept."""
    return refused("Plan not kept", why)


def nothing_to_keep() -> Verdict:
    """There is no proposal."""
    return refused("Nothing planned", "Scan a rack that tubes stand in first.")


def none_waits() -> Verdict:
    """No tube of the plan waits for a partner."""
    return refused("No tube waits", "No tube of this plan waits for its partner.")


def asks_announced() -> Verdict:
    """Which tubes come without their partner is asked."""
    return attention("Without a partner?", "Choose only what was announced so, or repeats one that was sent before.")


def holding() -> Verdict:
    """The tubes go into holding racks, rather than into plates."""
    said = "Tubes are moved, nothing is pipetted. Keep the plan, then read the source racks once more."
    return Verdict(VerdictKind.FOUND, "Holding rack", said)


def move_now(number: int) -> Verdict:
    """Every source rack agrees: the tubes are moved now."""
    said = f"Every rack of holding rack {number} agrees. Move each tube as the map says, then scan the holding rack."
    return Verdict(VerdictKind.FOUND, "Move the tubes", said)


def register_first(text: str) -> Verdict:
    """A code that is no rack known here cannot be a holding rack's."""
    return refused("No rack known here", f"{text} is no rack that is known here. Register it on Racks first.")


def is_a_source(code: str) -> Verdict:
    """A source rack was scanned for the holding rack."""
    return refused("A source rack", f"The tubes of {code} are moved out of it. Scan the holding rack they go into.")


def other_size(code: str, wells: int) -> Verdict:
    """A rack of another size than the plan's."""
    return refused("Another size", f"{code} has not {wells} positions. Scan a holding rack that has.")


def rack_not_empty(code: str, tubes: int) -> Verdict:
    """A rack in which tubes are recorded."""
    said = f"{_many(tubes, 'tube')} {'is' if tubes == 1 else 'are'} recorded in {code}. Take an empty rack."
    return refused("Not empty", said)


def not_yet_moved(code: str, why: str) -> Verdict:
    """Tubes are not moved before their racks were read again."""
    return refused("Not yet", f"Nothing is recorded of {code}. {why}")


def holding_filled(code: str, tubes: int) -> Verdict:
    """The tubes stand in the holding rack, which is read next."""
    said = f"{_many(tubes, 'tube')} in {code}. Read it now: what stands otherwise than planned is named."
    return attention("Read the holding rack", said)


def kept(plates: int) -> Verdict:
    """The plan was kept."""
    return Verdict(
        VerdictKind.FINISHED, "Plan kept", f"{_many(plates, 'plate')}. Read the source racks once more for plating."
    )


def plate_waits(number: int, waits: Sequence[str]) -> Verdict:
    """A plate that is planned was opened."""
    if waits:
        return attention(f"Plate {number} waits", waits[0])
    return ready(number)


def ready(number: int) -> Verdict:
    """Every source rack of a plate was read again and agrees."""
    return Verdict(
        VerdictKind.FOUND, "Scan the plate", f"Every rack of plate {number} agrees. Scan the code on the plate."
    )


def not_yet(code: str, waits: Sequence[str]) -> Verdict:
    """The plate does not get its code yet."""
    return refused("Not yet", f"{code} is not given to the plate. {waits[0]}")


def no_plate_code(text: str) -> Verdict:
    """A code that is something else cannot be a plate's."""
    return refused("No plate's code", f"{text} is no code for a plate. Scan the code on the plate itself.")


def shape(kind: Kind) -> str:
    """What a code has the shape of."""
    return _SHAPES.get(kind, "another thing")


def another_shape(text: str, kind: Kind) -> Verdict:
    """A code that has the shape of another thing cannot be a plate's."""
    said = shape(kind)
    if kind in _OF_A_PATIENT:
        return refused(
            "No plate's code", f"What was scanned has the shape of {said}. Scan the code on the plate itself."
        )
    return refused("No plate's code", f"{text} has the shape of {said}. Scan the code on the plate itself.")


def plate_known(code: str) -> Verdict:
    """A plate that was made is opened."""
    return Verdict(VerdictKind.FOUND, "Plate made", f"Plate {code} is made. Its worklists can be written.")


def made(code: str, number: int, tubes: int) -> Verdict:
    """The plate has its code."""
    said = f"Plate {number} is {code}: {_many(tubes, 'tube')}. Write its worklists next."
    return Verdict(VerdictKind.MATCHES, "Plate made", said)


def dropped(number: int) -> Verdict:
    """A plan was dropped."""
    return Verdict(VerdictKind.FINISHED, "Plan dropped", f"Plate {number} is not made. Its tubes may be planned again.")


def put_aside() -> Verdict:
    """What was open is put aside; what was kept stays."""
    return Verdict(
        VerdictKind.ALREADY, "Put aside", "A plan that was kept waits in the list; one that was not is gone."
    )


def read_at_racks(rack: str) -> Verdict:
    """The rack is read for plating on the Racks screen."""
    return attention("Read this rack", f"Read rack {rack} now: it agrees as a whole or nothing is saved.")


def volume_wanted() -> Verdict:
    """A worklist needs a volume."""
    return refused("Volume is wanted", "Enter how many microlitres go into each well, as 10 or 2.5.")


def asks_volume() -> Verdict:
    """The question for the volume is open."""
    return attention("How much", "Enter how many microlitres of each tube go into its well.")


def less_remains(short: str) -> Verdict:
    """Less remains in a tube than a worklist takes: it is asked about before anything is written."""
    return attention("More than remains", f"{short} Nothing is written. Enter less, or say that each was looked at.")


def no_worklist(why: str) -> Verdict:
    """A worklist would not say what the plan says: none is written."""
    return refused("Nothing written", f"{why}. No worklist is written.")


def written(code: str, names: Sequence[str], left_out: Sequence[str] = ()) -> Verdict:
    """Worklists were written; wells that a person left out are named."""
    said = f"Plate {code}: {', '.join(names)}. {ROBOT_READS_IT} Find shows the plate with its files."
    if not left_out:
        return Verdict(VerdictKind.FINISHED, "Worklists written", said)
    return attention("Written in part", f"Left out: {', '.join(left_out)}. {said}")


def partner_expected() -> str:
    """The partner of a tube is expected."""
    return "It is expected, and has not arrived."


def partner_without_tube(number: str) -> str:
    """The partner of a tube is here and in no FluidX tube yet."""
    return f"It is here as {number}, in no FluidX tube yet."


def partner_stands(code: str, where: str) -> str:
    """The partner of a tube stands in a rack that is not in the plan."""
    return f"It is tube {code}, in {where}. Scan that rack too."


def family_not_whole(family: str, lacking: Sequence[str]) -> str:
    """A family goes in one consignment, and some of it is not in the plan."""
    return f"{family} goes in one consignment. Not in this plan: {', '.join(lacking)}."


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def more_conceded(many: int) -> str:
    """Concessions for which the map has no room."""
    return f"{many} more {'tubes go' if many != 1 else 'tube goes'} on although a rule fails: Find says which, and why."


def goes_on(code: str, rule: str, version: str) -> str:
    """A tube that goes on although it fails a rule, as a robot's worklist says it: nobody's name, no reason."""
    return f"{code} goes on although it fails rule {rule} v{version}: see the map of the plate"
