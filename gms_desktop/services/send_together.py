"""Families, and the tumours of one person, that go in one consignment where the laboratory keeps that rule of plating.

A person may close without somebody: a mother who declined never comes. Then who is missing and why are on record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gms_desktop import together_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.plates.rule_pack import Rule, RulePack
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, extraction_look_up, plate_look_up, rack_look_up, said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import hold_terms, plate_families, send_item, sent_things, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.plate_families import Member
from gms_desktop.services.stored_things import Thing
from gms_desktop.services.views import Answer, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

KIND = "consignment.sent_apart"
_OF_DNA = frozenset({"tube", "rack", "plate", "eluate", "pool"})
_SAID = 3


@dataclass(frozen=True)
class Apart:
    """Those who belong together and are not.

    Attributes:
        about: the referral of the family, or :data:`together_words.TUMOURS`.
        lacking: who is missing, each in words.
    """

    about: str
    lacking: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return together_words.apart(self.about, self.lacking)


def apart(db: Database, consignment: str, things: Iterable[Thing], now: Collection[str] = ()) -> tuple[Apart, ...]:
    """Who is missing beside these things; nothing where the rule is off, as it ships.

    Args:
        db: the register.
        consignment: the one that they are packed in.
        things: what is packed.
        now: identities of what is being packed with this very scan.
    """
    pack = site_rules.plating(db)
    if not pack.holds(Rule.CONSIGNMENT):
        return ()
    found: dict[tuple[str, ...], Apart] = {}
    seen = set[str]()
    for thing in things:
        if thing.sort not in _OF_DNA:
            continue
        for specimen in send_item.stands_behind(db, thing).specimens:
            if specimen["id"] not in seen:
                seen.add(specimen["id"])
                found |= {(one.about, *one.lacking): one for one in _beside(db, pack, consignment, specimen, now)}
    return tuple(found.values())


def packed(db: Database, verdict: Verdict, consignment: str, things: Collection[Thing]) -> Verdict:
    """What is said of things that are in with this very scan, with who is missing beside them."""
    found = apart(db, consignment, things, frozenset(one.id for one in things))
    if not found:
        return verdict
    tumours = all(one.about == together_words.TUMOURS for one in found)
    return together_words.packed(verdict, [one.sentence for one in found[:_SAID]], tumours=tumours)


def closing(
    ledger: Ledger, desk: Desk, row: Row, items: Iterable[Row], answer: Answer | None, rests_on: str | None
) -> Outcome | tuple[Draft, ...]:
    """What is recorded when a consignment closes without somebody, or the question why it does.

    What is asked for its manifest is asked after this and answers with its own fields: so the reason is kept, for as
    long as nothing happens to the consignment.
    """
    found = apart(ledger.db, row["id"], _things_of(ledger.db, items))
    if not found:
        return ()
    said = dict(answer.fields).get(together_words.WHY, "").strip() if answer else ""
    if said:
        desk.send = replace(desk.send, without=(rests_on or "", said))
    at, reason = desk.send.without
    if not reason or at != (rests_on or ""):
        return _asked(row, found, answer)
    return (_draft(ledger, desk, row, found, reason),)


def _asked(row: Row, found: tuple[Apart, ...], answer: Answer | None) -> Outcome:
    title = together_words.asks(str(row["number"]))
    question = Question(
        Command.SEND_CLOSE,
        title,
        fields=together_words.FIELDS,
        confirm=together_words.CONFIRM,
        problems=(together_words.SAY_WHY,) if answer else (),
    )
    said = together_words.not_closed(title, [one.sentence for one in found[:_SAID]], len(found))
    return Outcome(said, question=question)


def _draft(ledger: Ledger, desk: Desk, row: Row, found: tuple[Apart, ...], reason: str) -> Draft:
    pen = ledger.pen()
    body = {
        "consignment": row["id"],
        "without": [together_words.without(one.about, one.lacking) for one in found],
        "why": pen.write(reason, f"consignment:{row['id']}"),
        "bench": desk.place.bench,
    }
    return Draft(KIND, body, pen.values, input=desk.told)


def facts(db: Database, row: Row) -> tuple[tuple[str, str], ...]:
    """What a closed consignment goes without, and why; nothing of one that is open again."""
    if State(row["state"]) is State.OPEN:
        return ()
    said = said_look_up.of_kind(db, f"consignment:{row['id']}", KIND)[-1:]
    if not said or said[0].occurred_at < row["closed_at"]:
        return ()
    known = store.private_values(db, [f"consignment:{row['id']}"])
    reason = known.get(said[0].body["why"] or "") or ""
    return ((together_words.WENT_WITHOUT, together_words.stated(said[0].body["without"], reason)),)


def _things_of(db: Database, items: Iterable[Row]) -> tuple[Thing, ...]:
    every = (sent_things.of_row(db, one["sort"], one["item"]) for one in items if one["sort"] in _OF_DNA)
    return tuple(one for one in every if one is not None)


def _beside(db: Database, pack: RulePack, consignment: str, specimen: Row, now: Collection[str]) -> tuple[Apart, ...]:
    request = hold_terms.request_of(db, specimen["id"])
    if request is None:
        return ()
    found = list[Apart]()
    if request["referral"]:
        every = plate_families.members(db, request)
        lacking = plate_families.lacking(pack, every, lambda one: _is_in(db, consignment, one, now))
        if lacking:
            said = tuple(plate_families.role(one, _where(db, one)) for one in lacking)
            found.append(Apart(str(request["referral"]), said))
    found += _tumours(db, pack, consignment, specimen, now)
    return tuple(found)


def _tumours(db: Database, pack: RulePack, consignment: str, specimen: Row, now: Collection[str]) -> Iterable[Apart]:
    """Other tumours of the person, asked for apart, that have not left before."""
    others = plate_families.tumours_beside(db, pack, specimen)
    lacking = [one for one in others if not _is_in(db, consignment, one, now) and not _has_left(db, one)]
    if lacking:
        said = (together_words.who(together_words.ANOTHER_TUMOUR, _where(db, one)) for one in lacking)
        yield Apart(together_words.TUMOURS, tuple(said))


def _is_in(db: Database, consignment: str, member: Member, now: Collection[str]) -> bool:
    if member.specimen is None:
        return False
    every = list(_holders(db, member.specimen["id"]))
    if any(name in now for _, name in every):
        return True
    return any(row["id"] == consignment for row in _packed_in(db, every))


def _has_left(db: Database, member: Member) -> bool:
    every = _holders(db, member.specimen["id"]) if member.specimen is not None else ()
    return any(State(row["state"]) in LEFT for row in _packed_in(db, every))


def _packed_in(db: Database, every: Iterable[tuple[str, str]]) -> Iterable[Row]:
    rows = (consignment_look_up.packed_in(db, sort, name) for sort, name in every)
    return (row for row in rows if row is not None)


def _holders(db: Database, specimen: str) -> Iterable[tuple[str, str]]:
    """Whatever DNA of a specimen may leave as."""
    yield from (("eluate", row["id"]) for row in extraction_look_up.eluates_of(db, specimen))
    for tube in rack_look_up.tubes_of_specimen(db, specimen):
        yield "tube", tube["id"]
        if tube["rack"]:
            yield "rack", tube["rack"]
        yield from (("plate", well["plate"]) for well in plate_look_up.wells_of_tube(db, tube["id"]))


def _where(db: Database, member: Member) -> str:
    if member.specimen is None:
        return together_words.EXPECTED
    number = str(member.specimen["accession"])
    if member.specimen["outcome"] == "rejected":
        return together_words.rejected(number)
    tubes = [one for one in rack_look_up.tubes_of_specimen(db, member.specimen["id"]) if one["state"] == "bound"]
    if not tubes:
        return together_words.no_tube(number)
    holding = next(iter(_packed_in(db, _holders(db, member.specimen["id"]))), None)
    return together_words.in_tube(number, tubes[0]["code"], str(holding["number"]) if holding else "")
