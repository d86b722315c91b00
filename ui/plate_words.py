"""Words of the Plates screen."""

from __future__ import annotations

from gms_desktop.services.rack_views import Sign

SEEN_FROM_ABOVE = "The plate from above: A1 is boxed"
TO_SEE_TO = "What is to be seen to"
NOTHING = "Nothing: no rule is broken, and no tube is left out."
HOW_TO_BEGIN = "Scan a rack: its tubes are planned column by column. A plan that was kept waits here for its racks."
INDEXES = "Scan an index plate, then the plate that gets its indexes. Or begin a pool and scan its plates."
INDEXES_MOVE = "Look at each well. To change one: choose it on the map, then the well of the index it gets."
INDEX_FILE = "Take in an index set"
INDEX_FILES = "Text files (*.csv *.tsv *.txt);;All files (*)"
NOT_READ = "File not read"
SAVE_SHEET = "Save the sheet"
SHEETS = "Sample sheets (*.csv)"
INDEX_LEGEND = {
    Sign.DISC: "library, or used",
    Sign.PLUS: "gets an index",
    Sign.RING: "free or empty",
    Sign.DASHED: "left out, or without index",
    Sign.CONTROL: "control",
    Sign.BUFFER: "buffer",
    Sign.CROSS: "cannot be pooled",
}
LEGEND = {
    Sign.DISC: "tube",
    Sign.CONTROL: "control",
    Sign.BUFFER: "buffer",
    Sign.RING: "empty",
    Sign.CROSS: "breaks a rule, may not be used or left out",
}
