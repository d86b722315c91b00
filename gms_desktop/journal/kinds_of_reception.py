"""What entries about deliveries state: what the van brought, what was found in it, and where the rest went."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def _delivery(body: Body) -> str:
    return f"delivery:{body['delivery']}"


def _known(body: Body) -> tuple[Pair, ...]:
    """The delivery is expected to be there; nothing is expected where something came in none."""
    return (_exists(_delivery(body)),) if body["delivery"] else ()


def arrived(body: Body) -> Premises:
    """A delivery is in the building: its time is the physical receipt of every specimen in it."""
    return Premises((_delivery(body),), (_exists(_delivery(body)),))


def about(body: Body) -> Premises:
    """Something was found or said of a delivery: a further bag, a leak."""
    return Premises((_delivery(body),), expects=_known(body))


def counted(body: Body) -> Premises:
    """A delivery's count is settled, or open again: of two benches that say so unbeknown the second meets it."""
    counting = f"counting:{body['delivery']}"
    return Premises((_delivery(body), counting), expects=(*_known(body), (f"last:{counting}", body["follows"])))


def taken_up(body: Body) -> Premises:
    """A bench books from a delivery, and from one bag of it."""
    return Premises((f"booking:{body['bench']}", _delivery(body)), expects=_known(body))


def put_away(body: Body) -> Premises:
    """A bench books from no delivery any more."""
    return Premises((f"booking:{body['bench']}",), expects=_known(body))


def item(body: Body) -> Premises:
    """Something that came and is no specimen here: passed on unopened, or a form without its specimen."""
    subject = f"item:{body['item']}"
    request: tuple[Pair, ...] = (_exists(f"request:{body['request']}"),) if body.get("request") else ()
    return Premises((subject,), (_exists(subject),), (), (*_known(body), *request))


def item_answered(body: Body) -> Premises:
    """What became of it: the specimen of a form arrived, or the sender answered."""
    subject = f"item:{body['item']}"
    return Premises((subject,), expects=(_exists(subject),))
