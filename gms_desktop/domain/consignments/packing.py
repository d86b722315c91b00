"""What may be packed for a destination, and what stands in the way: every reason, in the order of its weight. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.domain.consignments.destinations import Destination


class Why(StrEnum):
    """Why a thing is not packed; the words stand in ``send_words``."""

    DISPUTED = "in dispute"
    DISCARDED = "discarded"
    SENT = "already sent"
    PACKED_HERE = "already packed here"
    PACKED_ELSEWHERE = "in another open consignment"
    FULL = "the consignment is full"
    NOT_IN_USE = "the destination is not in use"
    NOT_TAKEN = "the destination takes no such thing"
    MATERIAL = "the destination takes no such material"
    NOT_ACCEPTED = "not accepted at reception"
    HELD = "on hold"
    FAILED = "failed without concession"
    SHORT = "tissue falls short of what the destination asks for"
    HIGH_RISK = "high risk is not taken"
    CATEGORY_A = "suspected Category A"
    NO_REFERRAL = "no referral id"
    NO_PARTICIPANT = "no participant id"
    NO_TUBE = "no FluidX tube id"
    DISAGREE = "identifiers disagree"
    PAPER = "a paper is missing"


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason, with what it is about."""

    why: Why
    about: str = ""


@dataclass(frozen=True, slots=True)
class PackingRules:
    """The site's own.

    Attributes:
        close_while_away: priorities of consignments that are closed while the hub is away.
        no_un3373_for_category_a: whether suspected Category A keeps the UN3373 mark off.
        category_a: conditions of a specimen that say so, by code.
        only_accepted: whether a specimen must have been accepted.
        most: things in one consignment.
    """

    version: str
    close_while_away: frozenset[str]
    no_un3373_for_category_a: bool = True
    category_a: frozenset[str] = frozenset()
    only_accepted: bool = True
    most: int = 960

    def may_close(self, priority: str, *, hub_away: bool) -> bool:
        """Whether a consignment of a priority is closed now."""
        return not hub_away or priority in self.close_while_away


@dataclass(frozen=True, slots=True)
class Item:
    """A thing as it is known when it is scanned in; texts are words for a person.

    Attributes:
        material: code of the specimen type; empty while it is not known.
        material_words: the same in words.
        accepted: whether reception accepted the specimen; None where it has none.
        holds: what stops it from leaving, each in words.
        failed: limits that it fails without a concession, each in words.
        short: in what its tissue falls short of what the destination asks for, unless that is agreed to, in words.
        concessions: what was conceded of it, each in words.
        referrals, participants, tubes: the identifiers that belong to it; more than one disagree.
        papers_missing: papers of the destination that are not here.
        packed_in: the number of the consignment that holds it; empty where none does.
        packed_here: whether that is this one.
        sent: whether that consignment was handed over.
    """

    sort: str
    number: str
    material: str = ""
    material_words: str = ""
    accepted: bool | None = None
    holds: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    concessions: tuple[str, ...] = ()
    disputed: bool = False
    discarded: str = ""
    high_risk: bool = False
    category_a: bool = False
    referrals: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    tubes: tuple[str, ...] = ()
    papers_missing: tuple[str, ...] = ()
    packed_in: str = ""
    packed_here: bool = False
    sent: bool = False


def read_packing(text: str) -> PackingRules:
    """The rules from TOML as in ``resources/rules/packing.toml``.

    Raises:
        ValueError: when no number of things is left.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    rules = PackingRules(
        version=str(said["version"]),
        close_while_away=frozenset(str(one) for one in said["close_while_away"]),
        no_un3373_for_category_a=said["no_un3373_for_category_a"] is True,
        category_a=frozenset(str(one) for one in said["category_a"]),
        only_accepted=said["only_accepted"] is True,
        most=int(said["most"]),
    )
    if not 1 <= rules.most <= 5_000:
        raise ValueError("most is from 1 to 5000")
    return rules


def stops(item: Item, destination: Destination, site: PackingRules, packed: int = 0) -> tuple[Stop, ...]:
    """Everything that stands in the way of packing a thing, the gravest first; nothing where it may be packed.

    Args:
        item: the thing.
        destination: where the consignment goes.
        site: the site's rules.
        packed: how many things the consignment holds.
    """
    return (
        *_gone(item),
        *_placed(item),
        *_taken(item, destination),
        *_fit(item, site),
        *_risk(item, destination, site),
        *_named(item, destination),
        *(Stop(Why.PAPER, paper) for paper in item.papers_missing if paper in destination.documents),
        *((Stop(Why.FULL, str(site.most)),) if packed >= site.most and not item.packed_here else ()),
    )


def at_closing(item: Item, destination: Destination, site: PackingRules) -> tuple[Stop, ...]:
    """What stands in the way of closing because of a thing that was packed before: it may be held since then."""
    return tuple(one for one in stops(item, destination, site) if one.why is not Why.PACKED_HERE)


def may_be_marked(category_b: bool, suspected_a: int, site: PackingRules) -> bool:
    """Whether a box carries the UN3373 mark: never where the site keeps it off suspected Category A."""
    return category_b and not (suspected_a and site.no_un3373_for_category_a)


def _gone(item: Item) -> Iterator[Stop]:
    if item.disputed:
        yield Stop(Why.DISPUTED)
    if item.discarded:
        yield Stop(Why.DISCARDED, item.discarded)


def _placed(item: Item) -> Iterator[Stop]:
    if not item.packed_in:
        return
    why = Why.SENT if item.sent else Why.PACKED_HERE if item.packed_here else Why.PACKED_ELSEWHERE
    yield Stop(why, item.packed_in)


def _taken(item: Item, destination: Destination) -> Iterator[Stop]:
    if not destination.in_use:
        yield Stop(Why.NOT_IN_USE, destination.name)
    if item.sort not in destination.accepts:
        yield Stop(Why.NOT_TAKEN, ", ".join(sorted(destination.accepts)))
    elif destination.materials and item.material not in destination.materials:
        yield Stop(Why.MATERIAL, item.material_words or "a type that is not known")


def _fit(item: Item, site: PackingRules) -> Iterator[Stop]:
    if site.only_accepted and item.accepted is False:
        yield Stop(Why.NOT_ACCEPTED)
    yield from (Stop(Why.HELD, why) for why in item.holds)
    yield from (Stop(Why.FAILED, limit) for limit in item.failed)
    if item.short:
        yield Stop(Why.SHORT, "; ".join(item.short))


def _risk(item: Item, destination: Destination, site: PackingRules) -> Iterator[Stop]:
    if item.high_risk and not destination.high_risk:
        yield Stop(Why.HIGH_RISK, destination.name)
    if item.category_a and destination.category_b and site.no_un3373_for_category_a:
        yield Stop(Why.CATEGORY_A)


def _named(item: Item, destination: Destination) -> Iterator[Stop]:
    wanted = {
        "referral": (item.referrals, Why.NO_REFERRAL),
        "participant": (item.participants, Why.NO_PARTICIPANT),
        "tube": (item.tubes, Why.NO_TUBE),
    }
    for name in destination.identifiers:
        held, missing = wanted[name]
        if not held:
            yield Stop(missing)
        elif len(held) > 1:
            yield Stop(Why.DISAGREE, ", ".join(held))
