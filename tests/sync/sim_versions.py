"""Versions of the application side by side in one process: an older one does not know one kind that newer ones fold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from gms_desktop.journal import kinds
from gms_desktop.register import driver, versions

KINDS = (
    "specimen.decided",
    "label.verified",
    "reception.opened",
    "site_data.approved",
    "role.granted",
    "request.expected",
    "competence.granted",
    "second.given",
)

_lacking: str | None = None
_register_version = cache(versions.register_version)


class _Kinds:
    """The table of kinds as the version that runs now has it."""

    @staticmethod
    def readable(kind: str, version: int, body: Any) -> bool:
        """Whether this version knows the kind, and the body has the fields of it."""
        return kind != _lacking and kinds.readable(kind, version, body)


def _version() -> str:
    return _register_version() if _lacking is None else f"{_register_version()}-without-{_lacking}"


@contextmanager
def side_by_side() -> Iterator[None]:
    """Several versions may run in here."""
    driver.kinds, versions.register_version = _Kinds, _version  # type: ignore[assignment]
    try:
        yield
    finally:
        driver.kinds, versions.register_version = kinds, _register_version.__wrapped__


@contextmanager
def speaks(lacking: str | None) -> Iterator[None]:
    """What runs in here is of the version that does not know this kind; None: of the newest."""
    global _lacking
    before, _lacking = _lacking, lacking
    try:
        yield
    finally:
        _lacking = before
