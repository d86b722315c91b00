"""Of a test run that failed only the end may be kept: it names what failed, and how each step ended."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", Path(__file__).parents[2] / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def said_by_pytest(test: str, lines: int = 80) -> str:
    trace = [f"E   line {number} of {test}" for number in range(lines)]
    return "\n".join(["....F..", *trace, "", f"FAILED {test} - assert 1 == 2", "1 failed, 6 passed in 3.2 s"])


def test_the_failed_test_is_named_first_and_the_end_of_its_step_follows(dev: ModuleType) -> None:
    told = dev.what_failed({"pytest tests/ui 3/3": said_by_pytest("tests/ui/test_x.py::test_a_tube_is_held")})
    assert told[:2] == [
        "FAILED tests/ui/test_x.py::test_a_tube_is_held - assert 1 == 2",
        "== the end of pytest tests/ui 3/3",
    ]
    assert (told[2], told[-1]) == (
        "E   line 51 of tests/ui/test_x.py::test_a_tube_is_held",
        "1 failed, 6 passed in 3.2 s",
    )
    assert len(told) == 2 + dev.END_OF_A_STEP


@pytest.mark.parametrize("steps", [1, 2, 5, 18])
def test_however_much_failed_the_end_stays_short_and_tells_of_every_step(dev: ModuleType, steps: int) -> None:
    failed = {f"step {number}": "\n".join([said_by_pytest(f"test_{number}")] * 9) for number in range(steps)}
    told = dev.what_failed(failed)
    assert len(told) <= dev.END
    assert all(f"== the end of {name}" in told for name in failed)


def test_a_step_that_printed_nothing_is_named(dev: ModuleType) -> None:
    assert dev.what_failed({"mypy": ""}) == ["== the end of mypy"]
