"""Limits on the handover sheet: what is past its limit stands there however much else has time left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shift import Shift

from gms_desktop import handover_words
from gms_desktop.services import arrive, handover, handover_limits
from gms_desktop.services.handover import Around

AROUND = Around("Bench 1", "R. Okafor")


def test_what_is_past_its_limit_stands_on_the_sheet_however_much_urgent_work_still_has_time(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(4)
    places = range(handover_limits.MOST // 2 + 1)
    [past, *_] = [limited(day, "26/02/2026 07:00"), *(limited(day, "02/03/2026 07:00", urgent=True) for _ in places)]
    section = next(
        one
        for one in handover.sheet(day.ledger, AROUND, "Europe/London").sections
        if one.title == handover_words.LIMITS
    )
    assert [line.what.partition(" ")[0] for line in section.lines] == [past, past]


def limited(day: Shift, collected: str, *, urgent: bool = False) -> str:
    """A tube with two limits of 72 hours comes; its number."""
    draft, _ = day.request_body()
    request = draft.body | {"priority": "urgent" if urgent else "routine", "test": "M84.2"}
    specimen, number = day.ledger.identity(), day.ledger.next_number("Z")
    arrival = day.draft_received(specimen, number, request)
    said = {"collected": collected, "taken": arrive.taken(day.db, collected), "type": "EDTA blood"}
    said |= {"priority": request["priority"]}
    day.act(lambda: [replace(draft, body=request), replace(arrival, body=arrival.body | said)])
    return number
