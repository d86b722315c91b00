"""Extraction, storage and index plates: every refusal and every finding has a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from gms_desktop import extraction_words, index_plate_words, storage_words
from gms_desktop.domain import extraction, extraction_findings, index_plates, storage
from gms_desktop.domain.disposal import Kept, Route, Stays
from gms_desktop.exchange.index_plate_file import Problem, read_index_file

NEVER_SAID = re.compile(
    r"\b(invalid|illegal|please|sorry|oops|failed|failure|error|abort\w*|fatal|warning|null|none|exception|entity|"
    r"database|transaction|user|click|bad|wrongly|simply|just|obviously)\b",
    re.IGNORECASE,
)
BROKEN = re.compile(r"\{\w*\}|\.\.|  | \.|,\.|None")


def sentences() -> Iterable[str]:
    yield from (extraction_words.refused(extraction.Refusal(why, "A01")) for why in extraction.Why)
    yield from (extraction_words.finding(extraction_findings.Found(odd, "L-1")) for odd in extraction_findings.Odd)
    yield from (storage_words.refused(storage.Refusal(why, "BX1")) for why in storage.Why)
    yield from (storage_words.not_discarded(why, "FD1") for why in Stays)
    yield from (index_plate_words.refused(why, "A01", "LIB1") for why in index_plates.Refused)
    yield from (index_plate_words.finding(index_plates.Found(odd, ("L1", "L2"))) for odd in index_plates.Odd)
    yield from (
        index_plate_words.problem(Problem(row, why)) for why in (*index_plate_words.FILE, "x") for row in (0, 3)
    )


@pytest.mark.parametrize("sentence", list(sentences()))
def test_a_sentence_is_whole_and_blames_nobody(sentence: str) -> None:
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert not NEVER_SAID.search(sentence)
    assert not BROKEN.search(sentence)


def test_every_state_has_its_words() -> None:
    assert set(storage_words.STAYS) == set(Kept)
    assert set(storage_words.ROUTES) == set(Route)
    assert set(storage_words.KINDS) == set(storage.Kind)
    assert storage_words.stays((Kept.HELD, Kept.RESERVED)) == "held, kept for somebody"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Well,i7\nA1,AA\n", "The file needs headings for the well, i7 and i5. Nothing of the file is taken."),
        (b"Well,i7,i5\nA1,AA,\n", "Row 2 lacks one of its two indexes. Nothing of the file is taken."),
        (b"", "The file cannot be read as a table. Nothing of the file is taken."),
    ],
)
def test_a_file_of_indexes_that_is_not_taken_says_why(content: bytes, said: str) -> None:
    assert index_plate_words.problem(read_index_file(content, "X").problems[0]) == said
