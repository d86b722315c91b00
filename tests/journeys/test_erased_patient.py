"""A patient who is erased is erased from everything that is theirs alone; where else they are named is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import OKAFOR, WAIT_S, BenchTop
from PIL import Image
from send_work import closes, opens
from send_work import scans as packs
from test_proof_paper import words_of
from tissue_work import scans, slides

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.erasure_proof import prove_erasure
from gms_desktop.cli.reading import reading
from gms_desktop.cli.signing import erase_subject
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.files import tables
from gms_desktop.journal import store
from gms_desktop.rehearsal.made_up import SHORT_PIN
from gms_desktop.services import patients_values
from gms_desktop.services.people_words import person
from gms_desktop.tissue_desk import TissueDesk


def patient_of(bench: BenchTop) -> tuple[str, str]:
    """The patient of the block: identity and NHS number."""
    [row] = bench.rows("SELECT s.patient FROM specimen s JOIN piece p ON p.specimen = s.id")
    patient = str(row["patient"])
    return patient, bench.bench.recorder.read(lambda ledger: person(ledger.db, patient).nhs).result(WAIT_S)


def worked(bench: BenchTop, folder: Path) -> tuple[str, str]:
    """A block with slides, an assessment, a picture and a hold with words; the patient's number scanned too."""
    [first, *_] = slides(bench)
    bench.says(Command.TISSUE_ASSESS, "method microscope", neoplastic="40", by="Dr Eye", on="23/11/2026")
    bench.says(Command.TISSUE_CHANGE, "urgent", comment="mother rang about it")
    scans(bench, first)
    path = folder / "slide of the patient.png"
    Image.new("RGB", (40, 30), "white").save(path)
    assert TissueDesk(bench.bench).attach(path).result(WAIT_S).verdict.title == "Picture kept"
    patient, number = patient_of(bench)
    bench.scans(number)
    return patient, number


def kept(data: Path) -> dict[str, int]:
    """How many values are kept of each sort of subject."""
    found: dict[str, int] = {}
    with reading(data / DATABASE, data) as db:
        for one in store.every_private(db):
            if one.value is not None:
                sort = one.subject.partition(":")[0]
                found[sort] = found.get(sort, 0) + 1
    return found


def test_what_is_a_patients_alone_is_erased_with_the_patient_tissue_pictures_and_scans_too(
    bench: BenchTop, tmp_path: Path
) -> None:
    patient, number = worked(bench, tmp_path)
    [picture] = bench.rows("SELECT sha256 FROM piece_image")
    data = bench.folder
    bench.close()
    before = kept(data)
    assert {"tissue_case", "piece", "tissue_assessment", "scan"} <= before.keys()
    said: list[str] = []
    erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append)
    after = kept(data)
    assert {"tissue_case", "piece", "tissue_assessment"}.isdisjoint(after)
    with reading(data / DATABASE, data) as db:
        own = patients_values.subjects(db, patient)
        assert not any(store.private_values(db, own).values())
        assert store.find_exact_private(db, number) == []
    assert b"PNG" not in (data / tables.NAME).read_bytes()
    assert picture["sha256"]


def test_where_the_patient_is_named_in_what_is_not_theirs_alone_it_is_said_and_left_for_a_person(
    bench: BenchTop, tmp_path: Path
) -> None:
    other = bench.receives("Q26-118902-1")
    _, number = worked(bench, tmp_path)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=other)
    said_by = f"who also spoke for {number}"
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by=said_by)
    data = bench.folder
    bench.close()
    said: list[str] = []
    code = erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append)
    assert code == 1
    assert any(line.strip().startswith("patient:") for line in said)


def test_where_nothing_names_the_patient_any_more_it_is_said(bench: BenchTop, tmp_path: Path) -> None:
    _, number = worked(bench, tmp_path)
    [taken_in] = bench.rows("SELECT id FROM import_act")
    data = bench.folder
    bench.close()
    said: list[str] = []
    for subject in (f"import:{taken_in['id']}", number):
        code = erase_subject(subject, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append)
        assert code == 0
    assert said[-1] == "Looked through: no value and no file that is kept here names the patient any more."


def test_a_file_in_which_a_row_names_the_patient_is_named_and_one_that_names_others_is_not(
    bench: BenchTop, tmp_path: Path
) -> None:
    _, number = worked(bench, tmp_path)
    spaced, another = f"{number[:3]} {number[3:6]} {number[6:]}", str(int(number) + 10)
    for name, row in (("with-the-number", spaced), ("of-others", another)):
        content = f"surname,nhs\nOYELARAN,{row}\n".encode("utf-16")
        bench.bench.file.files.put(content, "text/csv", f"import:{name}", "2026-11-02T09:00:00.000000Z")
    bench.bench.file.files.put(b"%PDF-1.7", "application/pdf", "import:a-letter", "2026-11-02T09:00:00.000000Z")
    data = bench.folder
    bench.close()
    said: list[str] = []
    assert erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append) == 1
    assert "  import:with-the-number: in a file" in said
    assert not any("of-others" in line or "a-letter" in line for line in said)
    assert any(line.startswith("Not looked through: 1 files without text") for line in said)


def test_files_that_were_saved_and_may_name_the_patient_are_said(bench: BenchTop, tmp_path: Path) -> None:
    _, number = worked(bench, tmp_path)
    exports = bench.bench.exports
    exports.save(exports.folder / "table.csv", b"surname", "table")
    exports.save(tmp_path / "on a stick.csv", b"surname", "table")
    data = bench.folder
    bench.close()
    said: list[str] = []
    assert erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append) == 1
    told = "2 files that were saved from this bench in the last year may name the patient. Look at each: "
    assert f"{told}gms-desktop exports." in said


def test_the_papers_of_a_consignment_that_name_the_patient_are_said(bench: BenchTop, tmp_path: Path) -> None:
    _, number = worked(bench, tmp_path)
    [block] = bench.rows("SELECT s.accession FROM specimen s JOIN piece p ON p.specimen = s.id")
    consignment = opens(bench, "blocks")
    assert packs(bench, block["accession"]).title == "Packed"
    closes(bench)
    data = bench.folder
    bench.close()
    said: list[str] = []
    assert erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append) == 1
    assert f"  {consignment}" in said


def test_the_proof_of_an_erasure_says_who_asked_what_was_emptied_and_which_papers_are_held(
    bench: BenchTop, tmp_path: Path
) -> None:
    patient, number = worked(bench, tmp_path)
    name = bench.bench.recorder.read(lambda ledger: person(ledger.db, patient).name).result(WAIT_S)
    [block] = bench.rows("SELECT s.accession FROM specimen s JOIN piece p ON p.specimen = s.id")
    consignment = opens(bench, "blocks")
    packs(bench, block["accession"])
    closes(bench)
    data, paper = bench.folder, tmp_path / "erasure.pdf"
    bench.close()
    said: list[str] = []
    with pytest.raises(Refused, match="Nothing was erased here"):
        prove_erasure("IG-7", paper, data, said.append)
    erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append)
    assert prove_erasure("IG-7", paper, data, said.append) == 0
    words = words_of(paper)
    for part in (
        "Nothing that was named for erasure is left",
        "On the decision of IG-7",
        "asked by the person",
        OKAFOR.name,
        f"The kept papers of the consignments {consignment}",
        "tissue assessment",
        "not yet",
        "Backups made before",
    ):
        assert part in words, part
    assert name not in words
    assert number not in words
