"""What a person left out of a plate's worklists or a pool's sample sheet, since it may not be used any more.

Each entry names what is left out from now on and what is taken in again, with the reason. It rests on the newest entry
about the plate or pool: nobody leaves out what somebody else used meanwhile.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind


def wells_left_out(body: Body) -> Premises:
    """Wells of a plate that was made: their tubes are in no worklist of it."""
    return _decided(f"plate:{body['plate']}", body, [*body["wells"], *body["again"]])


def libraries_left_out(body: Body) -> Premises:
    """Libraries of a pool: they stand on no sample sheet of it."""
    return _decided(f"pool:{body['pool']}", body, [*body["libraries"], *body["again"]])


def _decided(subject: str, body: Body, named: list[str]) -> Premises:
    if not named or len(set(named)) < len(named):
        raise ValueError("something is named twice, or nothing at all")
    return Premises((subject,), requires=(exists(subject), (f"last:{subject}", body["rests_on"])))


ROWS = (
    kind("plate.wells_left_out", Nature.DECISION, "plate wells again reason rests_on bench", wells_left_out),
    kind("pool.libraries_left_out", Nature.DECISION, "pool libraries again reason rests_on bench", libraries_left_out),
)
