"""The National Genomic Test Directory: clinical indications, their tests, and what the code of a request means.

A code is text: ``R14`` or ``M1`` names an indication, ``R14.1`` or ``M1.1`` one of its tests (published spreadsheets of
rare and inherited disease v5.1, June 2023, and of cancer 2020/21). None is ever read as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_INDICATION = re.compile(r"[A-Z]\d{1,5}", re.ASCII)
_TEST = re.compile(r"[A-Z]\d{1,5}\.\d{1,5}", re.ASCII)


class Section(StrEnum):
    """Which of the two directories; the first letter of its codes tells."""

    RARE = "rare and inherited disease"
    CANCER = "cancer"
    OTHER = "other"


SECTIONS = {"R": Section.RARE, "M": Section.CANCER}


@dataclass(frozen=True, slots=True)
class Test:
    """One test of an indication, as the directory states it; empty text where it states nothing.

    Attributes:
        code: ``R14.1``.
        indication: the code of the indication it stands under.
        name: the test's own name; the rare disease directory gives tests none.
        target: genes or regions.
        method: method or technology, as spelled.
        scope: kind of variant looked for; in the cancer directory.
        category: commissioning category; in the rare disease directory.
        group: specialist test group.
    """

    code: str
    indication: str
    name: str = ""
    target: str = ""
    method: str = ""
    scope: str = ""
    category: str = ""
    group: str = ""

    @property
    def words(self) -> str:
        """What tells this test from the others of its indication: its name, or its method."""
        return self.name or self.method

    # pytest takes a class of this name for a collection of tests.
    __test__ = False


@dataclass(frozen=True, slots=True)
class Indication:
    """A clinical indication with its tests, in the directory's order."""

    code: str
    name: str
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True)
class Edition:
    """Which directory it is, as it says of itself.

    Attributes:
        section: rare and inherited disease, or cancer.
        title: its title, whole.
        version: ``v5.1``, ``2020/2021``; empty where it states none.
        published: month and year, ``June 2023``; empty where it states none.
        draft: whether it calls itself a draft.
    """

    section: Section
    title: str = ""
    version: str = ""
    published: str = ""
    draft: bool = False

    @property
    def words(self) -> str:
        """In a sentence: ``the directory of June 2023``."""
        said = self.published or self.version
        return f"the {'draft ' if self.draft else ''}directory of {said}" if said else "the directory in force"


@dataclass(frozen=True)
class Directory:
    """One edition, whole."""

    edition: Edition
    indications: tuple[Indication, ...]

    @cached_property
    def tests(self) -> dict[str, Test]:
        """Every test by its code."""
        return {test.code: test for indication in self.indications for test in indication.tests}

    @cached_property
    def by_code(self) -> dict[str, Indication]:
        """Every indication by its code."""
        return {indication.code: indication for indication in self.indications}


@dataclass(frozen=True)
class Meaning:
    """What a request's code means: an indication, and the one test where the code or the directory leaves no choice.

    Attributes:
        code: as looked up.
        indication: None when the directory has none of this code.
        test: None when the code names no test of the directory, or an indication with several or none.
        choices: the tests to choose from, where the code names an indication that has several.
    """

    code: str
    indication: Indication | None = None
    test: Test | None = None
    choices: tuple[Test, ...] = ()

    @property
    def words(self) -> str:
        """``R14.1 Acutely unwell children with a likely monogenic disorder: WGS``; the code alone where unknown."""
        if self.indication is None:
            return self.code
        said = f"{self.code} {self.indication.name}"
        return f"{said}: {self.test.words}" if self.test and self.test.words else said


class Odd(StrEnum):
    """What can be odd about the test that a request names; the word stands in entries and JSON."""

    NO_INDICATION = "test-no-such-indication"
    NO_TEST = "test-not-in-directory"
    CHOOSE = "test-to-choose"
    NO_TESTS = "test-indication-empty"


CODES = frozenset(one.value for one in Odd)
"""The code of every finding on a test."""


@dataclass(frozen=True)
class TestFinding:
    """One thing odd about a request's test: a stable word and the sentence for it."""

    odd: Odd
    sentence: str

    __test__ = False


def normalised(code: str) -> str:
    """A code as the directory writes it: no spaces, capital letter. Anything else stays as it is."""
    bare = "".join(code.split()).upper()
    return bare if is_code(bare) else code.strip()


def is_code(text: str) -> bool:
    """Whether a text has the shape of an indication's or a test's code."""
    return is_indication(text) or is_test(text)


def is_indication(text: str) -> bool:
    """Whether a text has the shape of an indication's code: ``R14``."""
    return _INDICATION.fullmatch(text) is not None


def is_test(text: str) -> bool:
    """Whether a text has the shape of a test's code: ``R14.1``."""
    return _TEST.fullmatch(text) is not None


def indication_of(code: str) -> str:
    """The indication that a test's code names before its point; an indication's code itself."""
    return code.partition(".")[0]


def section_of(code: str) -> Section:
    """In which directory a code would stand, by its letter."""
    return SECTIONS.get(code[:1].upper(), Section.OTHER)


def meaning(code: str, indication: Indication | None) -> Meaning:
    """What a code means, given the indication that it names, or None where the directory has none of this code."""
    code = normalised(code)
    if indication is None or indication.code != indication_of(code):
        return Meaning(code)
    if is_test(code):
        return Meaning(code, indication, next((test for test in indication.tests if test.code == code), None))
    if len(indication.tests) == 1:
        return Meaning(code, indication, indication.tests[0])
    return Meaning(code, indication, None, indication.tests)


def look_up(directory: Directory, code: str) -> Meaning:
    """What a code means in one directory."""
    return meaning(code, directory.by_code.get(indication_of(normalised(code))))


def check(said: Meaning, edition: Edition) -> TestFinding | None:
    """What is odd about a code, or None for a code that names one test of the directory.

    Args:
        said: what the code was found to mean; its shape is a code's.
        edition: the directory it was looked up in.
    """
    if said.indication is None:
        known = f"no indication {indication_of(said.code)} in {edition.words}"
        return TestFinding(Odd.NO_INDICATION, f"{said.code} is not known: there is {known}.")
    if said.test is not None:
        return None
    indication, codes = said.indication.code, [test.code for test in said.indication.tests]
    if is_test(said.code):
        known = f" {indication} has {listed(codes)}." if codes else ""
        return TestFinding(Odd.NO_TEST, f"{said.code} is not in {edition.words}.{known}")
    if not codes:
        return TestFinding(Odd.NO_TESTS, f"{indication} has no test in {edition.words}.")
    return TestFinding(Odd.CHOOSE, f"{indication} has {len(codes)} tests, choose: {listed(codes)}.")


_MOST_LISTED = 8


def listed(codes: Iterable[str]) -> str:
    """Codes in a sentence; of many, the first and how many more."""
    every = list(codes)
    more = len(every) - _MOST_LISTED
    return ", ".join(every[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def spellings(directory: Directory) -> dict[str, tuple[str, ...]]:
    """The methods, each with the ways in which it is spelled: those that differ by case and spaces only are one."""
    found: dict[str, dict[str, None]] = {}
    for test in directory.tests.values():
        if test.method:
            found.setdefault(" ".join(test.method.split()).casefold(), {})[test.method] = None
    return {folded: tuple(ways) for folded, ways in found.items()}
