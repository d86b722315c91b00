"""What entries about NIPT state: what a request states, how a sample was judged, and what testing came to.

A record of NIPT has a subject of its own, named by its specimen, or by its request where no specimen ever came: what a
form states at one bench shall not overturn what was decided of the tube at another.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Pair, Premises

STATED = (
    "nipt specimen request pathway sampled weight due fetuses chorionicity ivf ethnicity postcode conditions chance "
    "offered history sequence first repeat_reason"
)
JUDGED = (
    "nipt specimen request acceptance ineligible rejection repeat_asked conditions clarified clarified_with "
    "agreed_with missing comment shown day rests_on"
)
RESULT_STATED = "nipt outcome no_result results scores fetal_fraction runs authorised reported then source"
QF_PCR_STATED = "specimen indication reported source"


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def _named(body: Body) -> tuple[Pair, ...]:
    return tuple(_exists(f"{sort}:{body[sort]}") for sort in ("specimen", "request") if body[sort])


def _subject(body: Body) -> str:
    if body["nipt"] not in {body["specimen"], body["request"]}:
        raise ValueError("a record of NIPT is named by its specimen, or by its request where none came")
    return f"nipt:{body['nipt']}"


def stated(body: Body) -> Premises:
    """What the request states; stated anew, the later statement holds. A repeat expects its first sample."""
    subject = _subject(body)
    first = (_exists(f"nipt:{body['first']}"),) if body["first"] else ()
    return Premises((subject,), (_exists(subject),), (), (*_named(body), *first))


def judged(body: Body) -> Premises:
    """How the sample was judged, on what the request was last known to state."""
    subject = _subject(body)
    return Premises((subject,), (_exists(subject),), ((f"last:{subject}", body["rests_on"]), *_named(body)))


def result_stated(body: Body) -> Premises:
    """What the analysing system states; stated anew, the later statement holds."""
    subject = f"nipt:{body['nipt']}"
    return Premises((subject,), (), (), (_exists(subject),))


def qf_pcr_stated(body: Body) -> Premises:
    """Why QF-PCR was asked for of a prenatal specimen, and when it was reported."""
    subject = f"qf_pcr:{body['specimen']}"
    return Premises((subject,), (_exists(subject),), (), (_exists(f"specimen:{body['specimen']}"),))
