"""The Test Directory at the made-up shift: an edition of two indications, put in force by an administrator."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft

RARE = "rare and inherited disease"


def take_in(day: Shift, version: str = "v5.1", source: str = RARE, follows: str | None = "as it stands") -> str:
    """Take an edition in; ``follows``: the decision that it takes the place of."""
    directory = day.ledger.identity()
    stands = day.last(f"directory_source:{source}") if follows == "as it stands" else follows
    day.act(lambda: [draft_edition(day, directory, version, source, stands), *drafts_of_indications(directory)])
    return directory


def draft_edition(day: Shift, directory: str, version: str, source: str, follows: str | None) -> Draft:
    pen = day.ledger.pen()
    body: dict[str, Any] = {
        "directory": directory,
        "source": source,
        "title": f"National Genomic Test Directory for {source}, {version}",
        "version": version,
        "published": "June 2023",
        "draft": 0,
        "file": day._write(pen, "Directory of Dr Ptolemy Fanshawe.xlsx", f"directory:{directory}"),
        "sha256": "9a" * 32,
        "size": 82_648,
        "indications": 2,
        "tests": 3,
        "unparsed": 1,
        "unread": [{"sheet": "R&ID indications", "row": 7, "why": "no test code stands in it"}],
        "follows": follows,
        "by": day.operator,
        "role": "administrator",
    }
    return Draft("directory.taken_in", body, pen.values, {"by": "file"})


def drafts_of_indications(directory: str) -> list[Draft]:
    acute = [a_test("R14.1", "WGS")]
    fetal = [a_test("R21.1", "Common aneuploidy testing"), a_test("R21.10", "Microarray")]
    said = (
        ("R14", "Acutely unwell children with a likely monogenic disorder", acute),
        ("R21", "Fetal anomalies with a likely genetic cause", fetal),
    )
    return [
        Draft("directory.indication", {"directory": directory, "code": code, "name": name, "tests": tests})
        for code, name, tests in said
    ]


def a_test(code: str, method: str) -> dict[str, str | None]:
    rest = dict.fromkeys(("name", "target", "scope", "specialty"))
    return {"code": code, "method": method, "category": "Core", **rest}
