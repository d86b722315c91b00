"""Which column mapping reads a file of expected requests: the laboratory's own, by the headings it names."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any


def mapping_for(folder: Path, content: bytes) -> dict[str, Any] | None:
    """The first mapping whose every required heading stands in the file; None: one of the published layouts."""
    head = content[:20_000].decode("utf-8", "replace").casefold()
    for text in _mappings(folder):
        mapping = tomllib.loads(text)
        columns = mapping.get("columns", {})
        wanted = [_first(columns[name]) for name in mapping.get("required", ()) if name in columns]
        if wanted and all(heading.casefold() in head for heading in wanted):
            return mapping
    return None


def _first(heading: str | list[str]) -> str:
    return heading if isinstance(heading, str) else heading[0]


def _mappings(folder: Path) -> list[str]:
    own = folder / "mappings"
    texts = [path.read_text("utf-8") for path in sorted(own.glob("*.toml"))] if own.is_dir() else []
    texts.append(files("resources").joinpath("rehearsal", "mapping.toml").read_text("utf-8"))
    return texts
