"""What entries about measurements state: a run that was taken in, its readings, whose they are and what they came to.

A reading is recorded against the tube that it was matched to, and expects that the code it was matched by is still that
tube's: where the code was freed and bound again meanwhile, the tube holds something else, and the two become a case.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SORTS = {"tube": "tube", "eluate": "accession", "aliquot": "accession", "specimen": "accession"}
"""What can be measured, and the sort of key that its code is."""


def item_of(body: Body) -> tuple[str, Pair] | None:
    """The subject that a reading is of, and the key that its code holds; None while it waits.

    Raises:
        ValueError: for a sort of thing that is not measured.
    """
    if body["item"] is None:
        return None
    sort = body["item"]["sort"]
    if sort not in SORTS:
        raise ValueError(f"{sort} is not measured")
    subject = f"{sort}:{body['item']['id']}"
    return subject, (f"{SORTS[sort]}:{body['item']['code']}", subject)


def imported(body: Body) -> Premises:
    """A run's file was taken in; one file is taken in once."""
    run = f"run:{body['run']}"
    return Premises((run,), (exists(run), (f"id:runfile:{body['sha256']}/{body['number']}", run)))


def recorded(body: Body) -> Premises:
    """One position of a run: what was measured, and of which tube, where one was matched."""
    reading, run, item = f"reading:{body['reading']}", f"run:{body['run']}", item_of(body)
    about = (reading, item[0]) if item else (reading,)
    held = (exists(item[0]), item[1]) if item else ()
    # Of a file that two benches took in, the second run is refused, and each of its readings: nothing counts twice.
    place = f"id:runfile:{body['sha256']}/{body['number']}/{body['place']}"
    return Premises(about, (exists(reading), (place, reading)), (), (exists(run), *held))


def claimed(body: Body) -> Premises:
    """A reading that waited belongs to the tube that was scanned for it."""
    reading, item = f"reading:{body['reading']}", item_of(body)
    if item is None:
        raise ValueError("a reading is claimed for a tube")
    rests = (f"last:{reading}", body["rests_on"])
    return Premises((reading, item[0]), requires=(exists(reading), rests, exists(item[0]), item[1]))


def judged(body: Body) -> Premises:
    """What the rules in force said of a reading: nothing rewrites it."""
    reading = f"reading:{body['reading']}"
    return Premises((reading,), expects=(exists(reading),))


def chosen(body: Body) -> Premises:
    """Of several readings of a tube this one stands for a quantity, because a person says so."""
    reading, item = f"reading:{body['reading']}", f"{body['item']['sort']}:{body['item']['id']}"
    rests = (f"last:{item}", body["rests_on"])
    return Premises((item, reading), requires=(exists(reading), exists(item), rests))


def conceded(body: Body) -> Premises:
    """A tube fails a rule and goes on all the same: for whoever handles it from now on."""
    reading, item = f"reading:{body['reading']}", f"{body['item']['sort']}:{body['item']['id']}"
    rests = (f"last:{item}", body["rests_on"])
    return Premises((item, reading), requires=(exists(reading), exists(item), rests))


def run_held(body: Body) -> Premises:
    """A run is held: a control failed, or a person says why."""
    run = f"run:{body['run']}"
    return Premises((run,), expects=(exists(run),))


def run_released(body: Body) -> Premises:
    """A run that was held counts: decided on what was known of it."""
    run = f"run:{body['run']}"
    return Premises((run,), requires=(exists(run), (f"last:{run}", body["rests_on"])))


_FACT, _DECISION = Nature.FACT, Nature.DECISION
ROWS = (
    kind(
        "run.imported",
        _FACT,
        "run number sha256 size file instrument dialect model serial software measured_by run_id assay taken unread "
        "findings details positions complete bench",
        imported,
    ),
    kind(
        "reading.recorded",
        _FACT,
        "reading run sha256 number place line sample plate well role taken assay quantities flags item how bench",
        recorded,
    ),
    kind("reading.claimed", _DECISION, "reading item how rests_on bench", claimed),
    kind("reading.judged", _FACT, "reading corrected set version sha256 judgements bench", judged),
    kind("reading.chosen", _DECISION, "reading item analyte reason rests_on bench", chosen),
    kind("reading.conceded", _DECISION, "reading item rule version reason rests_on bench", conceded),
    kind("run.held", _FACT, "run failed reason bench", run_held),
    kind("run.released", _DECISION, "run reason rests_on bench", run_released),
)
