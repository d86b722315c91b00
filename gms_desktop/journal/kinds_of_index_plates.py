"""What entries about index plates, libraries and pools state.

A well of an index plate is used once, for ever: giving it to a library claims it. A well of a plate gets one index: its
library is named by it. Two benches that use one well, or index one plate, without knowing of each other are in dispute.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind


def library_of(plate: str, well: str) -> str:
    """The identity of the library that a well of a plate becomes."""
    return f"{plate}.{well}"


def set_taken_in(body: Body) -> Premises:
    """The laboratory's own file of a set of index pairs was taken in."""
    index_set = f"index_set:{body['set']}"
    wells = [one[0] for one in body["wells"]]
    if not wells or len(set(wells)) < len(wells):
        raise ValueError("a set has each of its wells once")
    return Premises((index_set,), (exists(index_set),))


def registered(body: Body) -> Premises:
    """A plate of a set is here, known by its code: no plate of samples ever has the same one."""
    plate, index_set = f"index_plate:{body['index_plate']}", f"index_set:{body['set']}"
    claims = (exists(plate), (f"plate:{body['code']}", plate))
    return Premises((plate, index_set), claims, expects=(exists(index_set),))


def indexed(body: Body) -> Premises:
    """Wells of a plate became libraries, each with the index of a well of its own."""
    plate, index_plate = f"plate:{body['plate']}", f"index_plate:{body['index_plate']}"
    wells = [(one["well"], one["index_well"]) for one in body["wells"]]
    if not wells or any(len(set(each)) < len(wells) for each in zip(*wells, strict=True)):
        raise ValueError("a well is named twice, or none at all")
    libraries = {well: f"library:{library_of(body['plate'], well)}" for well, _ in wells}
    used = tuple((f"index:{body['index_plate']}:{index}", libraries[well]) for well, index in wells)
    # A library that is there already claims nothing new by claiming itself: that it is not there has to be said.
    unnamed = tuple((f"id:{library}", None) for library in libraries.values())
    return Premises(
        (plate, index_plate, *libraries.values()),
        (*(exists(library) for library in libraries.values()), *used),
        requires=(exists(plate), exists(index_plate), (f"last:{plate}", body["rests_on"]), *unnamed),
    )


def pooled(body: Body) -> Premises:
    """Libraries were pooled in a tube: the pool keeps all of them as its parents."""
    pool = f"pool:{body['pool']}"
    libraries = [f"library:{library_of(each['plate'], well)}" for each in body["libraries"] for well in each["wells"]]
    if not libraries or len(set(libraries)) < len(libraries):
        raise ValueError("a pool has each of its libraries once")
    plates = tuple(f"plate:{each['plate']}" for each in body["libraries"])
    return Premises(
        (pool, *plates),
        (exists(pool), (f"tube:{body['code']}", pool)),
        requires=(*(exists(plate) for plate in plates), *(exists(library) for library in libraries)),
    )


ROWS = (
    kind("index_set.taken_in", Nature.FACT, "set name i5 wells sha256 bench", set_taken_in),
    kind("index_plate.registered", Nature.FACT, "index_plate code set lot expiry bench", registered),
    kind("plate.indexed", Nature.DECISION, "plate index_plate wells rests_on bench", indexed),
    kind("pool.made", Nature.DECISION, "pool code libraries mismatches rules bench", pooled),
)
