"""What became of requests, in words: cancelled, amended, shared, added on; what is done, and where the material is."""

from __future__ import annotations

from gms_desktop import afterwards_words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up, look_up, today_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.case_words import bench_name
from gms_desktop.services.decide import outcome_words
from gms_desktop.services.downtime_time import shown
from gms_desktop.services.people_words import name, person
from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.today_items import MOST, mark, of_specimen
from gms_desktop.services.views import CheckLine, Mark, WorkItem, WorkList
from gms_desktop.words import NOT_STATED

UNNUMBERED = "the request without a number"
_SETTLED = frozenset({"on hold", "rejected", "surplus"})


def is_cancelled(request: Row) -> bool:
    """Whether a request is cancelled, whatever of it is here."""
    return str(request["state"] or "").startswith("cancelled")


def name_of(db: Database, request: Row) -> str:
    """A request by its first code or its referral, with its test: of a family each member's own."""
    return " ".join(filter(None, (code_of(db, request), request["test"])))


def code_of(db: Database, request: Row) -> str:
    """A request by its first code, else by its referral: short enough for a button."""
    codes = look_up.codes_of_request(db, request["id"])
    return str(codes[0]["code"] if codes else request["referral"] or UNNUMBERED)


def name_of_request(db: Database, request: str) -> str:
    """The same of a request by its identity, also of one that is not known here."""
    row = look_up.row(db, "request", request)
    return name_of(db, row) if row else "another request"


def known_values(db: Database, request: Row) -> dict[str, str | None]:
    """Private values that stand about a request."""
    return store.private_values(db, [f"request:{request['id']}", f"patient:{request['patient']}"])


def asked_words(db: Database, row: Row, request: Row, time_zone: str) -> str:
    """When, by whom and how something was asked, and why."""
    known = known_values(db, request)
    who, why = known.get(row["asked_private"] or "") or "", known.get(row["reason_private"] or "") or ""
    return f"{shown('minute', row['at'], time_zone)}, {afterwards_words.asked(who, row['how'] or '', why)}"


def cancelled_words(db: Database, request: Row, time_zone: str) -> str:
    """When and on whose word a request was cancelled."""
    row = afterwards_look_up.cancellation(db, request["id"])
    return asked_words(db, row, request, time_zone) if row else "at another time"


# What is done, and where the material is


def material(db: Database, request: str, before: str = "9") -> tuple[str, ...]:
    """What is done with each specimen of a request and where it is; only what was done before a moment."""
    rows = (row for row in look_up.specimens_of_request(db, request) if row["received_at"] < before)
    return tuple(_done(db, row, before) for row in rows)


def _done(db: Database, specimen: Row, before: str) -> str:
    decided = specimen["outcome"] if (specimen["decided_at"] or "9") < before else None
    labels = [row for row in look_up.labels_of_specimen(db, specimen["id"]) if row["at"] < before]
    label = f", label {labels[-1]['state']}" if labels else ""
    where = bench_name(db, specimen["bench"])
    kept = [row for row in afterwards_look_up.reservations(db, specimen["id"]) if row["at"] < before]
    tail = f", kept for {' and '.join(name_of_request(db, row['request']) for row in kept)}" if kept else ""
    return f"{specimen['accession']} {specimen['type']}, {outcome_words(decided)}{label}, last at {where}{tail}"


def requests_cancelled(db: Database, specimen: str) -> Row | None:
    """The request of a specimen, where every request that it serves is cancelled."""
    requests = look_up.requests_of_specimen(db, specimen)
    return requests[0] if requests and all(is_cancelled(one) for one in requests) else None


def may_be_put_away(db: Database, specimen: Row) -> bool:
    """Whether a specimen that was accepted may be held or stored now, because every request of it is cancelled."""
    accepted = str(specimen["outcome"] or "").startswith("accepted")
    return accepted and requests_cancelled(db, specimen["id"]) is not None


def kept(db: Database, specimen: Row) -> Verdict | None:
    """What is said of material that is kept for a request and so is no surplus; None where it is free."""
    rows = afterwards_look_up.reservations(db, specimen["id"])
    others = [name_of_request(db, row["request"]) for row in rows if row["aliquot"] is None]
    return afterwards_words.kept_for(str(specimen["accession"]), " and ".join(others)) if others else None


