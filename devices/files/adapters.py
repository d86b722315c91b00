"""The table of everything that reads a file: a file is put to each, and belongs to the one that understands it.

An adapter for another sort of file is one more line of ``ADAPTERS``, and its values one more member of ``Understood``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devices.files.given import GivenFile
from devices.instruments.run_files import runs_in
from devices.measured import InstrumentRun, RefusedRun
from devices.rack_readers.rack_files import racks_in
from devices.values import RackScan

Understood = RackScan | InstrumentRun | RefusedRun


@dataclass(frozen=True)
class Adapter:
    """One sort of file.

    Attributes:
        name: what it is, in words: ``rack file``.
        read: everything that it understands in a file; nothing when the file is not of its sort.
    """

    name: str
    read: Callable[[GivenFile], Sequence[Understood]]


@dataclass(frozen=True)
class Claim:
    """One thing understood in a file, and by which adapter."""

    adapter: str
    value: Understood


ADAPTERS: tuple[Adapter, ...] = (Adapter("rack file", racks_in), Adapter("instrument file", runs_in))


def claims(file: GivenFile, adapters: Sequence[Adapter] = ADAPTERS) -> tuple[Claim, ...]:
    """What each adapter understands in a file. With none or several claims nothing is known of it."""
    return tuple(Claim(adapter.name, value) for adapter in adapters for value in adapter.read(file))
