"""What requests tell of tubes to be plated: their rack types, their partners, and who else is of the family."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from gms_desktop import plating_words, together_words
from gms_desktop.domain.plates.contents import Tube
from gms_desktop.domain.plates.rule_pack import Asked, Partner, Rule, RulePack
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, rack_look_up
from gms_desktop.services import hold_terms, rack_scans, specimen_lists

_GONE, _REJECTED = "cancelled", "rejected"


@dataclass(frozen=True)
class Member:
    """A specimen of a family, here or expected.

    Attributes:
        request: the request's row.
        asked: what the request tells of it.
        specimen: its row; None while it has not arrived.
    """

    request: Row
    asked: Asked
    specimen: Row | None = None

    @property
    def participant(self) -> str:
        """Whose it is."""
        return str((self.specimen or self.request)["patient"] or "")


def members(db: Database, request: Row) -> tuple[Member, ...]:
    """Every specimen of the family of a request, here or expected; of a request without a referral its own."""
    family = look_up.requests_of_referral(db, request["referral"]) if request["referral"] else [request]
    found: list[Member] = []
    for one in family:
        if one["state"] != _GONE:
            found += [_member(db, one, row["type"], row) for row in look_up.specimens_of_request(db, one["id"])]
            awaited = [tube for tube in look_up.tubes_of_request(db, one["id"]) if not tube["specimen"]]
            found += [_member(db, one, tube["type"], None) for tube in awaited]
    return tuple(_beside(one, found) for one in found)


def type_of(db: Database, pack: RulePack, tube: Row) -> str:
    """The rack type that the request of a tube tells; empty where it tells none."""
    request = hold_terms.request_of(db, tube["specimen"]) if pack.told and tube["specimen"] else None
    if request is None:
        return ""
    own = (one for one in members(db, request) if one.specimen and one.specimen["id"] == tube["specimen"])
    return next((pack.type_told(one.asked) for one in own), "")


def where_partner_is(db: Database, pack: RulePack, tube: Row, needs: str) -> str:
    """What the register knows of the partner that a tube waits for, in words; empty where it knows nothing."""
    request = hold_terms.request_of(db, tube["specimen"]) if tube["specimen"] else None
    every = members(db, request) if request is not None else ()
    own = next((one for one in every if one.specimen and one.specimen["id"] == tube["specimen"]), None)
    partner = next((one for one in pack.partners if one.needs == needs and own is not None), None)
    fitting = [one for one in every if pack.type_told(one.asked) == needs and _may_be(partner, one, own)]
    here = next((one.specimen for one in fitting if one.specimen is not None), None)
    if here is not None:
        tubes = [one for one in rack_look_up.tubes_of_specimen(db, here["id"]) if one["state"] == "bound"]
        return _where(db, str(here["accession"]), tubes)
    return plating_words.partner_expected() if fitting else ""


def missing(db: Database, pack: RulePack, tubes: Collection[Tube]) -> tuple[tuple[str, str], ...]:
    """Of each family that is planned in part: one of its tubes, and who is not in the plan, in words."""
    if not pack.holds(Rule.CONSIGNMENT):
        return ()
    planned = {tube.code for tube in tubes}
    found: list[tuple[str, str]] = []
    for family in dict.fromkeys(tube.family for tube in tubes if tube.family):
        code = next(tube.code for tube in tubes if tube.family == family)
        requests = look_up.requests_of_referral(db, family)
        every = members(db, requests[0]) if requests else ()
        absent = lacking(pack, every, lambda one: _is_in(db, one, planned))
        if absent:
            found.append((code, plating_words.family_not_whole(family, [_said(one) for one in absent])))
    return tuple(found)


def lacking(pack: RulePack, every: Iterable[Member], is_in: Callable[[Member], bool]) -> tuple[Member, ...]:
    """Who is missing: of each person one specimen goes, and of what may stand more than once, as tumours, every one."""
    there, absent = set[tuple[str, str]](), list[Member]()
    for one in every:
        if is_in(one):
            there.add(_whose(pack, one))
        else:
            absent.append(one)
    named: dict[object, Member] = {}
    for one in absent:
        if not _each_goes(pack, one):
            if _whose(pack, one) not in there:
                named.setdefault(_whose(pack, one), one)
        elif one.specimen is None or one.specimen["outcome"] != _REJECTED:
            named[id(one)] = one
    return tuple(named.values())


def tumours_beside(db: Database, pack: RulePack, specimen: Row) -> tuple[Member, ...]:
    """Specimens of the same person that other requests sent in, of a type that may stand more than once: tumours."""
    request = hold_terms.request_of(db, specimen["id"])
    if request is None or not specimen["patient"]:
        return ()
    own = next((one for one in members(db, request) if one.specimen and one.specimen["id"] == specimen["id"]), None)
    if own is None or not _each_goes(pack, own):
        return ()
    found = list[Member]()
    for other in look_up.requests_of_patient(db, specimen["patient"]):
        if other["id"] != request["id"] and (not request["referral"] or other["referral"] != request["referral"]):
            found += [one for one in members(db, other) if one.participant == own.participant]
    wanted = pack.type_told(own.asked)
    return tuple(
        one
        for one in found
        if pack.type_told(one.asked) == wanted and not (one.specimen and one.specimen["outcome"] == _REJECTED)
    )


def role(member: Member, where: str) -> str:
    """Who a member is, and what is known of where its specimen is."""
    return together_words.who(member.request["role"] or "a member", where)


def _member(db: Database, request: Row, words: str | None, specimen: Row | None) -> Member:
    known = specimen_lists.types(db).find(words)
    asked = Asked(request["test"] or "", request["role"] or "", known.code if known else "")
    return Member(request, asked, specimen)


def _beside(member: Member, every: list[Member]) -> Member:
    others = {one.asked.specimen for one in every if one is not member and one.participant == member.participant}
    return replace(member, asked=replace(member.asked, others=frozenset(others)))


def _may_be(partner: Partner | None, one: Member, own: Member | None) -> bool:
    return (
        partner is not None
        and own is not None
        and ("participant" not in partner.by or one.participant == own.participant)
    )


def _where(db: Database, number: str, tubes: list[Row]) -> str:
    if not tubes:
        return plating_words.partner_without_tube(number)
    return plating_words.partner_stands(tubes[0]["code"], rack_scans.where(db, tubes[0]) or "no rack")


def _each_goes(pack: RulePack, member: Member) -> bool:
    """Whether every specimen of its type counts: a person may have two tumours at a time, and has one germline."""
    told = pack.type_told(member.asked)
    return bool(told) and told not in pack.participant_once


def _whose(pack: RulePack, member: Member) -> tuple[str, str]:
    return member.participant or str(member.request["id"]), pack.type_told(member.asked)


def _is_in(db: Database, member: Member, planned: Collection[str]) -> bool:
    if member.specimen is None:
        return False
    return any(one["code"] in planned for one in rack_look_up.tubes_of_specimen(db, member.specimen["id"]))


def _said(member: Member) -> str:
    return role(member, str(member.specimen["accession"]) if member.specimen else together_words.EXPECTED)
