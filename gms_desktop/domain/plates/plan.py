"""A proposal: which tube goes into which well of which plate, and for each that goes nowhere, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.domain.plates.contents import A01, Plate, Template, Tube
from gms_desktop.domain.plates.filling import Filling
from gms_desktop.domain.plates.rule_pack import Rule, RulePack
from gms_desktop.domain.plates.rules import bonds, lacking, who_is_unknown


class Why(StrEnum):
    """Why a tube is not in the proposal."""

    TWICE = "stands twice in the list"
    WHO_UNKNOWN = "whose it is is not known"
    TYPE_UNKNOWN = "no such rack type"
    WAITS = "waits for its partner"
    A01_KEPT = "A01 is kept for a control"
    NO_ROOM = "no plate has room for it"
    TOGETHER = "what goes with it has no place"


@dataclass(frozen=True, slots=True)
class Tried:
    """Why one plate did not take a tube.

    Attributes:
        plate: its number in the plan.
        rule: the rule that forbids it; None where the plate is full.
        code: the tube that stands in the way.
    """

    plate: int
    rule: Rule | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A tube that goes nowhere.

    Attributes:
        code: the tube.
        why: the reason.
        needs: the type of the partner it waits for.
        others: the tubes that go together, itself among them.
        tried: what each plate said.
    """

    code: str
    why: Why
    needs: str = ""
    others: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal."""

    plates: tuple[Plate, ...]
    refused: tuple[Refusal, ...]


def propose(
    tubes: Sequence[Tube],
    *,
    pack: RulePack,
    template: Template,
    plates: int,
    there: Sequence[Tube] = (),
    consignment: str = "",
) -> Plan:
    """Propose plates.

    Args:
        tubes: what is to be plated, the most urgent first.
        pack: the laboratory's rules; where they are off the plates are filled in the order of the list.
        template: what all plates have in common.
        plates: how many there may be.
        there: tubes not in the list that partners may rest on: here already, or plated and not sent.
        consignment: what the plates go away with.
    """
    rules = pack.in_force
    able, refused = _able(tubes, rules, template, there)
    while True:
        made, left = _place(able, rules, template, plates, consignment)
        torn = _torn_apart(made, left, rules)
        no_room = _no_room(left, made, rules, template)
        if not torn:
            return Plan(tuple(made), (*refused, *no_room))
        homeless = {one.code for one in no_room}
        refused += [one for one in no_room if one.code in torn]
        refused += [Refusal(code, Why.TOGETHER, others=others) for code, others in torn.items() if code not in homeless]
        # A partner is of the same group: whoever rests on one of these is among them.
        able = [tube for tube in able if tube.code not in torn]


def _able(
    tubes: Sequence[Tube], rules: RulePack, template: Template, there: Sequence[Tube]
) -> tuple[list[Tube], list[Refusal]]:
    """The tubes that may be plated by what is known of each, and the others with their reasons."""
    able: list[Tube] = []
    refused: list[Refusal] = []
    seen: set[str] = set()
    for tube in tubes:
        why = _unable(tube, rules, template, seen)
        seen.add(tube.code)
        if why is None:
            able.append(tube)
        else:
            refused.append(Refusal(tube.code, why))
    able, waiting = _with_partners(able, rules, there)
    return able, refused + waiting


def _unable(tube: Tube, rules: RulePack, template: Template, seen: set[str]) -> Why | None:
    if tube.code in seen:
        return Why.TWICE
    if rules.holds(Rule.ONE_TYPE) and tube.type not in rules.types:
        return Why.TYPE_UNKNOWN
    if who_is_unknown(rules, tube):
        return Why.WHO_UNKNOWN
    return Why.A01_KEPT if rules.holds(Rule.A01) and A01 in template.controls else None


def _with_partners(able: list[Tube], rules: RulePack, there: Sequence[Tube]) -> tuple[list[Tube], list[Refusal]]:
    """Those whose partners are there. One that waits is no partner to another."""
    refused: list[Refusal] = []
    while rules.holds(Rule.PARTNER):
        by_family: dict[str, list[Tube]] = defaultdict(list)
        for tube in (*able, *there):
            by_family[tube.family].append(tube)
            by_family[tube.participant].append(tube)
        waits = {}
        for tube in able:
            partner = lacking(rules, tube, [*by_family[tube.family], *by_family[tube.participant]])
            if partner is not None:
                waits[tube] = partner.needs
        if not waits:
            break
        refused += [Refusal(tube.code, Why.WAITS, needs=needs) for tube, needs in waits.items()]
        able = [tube for tube in able if tube not in waits]
    return able, refused


def _place(
    able: Iterable[Tube], rules: RulePack, template: Template, plates: int, consignment: str
) -> tuple[list[Plate], list[Tube]]:
    """Fill plate after plate, type after type."""
    by_type: dict[str, list[Tube]] = defaultdict(list)
    for tube in able:
        by_type[tube.type if rules.holds(Rule.ONE_TYPE) else ""].append(tube)
    made: list[Plate] = []
    left: list[Tube] = []
    for type_ in [one for one in (*rules.types, "") if one in by_type]:
        waiting = by_type[type_]
        while waiting and len(made) < plates and template.free:
            filling = Filling(rules, template)
            waiting = filling.fill(waiting)
            made.append(filling.plate(len(made) + 1, type_, consignment))
        left += waiting
    return made, left


def _torn_apart(made: list[Plate], left: list[Tube], rules: RulePack) -> dict[str, tuple[str, ...]]:
    """The tubes of groups that go together and of which some have a place and some have none, with the others."""
    if not left or not (rules.holds(Rule.CONSIGNMENT) or rules.holds(Rule.PARTNER)):
        return {}
    placed = [tube for plate in made for tube in plate.tubes.values()]
    homeless = {tube.code for tube in left}
    torn: dict[str, tuple[str, ...]] = {}
    for group in together([*placed, *left]):
        codes = [tube.code for tube in group]
        if 0 < len(homeless.intersection(codes)) < len(codes):
            torn |= dict.fromkeys(codes, tuple(codes))
    return torn


def together(tubes: Iterable[Tube]) -> list[list[Tube]]:
    """The tubes in groups that go in one consignment: of one family or one participant, and so on from each to each."""
    group_of: dict[tuple[str, str], list[Tube]] = {}
    for tube in tubes:
        tied = {id(group): group for bond in bonds(tube) if (group := group_of.get(bond)) is not None}
        joined, *others = sorted(tied.values(), key=len, reverse=True) or [[]]
        for other in others:
            joined += other
            group_of.update((bond, joined) for one in other for bond in bonds(one))
        joined.append(tube)
        group_of.update((bond, joined) for bond in bonds(tube))
    return list({id(group): group for group in group_of.values()}.values())


def _no_room(left: list[Tube], made: list[Plate], rules: RulePack, template: Template) -> list[Refusal]:
    """Why each tube that is left found no place on any plate of its type."""
    if not left:
        return []
    full = [(plate, _filled(plate, rules, template)) for plate in made]
    return [
        Refusal(
            tube.code,
            Why.NO_ROOM,
            tried=tuple(_tried(tube, *one, template) for one in full if _same(tube, one[0], rules)),
        )
        for tube in left
    ]


def _same(tube: Tube, plate: Plate, rules: RulePack) -> bool:
    return not rules.holds(Rule.ONE_TYPE) or plate.type == tube.type


def _filled(plate: Plate, rules: RulePack, template: Template) -> Filling:
    filling = Filling(rules, template)
    for well, tube in plate.tubes.items():
        filling.put(tube, well)
    return filling


def _tried(tube: Tube, plate: Plate, filling: Filling, template: Template) -> Tried:
    refused = filling.refuses(tube)
    if refused is not None:
        return Tried(plate.number, *refused)
    free = (well for well in template.free if well not in filling.tubes)
    close = next((other for well in free if (other := filling.in_the_way(tube, well)) is not None), None)
    return Tried(plate.number, Rule.APART, filling.tubes[close].code) if close else Tried(plate.number)
