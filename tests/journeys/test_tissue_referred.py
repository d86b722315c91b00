"""A referral from another hospital in full: whose it is, what tumour, what is to follow, and what it is flagged for."""

from __future__ import annotations

from bench_top import WAIT_S, BenchTop
from send_work import approves, own, today
from test_tissue_corrected import corrects, problems
from tissue_work import SINGLE, cuts, in_a_case, scans, view

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer

REFERRAL = {"histology": "H26/12345", "hospital": "R0A", "clinician": "Dr B. Adeyemi", "referred_on": "20/11/2026"}


def test_a_referral_is_recorded_in_full_and_stands_on_today_with_what_it_waits_for(bench: BenchTop) -> None:
    scans(bench, bench.receives(SINGLE))
    follows = "Pathology report to follow"
    bench.says(Command.TISSUE_CASE, "urgent", "tumour primary", "tumour metastatic", follows, "cvlp", **REFERRAL)
    assert problems(bench) == ("Choose one sort of tumour, or leave all of them out.",)
    said = bench.says(Command.TISSUE_CASE, "urgent", "tumour metastatic", follows, "cvlp", **REFERRAL)
    assert said.title == "Case opened"
    facts = dict(view(bench).facts)
    known = [facts[name] for name in ("Sent by", "Referred on", "Tumour", "Report")]
    assert known == ["R0A Dr B. Adeyemi", "20-Nov-2026", "Metastatic tumour", follows]
    assert facts["Cancer Vaccine Launch Pad"].startswith("Surplus biopsy or resection tissue and a blood sample.")
    assert not any(b"Adeyemi" in entry for entry in bench.entries())


def test_what_a_case_is_flagged_for_and_waits_for_stands_on_today_until_it_is_changed(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", "trial", "Pathology report to follow")
    [item] = today(bench, "Tissue cases under way")
    assert "Clinical trial. Pathology report to follow. To be assessed" in item.detail
    bench.asks_for(Command.TISSUE_CHANGE)
    asked = view(bench).question
    assert asked is not None
    assert {"urgent", "trial", "Pathology report to follow"} <= set(asked.chosen)
    bench.says(Command.TISSUE_CHANGE, "urgent", "trial")
    [item] = today(bench, "Tissue cases under way")
    assert "report to follow" not in item.detail


def test_a_salvage_pathway_is_named(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.says(Command.TISSUE_CHANGE, "urgent", "salvage")
    assert problems(bench) == ("Salvage pathway: say in the comment which it is.",)
    answer = Answer(("urgent", "salvage"), fields=(("comment", "Panel at R0B"),))
    said = bench.bench.command(Command.TISSUE_CHANGE, answer).result(WAIT_S).verdict
    assert said.title == "Case changed"
    assert dict(view(bench).facts)["Comment"] == "Panel at R0B"
    assert bench.says(Command.TISSUE_CHANGE, "routine", "salvage").title == "Case changed"


def test_less_than_the_reserve_is_left_only_with_a_pathologists_agreement(bench: BenchTop) -> None:
    approves(bench, "tissue", own("tissue", ('reserve_um = ""', 'reserve_um = "100"')))
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    bench.says(Command.TISSUE_LEFT, left="120")
    said = cuts(bench, "slide", pieces="5", thickness="5")
    assert said.title == "Pathologist first"
    bench.says(Command.TISSUE_AGREED, "would leave less than the reserve", by="Dr Histology", on="23/11/2026")
    assert cuts(bench, "slide", pieces="5", thickness="5").title == "Cut"
    assert cuts(bench, "slide", pieces="1", thickness="5").title == "Pathologist first"


def test_who_sent_it_is_a_code_since_a_name_there_could_never_be_erased(bench: BenchTop) -> None:
    number = bench.receives("Q26-118901-1")
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", hospital="ask for Jane Example")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems[0].startswith("Enter the ODS code of who sent it, as RYJ")
    assert bench.says(Command.TISSUE_CASE, "urgent", hospital="r0a").title == "Case opened"
    assert dict(view(bench).facts)["Sent by"] == "R0A"
    corrects(bench, "tissue_case")
    bench.says(Command.TISSUE_CORRECT, comment="misread", histology="", hospital="Jane Example's", referred_on="")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems[0].startswith("Enter the ODS code of who sent it, as RYJ")
    assert not any(b"Jane Example" in entry for entry in bench.entries())


def test_without_a_number_on_the_block_nothing_is_compared_with_the_report(bench: BenchTop) -> None:
    number = bench.receives("Q26-118901-1")
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345")
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", outside="")
    said = bench.says(Command.TISSUE_REPORT, report="H26/12345 A1")
    assert said.sentence == f"No number is recorded as standing on {number}. Enter it with “Correct”, then compare."
    assert bench.count("tissue.report_compared") == 0
