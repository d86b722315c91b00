"""Every sentence a person sees: spoken, not only read from the source, and free of blame, begging and jargon."""

from __future__ import annotations

import inspect
import re
import tomllib
import typing
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from devices.instruments.mapped.pointing import Meaning
from devices.instruments.mapped.profile import ProfileDefect, ProfileProblem
from devices.measured import Analyte, DateOrder, OwnTime, Quantity, RunDefect, Says
from devices.scanners.layout import KeyboardState
from devices.scanners.self_test import Fault, Heard, Refusal, Taught
from devices.values import RackDefect, RackFinding, RackReaderState, RackReading, Weighing, Weight
from gms_desktop import (
    acknowledgement_words,
    afterwards_words,
    answer_correct_words,
    answer_words,
    backup_words,
    balance_words,
    card_words,
    chase_words,
    checkpoint_words,
    consent_words,
    delivery_words,
    destination_words,
    dilution_words,
    discard_words,
    downtime_words,
    examination_words,
    extract_words,
    extraction_words,
    family_words,
    file_words,
    folder_words,
    handover_words,
    history_words,
    hold_words,
    hub_words,
    identity_words,
    index_plate_words,
    indexing_words,
    instrument_words,
    label_file_words,
    layout_words,
    limit_words,
    logger_words,
    lot_words,
    manifest_words,
    measure_words,
    nipt_words,
    outbox_words,
    paper_words,
    people_words,
    plate_words,
    plating_words,
    port_words,
    protection_words,
    proving_words,
    queue_words,
    rack_reader_words,
    rack_words,
    review_words,
    rights_words,
    risk_words,
    self_test_words,
    send_words,
    series_words,
    sharing_words,
    storage_words,
    stored_words,
    table_words,
    tissue_correct_words,
    tissue_end_words,
    tissue_fit_words,
    tissue_move_words,
    tissue_same_words,
    tissue_words,
    together_words,
    toml_words,
    tube_words,
    urgent_words,
    weight_words,
    words,
)
from gms_desktop.domain.consignments.arrival import Door
from gms_desktop.domain.consignments.packing import Stop, Why
from gms_desktop.domain.consignments.standing import State
from gms_desktop.domain.dilution import Dilution, Mix, Outcome
from gms_desktop.domain.exports import Export, Place
from gms_desktop.domain.exports import Standing as FileStanding
from gms_desktop.domain.extraction_findings import Found, Odd
from gms_desktop.domain.identifiers.barcode import Kind, Recognised
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.domain.lots import Standing
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.readings.judging import Judged, Word
from gms_desktop.domain.readings.limits import Limit, Rule
from gms_desktop.domain.readings.standing import Spread
from gms_desktop.domain.rights import Missing, Right, Role
from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange import problem_words
from gms_desktop.exchange.consignments.series import Gathered
from gms_desktop.exchange.expected import FileProblem, RowProblem
from gms_desktop.services import device_words, finding_words

