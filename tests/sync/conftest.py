"""The simulator's modules are found beside the tests; a test that fails shows what its servers wrote."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

# The fixtures of a real hub: pytest finds them here.
from hub_benches import hub_server, laboratory, laboratory_without_benches, two
from hub_parts import anothers, bench, hub, hub_without_benches, scram_cluster
from real_server import Server

__all__ = [
    "anothers",
    "bench",
    "hub",
    "hub_server",
    "hub_without_benches",
    "laboratory",
    "laboratory_without_benches",
    "scram_cluster",
    "two",
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the logs of the servers that a failed test had made into its report."""
    report = yield
    made: dict[str, Any] = getattr(item, "funcargs", {}) if report.failed else {}
    report.sections += [(f"log of {name}", one.said()) for name, one in made.items() if isinstance(one, Server)]
    return report
