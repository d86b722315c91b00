"""The dWGS manifest at closing: made of the register, refused where it would have a hole, kept with the papers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from bench_top import BenchTop
from measure_work import approves as approves_limits
from measure_work import line, qubit_file
from measure_work import opens as opens_file
from rack_work import RACK, rack_open
from rack_work import scans as at_the_rack
from send_work import FIRST, PARTICIPANTS, PROBAND, approves, closes, opens, own, says, scans, tube_of, view
from test_tissue_sent import at_the_microtome

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange import dwgs
from gms_desktop.exchange.layouts import read
from gms_desktop.rehearsal import made_up
from gms_desktop.send_desk import SendDesk

SOUND = {
    "referral_id": "r30000000001",
    "clinical_indication_test_type_id": "R14.1",
    "patient_nhs_number": "9990000018",
    "patient_ngis_id": "p10000000001",
    "patient_date_of_birth": "2026-11-19",
    "ordering_entity_id": "RR8",
    "glh_laboratory_id": "ZZ999",
    "primary_sample_received_date": "2026-11-23",
    "primary_sample_id_as_received_by_glh": "Q26-118834-1",
    "primary_sample_type": "Germline sample",
    "primary_sample_state": "258580003|Whole blood specimen (specimen)",
    "dispatched_sample_lsid": FIRST,
    "dispatched_sample_type": "Germline sample",
    "dispatched_sample_state": "258566005|Deoxyribonucleic acid specimen (specimen)",
    "glh_sample_dispatch_date": "2026-11-23",
    "patient_forename": "Baby of Temi",
    "patient_surname": "OYELARAN",
    "family_structure": "Trio",
    "participant_type": "Proband",
    "approved_by": "R. Okafor",
}


def expects(bench: BenchTop, *changes: tuple[str, str]) -> None:
    """The family of the rehearsal is expected with participant ids, and otherwise as somebody changed the file."""
    name, content, mapping = made_up.expected_file()
    heading, *lines = content.decode().splitlines()
    told = [f"{heading},Participant"]
    told += [f"{line},{PARTICIPANTS.get(line.split(',')[7], '')}" for line in lines if "OYELARAN" in line]
    text = "\n".join(told) + "\n"
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    columns = mapping["columns"] | {"ngis_participant_id": "Participant"}
    bench.takes_in(name, text.encode(), mapping | {"columns": columns})


def closed(bench: BenchTop) -> Verdict:
    """The proband's DNA is packed for the sequencing laboratory, and the consignment closed."""
    tube_of(bench, PROBAND, FIRST)
    opens(bench, "wgs")
    assert scans(bench, FIRST).title == "Packed"
    return closes(bench)


def manifest(bench: BenchTop, folder: Path, name: str = "dwgs.csv") -> tuple[bytes, list[dict[str, str]]]:
    """The manifest as it is saved, and its rows."""
    [path] = [one for one in SendDesk(bench.bench).save_papers(folder) if one.name.endswith(name)]
    content = path.read_bytes()
    return content, list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_consignment_for_whole_genome_sequencing_closes_with_its_manifest(
    empty_bench: BenchTop, tmp_path: Path
) -> None:
    expects(empty_bench)
    said = closed(empty_bench)
    assert said.title == "Closed, look here", said
    assert "is a Trio, the file has 1 of its people" in said.sentence
    content, [row] = manifest(empty_bench, tmp_path)
    assert content.partition(b"\r\n")[0].decode().split(",") == list(dwgs.COLUMNS)
    number, consignment = empty_bench.rows("SELECT accession FROM specimen")[0]["accession"], view(empty_bench).heading
    wanted = SOUND | {"primary_sample_id_in_glh_lims": number}
    wanted |= {"glh_sample_consignment_number": consignment.partition(" ")[0]}
    assert {column: cell for column, cell in row.items() if cell} == wanted
    [back] = read("m.csv", content).rows
    assert (back.specimen_codes[0], back.referral_id) == (FIRST, "r30000000001")
    assert dict(view(empty_bench).facts)["Kept papers"] == (
        "letter.pdf, packing-list.pdf, packing-list.csv, manifest.gmsc, dwgs.csv"
    )


def nanodrop_file(folder: Path) -> Path:
    """The same tube by absorbance, which says another concentration."""
    shown = (Path(__file__).parents[1] / "data" / "instruments" / "nanodrop_one_dsDNA.csv").read_text("utf-8")
    heading, first, *_ = shown.splitlines()
    path = folder / "nanodrop.csv"
    path.write_text("\n".join((heading, first.replace("Sample 1", FIRST).replace("1.882", "1.85"), "")), "utf-8")
    return path


def test_what_was_measured_stands_in_the_row(empty_bench: BenchTop, tmp_path: Path) -> None:
    approves_limits(empty_bench)
    expects(empty_bench)
    tube_of(empty_bench, PROBAND, FIRST)
    for path in (qubit_file(tmp_path, line(FIRST, "50.20")), nanodrop_file(tmp_path)):
        opens_file(empty_bench, path)
        assert empty_bench.asks_for(Command.SAVE_RUN).title == "Saved"
    opens(empty_bench, "wgs")
    scans(empty_bench, FIRST)
    closes(empty_bench)
    _, [row] = manifest(empty_bench, tmp_path)
    assert (row["glh_concentration_(ng/ul)"], row["glh_qc_status"]) == ("50.20", "Pass")
    assert (row["dispatched_sample_volume_(ul)"], row["glh_od260/280"]) == ("", "1.85")