NEVER_SAID = re.compile(
    r"\b(invalid|illegal|please|sorry|oops|failed|failure|error|abort\w*|fatal|warning|null|none|exception|entity|"
    r"database|transaction|user|click|whoops|uh-oh|bad|wrongly|simply|just|obviously)\b",
    re.IGNORECASE,
)
TOO_LONG = 60
LONGEST_TITLE = 24
QUANTITY = Quantity(Analyte.CONCENTRATION, Says.BELOW, Decimal("0.5"), "ng/uL", "<0.5", "ng/uL", "Conc.")
LIMIT = Limit(Analyte.CONCENTRATION, Decimal(10), Decimal(200), "ng/uL")
_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
EXPORT = Export("1", "2026-11", "table", "volumes.csv", Place.OURS, 120, "0" * 64, _AT, _AT, None, "Bench 3", own=True)
SAMPLES: dict[Any, Any] = {
    Gathered: Gathered("0A1B2C3D", 5, {1: "MFRGG", 4: "MFRGG"}),
    str: "K7Q3ZD0042X",
    Numbered: Numbered.HISTOLOGY,
    int: 2,
    float: 65.0,
    bool: True,
    Exception: KeyError("version"),
    Path: Path("run.csv"),
    OSError: OSError(5, "the words of the system"),
    tuple[Found, ...]: (Found(Odd.LOT_MISSING, "Extraction kit"), Found(Odd.TOO_FEW_BLANKS, "1")),
    tuple[str, ...]: ("surname, forename", "date of birth"),
    Sequence[str]: ("Look at both.",),
    Quantity: QUANTITY,
    Decimal: Decimal("12.345678"),
    Analyte: Analyte.CONCENTRATION,
    DateOrder: DateOrder.DAY_FIRST,
    DateOrder | None: DateOrder.DAY_FIRST,
    bool | None: True,
    RunDefect: RunDefect.DATE_UNDECIDED,
    Meaning | None: Meaning(analyte=Analyte.CONCENTRATION),
    ProfileProblem: ProfileProblem(ProfileDefect.UNIT_MISSING, "value 1", "Conc"),
    OwnTime | None: OwnTime(
        "03/04/2026 09:30", datetime.fromisoformat("2026-04-03T09:30"), DateOrder.DAY_FIRST, "asked once"
    ),
    Limit: LIMIT,
    Limit | None: LIMIT,
    Word: Word.BELOW,
    Judged: Judged(Rule("eluate", "3", (LIMIT,)), LIMIT, Word.BELOW, QUANTITY),
    Spread: Spread(3, Decimal(13), Decimal("33.53"), (2, Decimal("38.46"))),
    Right: Right("reject", "Reject a specimen", (Role.BIOMEDICAL_SCIENTIST, Role.SENIOR)),
    Missing: Missing.ROLE,
    RackFinding: RackFinding(RackDefect.CODE_TWICE, ("A01", "B02"), "FD20024619"),
    RackReading: RackReading(RackReaderState.SILENT, None, b"", datetime(2026, 11, 3, 9, 30, tzinfo=UTC), "get"),
    Card: Card.HOLD,
    Standing: Standing.RECEIVED,
    FileStanding: FileStanding.HERE,
    Export: EXPORT,
    Door: Door.CLOSED_DAY,
    Stop: Stop(Why.HELD, "Consent withdrawn"),
    tuple[Stop, ...]: (Stop(Why.HELD, "Consent withdrawn"), Stop(Why.NO_REFERRAL)),
    list[str]: ["FD20024619"],
    tuple[str, list[str]]: ("K7Q3ZD0042X", ["K7Q3ZD0042X"]),
    State: State.PACKED,
    Refusal: Refusal(Fault.KEY, "F9", "Find"),
    Heard: Heard(2, "~~", "", "CR", state=KeyboardState.US_SCANNER),
    Taught: Taught("~~", "", "CR", aim=True, separator="", state=KeyboardState.UK_SCANNER, caps=True),
    KeyboardState | None: None,
    Taught | Refusal | None: None,
    tuple[Recognised, ...]: (Recognised(Kind.FLUIDX, "FD20024619"),),
    str | None: "proband",
    date: date(2026, 11, 3),
    date | None: date(2026, 11, 3),
    datetime | None: datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
    Decimal | None: Decimal("12.5"),
    Shape: Shape(8, 12),
    Verdict: Verdict(VerdictKind.FINISHED, "Bound", "FD20024619 holds it."),
    Dilution: Dilution(Outcome.DILUTE, (Mix(Decimal(8), Decimal(32), Decimal(20)),)),
    Weight: Weight(Weighing.AT_REST, "S S 1.2345 g", Decimal("1.2345"), "g", "g"),
}


