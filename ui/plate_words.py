"""Words of the Plates screen."""

from __future__ import annotations

from gms_desktop.services.rack_views import Sign

SEEN_FROM_ABOVE = "The plate from above: A1 is boxed"
TO_SEE_TO = "What is to be seen to"
NOTHING = "Nothing: no rule is broken, and no tube is left out."
HOW_TO_BEGIN = "Scan a rack: its tubes are planned column by column. A plan that was kept waits here for its racks."
LEGEND = {
    Sign.DISC: "tube",
    Sign.CONTROL: "control",
    Sign.BUFFER: "buffer",
    Sign.RING: "empty",
    Sign.CROSS: "breaks a rule",
}
