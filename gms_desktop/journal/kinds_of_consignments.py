"""What entries about consignments state: opened, packed, closed, handed over, arrived, reconciled, ended.

While a consignment is open it holds a key of its own: what is packed at one bench into a consignment that another has
closed meanwhile is refused. A thing that is packed is held by its consignment until it is taken out, is found to have
been left behind, or comes back: two consignments never hold one thing.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SORTS = ("specimen", "aliquot", "eluate", "tube", "pool", "plate", "rack", "piece")
# An entry touches 200 subjects at most.
MOST_TOLD = 190


def _subject(body: Body) -> str:
    return f"consignment:{body['consignment']}"


def _thing(body: Body) -> str:
    """The thing itself.

    Raises:
        ValueError: for a sort of thing that is not sent.
    """
    if body["sort"] not in SORTS:
        raise ValueError(f"{body['sort']} is not sent")
    return f"{body['sort']}:{body['item']}"


def _open(consignment: str) -> tuple[str, str]:
    """A consignment that is open holds its own name."""
    return consignment, consignment


def _packed(body: Body, consignment: str) -> tuple[str, str]:
    return f"packed:{_thing(body)}", consignment


def opened(body: Body) -> Premises:
    """A consignment is begun for a destination; one that follows another takes what that left behind."""
    it = _subject(body)
    former = f"consignment:{body['follows']}" if body["follows"] else ""
    claims = (exists(it), _open(it), (f"accession:{body['number']}", it))
    free: tuple[Pair, ...] = ((it, None),)
    return Premises((it, former) if former else (it,), claims, (*free, exists(former)) if former else free)


def item_packed(body: Body) -> Premises:
    """A thing goes into an open consignment, and rests on all that is known of it."""
    it, thing = _subject(body), _thing(body)
    former = f"consignment:{body['follows']}" if body["follows"] else ""
    rests: tuple[Pair, ...] = (exists(it), _open(it), exists(thing), (f"last:{thing}", body["rests_on"]))
    return Premises((it, thing, former) if former else (it, thing), (_packed(body, it),), rests)


def item_unpacked(body: Body) -> Premises:
    """A thing is taken out of an open consignment, which holds it no more."""
    it, thing = _subject(body), _thing(body)
    held = _packed(body, it)
    return Premises((it, thing), (), (exists(it), _open(it), exists(thing), held), (), (held,))


def item_returned(body: Body) -> Premises:
    """Somebody has a thing in hand that was left behind, or came back: its consignment holds it no more."""
    it, thing = _subject(body), _thing(body)
    held = _packed(body, it)
    return Premises((it, thing), (), (exists(it), exists(thing), held), (), (held,))


def closed(body: Body) -> Premises:
    """Somebody closed a consignment with all that is in it."""
    it = _subject(body)
    return Premises((it,), (), (exists(it), _open(it), (f"last:{it}", body["rests_on"])), (), (_open(it),))


def reopened(body: Body) -> Premises:
    """A consignment that has not left is open again."""
    it = _subject(body)
    return Premises((it,), (_open(it),), (exists(it), (f"last:{it}", body["rests_on"])))


def about(body: Body) -> Premises:
    """What happened to a consignment on its way, and what its receiver said."""
    it = _subject(body)
    return Premises((it,), (), (), (exists(it),))


def logged(body: Body) -> Premises:
    """A temperature logger's file, which has a name of its own, was read out for a consignment."""
    it, file = _subject(body), f"document:{body['document']}"
    return Premises((file, it), (exists(file),), (), (exists(it),))


def logged_here(body: Body) -> Premises:
    """A temperature logger's file, which came with what was sent to us, was read out."""
    it, file = f"import:{body['import']}", f"document:{body['document']}"
    return Premises((file, it), (exists(file),), (), (exists(it),))


def decided(body: Body) -> Premises:
    """A consignment is reconciled, or ended, on what is known of it."""
    it = _subject(body)
    return Premises((it,), (), (exists(it), (f"last:{it}", body["rests_on"])))


def our_answer(body: Body) -> Premises:
    """What we answered to a consignment that was sent to us is put right, or taken back."""
    it = f"import:{body['import']}"
    return Premises((it,), (), (), (exists(it),))


def about_a_thing(body: Body) -> Premises:
    """Somebody was told of a thing that has left."""
    it, thing = _subject(body), _thing(body)
    return Premises((it, thing), (), (), (exists(it), exists(thing)))


ROWS = (
    kind(
        "consignment.opened",
        Nature.DECISION,
        "consignment number destination name profile_version profile_sha256 priority follows bench",
        opened,
    ),
    kind(
        "consignment.item_packed",
        Nature.DECISION,
        "consignment item sort number container concessions follows rests_on bench",
        item_packed,
    ),
    kind("consignment.item_unpacked", Nature.DECISION, "consignment item sort bench", item_unpacked),
    kind(
        "consignment.closed",
        Nature.DECISION,
        "consignment items documents manifest hub_agreed_at hub_away rests_on bench",
        closed,
    ),
    kind("consignment.sent_apart", Nature.FACT, "consignment without why bench", about),
    kind("consignment.reopened", Nature.DECISION, "consignment rests_on bench", reopened),
    kind(
        "consignment.handed_over",
        Nature.FACT,
        "consignment courier reference at expected return_by signed_by bench",
        about,
    ),
    kind("consignment.arrived", Nature.FACT, "consignment at how items words bench", about),
    # Where nothing arrived after all it has no time of arrival.
    kind("consignment.arrival_corrected", Nature.FACT, "consignment replaces at how items words reason bench", about),
    kind("consignment.step_undone", Nature.DECISION, "consignment step replaces reason rests_on bench", decided),
    kind("consignment.answer_corrected", Nature.FACT, "import document replaces withdrawn reason bench", our_answer),
    kind("consignment.reconciled", Nature.DECISION, "consignment rests_on bench", decided),
    kind("consignment.ended", Nature.DECISION, "consignment rests_on bench", decided),
    kind("consignment.item_returned", Nature.DECISION, "consignment item sort how bench", item_returned),
    kind("consignment.chased", Nature.FACT, "consignment what document who bench", about),
    kind(
        "consignment.temperature_logged",
        Nature.FACT,
        "consignment document sha256 file lowest highest readings gaps outside many_outside limits bench",
        logged,
    ),
    kind(
        "consignment.arrival_logged",
        Nature.FACT,
        "import document sha256 file lowest highest readings gaps outside many_outside limits bench",
        logged_here,
    ),
    kind("consignment.recall_told", Nature.FACT, "consignment item sort receiver who at bench", about_a_thing),
)
