"""What entries about plates state: a layout that was decided, the plate that was made of it, and that it was discarded.

A plate is made of tubes where they were read: its entry rests on the newest entry about each tube and each rack, so
that none of them was moved at another bench between the last reading and the plate's code.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind


def _plate(body: Body) -> str:
    return f"plate:{body['plate']}"


def _tubes(body: Body) -> tuple[str, ...]:
    """The tubes of the wells; each stands on a plate once.

    Raises:
        ValueError: when a well or a tube stands twice.
    """
    wells, tubes = [one[0] for one in body["wells"]], [one[1] for one in body["wells"]]
    if len(set(wells)) < len(wells) or len(set(tubes)) < len(tubes):
        raise ValueError("a well or a tube stands twice on a plate")
    return tuple(f"tube:{one}" for one in tubes)


def planned(body: Body) -> Premises:
    """Somebody decided which tube, control or buffer goes into which well; nothing was pipetted."""
    lots = dict.fromkeys(f"lot:{lot}" for _, _, _, lot in body["others"] if lot)
    return Premises((_plate(body),), (exists(_plate(body)),), tuple(exists(one) for one in (*_tubes(body), *lots)))


def plan_dropped(body: Body) -> Premises:
    """A plan is not carried out: its tubes are free for another."""
    plate = _plate(body)
    return Premises((plate,), requires=(exists(plate), (f"last:{plate}", body["rests_on"])))


def made(body: Body) -> Premises:
    """The plate has its code: its tubes stood where they were read, whole racks, when it was given."""
    plate, tubes = _plate(body), _tubes(body)
    follows = tuple((f"last:{subject}", entry) for subject, entry in body["follows"])
    rests = (exists(plate), (f"last:{plate}", body["rests_on"]), *follows)
    return Premises((plate, *tubes), ((f"plate:{body['code']}", plate),), requires=rests)


def discarded(body: Body) -> Premises:
    """A plate left for good: a fact, contested where another bench packed it or worked with it meanwhile."""
    plate = _plate(body)
    return Premises((plate,), expects=(exists(plate), (f"last:{plate}", body["follows"])))


ROWS = (
    kind(
        "plate.planned",
        Nature.DECISION,
        "plate number sort type rows columns pack wells others racks bench",
        planned,
    ),
    kind("plate.plan_dropped", Nature.DECISION, "plate reason rests_on bench", plan_dropped),
    kind("plate.made", Nature.DECISION, "plate code wells racks follows rests_on bench", made),
    kind("plate.discarded", Nature.FACT, "plate reason route follows bench", discarded),
)