def test_its_rack_and_well_stand_in_the_row(empty_bench: BenchTop, tmp_path: Path) -> None:
    expects(empty_bench)
    tube_of(empty_bench, PROBAND, FIRST)
    rack_open(empty_bench)
    empty_bench.clock.forward(5)
    at_the_rack(empty_bench, FIRST)
    opens(empty_bench, "wgs")
    scans(empty_bench, FIRST)
    closes(empty_bench)
    _, [row] = manifest(empty_bench, tmp_path)
    assert (row["gmc_rack_id"], row["gmc_rack_well"]) == (RACK, "A01")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",Trio,", ",,", f"{FIRST}: nothing for family_structure. Add it to the request."),
        (
            "R14.1",
            "",
            f"{FIRST}: nothing for primary_sample_type. The request has to tell germline from tumour: put its test",
        ),
        (
            "EDTA blood",
            "Skin",
            f"{FIRST}: nothing for primary_sample_state (Skin). An administrator lays it down in the rule set man",
        ),
        (",proband,", ",,", f"{FIRST}: nothing for participant_type. Say on the request who of the family it is."),
    ],
)
def test_what_is_missing_keeps_the_consignment_open_and_is_named(
    empty_bench: BenchTop, old: str, new: str, said: str
) -> None:
    expects(empty_bench, (old, new))
    told = closed(empty_bench)
    assert (told.kind, told.title) == (VerdictKind.REFUSED, "Manifest not whole")
    assert said in told.sentence
    assert empty_bench.count("consignment.closed") == empty_bench.count("document.issued") == 0


def test_a_cell_that_a_spreadsheet_would_run_is_never_sent(empty_bench: BenchTop) -> None:
    expects(empty_bench, ("Baby of Temi", "=Temi"))
    told = closed(empty_bench)
    assert told.title == "Manifest not whole"
    assert "begins with a sign that a spreadsheet runs" in told.sentence


def test_where_a_tumour_was_is_asked_and_its_content_comes_from_an_assessment(
    empty_bench: BenchTop, tmp_path: Path
) -> None:
    expects(empty_bench, ("R14.1", "M4.1"), ("EDTA blood", "Fresh tissue"))
    assert closed(empty_bench).title == "Where was each tumour"
    assert view(empty_bench).question is not None
    said = says(empty_bench, Command.SEND_CLOSE, **{FIRST: "breast"})
    assert "“breast” is no SNOMED CT code" in said.sentence
    said = says(empty_bench, Command.SEND_CLOSE, **{FIRST: "76752008|Breast structure (body structure)"})
    assert f"{FIRST}: nothing for received_sample_tumour_content_%. Assess its tissue" in said.sentence
    with_block(empty_bench)
    said = says(empty_bench, Command.SEND_CLOSE, **{FIRST: "76752008|Breast structure (body structure)"})
    assert said.title == "Closed, look here", said
    assert "travels without its germline sample" in said.sentence
    _, [row] = manifest(empty_bench, tmp_path)
    assert row["received_sample_topography"] == "76752008|Breast structure (body structure)"
    assert row["received_sample_tumour_content_%"] == "62.5"
    assert row["dispatched_sample_type"] == "Solid tumour"


def with_block(bench: BenchTop) -> None:
    """The specimen joins a case of tissue, and somebody assesses it."""
    number = bench.rows("SELECT accession FROM specimen")[0]["accession"]
    at_the_microtome(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/12345", hospital="R0A")
    at_the_microtome(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", outside="H26/12345 A1")
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="62.5", by="Dr A. Reader", on="23/11/2026")


def test_the_old_path_writes_its_own_message_where_a_laboratory_switches_it_on(
    empty_bench: BenchTop, tmp_path: Path
) -> None:
    expects(empty_bench)
    approves(empty_bench, "destinations", own("destinations", ("in_use = false", "in_use = true")))
    codes = ("[clinic_type]", '[clinic_type]\nedta-blood = "DNA Blood Germline"')
    approves(empty_bench, "manifests", own("manifests", ('laboratory_id = ""', 'laboratory_id = "now"'), codes))
    tube_of(empty_bench, PROBAND, FIRST)
    opens(empty_bench, "plating")
    scans(empty_bench, FIRST)
    told = closes(empty_bench)
    assert "nothing for GMC Rack ID. Read its rack on the Racks screen" in told.sentence
    rack_open(empty_bench)
    at_the_rack(empty_bench, FIRST)
    said = closes(empty_bench)
    assert said.title.startswith("Closed"), said
    _, [row] = manifest(empty_bench, tmp_path, "gel1004.csv")
    assert (row["Group ID"], row["Is Proband"], row["Rack Type"]) == ("r30000000001", "TRUE", "RP")
    assert not any(said in row.values() for said in ("OYELARAN", "9990000018", "2026-11-19"))
