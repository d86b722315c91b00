"""Reports at a real hub: every table of reception can be read by whoever counts, and none of it names a patient."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hub_parts import HubOfTest
from hub_work import WorkingBench, working_bench

from gms_desktop.cli import call, make_app
from gms_desktop.register.ledger import Draft
from gms_desktop.register.rows import derived
from gms_desktop.sync.hub.reporting import VIEWS

# Not for reports: the desk of one bench, what the application keeps for itself, free text.
LEFT_OUT = {"booking", "scan", "session", "incarnation", "laboratory", "frozen", "fork", "erasure", "request_details"}
# About people who work there: asked for in the application, by whoever may.
LEFT_OUT |= {"break_glass", "competence", "second", "signature", "signature_of", "handover_note"}
# What the bench's own worklist is made of.
LEFT_OUT |= {"extraction_wait"}
# Names and numbers, and what entries restate: in the views that may name a patient, or in those of their subjects.
LEFT_OUT |= {"patient_name", "hospital_number", "downtime_range"}


def test_every_table_of_the_register_is_in_a_view_or_left_out_on_purpose() -> None:
    assert set(derived.tables) - set(VIEWS.values()) - LEFT_OUT == set()
    assert not LEFT_OUT & set(VIEWS.values())


def morning(bench: WorkingBench) -> None:
    """A tube is held, an urgent one is extracted; consent is withdrawn, a request cancelled, a risk stated."""
    ledger, work = bench.ledger, bench.work
    with ledger.db.write():
        asked = [work.expected(1) for _ in range(2)]
        ledger.append(asked, None)
        came = [work.received(request, 1) for request in asked]
        came[1] = Draft(came[1].kind, came[1].body | {"priority": "urgent"}, input=came[1].input)
        written = ledger.append(came, None)
        ledger.append(list(of_the_morning(bench, [one.body for one in came], [one.id for one in written])), None)
        tissue_as_it_was_once_written(bench, came[1].body["specimen"])


def tissue_as_it_was_once_written(bench: WorkingBench, specimen: str) -> None:
    """Of two cases one has words where a code belongs, and a pathologist's agreement says in the open how it came."""
    ledger, here = bench.ledger, {"bench": bench.ledger.head.writer}
    nothing: dict[str, Any] = dict.fromkeys(("histology", "clinician", "referred_on", "tumour", "receiver", "comment"))
    opened = nothing | {"urgency": "urgent", "flags": [], "report_follows": False} | here
    sent_by = {"t1": "R0A", "t2": "ask Mrs Fern"}
    cases = [Draft("tissue.case_opened", opened | {"case": c, "number": c, "hospital": h}) for c, h in sent_by.items()]
    block = {"piece": "p1", "case": "t1", "specimen": specimen, "number": "1", "sort": "block", "outside": None}
    joined = ledger.append([*cases, Draft("tissue.piece_joined", block | here)], None)[-1]
    said = {"piece": "p1", "agreement": "a1", "to": "would exhaust the block", "on": "2026-01-07", "pathologist": None}
    how = {"how": None, "how_open": "her daughter, Mrs Fern, rang", "rests_on": joined.id}
    ledger.append([Draft("tissue.agreed", said | how | here)], None)


def of_the_morning(bench: WorkingBench, came: list[dict[str, Any]], entries: list[str]) -> Iterator[Draft]:
    ledger, (held, urgent) = bench.ledger, (one["specimen"] for one in came)
    patient, request, pen = came[1]["patient"], came[1]["requests"][0], ledger.pen()
    decided = bench.work.decided(Draft("specimen.received", came[0]), entries[0]).body
    stops = {"outcome": "on hold", "reasons": ["no-request"], "stops": ["testing"], "chase_by": "2026-01-07"}
    whom = {"chase_whom": pen.write("Dr Fanshawe", f"specimen:{held}")}
    yield Draft("specimen.decided", decided | stops | whom, pen.values)
    here = {"bench": ledger.head.writer}
    nothing = dict.fromkeys(("volume", "type_found", "type_expected", "cytology", "cells", "papers", "history"))
    yield Draft("specimen.examined", {"specimen": held, "condition": ["clotted"], **nothing, **here})
    yield Draft("specimen.step_done", {"specimen": urgent, "step": "extract", **here})
    yield Draft("specimen.linked", {"specimen": held, "other": urgent, "relation": "maternal blood", "parted": False})
    stated = {"patient": patient, "use": "testing", "state": "withdrawn", "source": "phone", "said_by": None}
    yield Draft("consent.stated", stated | {"stated_on": None})
    yield Draft("risk.stated", {"specimen": None, "patient": patient, "risk": "yes", "told": None, **here})
    said = {"how": "phone", "asked_by": None, "reason": None, "follows": None, **here}
    yield Draft("request.cancelled", {"request": request, **said})
    absent = {"items": [["consent", "absent"]], "proceeds": "no", "comment": None, "rests_on": None}
    yield Draft("request.assessed", {"request": request, **absent})
    qf_pcr = {"specimen": urgent, "indication": "higher chance NIPT", "reported": "2026-01-07", "source": "entered"}
    yield Draft("nipt.qf_pcr_stated", qf_pcr)


