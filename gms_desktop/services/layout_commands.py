"""Commands of the Labels screen: propose a layout, approve what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import layout_words, words
from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_layout import read_layout
from gms_desktop.documents.label_pixels import prove_data
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.register import site_data
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import layout_release, rights, site_layouts
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.rights import Actor
from gms_desktop.services.views import Answer

PLACE = layout_release.PLACE


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out.

    Args:
        ledger: the bench's.
        desk: what lies on the bench.
        given: one of those that :func:`takes` knows.
        answer: of a proposal, its comment is the layout's whole text.
        argument: of a proposal, the resolution it was looked at; else the layout's name and hash as it was on screen.
    """
    actor = rights.actor(ledger.db, desk.place.bench)
    if actor is None:
        return Outcome(words.locked_scan(), place=PLACE)
    desk.told = {"by": "hand", "device": "screen"}
    try:
        outcome = _DO[given](ledger, actor, answer.comment if answer else "", argument)
    except Refused as fault:
        return Outcome(layout_words.not_usable(str(fault)), place=PLACE)
    drafts = tuple(replace(draft, input=desk.told) for draft in outcome.drafts)
    return replace(outcome, drafts=drafts, place=PLACE)


def _propose(ledger: Ledger, actor: Actor, text: str, dpi: str) -> Outcome:
    layout = read_layout(text)
    prove_data(examples(layout), layout, int(dpi))
    draft = site_layouts.proposal(ledger.db, text, "", actor.operator)
    who = rights.who_may(ledger.db, "approve rules")
    return Outcome(layout_words.proposed(layout.name, layout.version, who), (draft,))


def _approve(ledger: Ledger, actor: Actor, _text: str, argument: str) -> Outcome:
    name, _, digest = argument.partition(" ")
    row = site_data.proposal(ledger.db, site_layouts.PREFIX + name)
    if row is None:
        return Outcome(layout_words.nothing_proposed(name))
    if row["sha256"] != digest:
        return Outcome(layout_words.changed_meanwhile(name))
    return Outcome(layout_words.approved(name, row["version"]), (site_layouts.approval(row, actor.operator),))


_DO: Mapping[Command, Callable[[Ledger, Actor, str, str], Outcome]] = {
    Command.PROPOSE_LAYOUT: _propose,
    Command.APPROVE_LAYOUT: _approve,
}
