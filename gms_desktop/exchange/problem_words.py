"""A plain sentence for everything that can be wrong with a file of expected requests: what was read, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop.exchange.expected import FileProblem, RowProblem

_FIND_IDENTIFIER = "Type it from the request form, or ask the sender for the file as it was exported."
_CHECK_IDENTIFIER = "Check it against the request form."

PROBLEM_WORDS: Mapping[str, str] = {
    # The file
    "file-empty": "The file is empty. Ask the sender to export it again.",
    "file-too-large": "The file has {detail}. Ask the sender for it in smaller parts.",
    "file-not-text": "This is {detail}, not a text file. Save it as “CSV UTF-8” and read that file.",
    "file-has-nul": "The file holds bytes that are not text. Ask the sender to export it again as “CSV UTF-8”.",
    "encoding-unknown": "The letters of the file cannot be told. Ask the sender to export it again as “CSV UTF-8”.",
    "encoding-assumed": "The file does not say how its letters are written; {detail} was assumed. "
    "Look at names with accents before you use them.",
    "separator-unknown": "The first line (sep=) names a separator that is not read. "
    "Ask the sender for commas, semicolons or tabs.",
    "header-broken": "The line of headings has a quotation mark without its partner. "
    "Ask the sender to export it again.",
    "column-repeated": "Two columns have the same heading: {detail}. Rename or remove one, then read the file again.",
    "no-rows": "The file has headings and no rows. Check that the export was finished.",
    "rows-unread": "Too many quotation marks stand without a partner: nothing was read from {detail} on. "
    "Ask the sender to export the file again.",
    "layout-unknown": "No known layout has these columns. {detail} Check that it is the right file, "
    "or set up a column mapping for this sender.",
    "columns-absent": "The file leaves out these columns: {detail}. Its rows are read without them.",
    "rack-several-consignments": "{detail}. A rack travels in one parcel: check the numbers with the sender.",
    "well-repeated": "Two tubes are said to stand in one place. {detail}. Go by the rack scan, and tell the sender.",
    "family-structures-differ": "{detail}. Check the family structure with the sender.",
    "family-size": "{detail}. The others may come in another file: check before the family is processed.",
    "several-probands": "{detail}. Check who the proband is before the family is processed.",
    "type-code-in-state": "In {detail} the code of the specimen type stands in the state column. "
    "The code was taken from there.",
    "consignment-not-ours": "This is no signed consignment. Ask the sender for the file again.",
    "consignment-cut": "The signed consignment is cut short or too large. Ask the sender for the file again.",
    "consignment-tampered": "The file is not as it was signed: something was changed on its way, or it is damaged. "
    "Nothing of it was read. Tell the sender, and ask for the file again by another way.",
    "consignment-newer": "The file was written by a newer version of this application. Nothing of it was read. "
    "Ask for the update, or for the manifest on paper.",
    "consignment-unreadable": "The signature holds, and the file says nothing that can be read. "
    "Tell the sender, who has to make it again.",
    "consignment-answer": "This is an answer to consignment {detail}, not a manifest. Take it in on Send away.",
    "consignment-signed-by": "Signed by {detail}. Compare the key with the sender on the telephone, then let an "
    "administrator enter it in the rule set senders.",
    "consignment-wrong-key": "{detail}. Nothing of it was taken in: whoever sent it does not have the sender's key. "
    "Telephone the sender.",
    "fhir-too-large": "The bundle has more than 20 MB. Ask the sender for it in smaller parts.",
    "fhir-unreadable": "The file begins like FHIR and is cut short or damaged. Ask the sender for it again.",
    "fhir-no-bundle": "The file is a FHIR resource and no bundle of orders. Ask the sender for the bundle.",
    "fhir-no-order": "The bundle holds no order (ServiceRequest). Check that it is the right file.",
    "fhir-draft": "Read after {detail}. Compare each row with its request form.",
    # Rows
    "row-too-long": "Row {row} has {detail}, so its cells do not stand under their headings. "
    "Look for a separator inside a text, and put the text in quotation marks.",
    "row-too-short": "Row {row} has {detail}, so its cells may not stand under their headings. "
    "Check the row, and add the missing separators.",
    "row-short": "Row {row} has {detail}. Its last cells are read as empty.",
    "quotes-broken": "Row {row} has a quotation mark without its partner. Put the row right in the file.",
    "cell-too-long": "Row {row} has a cell of more than 100,000 letters, perhaps for want of a quotation mark. "
    "Put the row right in the file.",
    "row-repeated": "Row {row} says the same as {detail}, which is read. Nothing needs doing.",
    "tube-code-repeated": "“{value}” stands in {detail} as the code of different tubes. "
    "Scan the tubes, and ask the sender which row is right.",
    "tube-code-two-people": "“{value}” stands in {detail} as the tube of two people. "
    "Ask the sender whose tube it is, and hold it until you know.",
    # Cells
    "identifier-too-long": "Row {row}, {column}: “{value}” is too long to be a code. "
    "Check whether two cells ran together.",
    "card-in-code": "Row {row}, {column}: “{value}” is the code of a command card, which does something when scanned. "
    "Ask the sender for another code.",
    "cell-required": "Row {row}: {column} is empty, and the row cannot be expected without it. "
    "Type it from the request form, or ask the sender.",
    "number-shortened": "Row {row}, {column}: “{value}” is what a spreadsheet made of a longer number. "
    f"The identifier is lost. {_FIND_IDENTIFIER}",
    "number-with-decimals": "Row {row}, {column}: “{value}” is an identifier read as a number, so zeros in front may "
    f"be lost. {_FIND_IDENTIFIER}",
    "number-rounded": "Row {row}, {column}: “{value}” ends in zeros that a spreadsheet may have put there: it keeps "
    f"15 digits. {_FIND_IDENTIFIER}",
    "number-perhaps-rounded": "Row {row}, {column}: “{value}” has 16 digits and ends in 0, which a spreadsheet may "
    f"have put there. {_CHECK_IDENTIFIER}",
    "spreadsheet-error": "Row {row}, {column}: “{value}” is a spreadsheet's error message in place of the value. "
    "Type the value from the request form.",
    "letters-lost": "Row {row}, {column}: letters of “{value}” were lost before the file came here. "
    "Type the value from the request form.",
    "control-character": "Row {row}, {column}: the identifier holds a line break or a character that does not show. "
    "Type it from the request form.",
    "role-unknown": "Row {row}, {column}: “{value}” is not a known place in the family. Read as not stated.",
    "category-unknown": "Row {row}, {column}: “{value}” is not a known category. Read as not stated.",
    "infection-risk-unknown": "Row {row}, {column}: “{value}” is neither yes, no nor unknown. "
    "Read as unknown: handle the specimen as your laboratory does for unknown risk.",
    "date-in-future": "Row {row}, {column}: “{value}” is in the future. Check the year against the request form.",
    "date-unclear": "Row {row}, {column}: “{value}” is not a date in full. Compare it with the request form by eye.",
    "date-not-real": "Row {row}, {column}: there is no such day as “{value}”. Compare it with the request form.",
    "date-order-open": "Row {row}, {column}: in “{value}” day and month cannot be told apart. "
    "Compare it with the request form by eye.",
    "cancer-field-blank": "Row {row}: {column} is empty, and {detail} is a cancer test. Ask the sender for it.",
    "patient-number-in-code": "Row {row}, {column}: the code holds the patient's NHS number. "
    "Do not show or print it where others can read it, and tell the sender.",
    # Identifier rules
    "nhs-spreadsheet": f"Row {{row}}, {{column}}: “{{value}}” is a spreadsheet's number. {_FIND_IDENTIFIER}",
    "nhs-not-digits": f"Row {{row}}, {{column}}: “{{value}}” holds more than digits. {_CHECK_IDENTIFIER}",
    "nhs-length": "Row {row}, {column}: “{value}” has {detail}; an NHS number has 10 digits. " + _CHECK_IDENTIFIER,
    "nhs-check-digit": "Row {row}, {column}: the last digit of “{value}” does not fit an NHS number. "
    + _CHECK_IDENTIFIER,
    "nhs-synthetic": "Row {row}, {column}: “{value}” is an NHS number kept for tests. Check that this is a test file.",
    "nhs-not-issued": f"Row {{row}}, {{column}}: “{{value}}” is an NHS number not in use. {_CHECK_IDENTIFIER}",
    "referral-pattern": "Row {row}, {column}: “{value}” is not r and 11 digits. " + _CHECK_IDENTIFIER,
    "participant-pattern": "Row {row}, {column}: “{value}” is not p and 11 digits. " + _CHECK_IDENTIFIER,
    "lab-sample-pattern": "Row {row}, {column}: “{value}” is not the 10 digits of a tube. "
    "Scan the tube when it comes, and compare.",
    "lab-sample-spreadsheet": f"Row {{row}}, {{column}}: “{{value}}” is a spreadsheet's number. {_FIND_IDENTIFIER}",
    "ods-pattern": "Row {row}, {column}: “{value}” is not an organisation code of 3 to 6 letters and digits. "
    "Check who sent the file.",
    "ods-spreadsheet": "Row {row}, {column}: “{value}” is an organisation code read as a number. "
    "Check who sent the file.",
    "snomed-spreadsheet": "Row {row}, {column}: the code in “{value}” was cut by a spreadsheet. "
    "Go by the words, not by the code.",
    "snomed-not-digits": "Row {row}, {column}: the code in “{value}” is not digits. Go by the words, not by the code.",
    "snomed-length": "Row {row}, {column}: the code in “{value}” has {detail}, not 6 to 18. "
    "Go by the words, not by the code.",
    "snomed-leading-zero": "Row {row}, {column}: the code in “{value}” begins with 0. "
    "Go by the words, not by the code.",
    "snomed-check-digit": "Row {row}, {column}: the last digit of the code in “{value}” does not fit. "
    "Go by the words, not by the code.",
    "test-code-shape": "Row {row}, {column}: “{value}” is not a code of the Test Directory such as R14.1. "
    "Check which test is asked for.",
    "test-not-in-directory": "Row {row}, {column}: {detail} Check which test is asked for.",
    "test-no-such-indication": "Row {row}, {column}: {detail} Check which test is asked for.",
    "test-indication-empty": "Row {row}, {column}: {detail} Check which test is asked for.",
    "test-to-choose": "Row {row}, {column}: {detail} Ask which of them is meant.",
    "well-shape": "Row {row}, {column}: “{value}” is not a place from A01 to H12. Go by the rack scan.",
}
"""Reason code to sentence; ``{row}``, ``{column}``, ``{value}`` and ``{detail}`` are filled in."""

_LONGEST_VALUE = 60


def row_sentence(problem: RowProblem) -> str:
    """The sentence for one thing found in a row. It may carry a patient's value: for the screen, never for a log."""
    value = problem.value if len(problem.value) <= _LONGEST_VALUE else f"{problem.value[:_LONGEST_VALUE]}…"
    return PROBLEM_WORDS[problem.reason_code].format(
        row=problem.row, column=problem.column, value=value.strip(), detail=problem.detail
    )


def file_sentence(problem: FileProblem) -> str:
    """The sentence for one thing found about the file."""
    return PROBLEM_WORDS[problem.reason_code].format(detail=problem.detail)
