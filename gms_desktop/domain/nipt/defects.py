"""What is wrong with the specification's own NIPT table, and what is done about each: told with every file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect: where it stands in the specification, what it is, and how the file handles it."""

    lines: str
    what: str
    handled: str


DEFECTS: Final = (
    Defect(
        "1913-2003",
        "The format an1 is given for lists that hold the codes 10, 11, 12 and 99.",
        "A code is written whole, with both characters.",
    ),
    Defect(
        "1972, 1977",
        "Rejection reasons 2 (sample in wrong tube) and 7 (incorrect blood collection tube used) say the same.",
        "The code that a person chose is written; each such row is noted, so that the two can be counted together.",
    ),
    Defect(
        "1948, 1971",
        "RECEIVED DATE is Mandatory, yet rejection reason 1 is “Sample not received”.",
        "For that reason the date stays empty and the row is noted; no date is made up.",
    ),
    Defect(
        "2004-2013",
        "RESULT REPORTED for T18 and T13 lack the word “Required” that T21 has.",
        "All three are treated as Required where the condition was tested for.",
    ),
    Defect(
        "1938-1940, 1968",
        "FETUSES is Required and has codes for one and two; triplets are a reason for ineligibility.",
        "For three or more the item stays empty and the row is listed; the ineligible reason 10 says the rest.",
    ),
    Defect(
        "2023",
        "FETAL FRACTION is a decimal without a unit.",
        "The figure is written in percent; one stated as a fraction of 1 is multiplied by 100.",
    ),
    Defect(
        "1705-1707, 2033-2180",
        "The measures take the entry in the laboratory's system as receipt, paragraph 3.4.4 the physical one.",
        "Both are computed, and both are shown where they differ.",
    ),
    Defect(
        "2037-2051",
        "S02 counts working days and does not say what a working day is.",
        "Monday to Friday, less the bank holidays of England and Wales; the laboratory approves its own calendar.",
    ),
    Defect(
        "1668, 1778, 1887",
        "“Table 1” also names a diagram, and the text calls this table Table 2 elsewhere.",
        "Here it is always the minimum data set for NCARDRS, lines 1902 to 2023.",
    ),
)
