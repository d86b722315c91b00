"""What is known of the tubes of a rack beside where they stand, as its comparison needs it."""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop import tube_words
from gms_desktop.domain.racks.saving import Purpose
from gms_desktop.domain.racks.standing import Standing
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import case_look_up, look_up
from gms_desktop.services import case_list, eluate_stops, stops

LEAVING = "leaving"
_STEPS = {Purpose.PLATING: stops.TESTING, Purpose.DISPATCH: LEAVING}


def standing(
    db: Database, tubes: Mapping[str, Row], two_in: Mapping[str, tuple[str, ...]], purpose: Purpose
) -> Standing:
    """What is known of these tubes, by code; what stops a specimen counts where its DNA is used or sent away."""
    barred, stopped = dict[str, str](), dict[str, str]()
    held = case_look_up.held_of(db, (f"tube:{tube['id']}" for tube in tubes.values()))
    for code, tube in tubes.items():
        if why := _barred(tube, held):
            barred[code] = why
        elif purpose in _STEPS and (why := why_stopped(db, tube, _STEPS[purpose])):
            stopped[code] = why
    return Standing(barred, stopped, two_in)


def why_stopped(db: Database, tube: Row, step: str = stops.TESTING) -> str:
    """Why the DNA in a tube may not go on to a step; empty where it may."""
    specimen = look_up.row(db, "specimen", tube["specimen"]) if tube["specimen"] else None
    if specimen is None:
        return ""
    if case_list.held(db, f"specimen:{specimen['id']}") is not None:
        return f"{specimen['accession']} {tube_words.IN_DISPUTE}"
    why = stops.why_not(db, specimen, step) or eluate_stops.why_of_tube(db, tube)
    return f"{specimen['accession']}: {why}" if why else ""


def _barred(tube: Row, held: frozenset[str]) -> str:
    if tube["state"] == "discarded":
        return tube_words.was_discarded(tube["route"])
    return tube_words.IN_DISPUTE if f"tube:{tube['id']}" in held else ""
