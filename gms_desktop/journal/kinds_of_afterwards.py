"""What entries about a request after it was made state: cancelled, amended, added to, shared, material reserved."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def _one_after_another(body: Body, what: str) -> Premises:
    """Of two benches that say it of one request unbeknown to each other, the second meets the first."""
    request, saying = f"request:{body['request']}", f"{what}:{body['request']}"
    follows: Pair = (f"last:{saying}", body["follows"])
    return Premises((request, saying), expects=(_exists(request), follows))


def cancelling(body: Body) -> Premises:
    """A request is wanted no more, or is wanted after all: somebody outside said so, so it has happened."""
    return _one_after_another(body, "cancelling")


def amended(body: Body) -> Premises:
    """Something of a request is another from now on."""
    return _one_after_another(body, "amending")


def shared(body: Body) -> Premises:
    """Another laboratory was told of a request, or told us of its half."""
    request = f"request:{body['request']}"
    return Premises((request,), expects=(_exists(request),))


def added_on(body: Body) -> Premises:
    """A further test is wanted for a patient whose material is here: a request of its own, that names the first."""
    request, first, patient = (f"request:{body['request']}", f"request:{body['of']}", f"patient:{body['patient']}")
    return Premises((request, first), (_exists(request),), expects=(_exists(first), _exists(patient)))


def _kept(body: Body) -> tuple[tuple[str, ...], tuple[str, str]]:
    """What is kept, as subjects, and the key of it: of a volume, a key of its own beside those of other volumes."""
    specimen, request = f"specimen:{body['specimen']}", f"request:{body['request']}"
    aliquot = (f"aliquot:{body['aliquot']}",) if body["aliquot"] else ()
    material = body["aliquot"] or body["specimen"]
    key = f"reservation:{material}/{body['request']}" if body["volume"] else f"reservation:{material}"
    return (specimen, *aliquot, request), (key, request)


def reserved(body: Body) -> Premises:
    """A specimen, or a tube poured from it, is kept for a request, all of it or a volume.

    It rests on what is known of the specimen now: of two benches that keep of one specimen the second is refused, so
    that no more is ever kept than there is.
    """
    subjects, key = _kept(body)
    specimen, *aliquot, _ = subjects
    exist = (_exists(specimen), *(_exists(one) for one in aliquot))
    requires: tuple[Pair, ...] = (*exist, (f"last:{specimen}", body["rests_on"]))
    return Premises(subjects, (key,), requires)


def released(body: Body) -> Premises:
    """What was kept is kept for that request no more."""
    subjects, held = _kept(body)
    return Premises(subjects, (), (held, *(_exists(one) for one in subjects)), (), (held,))