_PASSED_ON = {
    "label file not_made",
    "plating not_kept",
    "plating not_on_the_plan",
    "plating not_yet_moved",
    "tube nothing_saved",
    "refused",
    "attention",
    "choose",
    "decided_from_find",
    "people done",
    "layout not_usable",
    "indexing file_not_taken",
    "indexing opened",
    "indexing pool_not_made",
    "indexing well_used",
    "indexing sheet_not_saved",
    "layout not_printed",
    "send closed",
    "send handed_over",
    "send not_closed",
    "send receiver_first",
    "table not_whole",
    "tissue before_scraping",
}
# These speak of what a rule of the domain found: the tests of that rule have each of its findings said.
_OF_A_FINDING = frozenset(
    {
        "plating another_shape",
        "plating shape",
        "backup late",
        "protection export_line",
        "protection standing",
        "backup not_made",
        "consent consent",
        "identity marked",
        "nipt entry",
        "nipt problem",
        "nipt stated",
        "delivery closed",
        "delivery counted",
        "delivery differs",
        "delivery line",
        "extraction finding",
        "extraction refused",
        "identity decide_first",
        "identity only_at_discretion",
        "identity why",
        "index plate finding",
        "index plate problem",
        "index plate refused",
        "instrument finding",
        "instrument profile_problem",
        "instrument refused_run",
        "nipt found",
        "nipt judged",
        "nipt not_loaded",
        "nipt outcome",
        "nipt outcome_said",
        "nipt period",
        "nipt turned_away",
        "plate broken",
        "plate refused",
        "plate stopped",
        "rack belongs",
        "rack counted",
        "rack finding",
        "rack title",
        "storage not_discarded",
        "storage refused",
        "storage stays",
    }
)
_PREFIX = {
    words: "",
    downtime_words: "downtime ",
    review_words: "review ",
    rack_reader_words: "rack reader ",
    handover_words: "handover ",
    people_words: "people ",
    rights_words: "rights ",
    examination_words: "examination ",
    risk_words: "risk ",
    stored_words: "stored ",
    discard_words: "discard ",
    layout_words: "layout ",
    lot_words: "lot ",
    manifest_words: "manifest ",
    measure_words: "measure ",
    table_words: "table ",
    extract_words: "extract ",
    file_words: "file ",
    toml_words: "toml ",
    folder_words: "folder ",
    indexing_words: "indexing ",
    acknowledgement_words: "acknowledgement ",
    afterwards_words: "afterwards ",
    card_words: "card ",
    self_test_words: "self-test ",
    queue_words: "queue ",
    weight_words: "weight ",
    send_words: "send ",
    tissue_correct_words: "tissue correct ",
    tissue_end_words: "tissue end ",
    tissue_fit_words: "tissue fit ",
    tissue_move_words: "tissue move ",
    tissue_same_words: "tissue same ",
    tissue_words: "tissue ",
    together_words: "together ",
    logger_words: "logger ",
    chase_words: "chase ",
    answer_correct_words: "answer correct ",
    checkpoint_words: "checkpoint ",
    proving_words: "proving ",
    answer_words: "answer ",
    series_words: "series ",
    backup_words: "backup ",
    balance_words: "balance ",
    consent_words: "consent ",
    delivery_words: "delivery ",
    dilution_words: "dilution ",
    extraction_words: "extraction ",
    family_words: "family ",
    history_words: "history ",
    hold_words: "hold ",
    paper_words: "paper ",
    hub_words: "hub ",
    identity_words: "identity ",
    index_plate_words: "index plate ",
    instrument_words: "instrument ",
    label_file_words: "label file ",
    destination_words: "destination ",
    limit_words: "limit ",
    nipt_words: "nipt ",
    outbox_words: "outbox ",
    plate_words: "plate ",
    plating_words: "plating ",
    port_words: "port ",
    protection_words: "protection ",
    rack_words: "rack ",
    sharing_words: "sharing ",
    storage_words: "storage ",
    tube_words: "tube ",
    urgent_words: "urgent ",
}


def speakers() -> Iterator[tuple[str, Callable[..., Any]]]:
    for spoken_by, prefix in _PREFIX.items():
        for name, speak in inspect.getmembers(spoken_by, inspect.isfunction):
            own = speak.__module__ == spoken_by.__name__ and not name.startswith("_")
            if own and f"{prefix}{name}" not in _OF_A_FINDING:
                yield f"{prefix}{name}", speak


def spoken(speak: Callable[..., Any]) -> Iterator[Any]:
    """What a function says, with small and large numbers."""
    hints = typing.get_type_hints(speak)
    named = [name for name in hints if name != "return"]
    for number, truth in ((1, True), (2, False), (125, True)):
        samples = {**SAMPLES, int: number, float: float(number), bool: truth}
        yield speak(**{name: samples[hints[name]] for name in named})


