"""One plate being filled: which tube may go into which well, and why another may not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from gms_desktop.domain.plates.contents import Content, Plate, Template, Tube, with_buffer
from gms_desktop.domain.plates.rule_pack import Rule, RulePack
from gms_desktop.domain.plates.rules import close_wells, once_on_a_plate, relations

_TRIED = 12
"""How many of the tubes that are left are tried in the places of others: more would cost time and win little."""


class Filling:
    """A plate on the way to be full."""

    def __init__(self, pack: RulePack, template: Template) -> None:
        self._pack = pack
        self._template = template
        self.tubes: dict[str, Tube] = {}
        self._once: dict[tuple[Rule, str], str] = {}
        self._related: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._near = close_wells(pack.apart, template.shape) if pack.apart else {}

    def refuses(self, tube: Tube) -> tuple[Rule, str] | None:
        """The rule by which the tube may not go on this plate at all, and the tube that stands in its way."""
        for key in once_on_a_plate(self._pack, tube):
            if key in self._once:
                return key[0], self._once[key]
        return None

    def in_the_way(self, tube: Tube, well: str) -> str | None:
        """The well of a related tube that is too close to this one."""
        for bond in relations(self._pack, tube):
            close = self._near[well].intersection(self._related.get(bond, ()))
            if close:
                return min(close)
        return None

    def fits(self, tube: Tube, well: str) -> bool:
        """Whether the tube may go into the well."""
        return self.refuses(tube) is None and self.in_the_way(tube, well) is None

    def put(self, tube: Tube, well: str) -> None:
        """Put the tube into the well."""
        self.tubes[well] = tube
        self._once.update(dict.fromkeys(once_on_a_plate(self._pack, tube), tube.code))
        for bond in relations(self._pack, tube):
            self._related[bond].add(well)

    def take(self, well: str) -> Tube:
        """Take the tube out of the well."""
        tube = self.tubes.pop(well)
        for key in once_on_a_plate(self._pack, tube):
            del self._once[key]
        for bond in relations(self._pack, tube):
            self._related[bond].discard(well)
        return tube

    def fill(self, waiting: Sequence[Tube]) -> list[Tube]:
        """Fill the wells in their order, and return the tubes that are left, in theirs."""
        left = self._of_each_the_first(waiting)
        for well in self._template.free:
            if not left:
                break
            placed = self._next(left, well)
            if placed is not None:
                self.put(placed, well)
                left.remove(placed)
            else:
                self._exchange(left, well)
        self._close_up()
        here = {tube.code for tube in self.tubes.values()}
        return [tube for tube in waiting if tube.code not in here]

    def _of_each_the_first(self, waiting: Sequence[Tube]) -> list[Tube]:
        """The tubes without those that would stand beside one of their own participant or family before them."""
        chosen, taken = [], set(self._once)
        for tube in waiting:
            keys = once_on_a_plate(self._pack, tube)
            if taken.isdisjoint(keys):
                chosen.append(tube)
                taken.update(keys)
        return chosen

    def plate(self, number: int, type_: str, consignment: str) -> Plate:
        """The plate with its controls, and with buffer in its gaps."""
        wells: dict[str, Content] = {**self._template.controls, **self.tubes}
        plate = Plate(number, type_, wells, consignment, self._template.shape)
        return with_buffer(plate, self._template.buffer) if self._pack.holds(Rule.BUFFER) else plate

    def _next(self, left: list[Tube], well: str) -> Tube | None:
        """The first tube that fits; of related ones one with most relations still to place, as those fit least."""
        near = [(tube, relations(self._pack, tube)) for tube in left[: len(self._template.free)]]
        often = Counter(bond for _, tied in near for bond in tied)
        if often:
            near.sort(key=lambda one: -max((often[bond] for bond in one[1]), default=0))
        first = next((tube for tube, _ in near if self.fits(tube, well)), None)
        return first or next((tube for tube in left[len(near) :] if self.fits(tube, well)), None)

    def _exchange(self, left: list[Tube], well: str) -> None:
        """Where no tube that is left fits: one that stands moves here, and its place serves one that is left."""
        for tube in left[:_TRIED]:
            if self.refuses(tube) is None and self._exchanged(tube, well):
                left.remove(tube)
                return

    def _exchanged(self, tube: Tube, well: str) -> bool:
        for other in tuple(self.tubes):
            moved = self.take(other)
            if self.fits(moved, well):
                self.put(moved, well)
                if self.fits(tube, other):
                    self.put(tube, other)
                    return True
                self.take(well)
            self.put(moved, other)
        return False

    def _close_up(self) -> None:
        """Move tubes from the end into gaps that they fit, so that no more wells hold buffer than must."""
        gaps = [well for well in self._template.free if well not in self.tubes]
        order = self._template.shape.order
        for gap in gaps:
            for well in sorted(self.tubes, key=order, reverse=True):
                if order(well) < order(gap):
                    break
                tube = self.take(well)
                if self.fits(tube, gap):
                    self.put(tube, gap)
                    break
                self.put(tube, well)
