"""A holding rack of the made-up shift: a tube planned for it and moved there from its rack."""

from __future__ import annotations

from typing import Any

from shift import Shift
from shift_plates import draft_planned
from shift_racks import draft_bound, draft_moved, draft_rack

from gms_desktop.journal.kinds_of_holding_racks import SORT
from gms_desktop.register.ledger import Draft


def draft_filled(day: Shift, plan: str, rack: str, code: str, wells: list[list[str]]) -> Draft:
    subjects = [f"rack:{rack}", *(f"tube:{one[1]}" for one in wells), *dict.fromkeys(f"rack:{one[2]}" for one in wells)]
    body: dict[str, Any] = {"plate": plan, "rack": rack, "code": code}
    body |= {"wells": [dict(zip(("well", "tube", "rack", "source_well"), one, strict=True)) for one in wells]}
    body |= {"follows": [[one, day.last(one)] for one in subjects], "rests_on": day.last(f"plate:{plan}")}
    return Draft("holding_rack.filled", body | {"bench": day.bench})


def holding_racks(day: Shift) -> dict[str, str]:
    """A tube goes from its rack into a holding rack."""
    specimen = day.receive(day.expect())["specimen"]
    names = {name: day.ledger.identity() for name in ("rack", "holding", "tube", "plan")}
    rack, holding, tube, plan = names.values()
    day.act(lambda: [draft_rack(day, rack, "SA00000031")])
    day.act(lambda: [draft_rack(day, holding, "SA00000032")])
    day.act(lambda: [draft_bound(day, tube, "FD00000031", specimen)])
    day.act(lambda: [draft_moved(day, tube, rack, "C05")])
    day.act(lambda: [_planned(day, plan, [["A01", tube, rack, "C05", specimen, ""]], rack)])
    day.act(lambda: [draft_filled(day, plan, holding, "SA00000032", [["A01", tube, rack, "C05"]])])
    return names


def _planned(day: Shift, plan: str, wells: list[list[str]], rack: str) -> Draft:
    draft = draft_planned(day, plan, wells, rack, None)
    return Draft(draft.kind, draft.body | {"sort": SORT, "others": []})
