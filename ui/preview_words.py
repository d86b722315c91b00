"""What the screen says by itself on which papers are looked at."""

from __future__ import annotations

HEADING = "Look at it before it is printed or saved"
NAME = "Page in view"
LOOK = "Look at it"
LOOK_PAPERS = "Look at its papers"
LOOK_REPORTS = "Look at the reports"
BACK, NEXT, OTHER = "Page before", "Next page", "Next paper"
LARGER, SMALLER, FITS = "Larger", "Smaller", "Fit the page"
PRINT, SAVE, CLOSE = "Print", "Save a copy", "Back to work"
NOT_SHOWN, NOT_PRINTED, NOT_SAVED = "Not shown", "Not printed", "Not saved"
SAVE_TITLE = "Save a copy"
WAIT = "It is being made."
READY = "{name} is ready. Go back to where you began it to look at it."
NOT_READY = "{name} was not made. Go back to where you began it to see why."
STOP = "Stop, back to work"
