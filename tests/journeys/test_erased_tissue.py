"""What was written of a patient's tissue goes with the patient: outside numbers, names of others, free words."""

from __future__ import annotations

from pathlib import Path

from bench_top import OKAFOR, WAIT_S, BenchTop
from people_at_work import NOVAK, added, linked, stands_beside
from PIL import Image
from send_work import arrives, closes, hands_over, opens
from send_work import scans as packs
from test_erased_patient import patient_of
from test_tissue_corrected import corrects, form
from tissue_work import cuts, in_a_case, numbers, scans, view

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import reading
from gms_desktop.cli.signing import erase_subject
from gms_desktop.domain.commands import Command
from gms_desktop.files import tables
from gms_desktop.journal import store
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.rehearsal.made_up import SHORT_PIN
from gms_desktop.services.erase import erasures
from gms_desktop.services.views import Answer
from gms_desktop.tissue_desk import TissueDesk

WRITTEN = (
    "H26/77001",
    "H26/77001 A1",
    "H26/77001 A7",
    "H26/77001 A2",
    "Dr Referring",
    "Dr Looking",
    "Dr Agreeing",
    "by ringing Fernside",
    "edge of the ulcer",
    "read with a lens",
    "her sister collects it",
    "to the widow's solicitor",
    "ulcer face.png",
    "asked for by her aunt",
)


def gives(bench: BenchTop, given: Command, *choices: str, **fields: str) -> None:
    """Answer a form that has a field of its own for a comment."""
    bench.clock.forward(1)
    bench.bench.command(given, Answer(choices, fields=tuple(fields.items())), "").result(WAIT_S)


def written_of(bench: BenchTop, folder: Path) -> str:
    """Every form of tissue that takes words is filled in for one block; a slide of it is sent and arrives."""
    number = bench.receives("Q26-118901-1")
    scans(bench, number)
    referral = {"histology": WRITTEN[0], "hospital": "R0A", "clinician": "Dr Referring", "referred_on": "20/11/2026"}
    gives(bench, Command.TISSUE_CASE, "urgent", comment="asked for by her aunt", **referral)
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", outside="H26/77001 A1")
    bench.says(Command.TISSUE_REPORT, report="H26/77001 A2")
    said = {"neoplastic": "40", "by": "Dr Looking", "on": "23/11/2026", "comment": "edge of the ulcer"}
    gives(bench, Command.TISSUE_ASSESS, "method microscope", **said)
    corrects(bench, "piece")
    bench.says(Command.TISSUE_CORRECT, "block", comment="read with a lens", **form(bench) | {"outside": "H26/77001 A7"})
    bench.says(
        Command.TISSUE_AGREED, "would exhaust the block", by="Dr Agreeing", on="23/11/2026", how="by ringing Fernside"
    )
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces="1")
    scans(bench, number)
    path = folder / "ulcer face.png"
    Image.new("RGB", (40, 30), "white").save(path)
    assert TissueDesk(bench.bench).attach(path).result(WAIT_S).verdict.title == "Picture kept"
    opens(bench, "blocks")
    assert packs(bench, numbers(bench)[0]).title == "Packed"
    closes(bench)
    hands_over(bench)
    arrives(bench)
    scans(bench, number)
    gives(bench, Command.TISSUE_END, "returned", to="to the widow's solicitor", comment="her sister collects it")
    return number


def kept(data: Path) -> dict[str, str]:
    """Every value that is kept, by its subject's sort."""
    with reading(data / DATABASE, data) as db:
        return {f"{one.subject}/{one.commitment}": one.value for one in store.every_private(db) if one.value}


def standing(data: Path, *parts: str) -> dict[str, str]:
    return {name: value for name, value in kept(data).items() if any(part in value for part in parts)}


def erases(data: Path, number: str) -> list[str]:
    said: list[str] = []
    erase_subject(number, "asked by the person", "IG-7", data, OKAFOR.badge, SHORT_PIN, said.append)
    return said


def test_all_that_was_written_of_tissue_is_erased_with_the_patient_and_found_no_more(
    bench: BenchTop, tmp_path: Path
) -> None:
    block = written_of(bench, tmp_path)
    _, number = patient_of(bench)
    [consignment] = [row["number"] for row in bench.rows("SELECT number FROM consignment")]
    data = bench.folder
    bench.close()
    before = kept(data).values()
    assert [one for one in WRITTEN if one not in before] == []
    said = erases(data, number)
    assert f"Of these, nothing of anybody else was in {consignment}." in said
    assert standing(data, *WRITTEN) == {}
    assert b"PNG" not in (data / tables.NAME).read_bytes()
    bench.open()
    assert bench.signs_in()
    for one in ("H26/77001", "Dr Looking", "Fernside"):
        assert bench.bench.find(one).result(WAIT_S).hits == (), one
    scans(bench, block)
    now = repr(view(bench)) + repr(bench.looks_up(block).find)
    assert [one for one in WRITTEN if one in now] == []


