"""Two benches take from one tube without knowing of each other: both did, and both say the same of what is left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from two_benches import AtBench, Laboratory

from gms_desktop.domain.remaining import Remaining
from gms_desktop.register import look_up
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft
from gms_desktop.services import volume_left


def said(ul: str, how: str) -> dict[str, str]:
    return {"value": ul, "unit": "µl", "raw": ul, "how": how}


@pytest.fixture(scope="module")
def bound() -> tuple[Laboratory, str]:
    """A tube that both benches know."""
    laboratory = Laboratory()
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    laboratory.one.scans("Q26-1-1")
    specimen = look_up.specimens_of_request(laboratory.one.db, request)[0]["id"]
    return laboratory, specimen


def with_tube(laboratory: Laboratory, specimen: str, place: int) -> str:
    """A new tube of 50 µl that both benches know."""
    tube, bench = laboratory.one.ledger.identity(), laboratory.one.ledger.head.writer
    body = {"tube": tube, "code": f"FD{20_030_000 + place}", "source": {"sort": "specimen", "id": specimen}}
    more = {"specimen": specimen, "volume": said("50", "nominal"), "bench": bench}
    laboratory.one.does(Draft("tube.bound", body | more))
    laboratory.meets()
    return tube


def does(bench: AtBench, tube: str, what: str, ul: str) -> None:
    """One bench takes some, measures what is left, or says that it is empty."""
    item, here = {"sort": "tube", "id": tube}, bench.ledger.head.writer
    if what == "takes":
        body = {"item": item, "volume": said(ul, "stated"), "target": None, "job": "by hand", "bench": here}
        bench.does(Draft("volume.taken", body))
    elif what == "measures":
        bench.does(
            Draft("tube.volume_stated", {"tube": tube, "volume": said(ul, what), "reason": "measured", "bench": here})
        )
    else:
        pen = bench.ledger.pen()
        body = {"item": item, "reason": pen.write("Looked at", f"tube:{tube}"), "bench": here}
        bench.does(Draft("container.emptied", body, pen.values))


def left(bench: AtBench, tube: str) -> Remaining:
    found = volume_left.left(bench.db, f"tube:{tube}")
    assert found is not None
    return found


ACTS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["takes", "takes", "measures", "empties"]),
        st.integers(1, 40).map(str),
    ),
    min_size=2,
    max_size=6,
)
_PLACES = iter(range(10_000))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS, two_first=st.booleans())
def test_both_benches_say_the_same_in_whatever_order_the_hub_places_it(bound, acts, two_first) -> None:  # type: ignore[no-untyped-def]
    laboratory, specimen = bound
    tube = with_tube(laboratory, specimen, next(_PLACES))
    benches = (laboratory.one, laboratory.two)
    for which, what, ul in acts:
        does(benches[which], tube, what, ul)
    for bench in reversed(benches) if two_first else benches:
        bench.pushes()
    laboratory.meets()
    assert left(laboratory.one, tube) == left(laboratory.two, tube)
    # By the clocks of the benches, not by the order of the hub: reckoned here once more, act by act.
    expected = Decimal(50)
    for _, what, ul in acts:
        expected = expected - Decimal(ul) if what == "takes" else Decimal(ul) if what == "measures" else Decimal(0)
    assert left(laboratory.one, tube).ul == expected
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()