def sentences() -> Iterator[tuple[str, str]]:
    for name, speak in speakers():
        for said in spoken(speak):
            yield from ((name, text) for text in texts_of(said))
    for name, said in (one for room in _PREFIX for one in vars(room).items()):
        if name.isupper():
            # What stands in a table with a gap is filled by a function, and heard there.
            texts = (text for text in said.values() if "{" not in str(text)) if isinstance(said, dict) else (said,)
            yield from ((name, str(text)) for text in texts)
    for code in problem_words.PROBLEM_WORDS:
        yield code, problem_words.row_sentence(RowProblem(4, "NHS number", "123", code, "9 digits"))
        yield code, problem_words.file_sentence(FileProblem(code, "9 columns")) if is_of_file(code) else ""
    for code, text in finding_words._WORDS.items():
        yield code, text
    for state, text in (device_words._TO_DO | device_words._SOON).items():
        yield state.value, text
    for defect in RackDefect:
        yield defect.value, rack_reader_words.finding(RackFinding(defect, ("A01",), "FD20024619"))
    for fault in Fault:
        said = self_test_words.refused(Refusal(fault, "F9", "Find"))
        yield fault.value, f"{said.title}\n{said.sentence}"
    for reason in tomllib.loads(files("resources").joinpath("rules", "reasons.toml").read_text("utf-8"))["reason"]:
        yield reason["code"], reason["words"]


def texts_of(said: Any) -> Iterator[str]:
    """The text that is shown of what a function says: a verdict's, or that of each text in it."""
    if isinstance(said, Verdict):
        yield f"{said.title}\n{said.sentence}"
    elif isinstance(said, tuple | list):
        yield from (text for one in said for text in texts_of(one))
    elif said is not None:
        yield str(said)


def is_of_file(code: str) -> bool:
    return not re.search(r"\{(row|column|value)\}", problem_words.PROBLEM_WORDS[code])


EVERY = sorted(set(sentences()))


def test_there_are_sentences_to_read() -> None:
    assert len(EVERY) > 150


def test_no_sentence_blames_begs_or_speaks_of_the_machine() -> None:
    found = {f"{name}: {hit.group()}" for name, text in EVERY if (hit := NEVER_SAID.search(text))}
    # A spreadsheet's own word for it; the name of the figure in the specification, lines 413-417; and a plain "none".
    plain = {"FIELDS: none", "PATIENTS_NUMBER: none", "_REASONS: none", "NOTHING_TELLS: None"}
    assert found <= {"spreadsheet-error: error", "error-rate: error", *plain}


def test_no_sentence_is_left_with_a_gap_or_two_marks_at_its_end() -> None:
    # A sentence of the samples that stands where names do.
    every = [text.replace("Look at both..", "") for name, text in EVERY if name != "NOTHING_TELLS"]
    broken = [text for text in every if re.search(r"\{\w*\}|\.\.|  \.| \.|,\.|None|\?\.", text)]
    assert broken == []


@pytest.mark.parametrize("name", [name for name, _ in speakers()])
def test_a_verdict_has_a_short_title_and_a_whole_sentence(name: str) -> None:
    for said in spoken(dict(speakers())[name]):
        if isinstance(said, Verdict) and name not in _PASSED_ON:
            assert 0 < len(said.title) <= LONGEST_TITLE
            assert not said.title.endswith(".")
            assert said.sentence.endswith((".", "?", "Ctrl Shift P."))
            assert said.sentence[0].isupper() or said.sentence[0].isdigit() or "K7Q3ZD" in said.sentence


def test_only_a_specimens_outcome_is_called_accepted() -> None:
    titles = {name: {said.title for said in spoken(speak) if isinstance(said, Verdict)} for name, speak in speakers()}
    saying = {name for name, said in titles.items() if any("accepted" in title.lower() for title in said)}
    assert saying <= {"accepted", "decided", "decided_from_find", "tube not_decided", "tissue not_accepted"}


def test_every_finding_of_the_identifier_rules_has_a_sentence_of_its_own() -> None:
    rules = tomllib.loads(files("resources").joinpath("rules", "identifiers.toml").read_text("utf-8"))["codes"]
    for code in rules:
        assert code in problem_words.PROBLEM_WORDS or code in finding_words._WORDS, code


def test_one_second_is_not_said_as_seconds() -> None:
    assert "1 minutes" not in words.wait_for_pin(119.0)
    assert "1 hours" not in words.clock_behind(61)
    assert "1 minutes" not in words.clock_behind(61)
    assert "1 wait " not in words.imported(2, 1, 0).sentence
    assert "1 were" not in words.imported(2, 0, 1).sentence
    assert "1 of its tubes have" not in words.finished("r1", 1).sentence
