"""What lies on the bench: the open request with its family, its tubes, and which one is in hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gms_desktop import review_words
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.services.people_words import Person, person
from gms_desktop.services.site_rules import label_rules

UNSETTLED = frozenset(look_up.UNSETTLED)
PUT_ASIDE = frozenset({"put off", "spoiled"})


@dataclass(frozen=True)
class Tube:
    """A tube that is expected, or has arrived, for one request; ``elsewhere``: the other bench that received it."""

    number: int
    request: Row
    place: int | None
    type: str
    code: str
    specimen: Row | None
    label: Row | None
    held: bool = False
    elsewhere: str = ""

    @property
    def key(self) -> str:
        """Names the tube in commands, by what no other tube that comes meanwhile can change: a number may move on."""
        further = str(self.specimen["id"]) if self.specimen is not None else "further"
        return f"{self.request['id']}/{self.place or further}"

    @property
    def cancelled(self) -> bool:
        """Whether its request is cancelled: nothing of it is awaited, and what comes is no work."""
        return str(self.request["state"] or "").startswith("cancelled")

    @property
    def led_by(self) -> str | None:
        """The specimen whose number leads, where one tube was received under two: this one needs no label."""
        return self.specimen["led_by"] if self.specimen is not None else None

    @property
    def label_waits(self) -> bool:
        """Whether a label was made that is not on the tube yet; a tube in dispute goes to the review rack as it is."""
        free = not self.held and self.led_by is None
        return free and self.label is not None and self.label["state"] in UNSETTLED

    @property
    def put_aside(self) -> bool:
        """Whether the tube stands without a label that was put off or spoiled."""
        free = not self.held and self.led_by is None
        return free and self.label is not None and self.label["state"] in PUT_ASIDE

    @property
    def done(self) -> bool:
        """Whether the tube has its outcome and its label."""
        if self.led_by is not None:
            return True
        settled = self.label is not None and self.label["state"] == "verified"
        return settled and self.specimen is not None and self.specimen["outcome"] is not None


@dataclass(frozen=True)
class Situation:
    """The open request, the requests of its referral, the people in it, and every tube in order.

    ``one_patient``: labels of one patient only lie on the bench, so that a tube without one keeps the next patient out.
    """

    request: Row
    requests: tuple[Row, ...]
    people: dict[str, Person]
    tubes: tuple[Tube, ...]
    one_patient: bool = True

    @property
    def in_hand(self) -> Tube | None:
        """The tube that must be finished next: its label waits, or it has a label and no outcome.

        What another bench received of the same request lies there, and is in nobody's hand here.
        """
        waiting = next((tube for tube in self.here if tube.label_waits), None)
        if waiting:
            return waiting
        free = (t for t in self.here if t.specimen is not None and not t.held and t.led_by is None)
        undecided = (t for t in free if t.specimen is not None and t.specimen["outcome"] is None)
        return next((tube for tube in undecided if not tube.put_aside), None)

    @property
    def here(self) -> tuple[Tube, ...]:
        """Tubes that this bench received, or made the last label of."""
        return tuple(tube for tube in self.tubes if tube.specimen is not None and not tube.elsewhere)

    @property
    def awaited(self) -> tuple[Tube, ...]:
        """Tubes that have not arrived, none of those whose request is cancelled."""
        return tuple(tube for tube in self.tubes if tube.specimen is None and not tube.cancelled)

    @property
    def may_come(self) -> tuple[Tube, ...]:
        """Tubes that have not arrived, also of a request that is cancelled: they were sent all the same."""
        return tuple(tube for tube in self.tubes if tube.specimen is None)

    @property
    def put_aside(self) -> tuple[Tube, ...]:
        """Tubes here whose label was put off or spoiled."""
        return tuple(tube for tube in self.here if tube.put_aside)

    @property
    def keeps_patient(self) -> tuple[Tube, ...]:
        """Tubes without a label that must have one before the next patient comes."""
        return self.put_aside if self.one_patient else ()

    @property
    def name(self) -> str:
        """The referral or the request by its first code."""
        return str(self.request["referral"] or self.request.get("code") or "without a number")

    def who(self, tube: Tube) -> Person:
        """The person whose tube it is."""
        return self.people[tube.request["patient"]]


def open_situation(db: Database, bench: str) -> Situation | None:
    """What this bench has open, or None."""
    opened = look_up.row(db, "reception", bench)
    if opened is None or opened["state"] != "open":
        return None
    return situation(db, opened["request"], bench)


def situation(db: Database, request_id: str, bench: str = "") -> Situation | None:
    """The situation around a request, as a bench has it, or as all have it together; None when it is not known."""
    request = look_up.row(db, "request", request_id)
    if request is None:
        return None
    family = look_up.requests_of_referral(db, request["referral"]) if request["referral"] else [request]
    requests = tuple(sorted(family, key=lambda row: _ROLE_ORDER.get(row["role"] or "", 9)))
    people = {row["patient"]: person(db, row["patient"]) for row in requests}
    for row in requests:
        codes = look_up.codes_of_request(db, row["id"])
        row["code"] = codes[0]["code"] if codes else None
    current = next(row for row in requests if row["id"] == request_id)
    tubes = tuple(_where(db, tube, bench) for tube in _tubes(db, requests))
    return Situation(current, requests, people, tubes, label_rules(db).one_patient)


def _where(db: Database, tube: Tube, bench: str) -> Tube:
    """The tube with the name of the other bench where it is. A bench that got a new writer is the same bench."""
    if not bench or tube.specimen is None:
        return tube
    at = (tube.label["bench"] if tube.label else None) or tube.specimen["bench"]
    if at in {None, bench}:
        return tube
    there, own = (look_up.incarnation(db, one) for one in (at, bench))
    name = str(there["bench"]) if there else review_words.ANOTHER_BENCH
    return tube if own and name == own["bench"] else replace(tube, elsewhere=name)


_ROLE_ORDER = {"proband": 0, "mother": 1, "father": 2}


def _tubes(db: Database, requests: tuple[Row, ...]) -> tuple[Tube, ...]:
    """Every tube with a number that stays: the expected ones of the whole family first, further ones as they came."""
    tubes: list[Tube] = []
    further: list[tuple[Row, Row]] = []
    for request in requests:
        arrived = {row["id"]: row for row in look_up.specimens_of_request(db, request["id"])}
        for kept in look_up.tubes_of_request(db, request["id"]):
            specimen = arrived.pop(kept["specimen"], None)
            tubes.append(_tube(db, request, len(tubes) + 1, kept["place"], kept["type"], kept["code"], specimen))
        further += [(request, row) for row in arrived.values()]
    for request, row in sorted(further, key=lambda one: (one[1]["received_at"], one[1]["id"])):
        tubes.append(_tube(db, request, len(tubes) + 1, None, row["type"], row["sender_code"], row))
    return tuple(tubes)


def _tube(
    db: Database, request: Row, number: int, place: int | None, kind: str | None, code: str | None, specimen: Row | None
) -> Tube:
    labels = look_up.labels_of_specimen(db, specimen["id"]) if specimen else []
    label = labels[-1] if labels else None
    held = specimen is not None and look_up.in_dispute(db, f"specimen:{specimen['id']}")
    return Tube(number, request, place, kind or "type not stated", code or "", specimen, label, held)
