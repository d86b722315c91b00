"""What the Extract screen says by itself."""

from __future__ import annotations

from gms_desktop.services.rack_views import Sign

PLAN = "Positions, A01 boxed"
WAITS = "Waiting for extraction"
ABOUT = "This batch"
WRITE_FILE = "File for the robot"
READ_FILE = "Compare the robot's file"
SAVE_AS = "Save the position file"
WRITE_SHEET = "Batch sheet"
SAVE_SHEET = "Save the batch sheet"
SHEETS = "PDF (*.pdf)"
FILES = "Position files (*.csv);;All files (*)"
NOT_READ = "File not read"
LEGEND = {
    Sign.DISC: "specimen, or its eluate is out",
    Sign.RING: "free",
    Sign.PLUS: "blank or control",
    Sign.ARROWS: "eluate to scan out",
    Sign.CROSS: "came to nothing",
}
