"""What a worklist takes from the tubes of a plate: whether so much remains in each, and the entries that say so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gms_desktop import volume_words
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import volume_left
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice

ANYWAY = Choice(volume_words.ALL_THE_SAME, volume_words.WORKLIST_ANYWAY)


def short(db: Database, row: Row, wanted: Mapping[str, Decimal], answer: Answer | None) -> str:
    """The tubes of which less remains than the worklist takes, in words; empty where a person looked at each.

    What an earlier worklist of this plate took is not counted: this one stands in its place.

    Args:
        db: the register.
        row: the plate.
        wanted: how much of each tube, in µl, by its identity.
        answer: what the person said of it.
    """
    if answer is not None and ANYWAY.code in answer.choices:
        return ""
    found = []
    for tube, ul in wanted.items():
        left = volume_left.left(db, f"tube:{tube}", beside=f"plate:{row['id']}")
        if left is not None and ul > left.ul:
            code = (rack_look_up.tube(db, tube) or {}).get("code")
            found.append(volume_words.too_much(f"tube {code}", ul, left))
    return " ".join(found)


def taken(desk: Desk, row: Row, wanted: Mapping[str, Decimal]) -> tuple[Draft, ...]:
    """The entries that so much was taken from each tube into the plate."""
    plate = f"plate:{row['id']}"
    return tuple(
        volume_left.taken(desk, f"tube:{tube}", volume_left.of_ul(ul, "planned"), plate, "worklist")
        for tube, ul in wanted.items()
    )


def of_each(db: Database, row: Row, ul: Decimal) -> dict[str, Decimal]:
    """The same volume of each tube of a plate that was not left out of its worklists."""
    wells = plate_look_up.wells(db, row["id"])
    return {one["tube"]: ul for one in wells if one["tube"] and not one["left_out_private"]}
