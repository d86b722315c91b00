"""A tube arrives: it gets a specimen, our number and an intended label, whatever its outcome will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gms_desktop.domain import time_limits
from gms_desktop.domain.label_sorts import OF_TUBES, LabelSort, known_as
from gms_desktop.domain.minting import instant
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.label_routes import Route
from gms_desktop.register import delivery_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import priorities
from gms_desktop.services.situation import Tube


@dataclass(frozen=True)
class Arrival:
    """The drafts of an arrival, the number it was given and its label."""

    drafts: tuple[Draft, ...]
    specimen: str
    number: str
    label: str


@dataclass(frozen=True)
class Place:
    """Where labels are printed: bench, laboratory letter, and the printer and layout of each sort of labels.

    Attributes:
        bench: its writer.
        letter: the laboratory's.
        printer, layout: of the labels of tubes.
        routes: of each sort that a printer is named for; where none are given, everything is a tube's.
    """

    bench: str
    letter: str
    printer: str
    layout: str
    routes: Mapping[str, Route] = field(default_factory=dict)

    def route(self, sort: str) -> Route:
        """Where a sort of labels goes; where no printer is named for it, to none until one is."""
        if sort in self.routes:
            return self.routes[sort]
        return Route(self.printer, self.layout) if sort in OF_TUBES else Route("", "")


def arrive(
    ledger: Ledger,
    place: Place,
    tube: Tube,
    matched: str,
    code: str | None,
    told: dict[str, str],
    *,
    earlier: bool = False,
) -> Arrival:
    """Record that a tube is here.

    Args:
        ledger: the bench's ledger, inside a transaction.
        place: the bench and its printer.
        tube: the tube of the open request.
        matched: ``code``, ``eye`` or ``unannounced``.
        code: the sender's code as scanned, when one was; not the code that was expected on the tube.
        told: how it came in.
        earlier: it came in before what this bench books from now.
    """
    return arrive_for(ledger, place, tube.request, tube.place, tube.type, matched, code, told, earlier=earlier)


def arrive_for(
    ledger: Ledger,
    place: Place,
    request: Row,
    tube: int | None,
    kind: str,
    matched: str,
    code: str | None,
    told: dict[str, str],
    *,
    earlier: bool = False,
) -> Arrival:
    """Record an arrival for a request's row, from the bag that this bench books from unless it came in earlier."""
    booked = {} if earlier else delivery_look_up.booking(ledger.db, place.bench) or {}
    specimen, number = ledger.identity(), ledger.next_number(place.letter)
    body: Body = {
        "specimen": specimen,
        "accession": number,
        "requests": [request["id"]],
        "patient": request["patient"],
        "tube": tube,
        "type": kind,
        "sender_code": code,
        "sender": request["sender"] if code else None,
        "collected": request["collected"],
        "taken": taken(ledger.db, request["collected"]),
        "delivery": booked.get("delivery"),
        "bag": booked.get("bag"),
        "risk": request["risk"],
        "priority": priorities.effective(ledger.db, request["priority"], request.get("test"), (kind,)),
        "category": request["category"],
        "matched": matched,
        "bench": place.bench,
        "follows": last_arrival(ledger, request["id"], tube),
    }
    label = label_draft(place, specimen, number, 1, None)
    return Arrival((Draft("specimen.received", body, input=told), label), specimen, number, str(label.body["label"]))


def taken(db: Database, collected: str | None) -> str | None:
    """The first moment at which a specimen can have been collected, UTC text; None where that is not known."""
    laboratory = look_up.laboratory(db)
    first = time_limits.collected(collected or "", laboratory["time_zone"]).earliest if laboratory else None
    return instant(first) if first is not None else None


def last_arrival(ledger: Ledger, request: str, tube: int | None) -> str | None:
    """Who was last known to touch the place kept for this tube: another bench may receive it unbeknown to this one."""
    place = f"last:arrival:{request}/{tube}"
    return ledger.driver.holders([place])[place] if tube else None


def label_draft(
    place: Place, specimen: str, number: str, copy: int, reason: str | None, made: str | None = None
) -> Draft:
    """The intention to print one copy of the label of a tube that holds a specimen's material.

    Args:
        place: where it is printed.
        specimen: whose material it is.
        number: what stands on the label.
        copy: counted from 1.
        reason: why it is printed again; None for the first.
        made: the aliquot or eluate that it is for; None for the specimen's own tube.
    """
    sort = LabelSort.CRYO if made else LabelSort.TUBE
    return Draft(
        "label.intended",
        {
            "label": f"{number}.{copy}",
            "sort": sort.value,
            "subject": made or f"specimen:{specimen}",
            "specimen": specimen,
            **printed_at(place, sort, number, copy, reason),
        },
    )


def printed_at(place: Place, sort: str, number: str, copy: int, reason: str | None) -> Body:
    """What the intention to print any label states beside what it is stuck on."""
    route = place.route(sort)
    return {
        "accession": number,
        "copy": copy,
        "reason": reason,
        "printer": route.printer,
        "layout": route.layout,
        "bench": place.bench,
    }


def thing_draft(place: Place, sort: str, stuck: str, code: str, copy: int, reason: str | None) -> Draft:
    """The intention to print one copy of the label of what holds no one patient's material: a plate, a rack, a place.

    Their codes may be anybody's and alike: such a label stands under what it is stuck on.
    """
    body = {"label": f"{stuck}.{copy}", "sort": sort, "subject": known_as(stuck), "specimen": None}
    return Draft("label.intended", body | printed_at(place, sort, code, copy, reason))
