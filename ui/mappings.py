"""Which column mapping reads a file of expected requests: the laboratory's own, by the headings it names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from gms_desktop.errors import Refused
from gms_desktop.exchange.mapped import MappingError, layout_of_toml
from gms_desktop.exchange.text_table import read_table


def mapping_for(folder: Path, content: bytes, *, rehearsal: bool = False) -> dict[str, Any] | None:
    """The first mapping whose every required heading stands in the file; None: one of the published layouts.

    Args:
        folder: the bench's data folder; its own mappings are ``mappings/*.toml`` there, tried by name.
        content: the file.
        rehearsal: whether the made-up hospital's mapping is tried too.

    Raises:
        Refused: when a mapping cannot be read or is not one; the sentence names it.
    """
    found = {heading.casefold() for heading in read_table(content).header}
    for name, text in _mappings(folder, rehearsal=rehearsal):
        try:
            wanted = layout_of_toml(text).must_columns
        except MappingError as fault:
            raise _broken(name, str(fault)) from fault
        if all(heading.casefold() in found for heading in wanted):
            return tomllib.loads(text)
    return None


def _mappings(folder: Path, *, rehearsal: bool) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "mappings").glob("*.toml")):
        try:
            yield path.name, path.read_text("utf-8")
        except (OSError, ValueError) as fault:
            raise _broken(path.name, f"It cannot be read: {fault}.") from fault
    if rehearsal:
        yield "mapping.toml", files("resources").joinpath("rehearsal", "mapping.toml").read_text("utf-8")


def _broken(name: str, why: str) -> Refused:
    return Refused(f"The column mapping {name} cannot be used. {why} Put that right, or take it out of “mappings”.")