def erased(bench: BenchTop, patient: str) -> list[str]:
    """A patient is erased at the open bench; of what."""

    def erase(ledger: Ledger) -> list[str]:
        drafts = erasures(ledger, patient, "asked by the person", "IG-7", ledger_operator(ledger))
        ledger.append(drafts, ledger_operator(ledger))
        return [draft.body["subject"] for draft in drafts]

    return bench.write(erase)


def ledger_operator(ledger: Ledger) -> str:
    rows = ledger.db.all(text_statement("SELECT operator FROM operator_role WHERE role = 'administrator'"), {})
    return str(rows[0]["operator"])


def test_a_case_of_two_records_of_one_person_goes_with_the_second_of_them(empty_bench: BenchTop) -> None:
    bench = empty_bench
    added(bench, NOVAK)
    one, other = linked(bench).split("/")
    first, second = bench.receives("W1-1"), bench.receives("W2-1")
    in_a_case(bench, first, histology="H26/77001")
    scans(bench, second)
    assert bench.says(Command.TISSUE_JOIN, "block", outside="H26/77001 A9").title == "In the case"
    assert not [subject for subject in erased(bench, one) if subject.startswith("tissue_case:")]
    assert [subject for subject in erased(bench, other) if subject.startswith("tissue_case:")]


def test_a_case_that_a_block_was_moved_out_of_and_one_that_stayed_empty_go_too(bench: BenchTop) -> None:
    in_a_case(bench, histology="H26/77001")
    bench.asks_for(Command.TISSUE_ASIDE)
    bench.says(Command.TISSUE_CASE, "routine", histology="H26/77002")
    [_, right] = [row["number"] for row in bench.rows("SELECT number FROM tissue_case ORDER BY at, id")]
    [block] = [row["number"] for row in bench.rows("SELECT number FROM piece")]
    added(bench, NOVAK)
    scans(bench, block)
    corrects(bench, "move")
    bench.says(Command.TISSUE_CORRECT, comment="of the second report", case=right)
    assert stands_beside(bench, NOVAK).ok
    _, number = patient_of(bench)
    data = bench.folder
    bench.close()
    erases(data, number)
    assert standing(data, "H26/7700", "of the second report") == {}


def test_where_anothers_words_name_the_histology_number_it_is_said(bench: BenchTop, tmp_path: Path) -> None:
    other = bench.receives("Q26-118902-1")
    written_of(bench, tmp_path)
    _, number = patient_of(bench)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=other)
    said_by = "Mrs Fern, who asked about block H26/77001"
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by=said_by)
    data = bench.folder
    bench.close()
    said = erases(data, number)
    assert any(line.strip().startswith("patient:") for line in said), said


def test_an_empty_case_with_the_same_report_goes_with_it(bench: BenchTop) -> None:
    number = bench.receives("Q26-118901-1")
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/77001")
    bench.asks_for(Command.TISSUE_ASIDE)
    scans(bench, number)
    bench.says(Command.TISSUE_CASE, "urgent", histology="H26/77001")
    bench.says(Command.TISSUE_CASE, comment="opened twice")
    scans(bench, number)
    bench.says(Command.TISSUE_JOIN, "block", outside="A1")
    assert len(bench.rows("SELECT id FROM tissue_case")) == 2
    _, nhs = patient_of(bench)
    data = bench.folder
    bench.close()
    erases(data, nhs)
    assert standing(data, "H26/77001", "opened twice") == {}


def test_what_older_entries_say_in_the_open_is_shown_no_more_once_the_rest_is_erased(bench: BenchTop) -> None:
    block = in_a_case(bench)
    [piece] = bench.rows("SELECT id, tissue_case FROM piece")
    last = f"last:piece:{piece['id']}"

    def once(ledger: Ledger) -> None:
        pen = ledger.pen()
        who = pen.write("Dr Agreeing", f"piece:{piece['id']}")
        said = {"piece": piece["id"], "agreement": "a1", "to": "would exhaust the block", "on": "2026-11-23"}
        how = {"pathologist": who, "how": None, "how_open": "her daughter rang", "bench": ledger.head.writer}
        how |= {"rests_on": ledger.driver.holders([last])[last]}
        ledger.append([Draft("tissue.agreed", said | how, pen.values)], ledger_operator(ledger))
        case = {"case": piece["tissue_case"], "hospital": "ask for her daughter", "referred_on": None, "earlier": {}}
        told = {"histology": pen.write("H26/77001", f"tissue_case:{case['case']}"), "clinician": None, "reason": None}
        right = Draft("tissue.case_corrected", case | told | {"bench": ledger.head.writer}, pen.values)
        ledger.append([right], ledger_operator(ledger))

    bench.write(once)
    scans(bench, block)
    assert "her daughter rang" in repr(view(bench).kept)
    assert dict(view(bench).facts)["Sent by"] == "ask for her daughter"
    patient, _ = patient_of(bench)
    erased(bench, patient)
    scans(bench, block)
    assert "her daughter" not in repr(view(bench))