@pytest.fixture
def lims(hub: HubOfTest, tmp_path: Path) -> Iterator[psycopg.Connection]:
    """Whoever counts at a hub at which a bench has worked for a morning."""
    bench = working_bench(hub, tmp_path / "bench.db")
    morning(bench)
    bench.share()
    bench.ledger.db.close()
    assert call(make_app(), ["hub", "follow", "--once", "--database", hub.dsn]) == 0
    hub.admin.execute("CREATE ROLE counts_in_tests LOGIN IN ROLE gms_reporting")
    try:
        with psycopg.connect(hub.dsn, user="counts_in_tests", autocommit=True) as connection:
            yield connection
    finally:
        hub.admin.execute("DROP ROLE counts_in_tests")


def test_figures_of_the_morning_are_counted_by_whoever_may_and_named_by_whoever_may_name(
    lims: psycopg.Connection, hub: HubOfTest
) -> None:
    for view in VIEWS:
        asked = lims.execute(f"SELECT * FROM reporting.{view}")
        columns = [column.name for column in asked.description or ()]
        assert columns[:2] == ["laboratory", "laboratory_name"]
        assert not [name for name in columns if name.endswith("_private")], view
    said = {name: lims.execute(question).fetchall() for name, question in QUESTIONS.items()}
    assert said == {
        "overdue holds": [("on hold", "no-request", "2026-01-07")],
        "not taken up": [("nobody told", None)],
        "withdrawn": [("testing", 1)],
        "clotted": [(1,)],
        "not to proceed, cancelled": [("cancelled, here",)],
        "extracted": [("extract", "urgent")],
        "maternal blood": [("maternal blood", "linked")],
        "hazards": [(1,)],
        "QF-PCR": [("higher chance NIPT",)],
        "tissue sent by": [("R0A",), (None,)],
        "agreed": [("would exhaust the block", False)],
    }
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        lims.execute("SELECT * FROM reporting_identifiable.holds")
    hub.admin.execute("GRANT gms_reporting_identifiable TO counts_in_tests")
    assert lims.execute("SELECT whom, chase_by FROM reporting_identifiable.holds").fetchall() == [
        ("Dr Fanshawe", "2026-01-07")
    ]


QUESTIONS = {
    "overdue holds": "SELECT s.outcome, h.reasons::json ->> 0, h.chase_by FROM reporting.holds h "
    "JOIN reporting.specimens s ON s.id = h.specimen WHERE h.state = 'open' AND h.chase_by < '2026-01-08'",
    "not taken up": "SELECT state, step FROM reporting.urgent_specimens WHERE state <> 'taken up'",
    "withdrawn": "SELECT use, count(*) FROM reporting.consents WHERE state = 'withdrawn' GROUP BY use",
    "clotted": "SELECT count(*) FROM reporting.examinations WHERE condition::jsonb ? 'clotted'",
    "not to proceed, cancelled": "SELECT r.state FROM reporting.assessments a JOIN reporting.requests r "
    "ON r.id = a.request JOIN reporting.cancellations c ON c.id = r.id WHERE a.proceeds = 'no'",
    "extracted": "SELECT d.step, s.priority FROM reporting.steps_done d "
    "JOIN reporting.specimens s ON s.id = d.specimen",
    "maternal blood": "SELECT relation, state FROM reporting.specimen_links WHERE relation = 'maternal blood'",
    "hazards": "SELECT count(*) FROM reporting.patient_risks WHERE yes_at IS NOT NULL AND released_at IS NULL",
    "QF-PCR": "SELECT indication FROM reporting.qf_pcr",
    "tissue sent by": "SELECT hospital FROM reporting.tissue_cases ORDER BY hospital NULLS LAST",
    "agreed": "SELECT permits, strpos(to_jsonb(a)::text, 'Fern') > 0 FROM reporting.tissue_agreements a",
}
