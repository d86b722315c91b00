"""A rack reader's own thread: asked for a reading, it hands it over when it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from devices.rack_readers.conversation import RackReader
from devices.values import RackReading


class RackReaderAtWork:
    """Reads when asked, until closed.

    Args:
        reader: the reader.
        on_reading: called on this thread for each reading; it only hands it over (``queue.put``).
    """

    def __init__(self, reader: RackReader, on_reading: Callable[[RackReading], object]) -> None:
        self._reader = reader
        self._on_reading = on_reading
        self._changed = threading.Condition()
        self._asked = self._reading = self._closing = False
        self._thread = threading.Thread(target=self._run, name=f"rack reader {reader.name}", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Begin to wait for being asked."""
        self._thread.start()

    def read(self) -> bool:
        """Ask for a reading, without waiting for it; false while one is under way, which goes on."""
        with self._changed:
            if self._asked or self._reading or self._closing:
                return False
            self._asked = True
            self._changed.notify_all()
            return True

    def cancel(self) -> None:
        """End the reading under way; it is handed over as cancelled."""
        self._reader.cancel()

    def close(self) -> None:
        """End, and wait for the thread; more than once does no harm."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        while self._thread.is_alive():
            # Said again, since a reading that has only just begun does not know of it.
            self._reader.cancel()
            self._thread.join(0.1)

    def _run(self) -> None:
        while self._wait_to_be_asked():
            self._on_reading(self._reader.read())
            with self._changed:
                self._reading = False

    def _wait_to_be_asked(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._asked or self._closing)
            self._asked, self._reading = False, not self._closing
            return self._reading
