"""Every control of the safety file names tests that each run of the tests runs, and its pages tell its data."""

from __future__ import annotations

from pathlib import Path

import pytest
import safety_file


def test_every_control_names_tests_that_are_run() -> None:
    assert safety_file.missing((*safety_file.hazards(), *safety_file.threats())) == []


@pytest.mark.parametrize("items", [safety_file.hazards(), safety_file.threats()], ids=["hazards", "threats"])
def test_every_hazard_and_threat_has_a_control_and_every_control_a_test(items: tuple[safety_file.Item, ...]) -> None:
    assert len({item.id for item in items}) == len(items)
    assert [item.id for item in items if not item.controls] == []
    assert [item.id for item in items if not all(one.what and one.tests for one in item.controls)] == []


def test_nobody_whom_a_bench_has_to_fear_is_left_out() -> None:
    who = {dict(item.facts)["Who"] for item in safety_file.threats()}
    assert who >= {
        "A bench user",
        "A thief",
        "A network attacker",
        "A malicious file",
        "A malicious label text",
        "A curious or dishonest administrator",
    }


def test_every_paper_of_the_file_says_that_it_is_a_template() -> None:
    papers = sorted(safety_file.FOLDER.glob("*.md"))
    signed = [path.name for path in papers if path.name not in {"README.md", "threat-model.md"}]
    assert len(signed) == 5
    assert [name for name in signed if "**A template" not in (safety_file.FOLDER / name).read_text("utf-8")[:200]] == []


def test_a_severity_is_one_of_the_standards_words() -> None:
    said = {dict(item.facts)["Severity, proposed"] for item in safety_file.hazards()}
    assert said <= set(safety_file.SEVERITIES)


def test_the_pages_are_those_of_the_data() -> None:
    for name, text in safety_file.pages().items():
        assert (safety_file.FOLDER / name).read_text("utf-8") == text, "Run: python3 dev.py safety"


def test_a_test_that_is_gone_skipped_or_left_for_the_soak_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import pytest\n\ndef test_one(): ...\n\n@pytest.mark.skip\ndef test_two(): ...\n\n"
        "@pytest.mark.soak\ndef test_three(): ...\n",
        encoding="utf-8",
    )
    control = safety_file.Control("", tuple(f"test_a.py::test_{one}" for one in ("one", "two", "three", "four")))
    item = safety_file.Item("H1", "", (), (control, safety_file.Control("", ("test_b.py::test_one",))))
    assert safety_file.missing([item], tmp_path) == [
        "test_a.py::test_two",
        "test_a.py::test_three",
        "test_a.py::test_four",
        "test_b.py::test_one",
    ]
