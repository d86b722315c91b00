"""A reading that a rack reader is at when the window closes: it ends in good time, however young it is."""

from __future__ import annotations

from threading import Event
from time import monotonic

from devices.rack_readers.fluidx_remote import FluidxReader, FluidxTimes
from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.rack import SimulatedRack
from devices.values import RackReaderState, RackReading
from ui.aside import Aside


def test_a_reading_that_has_only_just_begun_ends_with_the_window() -> None:
    with SimulatedFluidxReader(SimulatedRack({})) as simulated:
        simulated.suffer(silent=True)
        reader = FluidxReader("rack reader", simulated.host, simulated.port, times=FluidxTimes(scan_s=60))
        told = Event()

        def read() -> RackReading:
            assert told.wait(10)
            return reader.read()

        def cancel() -> None:
            # The first time comes before the reading has begun: the reader forgets it.
            reader.cancel()
            told.set()

        aside, begun = Aside(), monotonic()
        reading = aside.run(read, "reading a rack")
        aside.end(cancel)
        assert reading.result(0).state is RackReaderState.CANCELLED
        assert monotonic() - begun < 20
