"""What entries about FluidX tubes and their racks state.

A tube's code and a rack's have one shape, so both claim the same sort of key: one code is never both. Where a tube
stands is a fact, and follows what was known of the rack and of the tube: two benches that moved one tube, or filled one
rack, without knowing of each other are contested.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SOURCES = ("specimen", "aliquot", "eluate")


def _code(body: Body, subject: str) -> tuple[str, str]:
    return f"tube:{body['code']}", subject


def source_of(body: Body) -> str:
    """The subject that a tube is filled from.

    Raises:
        ValueError: for a sort of source that holds no DNA.
    """
    if body["source"]["sort"] not in SOURCES:
        raise ValueError(f"{body['source']['sort']} fills no tube")
    return f"{body['source']['sort']}:{body['source']['id']}"


def bound(body: Body) -> Premises:
    """DNA of a source goes into a tube: the code is that tube's for ever."""
    tube, source = f"tube:{body['tube']}", source_of(body)
    return Premises((tube, source), (exists(tube), _code(body, tube)), (exists(source),))


def bind_released(body: Body) -> Premises:
    """A tube was bound by mistake and has never held liquid: somebody states so, and its code is free again."""
    if body["never_held_liquid"] is not True:
        raise ValueError("a tube that has held liquid is never bound again")
    tube = f"tube:{body['tube']}"
    held = _code(body, tube)
    return Premises((tube,), requires=(exists(tube), held, (f"last:{tube}", body["rests_on"])), releases=(held,))


def rack_registered(body: Body) -> Premises:
    """A rack is known by its code from now on."""
    rack = f"rack:{body['rack']}"
    return Premises((rack,), (exists(rack), _code(body, rack)))


def rack_read(body: Body) -> Premises:
    """A reader said what stands in a rack: nothing is moved by it."""
    rack = f"rack:{body['rack']}"
    return Premises((rack,), expects=(exists(rack),))


def rack_settled(body: Body) -> Premises:
    """Somebody took the compared wells of a reading as what is so: it rests on that reading and on nothing newer."""
    rack = f"rack:{body['rack']}"
    tubes = tuple(f"tube:{one}" for one in dict.fromkeys(one["tube"] for one in body["wells"] if one["tube"]))
    former = tuple(f"rack:{one}" for one in dict.fromkeys(body["left"]) if one != body["rack"])
    # A tube that comes from elsewhere is not held by the rack's own last entry.
    follows = tuple((f"last:{subject}", entry) for subject, entry in body["follows"])
    rests = (exists(rack), (f"last:{rack}", body["rests_on"]), *(exists(one) for one in tubes), *follows)
    return Premises((rack, *tubes, *former), requires=rests)


def tube_moved(body: Body) -> Premises:
    """A tube was put into a well, or taken out of its rack."""
    tube = f"tube:{body['tube']}"
    racks = tuple(f"rack:{one}" for one in dict.fromkeys((body["rack"], body["former"])) if one)
    follows = tuple((f"last:{subject}", entry) for subject, entry in body["follows"])
    return Premises((tube, *racks), expects=(exists(tube), *(exists(one) for one in racks), *follows))


def about_a_tube(body: Body) -> Premises:
    """What was done with a tube, or measured of it."""
    tube = f"tube:{body['tube']}"
    return Premises((tube,), expects=(exists(tube),))


ROWS = (
    kind("tube.bound", Nature.DECISION, "tube code source specimen volume bench", bound),
    kind(
        "tube.bind_released",
        Nature.DECISION,
        "tube code reason never_held_liquid rests_on bench",
        bind_released,
    ),
    kind("tube.moved", Nature.FACT, "tube rack well former how follows bench", tube_moved),
    kind("tube.volume_stated", Nature.FACT, "tube volume reason bench", about_a_tube),
    kind("rack.registered", Nature.FACT, "rack code rows columns bench", rack_registered),
    kind("rack.read", Nature.FACT, "rack read reading raw bench", rack_read),
    kind("rack.settled", Nature.DECISION, "rack read purpose wells left rests_on follows bench", rack_settled),
)
