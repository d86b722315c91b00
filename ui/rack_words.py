"""What the Racks screen says by itself."""

from __future__ import annotations

from gms_desktop.services.rack_views import Sign

SEEN_FROM_ABOVE = "Rack seen from above, A1 boxed"
FINDINGS = "Findings"
NO_FINDINGS = "Nothing is found: the newest reading is saved, or none was taken yet."
HOW_TO_READ = "Read the rack on its reader, or choose the file that the reader wrote."
READ_RACK = "Read the rack"
READING = "Reading"
READING_MORE = "The rack reader reads the rack. Scans go on meanwhile."
NOT_READ = "Rack not read"
READ_FILE = "Reader's file"
FILES = "Rack files (*.csv *.txt *.xlsx *.xls *.tsv);;All files (*)"
NEXT_WELL = "Next: {well}"
LEGEND = {
    Sign.DISC: "agrees or holds a tube",
    Sign.RING: "empty",
    Sign.NO_CODE: "no code: empty, or not read",
    Sign.DASHED: "not read or missing",
    Sign.ARROWS: "moved or swapped",
    Sign.PLUS: "not recorded here",
    Sign.CROSS: "foreign, twice, unknown or not to be kept",
}
