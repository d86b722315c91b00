"""A rack reader on its own thread: one reading for each asking, and an end in good time."""

from __future__ import annotations

import queue

from racks import EXTRACTED

from devices.clock import Deadline
from devices.rack_readers.at_work import RackReaderAtWork
from devices.rack_readers.fluidx_remote import FluidxReader, FluidxTimes
from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.rack import SimulatedRack
from devices.values import RackReaderState, RackReading

WAIT_S = 10


def ask_until_it_takes_it(at_work: RackReaderAtWork) -> None:
    """A reading is handed over a moment before the next can be asked for."""
    deadline = Deadline(WAIT_S)
    while not at_work.read():
        assert not deadline.passed()


def test_each_asking_brings_one_reading() -> None:
    readings: queue.Queue[RackReading] = queue.Queue()
    with SimulatedFluidxReader(SimulatedRack(EXTRACTED)) as simulated:
        reader = FluidxReader("rack reader", simulated.host, simulated.port)
        with RackReaderAtWork(reader, readings.put) as at_work:
            for _ in range(2):
                ask_until_it_takes_it(at_work)
                reading = readings.get(timeout=WAIT_S)
                assert reading.scan is not None
                assert reading.scan.tubes == EXTRACTED
    assert readings.empty()


def test_a_reading_under_way_goes_on_when_asked_again_and_can_be_cancelled() -> None:
    readings: queue.Queue[RackReading] = queue.Queue()
    with SimulatedFluidxReader(SimulatedRack(EXTRACTED)) as simulated:
        simulated.suffer(silent=True)
        reader = FluidxReader("rack reader", simulated.host, simulated.port, times=FluidxTimes(scan_s=60))
        with RackReaderAtWork(reader, readings.put) as at_work:
            assert at_work.read()
            assert simulated.wait_for("get", WAIT_S)
            assert not at_work.read()
            at_work.cancel()
            assert readings.get(timeout=WAIT_S).state is RackReaderState.CANCELLED


def test_a_reader_that_is_put_away_does_not_wait_for_its_reading() -> None:
    readings: queue.Queue[RackReading] = queue.Queue()
    with SimulatedFluidxReader(SimulatedRack(EXTRACTED)) as simulated:
        simulated.suffer(silent=True)
        reader = FluidxReader("rack reader", simulated.host, simulated.port, times=FluidxTimes(scan_s=60))
        with RackReaderAtWork(reader, readings.put) as at_work:
            assert at_work.read()
            assert simulated.wait_for("get", WAIT_S)
        assert not at_work.read()
    assert readings.get(timeout=WAIT_S).state is RackReaderState.CANCELLED
