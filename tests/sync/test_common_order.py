"""How far two orders are one is found by asking in steps, and only what is behind that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.sync.common_order import common
from gms_desktop.sync.messages import Standing, first_order_hash, next_order_hash

ENTRIES = 3_000


def entry(side: str, position: int) -> tuple[int, bytes, str]:
    return position, f"{side} {position}".encode(), "accepted"


def orders(entries: list[tuple[int, bytes, str]], begin: bytes) -> list[bytes]:
    found = [begin]
    for _, digest, verdict in entries:
        found.append(next_order_hash(found[-1], digest, verdict))
    return found


@dataclass
class TwoOrders:
    """A replica's and a hub's, which part after a position."""

    mine: int
    hub: int
    part: int
    base: int = 0
    asked: int = 0
    read: int = 0
    own: list[tuple[int, bytes, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = [entry("one" if at <= self.part else "bench", at) for at in range(1, self.mine + 1)]
        theirs = [entry("one" if at <= self.part else "hub", at) for at in range(1, self.hub + 1)]
        self.here, self.there = orders(self.own, first_order_hash("lab")), orders(theirs, first_order_hash("lab"))

    def ask(self, positions: Sequence[int]) -> dict[int, bytes]:
        self.asked += 1
        return {at: self.there[at] for at in positions if 0 < at <= self.hub}

    def entries(self, after: int, until: int) -> Iterator[tuple[int, bytes, str]]:
        assert after >= self.base
        for one in self.own[after:until]:
            self.read += 1
            yield one

    def found(self) -> int:
        return common(
            self.ask,
            self.entries,
            Standing(self.mine, self.here[self.mine]),
            Standing(self.base, self.here[self.base]),
        )


@given(mine=st.integers(0, ENTRIES), hub=st.integers(0, ENTRIES), part=st.integers(0, ENTRIES), base=st.integers(0, 40))
def test_the_last_position_in_common_is_found_wherever_the_orders_part(
    mine: int, hub: int, part: int, base: int
) -> None:
    base = min(base, mine)
    two = TwoOrders(mine, hub, part, base)
    wanted = min(mine, hub, part)
    # Below its base a replica has nothing to compare.
    assert two.found() == (wanted if wanted >= base else 0)


def test_a_replica_that_is_level_asks_once_and_reads_nothing() -> None:
    two = TwoOrders(ENTRIES, ENTRIES, ENTRIES)
    assert (two.found(), two.asked, two.read) == (ENTRIES, 1, 0)


def test_of_a_long_order_that_parts_near_its_end_only_the_end_is_read() -> None:
    two = TwoOrders(ENTRIES, ENTRIES - 10, ENTRIES - 50)
    assert two.found() == ENTRIES - 50
    assert two.asked <= 6
    assert two.read <= 200
