"""A consignment that was sent to us, as Send away shows it: each thing, how far it came, what we answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import answer_words, send_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.consignments.contents import Acknowledgement, Manifest
from gms_desktop.exchange.consignments.contents import Outcome as Came
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    incoming,
    incoming_commands,
    incoming_correcting,
    incoming_issue,
    incoming_logger,
    outdated_answers,
    send_signed,
    site_rules,
)
from gms_desktop.services.find import local_minute
from gms_desktop.services.incoming import HowFar, Incoming
from gms_desktop.services.outdated_answers import Outdated
from gms_desktop.services.send_lines import SendLine, SendView
from gms_desktop.services.views import Offer

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

_MOST_ITEMS = 200


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None) -> SendView | None:
    """The incoming consignment in view; None where none is."""
    found = incoming.one(ledger.db, desk, desk.send.incoming)
    if found is None or found.manifest is None:
        return None
    far = incoming.how_far(ledger.db, desk, found.manifest)
    here = sum(1 for one in far if one.number)
    waits = f", {len(far) - here} not" if here < len(far) else ""
    return SendView(
        heading=incoming_commands.title(found.manifest),
        verdict=verdict,
        state=_state(desk, found),
        facts=_facts(ledger, desk, found, found.manifest),
        items_title=f"{here} of {len(far)} booked in{waits}",
        items=tuple(_line(one) for one in sorted(far, key=lambda one: bool(one.number))[:_MOST_ITEMS]),
        offers=(
            Offer(Command.SEND_ANSWER, "Write the answer", usual=True),
            *incoming_correcting.offers(ledger.db, found),
            Offer(Command.SEND_ASIDE, "Put aside"),
        ),
        question=desk.question,
        has_papers=bool(found.answers or incoming_logger.logs(ledger.db, found.act)),
        to_us=True,
    )


def listed(ledger: Ledger, desk: Desk) -> tuple[SendLine, ...]:
    """What came in last, as lines of the screen's list."""
    newest = incoming.last_answers(ledger.db, incoming.MOST)
    outdated = {one.row["sha256"]: one for one in outdated_answers.outdated(ledger.db, desk, newest)}
    return tuple(_in_list(desk, one, outdated.get(one.sha256)) for one in incoming.newest(ledger.db, desk))


def _in_list(desk: Desk, one: Incoming, outdated: Outdated | None) -> SendLine:
    name = incoming_commands.title(one.manifest) if one.manifest else answer_words.NOT_HERE
    if outdated is not None:
        return SendLine(name, answer_words.outdated(outdated.consignment, outdated.numbers), VerdictKind.ATTENTION)
    when = f"sent to us, taken in {local_minute(one.at, desk.time_zone)}"
    if one.answers:
        return SendLine(name, f"{when}, answered {local_minute(one.answers[-1].occurred_at, desk.time_zone)}")
    return SendLine(name, f"{when}, no answer yet", VerdictKind.ATTENTION)


def _state(desk: Desk, found: Incoming) -> str:
    if not found.answers:
        return answer_words.NO_ANSWER_YET
    return f"Answered {local_minute(found.answers[-1].occurred_at, desk.time_zone)}"


def _line(one: HowFar) -> SendLine:
    known = one.number or one.follows_in
    kind = VerdictKind.REFUSED if one.outcome == Came.REJECTED else None if known else VerdictKind.ATTENTION
    sort = send_words.ONE.get(one.item.sort, one.item.sort)
    return SendLine(f"{sort} {one.item.number}", one.words, kind)


def _facts(ledger: Ledger, desk: Desk, found: Incoming, manifest: Manifest) -> tuple[tuple[str, str], ...]:
    laboratory = look_up.laboratory(ledger.db)
    ours = str(laboratory["ods"] or "") if laboratory else ""
    another = manifest.receiver.ods and manifest.receiver.ods.upper() != ours.upper()
    said = (
        ("Look here", answer_words.for_another(manifest.receiver.name) if another else ""),
        ("Look here", "" if ours else answer_words.NO_CODE),
        ("Its key", _key(ledger, desk, found, manifest)),
        ("From", ", ".join(one for one in (manifest.sender.name, manifest.sender.ods) if one)),
        ("Telephone", manifest.sender.telephone),
        ("Closed there", _minute(desk, manifest.closed_at)),
        ("Priority", manifest.priority),
        ("Keep at", " ".join(filter(None, (manifest.temperature, incoming_logger.limits(manifest).words)))),
        ("Follows", manifest.follows),
        ("Back by", next((one.back_by for one in manifest.items if one.back_by), "")),
        ("Key of our answer", send_signed.fingerprint(desk)),
    )
    return (
        *((name, value) for name, value in said if value),
        *incoming_logger.facts(ledger.db, desk, found),
        *_answers(desk, found),
    )


def _key(ledger: Ledger, desk: Desk, found: Incoming, manifest: Manifest) -> str:
    """Whether the key that signed the file was compared with the sender."""
    signed, known = incoming.kept(desk, found.sha256), site_rules.senders(ledger.db).get(manifest.sender.ods.upper())
    if signed is None or (known is not None and signed.fingerprint in known.fingerprints):
        return answer_words.COMPARED if signed is not None else ""
    return answer_words.not_compared(signed.fingerprint)


def _answers(desk: Desk, found: Incoming) -> tuple[tuple[str, str], ...]:
    """Each answer that we wrote, the last first."""
    made = []
    for place, entry in reversed(list(enumerate(found.answers, start=1))):
        said = incoming.contents(desk, entry.body["sha256"])
        what = incoming_issue.in_words(said) if isinstance(said, Acknowledgement) else answer_words.NOT_HERE
        made.append((f"Answer {place}", f"{local_minute(entry.occurred_at, desk.time_zone)}: {what}"))
    return tuple(made)


def _minute(desk: Desk, at: str) -> str:
    try:
        return local_minute(at, desk.time_zone)
    except ValueError:
        return at
