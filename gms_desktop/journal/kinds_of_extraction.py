"""What entries about extraction state: a batch, what stands in its positions, how it went, and what came out of it.

Whatever is done at a batch follows the newest entry about it that was known: two benches that fill one batch without
knowing of each other are contested.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SOURCES = ("specimen", "aliquot", "piece")


def _batch(body: Body) -> str:
    return f"extraction:{body['batch']}"


def _follows(body: Body) -> tuple[str, str]:
    return f"last:{_batch(body)}", body["follows"]


def source_of(body: Body) -> str | None:
    """The subject that stands in a position; None for a blank or a control.

    Raises:
        ValueError: for a sort of source that nothing is extracted from.
    """
    if body["source"] is None:
        return None
    if body["source"]["sort"] not in SOURCES:
        raise ValueError(f"{body['source']['sort']} is not extracted")
    return f"{body['source']['sort']}:{body['source']['id']}"


def begun(body: Body) -> Premises:
    """A batch begins, under a number of ours."""
    batch = _batch(body)
    return Premises((batch,), (exists(batch), (f"accession:{body['number']}", batch)))


def placed(body: Body) -> Premises:
    """Something was put into a position: a specimen, or what was poured from one; a blank; a control of a lot."""
    batch, source = _batch(body), source_of(body)
    specimen = f"specimen:{body['specimen']}" if body["specimen"] else None
    about = tuple(dict.fromkeys(one for one in (batch, source, specimen) if one))
    lot = (exists(f"lot:{body['lot']}"),) if body["lot"] else ()
    return Premises(about, expects=(*(exists(one) for one in about), *lot, _follows(body)))


def lot_used(body: Body) -> Premises:
    """A lot of a kit or reagent goes into a batch."""
    batch, lot = _batch(body), f"lot:{body['lot']}"
    return Premises((batch, lot), expects=(exists(batch), exists(lot), _follows(body)))


def of_a_batch(body: Body) -> Premises:
    """What happened to a batch, or was measured of it."""
    batch = _batch(body)
    return Premises((batch,), expects=(exists(batch), _follows(body)))


def of_a_position(body: Body) -> Premises:
    """What happened to a position: its specimen may have to be extracted again."""
    batch = _batch(body)
    about = (batch, f"specimen:{body['specimen']}") if body["specimen"] else (batch,)
    return Premises(about, expects=(*(exists(one) for one in about), _follows(body)))


def dropped(body: Body) -> Premises:
    """A batch that never started is given up: what stood in it is free again."""
    batch = _batch(body)
    about = (batch, *(f"specimen:{one}" for one in dict.fromkeys(body["specimens"])))
    return Premises(about, expects=(*(exists(one) for one in about), _follows(body)))


def released(body: Body) -> Premises:
    """A batch that was held goes on: decided on what was known of it."""
    batch = _batch(body)
    return Premises((batch,), requires=(exists(batch), (f"last:{batch}", body["rests_on"])))


def eluate_made(body: Body) -> Premises:
    """What came out of a position, or a pool of eluates, is in a container; ``accession`` where it has our number."""
    eluate = f"eluate:{body['eluate']}"
    parents = tuple(f"{one['sort']}:{one['id']}" for one in body["parents"])
    if not parents or (body["batch"] is None and any(one["sort"] != "eluate" for one in body["parents"])):
        raise ValueError("an eluate comes out of a batch, or is a pool of eluates")
    batch = (_batch(body),) if body["batch"] else ()
    claims = (exists(eluate), *([(f"accession:{body['accession']}", eluate)] if body["accession"] else []))
    about = tuple(dict.fromkeys((*batch, *parents, f"specimen:{body['specimen']}")))
    follows = (_follows(body),) if body["batch"] else ()
    return Premises((eluate, *about), claims, expects=(*(exists(one) for one in about), *follows))


def about_an_eluate(body: Body) -> Premises:
    """What was measured of an eluate."""
    eluate = f"eluate:{body['eluate']}"
    return Premises((eluate,), expects=(exists(eluate),))


_FACT = Nature.FACT
ROWS = (
    kind("extraction.begun", _FACT, "batch number protocol instrument input bench", begun),
    kind("extraction.placed", _FACT, "batch position role code source specimen repeats lot follows bench", placed),
    kind("extraction.moved", _FACT, "batch position to specimen follows bench", of_a_position),
    kind("extraction.taken_out", _FACT, "batch position specimen reason again follows bench", of_a_position),
    kind("extraction.dropped", _FACT, "batch specimens again reason follows bench", dropped),
    kind("extraction.lot_used", _FACT, "batch lot of follows bench", lot_used),
    kind("extraction.started", _FACT, "batch follows bench", of_a_batch),
    kind("extraction.ended", _FACT, "batch follows bench", of_a_batch),
    kind("extraction.failed", _FACT, "batch position specimen reason again follows bench", of_a_position),
    kind("extraction.blank_measured", _FACT, "batch position value unit most over rules follows bench", of_a_batch),
    kind("extraction.released", Nature.DECISION, "batch reason rests_on bench", released),
    kind(
        "eluate.made",
        _FACT,
        "eluate accession batch position parents specimen material volume follows bench",
        eluate_made,
    ),
    kind("eluate.measured", _FACT, "eluate volume bench", about_an_eluate),
)
