"""What is known of tubes beside where they stand: a barred one is never kept, wherever it was read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rack_reads import RACK, SIX, hands, known, racks, tube

from devices.values import RackScan
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import Kind, Whereabouts
from gms_desktop.domain.racks.reads import ByHand, rack_read
from gms_desktop.domain.racks.saving import Purpose, may_save
from gms_desktop.domain.racks.standing import Standing, with_standing

some = st.sets(st.integers(0, 6).map(tube), max_size=3)


@settings(max_examples=150)
@given(racks(), known, hands, some, some, st.sampled_from(Purpose))
def test_a_barred_tube_is_never_saved_and_a_stopped_one_keeps_a_whole_rack_from_it(
    rack: tuple[dict[str, str], RackScan],
    where: dict[str, Whereabouts],
    hand: ByHand,
    barred: set[str],
    stopped: set[str],
    purpose: Purpose,
) -> None:
    expected, reading = rack
    made = compare(SIX, rack_read(SIX, reading), Expected(RACK, expected), where, hand, read_again=False)
    found = with_standing(made, Standing(dict.fromkeys(barred, "in dispute"), dict.fromkeys(stopped, "rejected")))
    assert sum(found.counts.values()) == sum(made.counts.values())
    seen = set(made.tubes.values())
    assert {one.codes[0] for one in found.of(Kind.BARRED)} == barred & seen
    saved = may_save(found, purpose, found.found).tubes
    assert barred.isdisjoint(saved.values())
    if not purpose.in_part and (barred | stopped) & seen:
        assert not saved
    # Nobody is put where a tube stays that could not be kept elsewhere.
    stay = {well: code for well, code in expected.items() if code not in saved.values()}
    assert stay.keys().isdisjoint(saved)
