"""What entries about a specimen as it was found state: looked at, a step done in time, spun, aliquoted."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def of_a_specimen(body: Body) -> Premises:
    """What was seen on a specimen, or done with it: a fact about the thing that was scanned, which must be there."""
    subject = f"specimen:{body['specimen']}"
    return Premises((subject,), expects=(_exists(subject),))


def spun(body: Body) -> Premises:
    """A specimen was spun: a separation begins, and everything poured from it names it."""
    separation, specimen = f"separation:{body['separation']}", f"specimen:{body['specimen']}"
    return Premises((separation, specimen), (_exists(separation),), (), (_exists(specimen),))


def aliquot_made(body: Body) -> Premises:
    """Plasma or cells in a tube of their own, under a number of ours, from a specimen by a separation."""
    aliquot, specimen = f"aliquot:{body['aliquot']}", f"specimen:{body['specimen']}"
    claims = (_exists(aliquot), (f"accession:{body['accession']}", aliquot))
    return Premises((aliquot, specimen), claims, (), (_exists(specimen), _exists(f"separation:{body['separation']}")))


def _at_risk(body: Body) -> str:
    if (body["specimen"] is None) is (body["patient"] is None):
        raise ValueError("infection risk is of a specimen or of a patient")
    return f"specimen:{body['specimen']}" if body["specimen"] else f"patient:{body['patient']}"


def risk_stated(body: Body) -> Premises:
    """Somebody stated the infection risk of a specimen, or of a patient and so of all that comes from them."""
    subject = _at_risk(body)
    return Premises((subject,), expects=(_exists(subject),))


def risk_released(body: Body) -> Premises:
    """The sign is taken off by a rule of the laboratory: decided on what was known of the risk."""
    subject = _at_risk(body)
    return Premises((subject,), requires=(_exists(subject), (f"last:{subject}", body["rests_on"])))