def left_over(db: Database, request: str) -> tuple[str, ...]:
    """What is done with the material of a request that serves no other, and where it is: all of it left over."""
    rows = look_up.specimens_of_request(db, request)
    others = {
        row["id"]
        for row in rows
        for one in look_up.requests_of_specimen(db, row["id"])
        if one["id"] != request and not is_cancelled(one)
    }
    return tuple(_done(db, row, "9") for row in rows if row["id"] not in others)


# At reception


def of_arrival(db: Database, tube: Tube, number: str, time_zone: str) -> Verdict | None:
    """What is said of a tube that arrives though its request is cancelled; None where it is not."""
    if not is_cancelled(tube.request):
        return None
    said = cancelled_words(db, tube.request, time_zone)
    return afterwards_words.cancelled_tube(tube.number, number, name_of(db, tube.request), said)


def of_opened(db: Database, request: Row, time_zone: str) -> Verdict | None:
    """What is said of a request that is opened though it is cancelled; None where it is not."""
    if not is_cancelled(request):
        return None
    return afterwards_words.cancelled_opened(name_of(db, request), cancelled_words(db, request, time_zone))


def of_label(db: Database, tube: Tube) -> Verdict | None:
    """What is said of a label scanned on an undecided tube whose every request is cancelled."""
    if not tube.cancelled or tube.specimen is None or tube.specimen["outcome"] is not None:
        return None
    request = requests_cancelled(db, tube.specimen["id"])
    if request is None:
        return None
    return afterwards_words.decide_cancelled(tube.number, str(tube.specimen["accession"]), name_of(db, request))


def of_number(db: Database, specimen: Row, time_zone: str) -> Verdict | None:
    """What is said of our number scanned later, where every request of the specimen is cancelled."""
    request = requests_cancelled(db, specimen["id"])
    if request is None:
        return None
    return afterwards_words.cancelled_number(
        str(specimen["accession"]),
        outcome_words(specimen["outcome"]),
        name_of(db, request),
        cancelled_words(db, request, time_zone),
        todo=specimen["outcome"] not in _SETTLED,
    )


_GOOD = frozenset({VerdictKind.ACCEPTED, VerdictKind.FINISHED, VerdictKind.MATCHES, VerdictKind.FOUND})


def told_at_once(db: Database, here: Situation | None, verdict: Verdict | None, time_zone: str) -> Verdict | None:
    """The verdict that stands on Receive, or in a good one's place that the open request was cancelled meanwhile."""
    if here is None or (verdict is not None and verdict.kind not in _GOOD):
        return verdict
    waiting = [tube for tube in here.tubes if tube.cancelled and _left_undecided(db, tube)]
    request = waiting[0].request if waiting else here.request
    if not is_cancelled(request):
        return verdict
    numbers = tuple(str(tube.specimen["accession"]) for tube in waiting if tube.specimen)
    said = cancelled_words(db, request, time_zone)
    if not numbers and verdict is not None:
        return verdict
    return afterwards_words.cancelled_meanwhile(name_of(db, request), said, numbers)


def _left_undecided(db: Database, tube: Tube) -> bool:
    """Whether a tube of a cancelled request is here, serves no other, and is neither held nor put away."""
    specimen = tube.specimen
    if specimen is None or specimen["outcome"] in _SETTLED:
        return False
    return requests_cancelled(db, specimen["id"]) is not None


def checks(db: Database, tube: Tube) -> tuple[CheckLine, ...]:
    """What of the request in hand was amended, for whoever compares the tube with an older form."""
    rows = afterwards_look_up.amendments(db, tube.request["id"])
    known = known_values(db, tube.request) if rows else {}
    return tuple(
        CheckLine(f"amended {row['field']}", Mark.ATTENTION, f"{label(row)}, amended", values(row, known))
        for row in rows
    )


def label(amendment: Row) -> str:
    """The name of an amended field."""
    return afterwards_words.FIELDS.get(amendment["field"], str(amendment["field"]))


def values(amendment: Row, known: dict[str, str | None]) -> str:
    """What a field is now and what it was."""

    def said(which: str) -> str:
        private = amendment[f"{which}_private"]
        return (known.get(private) or "erased") if private else amendment[which] or NOT_STATED

    return f"{said('now')} (was {said('former')})"


