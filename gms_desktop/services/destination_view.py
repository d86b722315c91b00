"""The receivers of send-aways as their screen shows them: each whole, what changes, and what may be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gms_desktop import destination_words as words
from gms_desktop import send_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import destination_commands, destination_form, site_rules
from gms_desktop.services.at_send import AtPlaces
from gms_desktop.services.people import name_of
from gms_desktop.services.send_lines import SendLine, SendView
from gms_desktop.services.views import Offer

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk


def view(ledger: Ledger, desk: Desk, at: AtPlaces, verdict: Verdict | None) -> SendView:
    """The list, or the one that is chosen; what is changed and does not count yet stands in place of either list."""
    db, every = ledger.db, destination_commands.in_view(ledger, desk)
    now, waits = site_rules.rule_text(db, destination_commands.NAME), destination_commands.proposal(db)
    chosen = next((one for one in every if one.code == at.code), None)
    changes = destination_commands.differences(site_rules.destinations(db), every)
    said = words.state(now.version, approved=now.approved)
    if waits is not None and not at.drafted:
        said = f"{said}   {words.waits(waits['version'], name_of(db, waits['proposer']))}"
    lines = tuple(SendLine(name, what, VerdictKind.ATTENTION) for name, what in changes)
    listed = tuple(_line(one) for one in every)
    return SendView(
        heading=chosen.name if chosen else words.HEADING,
        verdict=verdict,
        state=said,
        facts=tuple(one for one in destination_form.facts(chosen) if one[1]) if chosen else (),
        items_title=words.CHANGES if lines else words.LIST,
        items=(*lines, *listed) if not lines or chosen is None else lines,
        offers=tuple(_offers(at, chosen, str(waits["sha256"]) if waits and not at.drafted else "")),
        question=desk.question,
        form_alone=desk.question is not None and bool(desk.question.fields),
    )


def _line(one: Destination) -> SendLine:
    takes = ", ".join(send_words.SORTS[sort] for sort in sorted(one.accepts))
    return SendLine(one.name, words.line(in_use=one.in_use, example=one.example, takes=takes))


def _offers(at: AtPlaces, chosen: Destination | None, waits: str) -> Iterator[Offer]:
    if at.drafted:
        yield Offer(Command.SEND_PLACE_PROPOSE, words.PROPOSE, usual=True)
    elif waits:
        yield Offer(Command.SEND_PLACE_APPROVE, words.APPROVE, usual=True, argument=waits)
    if chosen is not None:
        yield Offer(Command.SEND_PLACE_WHO, words.WHO)
        yield Offer(Command.SEND_PLACE_TAKES, words.TAKES)
        yield Offer(Command.SEND_PLACE_WHEN, words.WHEN)
        yield Offer(Command.SEND_PLACE_TISSUE, words.TISSUE)
    yield Offer(Command.SEND_PLACE, words.CHOOSE, usual=not at.drafted and not waits and chosen is None)
    yield Offer(Command.SEND_PLACE_NEW, words.NEW)
    yield Offer(Command.SEND_ASIDE, words.ASIDE if at.drafted else words.BACK)
