"""What is otherwise about one rack reader than about most of its make, as Settings and the command line name it."""

from __future__ import annotations

from gms_desktop.errors import Refused

_FLUIDX, _VISIONMATE, _FILES = "fluidx", "visionmate", frozenset({"intellicode", "folder"})
OF: dict[str, frozenset[str]] = {
    "says no Reading...": frozenset({_FLUIDX}),
    "no line end": frozenset({_FLUIDX}),
    "two steps": frozenset({_FLUIDX}),
    "feels orientation": frozenset({_FLUIDX}),
    "by row": frozenset({_VISIONMATE}),
    "suffix CR": frozenset({_VISIONMATE}),
    "suffix CR LF": frozenset({_VISIONMATE}),
    "turned": _FILES,
}
"""Each way with the protocols that know it."""


def read(said: str, protocol: str) -> frozenset[str]:
    """What was entered, with commas between.

    Raises:
        Refused: when something is none of the ways of the protocol.
    """
    named = [part.strip() for part in said.split(",") if part.strip()]
    ways = {way.casefold(): way for way, protocols in OF.items() if protocol in protocols}
    unknown = next((one for one in named if one.casefold() not in ways), None)
    if unknown is not None:
        known = ", ".join(ways.values())
        may = f"Enter {known}, with commas between, or nothing." if known else "Leave it empty."
        raise Refused(f"“{unknown}” is nothing that is known of such a reader. {may}")
    return frozenset(ways[one.casefold()] for one in named)
