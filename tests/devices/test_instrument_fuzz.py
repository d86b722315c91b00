"""Real files, damaged at random: none ever stops a reader, and every value is what its own raw cell says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hypothesis import given, settings
from hypothesis import strategies as st
from instrument_files import made, sample

from devices.files.table import text_of
from devices.instruments import run_files
from devices.instruments.mapped import previews
from devices.instruments.units import unit_of
from devices.measured import InstrumentRun, Quantity, Says

TEXTS = (
    "qubit4_example_1.csv", "qubit_flex_example_01.csv", "nanodrop_one_dsDNA.csv", "nanodrop_8000_example03.txt",
    "lunatic_a260_dsdna.csv", "SQPD-111.csv", "quant_test.csv",
)  # fmt: skip
PIECES = (
    b",", b";", b"\t", b'"', b"\n", b"\r", b"\r\n", b".", b"-", b"<", b">", b"0", b"9", b"e9", b" ", b"\xb5", b"\xff",
    b"\x00", b"NaN", b"N/A", b"Out of range", b"=1+1", b"1,234", b"ng/ml", b"mg/ml", b"\xc2\xb5", b"inf", b"1_0", b"",
)  # fmt: skip
PLACE = st.floats(0, 1, allow_nan=False)
EDIT = st.tuples(PLACE, st.integers(0, 12), st.sampled_from(PIECES) | st.binary(max_size=3))


@dataclass(frozen=True)
class Damaged:
    name: str
    content: bytes


@st.composite
def damaged(draw: st.DrawFn) -> Damaged:
    name = draw(st.sampled_from(TEXTS))
    content = sample(name).content
    for place, cut, piece in draw(st.lists(EDIT, max_size=6)):
        at = int(place * len(content))
        content = content[:at] + piece + content[at + cut :]
    if draw(st.integers(0, 4)) == 0:
        lines = content.split(b"\n")
        content = b"\n".join(draw(st.permutations(lines)) if len(lines) < 40 else lines + lines)
    if draw(st.integers(0, 4)) == 0:
        content = content[: int(draw(PLACE) * len(content))]
    return Damaged(name, content)


def numbers_in(raw: str) -> set[Decimal]:
    """Every number that a cell can be said to hold, with a point or a comma as its decimal mark."""
    bare = re.sub(r"^(<=|>=|[<>≤≥])", "", raw.strip()).strip()
    bare = re.sub(r"\s*[A-Za-zµμ%][A-Za-zµμ%/ ]*$", "", bare) if not re.search(r"\d[eE]", bare) else bare
    found = set()
    for mark, other in ((".", ","), (",", ".")):
        try:
            found.add(Decimal(re.sub(rf"[{other} '\u00a0\u202f]", "", bare).replace(mark, ".")))
        except InvalidOperation:
            continue
    return found


def is_what_it_says(read: Quantity) -> bool:
    unit = unit_of(read.analyte, read.raw_unit) or unit_of(read.analyte, read.unit)
    assert unit is not None, read
    return any(read.value == number * unit.factor for number in numbers_in(read.raw))


@given(damaged())
@settings(max_examples=150)
def test_a_damaged_file_never_yields_a_value_that_its_own_cell_does_not_say(file: Damaged) -> None:
    text = text_of(file.content)
    lines = re.split(r"\r\n|\r|\n", text)
    for run in run_files.runs_in(made(file.content, file.name)):
        if not isinstance(run, InstrumentRun):
            continue
        named = {line for found in run.findings for line in found.lines}
        for measured in run.measured:
            for read in measured.quantities:
                if read.value is not None:
                    assert is_what_it_says(read), read
                    assert read.raw.strip() in lines[measured.line - 1], "the value stands in its own row"
                assert read.says is not Says.NOT_READABLE or measured.line in named, "what is not readable is named"


@given(damaged())
@settings(max_examples=40)
def test_a_damaged_file_never_breaks_a_preview(file: Damaged) -> None:
    previews(made(file.content, file.name))


@given(st.lists(st.tuples(PLACE, st.binary(min_size=1, max_size=4)), min_size=1, max_size=4), PLACE)
@settings(max_examples=60)
def test_a_damaged_workbook_never_stops_a_reader(edits: list[tuple[float, bytes]], end: float) -> None:
    content = sample("qubit4_example_2.xlsx").content
    for place, piece in edits:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + len(piece) :]
    for whole in (content, content[: int(end * len(content))]):
        for run in run_files.runs_in(made(whole, "run.xlsx")):
            assert not isinstance(run, InstrumentRun) or all(
                is_what_it_says(read) for one in run.measured for read in one.quantities if read.value is not None
            )
