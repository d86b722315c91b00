"""What the Measure screen says by itself."""

from __future__ import annotations

CHOOSE = "Instrument's file"
FILES = "Instrument files (*.csv *.tsv *.txt *.xlsx *.xls *.xml *.zip *.json);;All files (*)"
WEIGH = "Weigh"
NEXT_FILE = "Open {name}"
CAME = "{many} files wait in the instruments' folders"
OFFERED = "{folder}: {name} waits to be opened"
MORE = "{many} more wait"
NOTES = "To see to"
FOLDERS_AND_RUNS = "Folders, and runs taken in here"
RUNS = "Runs taken in here"
NO_RUNS = "No run was taken in at this bench yet."
NOT_READ = "File not read"
DROP_ONE = "Drop one file at a time."
SAMPLE, TUBE, SAID = "In the file", "Tube here", "Rule"
HOW_TO_BEGIN = "Choose the file that the instrument's program exported, or drop it on this window."
