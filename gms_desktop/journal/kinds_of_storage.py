"""What entries about storage state: places, what is put into them, taken out, thawed with its box, and discarded.

Where a thing is kept has a subject of its own, named by the thing: a dispute about a position shall not stop the work
on a specimen. It is a fact, and follows what was known of the thing and of its places: two benches that put something
into one box without knowing of each other are contested.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SORTS = ("specimen", "aliquot", "eluate", "tube", "pool", "piece", "rack", "place")


def _thing(body: Body) -> str:
    """The thing itself.

    Raises:
        ValueError: for a sort of thing that is not stored.
    """
    if body["sort"] not in SORTS:
        raise ValueError(f"{body['sort']} is not stored")
    return f"{body['sort']}:{body['item']}"


def _follows(body: Body) -> tuple[Pair, ...]:
    return tuple((f"last:{subject}", entry) for subject, entry in body["follows"])


def place_registered(body: Body) -> Premises:
    """A place is known by its code from now on, and stands in a wider one."""
    place = f"place:{body['place']}"
    within = (exists(f"place:{body['within']}"),) if body["within"] else ()
    return Premises((place,), (exists(place), (f"accession:{body['code']}", place)), (), within)


def about_a_place(body: Body) -> Premises:
    """A freezer is out of order, or in use again."""
    place = f"place:{body['place']}"
    return Premises((place,), expects=(exists(place),))


def put_away(body: Body) -> Premises:
    """A thing was put into a place; a place that stands in it stands there itself from now on."""
    thing, stored = _thing(body), f"stored:{body['item']}"
    places = tuple(f"place:{one}" for one in dict.fromkeys((body["place"], body["former"])) if one)
    moved = (thing,) if body["sort"] == "place" and thing not in places else ()
    expects = (exists(thing), *(exists(one) for one in places), *_follows(body))
    return Premises((stored, *moved, *places), (exists(stored),), (), expects)


def taken_out(body: Body) -> Premises:
    """A thing was taken out of where it was kept."""
    thing, stored = _thing(body), f"stored:{body['item']}"
    places = (f"place:{body['former']}",) if body["former"] else ()
    moved = (thing,) if body["sort"] == "place" and thing not in places else ()
    expects = (exists(thing), *(exists(one) for one in places), *_follows(body))
    return Premises((stored, *moved, *places), (exists(stored),), (), expects)


def thawed(body: Body) -> Premises:
    """What thawed with the box or rack that it stood in."""
    stored = tuple(f"stored:{item}" for _, item in body["items"])
    things = tuple(exists(_thing({"sort": sort, "item": item})) for sort, item in body["items"])
    return Premises(stored, tuple(exists(one) for one in stored), (), things)


def discarded(body: Body) -> Premises:
    """Material left for good, by a route."""
    thing, stored = _thing(body), f"stored:{body['item']}"
    return Premises((thing, stored), (exists(stored),), (), (exists(thing),))


ROWS = (
    kind("place.registered", Nature.FACT, "place code kind name within frozen rows columns bench", place_registered),
    kind("place.stopped", Nature.FACT, "place bench", about_a_place),
    kind("place.restored", Nature.FACT, "place bench", about_a_place),
    kind("place.checked", Nature.FACT, "place seen findings bench", about_a_place),
    kind("stored.put_away", Nature.FACT, "item sort place position former thawed how bench follows", put_away),
    kind(
        "stored.taken_out",
        Nature.FACT,
        "item sort former position reason due thawed bench follows",
        taken_out,
    ),
    kind("stored.thawed", Nature.FACT, "items with bench", thawed),
    kind("material.discarded", Nature.FACT, "item sort reason route bench", discarded),
)
