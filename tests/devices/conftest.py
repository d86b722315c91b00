"""What devices hand over is waited for, never slept for."""

import queue
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from devices.values import DeviceReport, Scan

WAIT_S = 10.0


class Bench:
    """Where a scanner's thread puts what it has."""

    def __init__(self) -> None:
        self.scans: queue.Queue[Scan] = queue.Queue()
        self.reports: queue.Queue[DeviceReport] = queue.Queue()

    def next_scan(self) -> Scan:
        return self.scans.get(timeout=WAIT_S)

    def next_report(self) -> DeviceReport:
        return self.reports.get(timeout=WAIT_S)


@pytest.fixture
def bench() -> Bench:
    return Bench()
