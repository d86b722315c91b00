"""Tissue in the made-up shift: a case with a block, its times, assessed twice, cut, stained, imaged, scraped, ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shift import Shift

from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Pen


def draft_case(day: Shift, case: str, pen: Pen) -> Draft:
    subject = f"tissue_case:{case}"
    body = {"case": case, "number": day.ledger.next_number("T"), "histology": pen.write("H26/12345", subject)}
    body |= {"hospital": "R0A", "clinician": pen.write("Dr Histology", subject), "referred_on": "2026-11-20"}
    body |= {"urgency": "urgent", "flags": ["cvlp"], "receiver": None}  # type: ignore[dict-item]
    body |= {"tumour": "primary", "report_follows": True}  # type: ignore[dict-item]
    body |= {"comment": None, "bench": day.bench}  # type: ignore[dict-item]
    return Draft("tissue.case_opened", body, pen.values)


def draft_joined(day: Shift, case: str, piece: str, specimen: str, pen: Pen) -> Draft:
    body = {"piece": piece, "case": case, "specimen": specimen, "number": "T-BLOCK", "sort": "block"}
    body |= {"outside": pen.write("H26/12345 A1", f"piece:{piece}"), "bench": day.bench}
    return Draft("tissue.piece_joined", body, pen.values)


def draft_of(day: Shift, what: str, piece: str, said: Mapping[str, Any], pen: Pen | None = None) -> Draft:
    body = {"piece": piece, "follows": day.last(f"piece:{piece}"), "bench": day.bench} | dict(said)
    return Draft(f"tissue.{what}", body, pen.values if pen else ())


def draft_cut(day: Shift, case: str, piece: str, made: list[dict[str, Any]], left: str | None = "150") -> Draft:
    said = {"case": case, "cut": made, "left_um": left, "exhausted": left is None, "agreement": None}
    return draft_of(day, "cut", piece, said)


def slide(day: Shift, piece: str, at: int) -> dict[str, Any]:
    number = day.ledger.next_number("T")
    return {"piece": piece, "number": number, "sort": "slide", "first": at, "last": at} | _PLAIN


_PLAIN = {"thickness_um": "5", "stain": None}
_MINUTE = {"words": "20/11/2026 09:30", "earliest": "2026-11-20T09:30:00Z", "latest": "2026-11-20T09:30:00Z"}


def draft_assessed(day: Shift, piece: str, percent: str, pen: Pen) -> Draft:
    assessment = day.ledger.identity()
    body: dict[str, Any] = {"assessment": assessment, "piece": piece, "slide": None, "neoplastic": percent}
    body |= {"method": "microscope", "cellularity": "high", "necrosis": "5", "area_marked": True, "macrodissect": False}
    body |= {"representative": True}
    body |= {"assessor": pen.write("Dr Eye", f"tissue_assessment:{assessment}"), "on": "2026-11-21", "comment": None}
    return Draft("tissue.assessed", body | {"rules": "tissue EXAMPLE-1", "bench": day.bench}, pen.values)


def draft_case_corrected(day: Shift, case: str, pen: Pen) -> Draft:
    subject = f"tissue_case:{case}"
    body = {"case": case, "histology": pen.write("H26/12354", subject), "hospital": "R0A", "referred_on": "2026-11-20"}
    body |= {"clinician": pen.write("Dr Histology", subject), "reason": pen.write("digits turned", subject)}
    row = tissue_look_up.case(day.ledger.db, case)
    assert row is not None
    earlier = {"histology": row["histology_private"], "clinician": row["clinician_private"]}
    body |= {"earlier": earlier | {"hospital": row["hospital"], "referred_on": row["referred_on"]}}
    return Draft("tissue.case_corrected", body | {"bench": day.bench}, pen.values)


def draft_piece_corrected(day: Shift, piece: str, pen: Pen) -> Draft:
    subject, right = f"piece:{piece}", _MINUTE | {"words": "20/11/2026 9:30"}
    said: dict[str, Any] = dict.fromkeys(("sort", "out_of_formalin", "thickness_um", "stain"))
    said |= {"corrected": ["acquired", "into_formalin", "outside"], "acquired": right, "into_formalin": None}
    said |= {"earlier": {"acquired": _MINUTE["words"], "into_formalin": _MINUTE["words"]}, "agrees": True}
    said |= {"first_section": None, "last_section": None}
    said |= {"outside": pen.write("H26/12345 A2", subject), "reason": pen.write("misread", subject)}
    return draft_of(day, "piece_corrected", piece, said, pen)


def draft_reassessed(day: Shift, piece: str, pen: Pen) -> Draft:
    """The assessment of 40 % was one of 4 %."""
    row = next(one for one in tissue_look_up.assessments(day.ledger.db, piece) if one["neoplastic"] == "40")
    subject = f"tissue_assessment:{row['id']}"
    body: dict[str, Any] = {"assessment": row["id"], "piece": piece, "earlier": {"neoplastic": "40"}}
    body |= {"withdrawn": False, "slide": None, "neoplastic": "4", "method": "microscope", "cellularity": "low"}
    body |= {"necrosis": None, "area_marked": True, "macrodissect": True, "on": "2026-11-21", "comment": None}
    body |= {"representative": False}
    body |= {"assessor": pen.write("Dr Eye", subject), "reason": pen.write("point misread", subject)}
    body |= {"follows": day.last(subject), "bench": day.bench}
    return Draft("tissue.assessment_corrected", body, pen.values)


def draft_another_case(day: Shift, case: str, pen: Pen) -> Draft:
    """A case that somebody else opened with the same histology number."""
    subject = f"tissue_case:{case}"
    body = {"case": case, "number": day.ledger.next_number("T"), "histology": pen.write("H26/12345", subject)}
    body |= dict.fromkeys(("hospital", "clinician", "referred_on", "tumour", "receiver", "comment"))  # type: ignore[arg-type]
    return Draft(
        "tissue.case_opened",
        body | {"report_follows": False, "urgency": "routine", "flags": [], "bench": day.bench},
        pen.values,
    )


def draft_told_apart(day: Shift, case: str, other: str, pen: Pen) -> Draft:
    reason = pen.write("two hospitals", f"tissue_case:{case}")
    said = {"case": case, "others": [other], "of": "histology", "reason": reason, "bench": day.bench}
    return Draft("tissue.told_apart", said, pen.values)


def draft_moved(day: Shift, piece: str, case: str, earlier: str, pen: Pen) -> Draft:
    said = {"piece": piece, "case": case, "earlier": earlier, "rests_on": day.last(f"piece:{piece}")}
    said |= {"reason": pen.write("of the other case", f"piece:{piece}"), "bench": day.bench}
    return Draft("tissue.piece_moved", said, pen.values)


def draft_agreed(day: Shift, piece: str, agreement: str, pen: Pen) -> Draft:
    subject = f"piece:{piece}"
    body = {"piece": piece, "agreement": agreement, "to": "scrapes a stained diagnostic slide", "on": "2026-11-21"}
    body |= {
        "pathologist": pen.write("Dr Histology", subject),
        "how": pen.write("telephone", subject),
        "how_open": None,
    }
    body |= {"rests_on": day.last(subject)}
    return Draft("tissue.agreed", body | {"bench": day.bench}, pen.values)


def tissue(day: Shift, specimen: str) -> dict[str, str]:
    """A block of a case is cut into three slides; the stained one is imaged and scraped."""
    names = {name: day.ledger.identity() for name in ("case", "block", "he", "blank", "spare", "tube", "agreement")}
    case, block, he = names["case"], names["block"], names["he"]

    def pen() -> Pen:
        return Pen(day.ledger.chance)

    def image() -> Draft:
        own = pen()
        said = {"sha256": "ab" * 32, "size": 1000, "type": "image/png", "of": "microscopic", "reference": None}
        return draft_of(day, "imaged", he, said | {"file": own.write("slide.png", f"piece:{he}")}, own)

    def ended(piece: str) -> Draft:
        return draft_of(day, "ended", piece, {"code": "retained", "state": "retained", "comment": None, "to": None})

    def compared() -> Draft:
        own = pen()
        report = own.write("H26/12345 A2", f"piece:{block}")
        return draft_of(day, "report_compared", block, {"report": report, "agrees": False}, own)

    times = {"acquired": _MINUTE, "into_formalin": _MINUTE, "out_of_formalin": None}
    changed = {
        "case": case,
        "tumour": None,
        "report_follows": False,
        "urgency": "routine",
        "flags": [],
        "receiver": "tissue",
        "comment": None,
        "bench": day.bench,
    }
    made = [slide(day, names[name], at) for at, name in enumerate(("he", "blank", "spare"), 1)]
    scraped = {"piece": names["tube"], "number": day.ledger.next_number("T"), "sort": "scroll tube"}
    scrape = {"case": case, "cut": [scraped | {"first": 1, "last": 1} | _PLAIN], "agreement": names["agreement"]}
    day.act(lambda: [draft_case(day, case, pen())])
    day.act(lambda: [draft_joined(day, case, block, specimen, pen())])
    day.act(lambda: [Draft("tissue.case_changed", changed)])
    day.act(lambda: [draft_of(day, "timed", block, times)])
    for percent in ("40", "62.5"):
        day.act(lambda percent=percent: [draft_assessed(day, block, percent, pen())])  # type: ignore[misc]
    day.act(lambda: [Draft("tissue.blade_changed", {"case": case, "bench": day.bench})])
    day.act(lambda: [draft_of(day, "left_stated", block, {"left_um": "165"})])
    day.act(lambda: [draft_cut(day, case, block, made)])
    day.act(lambda: [draft_of(day, "stained", he, {"stain": "he"})])
    day.act(lambda: [image()])
    day.act(lambda: [compared()])
    day.act(lambda: [draft_case_corrected(day, case, pen())])
    day.act(lambda: [draft_piece_corrected(day, block, pen())])
    day.act(lambda: [draft_reassessed(day, block, pen())])
    day.act(lambda: [draft_agreed(day, he, names["agreement"], pen())])
    day.act(lambda: [draft_of(day, "scraped", he, scrape)])
    day.act(lambda: [ended(names["spare"])])
    other = day.ledger.identity()
    day.act(lambda: [draft_another_case(day, other, pen())])
    day.act(lambda: [draft_told_apart(day, other, case, pen())])
    # Moved and moved back: a bench that reads this has both.
    day.act(lambda: [draft_moved(day, names["spare"], other, case, pen())])
    day.act(lambda: [draft_moved(day, names["spare"], case, other, pen())])
    return names
