"""What the Send away screen says by itself."""

from __future__ import annotations

IN_IT = "In the consignment"
STANDING = "Consignments that have not ended"
ABOUT = "Receiver"
NOTHING_IN_IT = "Nothing is in it yet: scan each thing in."
NONE_STANDING = "None. Open the first with “New consignment”."
NO_RECEIVER = "Open a consignment to see what its receiver takes."
PAPERS = "Save its papers"
PAPERS_WHERE = "Folder for the letter and the packing list"
LABEL = "Label of the box or bag"
ANSWER = "Take an answer in"
ANSWER_FILES = "Answers (*.gmsc *.csv *.txt);;All files (*)"
ANSWER_NOT_READ = "Answer not read"
PAPERS_NOT_SAVED = "Papers not saved"