def title(here: Situation, db: Database) -> str:
    """What the heading of the tubes adds about the open request."""
    cancelled = sum(is_cancelled(one) for one in here.requests)
    if cancelled:
        return ", cancelled" if cancelled == len(here.requests) else f", {cancelled} cancelled"
    amended = any(afterwards_look_up.amendments(db, one["id"]) for one in here.requests)
    return ", amended" if amended else ""


# On Find and Today


def found(db: Database, sort: str, row: Row | None, time_zone: str) -> Verdict | None:
    """What is said above a request that is cancelled, or above a specimen of such requests alone."""
    if row is None or sort not in {"request", "specimen"}:
        return None
    return of_opened(db, row, time_zone) if sort == "request" else of_number(db, row, time_zone)


def hit_words(db: Database, request: Row) -> str:
    """Whose request it is among what was found, and that it is cancelled."""
    name = person(db, request["patient"]).name
    return f"{name}  cancelled" if is_cancelled(request) else name


def facts(db: Database, sort: str, row: Row | None, time_zone: str) -> tuple[tuple[str, str], ...]:
    """What Find says of a request, or of a specimen because of its requests."""
    if row is None or sort not in {"request", "specimen"}:
        return ()
    if sort == "request":
        return (*_of_request(db, row, time_zone), *(("Material", one) for one in material(db, row["id"])))
    requests = look_up.requests_of_specimen(db, row["id"])
    made = [fact for one in requests for fact in _of_request(db, one, time_zone)]
    if len(requests) > 1:
        # Both stand here: that the second was added on to the first is said once.
        made = [fact for fact in made if fact[0] != "Added on to"]
    return tuple(made)


def _of_request(db: Database, request: Row, time_zone: str) -> tuple[tuple[str, str], ...]:
    made = []
    if is_cancelled(request):
        made.append(("Cancelled", f"{name_of(db, request)}: {cancelled_words(db, request, time_zone)}"))
    known = known_values(db, request)
    for row in afterwards_look_up.amendments(db, request["id"]):
        done = "; ".join(material(db, request["id"], row["at"]))
        under = f"Done under the former: {done}." if done else afterwards_words.NOTHING_DONE
        asked = asked_words(db, row, request, time_zone)
        made.append((f"{label(row)} amended", f"{values(row, known)}, {asked}. {under}"))
    details = afterwards_look_up.details(db, request["id"])
    if details and details["details_private"]:
        made.append(("Clinical details", known.get(details["details_private"]) or "erased"))
    for row in afterwards_look_up.shares(db, request["id"]):
        laboratory = " ".join(filter(None, (row["laboratory"], row["ods"])))
        made.append(("Shared with", f"{laboratory}, {asked_words(db, row, request, time_zone)}"))
    return (*made, *_add_ons(db, request, time_zone))


def _add_ons(db: Database, request: Row, time_zone: str) -> list[tuple[str, str]]:
    made = []
    own = afterwards_look_up.add_on(db, request["id"])
    first = look_up.row(db, "request", own["first"]) if own else None
    if own and first:
        made.append(("Added on to", f"{name_of(db, first)}, {asked_words(db, own, request, time_zone)}"))
    for row in afterwards_look_up.added_on(db, request["id"]):
        other = look_up.row(db, "request", row["id"])
        if other:
            made.append(("Added on", f"{name_of(db, other)}, {asked_words(db, row, other, time_zone)}"))
    return made


def lists(ledger: Ledger) -> tuple[WorkList, ...]:
    """What Today says of cancelled requests whose material is here, and of added tests without material."""
    db = ledger.db
    rows, here = today_look_up.cancelled_material(db, MOST)
    items = tuple(of_specimen(db, row, f"{outcome_words(row['outcome'])}: hold, or store as surplus") for row in rows)
    rows, wanting = today_look_up.without_material(db, MOST)
    without = tuple(_wanting(db, row) for row in rows)
    return (
        WorkList(afterwards_words.CANCELLED_MATERIAL, items, afterwards_words.NO_CANCELLED_MATERIAL, here),
        WorkList(afterwards_words.NO_MATERIAL, without, afterwards_words.EVERY_MATERIAL, wanting),
    )


def _wanting(db: Database, row: Row) -> WorkItem:
    whose, code = name(db, row["patient"]), code_of(db, row)
    return WorkItem(
        f"{mark(row)}{name_of(db, row)}  {whose}",
        "keep material for it, or cancel it",
        VerdictKind.ATTENTION,
        "find",
        whose if code == UNNUMBERED else code,
    )
