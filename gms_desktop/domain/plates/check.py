"""What a layout breaks: said at once after a person moved a tube, and of every proposal before it is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from gms_desktop.domain.plates.contents import A01, Buffer, Control, Plate, Tube
from gms_desktop.domain.plates.plan import together
from gms_desktop.domain.plates.rule_pack import Rule, RulePack
from gms_desktop.domain.plates.rules import bonds, lacking, once_on_a_plate, relations, too_close, who_is_unknown

TUBE_TWICE, NO_SUCH_WELL, NO_LOT, WHO_UNKNOWN = "tube-twice", "no-such-well", "no-lot", "who-unknown"


@dataclass(frozen=True, slots=True)
class Break:
    """A rule that is broken.

    Attributes:
        rule: the pack's rule, or one of those that hold everywhere (``tube-twice``, ``no-such-well``, ``no-lot``).
        plates: the plates it is about.
        wells: the wells.
        codes: the tubes.
        needs: the type of the partner that is not there.
    """

    rule: str
    plates: tuple[int, ...]
    wells: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    needs: str = ""


def check(plates: Sequence[Plate], pack: RulePack, there: Sequence[Tube] = ()) -> tuple[Break, ...]:
    """What the plates break.

    Args:
        plates: all that go together.
        pack: the laboratory's rules; those that keep tubes from being lost hold even where it is off.
        there: tubes on none of the plates that partners may rest on.
    """
    rules = pack.in_force
    broken = [*_everywhere(plates)]
    for plate in plates:
        broken += _of_plate(plate, rules)
    return (*broken, *_partners(plates, rules, there), *_consignments(plates, rules))


def _everywhere(plates: Sequence[Plate]) -> Iterator[Break]:
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for plate in plates:
        for well, one in plate.tubes.items():
            places[one.code].append((plate.number, well))
        yield from _wells(plate)
    for code, stands in places.items():
        if len(stands) > 1:
            yield Break(TUBE_TWICE, tuple(plate for plate, _ in stands), tuple(well for _, well in stands), (code,))


def _wells(plate: Plate) -> Iterator[Break]:
    for well, one in plate.wells.items():
        if not plate.shape.holds(well):
            yield Break(NO_SUCH_WELL, (plate.number,), (well,), (one.code,) if isinstance(one, Tube) else ())
        if isinstance(one, Control | Buffer) and not one.lot:
            yield Break(NO_LOT, (plate.number,), (well,))


def _of_plate(plate: Plate, rules: RulePack) -> Iterator[Break]:
    if rules.holds(Rule.A01) and plate.tubes and not isinstance(plate.wells.get(A01), Tube):
        yield Break(Rule.A01, (plate.number,), (A01,))
    if rules.holds(Rule.BUFFER) and plate.gaps:
        yield Break(Rule.BUFFER, (plate.number,), plate.gaps)
    for well, tube in plate.tubes.items():
        if rules.holds(Rule.ONE_TYPE) and tube.type != plate.type:
            yield Break(Rule.ONE_TYPE, (plate.number,), (well,), (tube.code,))
        if who_is_unknown(rules, tube):
            yield Break(WHO_UNKNOWN, (plate.number,), (well,), (tube.code,))
    yield from _once(plate, rules)
    yield from _apart(plate, rules)


def _once(plate: Plate, rules: RulePack) -> Iterator[Break]:
    stands: dict[tuple[Rule, str], list[str]] = defaultdict(list)
    for well, tube in plate.tubes.items():
        for key in once_on_a_plate(rules, tube):
            stands[key].append(well)
    for (rule, _), wells in stands.items():
        if len(wells) > 1:
            yield Break(rule, (plate.number,), tuple(wells), tuple(plate.tubes[well].code for well in wells))


def _apart(plate: Plate, rules: RulePack) -> Iterator[Break]:
    if rules.apart is None:
        return
    tubes = plate.tubes
    related: dict[tuple[str, str], list[str]] = defaultdict(list)
    for well, tube in tubes.items():
        for bond in relations(rules, tube):
            related[bond].append(well)
    pairs = dict.fromkeys(pair for wells in related.values() for pair in combinations(wells, 2))
    for one, other in pairs:
        if plate.shape.holds(one) and plate.shape.holds(other) and too_close(rules.apart, one, other):
            yield Break(Rule.APART, (plate.number,), (one, other), (tubes[one].code, tubes[other].code))


def _partners(plates: Sequence[Plate], rules: RulePack, there: Sequence[Tube]) -> Iterator[Break]:
    if not rules.holds(Rule.PARTNER):
        return
    by_bond: dict[tuple[str, str], list[Tube]] = defaultdict(list)
    for tube in (*_all(plates), *there):
        for bond in bonds(tube):
            by_bond[bond].append(tube)
    for plate in plates:
        for well, tube in plate.tubes.items():
            partner = lacking(rules, tube, [one for bond in bonds(tube) for one in by_bond[bond]])
            if partner is not None:
                yield Break(Rule.PARTNER, (plate.number,), (well,), (tube.code,), partner.needs)


def _consignments(plates: Sequence[Plate], rules: RulePack) -> Iterator[Break]:
    if not rules.holds(Rule.CONSIGNMENT) or len({plate.consignment for plate in plates}) < 2:
        return
    plate_of = {tube.code: plate for plate in plates for tube in plate.tubes.values()}
    for group in together(_all(plates)):
        on = {plate_of[tube.code].number: plate_of[tube.code].consignment for tube in group}
        if len(set(on.values())) > 1:
            yield Break(Rule.CONSIGNMENT, tuple(on), (), tuple(tube.code for tube in group))


def _all(plates: Iterable[Plate]) -> list[Tube]:
    return [tube for plate in plates for tube in plate.tubes.values()]
