"""What the Send away screen says by itself."""

from __future__ import annotations

IN_IT = "In the consignment"
STANDING = "Consignments that have not ended"
ABOUT, ABOUT_SENDER = "Receiver", "Sender"
NOTHING_IN_IT = "Nothing is in it yet: scan each thing in."
NONE_STANDING = "None. Open the first with “New consignment”."
NO_RECEIVER = "Open a consignment to see what its receiver takes."
PAPERS = "Save its papers"
PAPERS_TO_US = "Save the answer"
PAPERS_WHERE = "Folder for the letter and the packing list"
PAPERS_WHERE_TO_US = "Folder for the answer"
LABEL = "Label of the box or bag"
ANSWER = "Take a file in"
ANSWER_FILES = "Answers, logger tables, PDF (*.gmsc *.csv *.txt *.pdf);;All files (*)"
ANSWER_NOT_READ = "File not read"
PAPERS_NOT_SAVED = "Papers not saved"
