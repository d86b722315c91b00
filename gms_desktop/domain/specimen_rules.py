"""Which rule sets about specimens a laboratory may approve, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gms_desktop.domain.haemonc_wgs import read_haemonc
from gms_desktop.domain.specimen_types import read_types
from gms_desktop.domain.time_limits import read_limits

READERS: Mapping[str, Callable[[str], object]] = {
    "specimen-types": read_types,
    "time-limits": read_limits,
    "haemonc-wgs": read_haemonc,
}
