"""What the papers say of tissue: its own numbers, its sections, and what people said of it, block by block.

Source: North West agreed minimum dataset (nhs-domain section 4.7): block number, specimen, tumour, neoplastic nuclei,
cellularity, necrosis, macrodissection, and whether the pathology report follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gms_desktop import tissue_words
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.rules import TissueRules, word
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import tissue_look_up
from gms_desktop.services import site_rules, tissue_pieces, tissue_view


def lines(db: Database, items: Iterable[Row]) -> tuple[str, ...]:
    """One paragraph for each block of which something is among the items of a consignment."""
    blocks: dict[str, tuple[Row, list[Row]]] = {}
    for item in items:
        row = _piece(db, item)
        if row is not None:
            block = tissue_pieces.root(db, row)
            blocks.setdefault(block["id"], (block, []))[1].append(row)
    rules = site_rules.tissue(db) if blocks else None
    return tuple(_block(db, block, sent, rules) for block, sent in blocks.values()) if rules else ()


def _piece(db: Database, item: Row) -> Row | None:
    if item["sort"] == "piece":
        return tissue_look_up.piece(db, item["item"])
    return tissue_look_up.piece_of_specimen(db, item["item"]) if item["sort"] == "specimen" else None


def _block(db: Database, block: Row, sent: list[Row], rules: TissueRules) -> str:
    known = store.private_values(db, [f"piece:{block['id']}", f"tissue_case:{block['tissue_case']}"])
    case = tissue_look_up.case(db, block["tissue_case"]) if block["tissue_case"] else None
    said = [
        tissue_words.on_paper_block(str(block["number"]), str(block["sort"])),
        tissue_words.on_paper_type(tissue_pieces.came_as(db, block)),
        tissue_words.on_paper_number(known.get(block["outside_private"] or "") or ""),
        tissue_words.on_paper_report(known.get(case["histology_private"] or "") or "") if case else "",
        _stain(block, rules),
        word(rules.tumours, case["tumour"]) if case and case["tumour"] else "",
        tissue_words.REPORT_FOLLOWS if case and case["report_follows"] else "",
        *_assessed(db, block, rules),
        "; ".join(_sent(one, rules) for one in sent if one["id"] != block["id"]),
    ]
    return ". ".join(one for one in said if one) + "."


def _assessed(db: Database, block: Row, rules: TissueRules) -> Iterator[str]:
    for piece in tissue_pieces.family(db, block):
        for row in tissue_look_up.assessments(db, piece["id"]):
            line = tissue_view.assessment(db, row, rules)
            yield f"{line.title}: {line.detail}"


def _stain(row: Row, rules: TissueRules) -> str:
    """The stain of a slide; nothing of another piece."""
    if row["sort"] != Sort.SLIDE:
        return ""
    return word(rules.stains, row["stain"]) if row["stain"] else tissue_words.NO_STAIN


def _sent(row: Row, rules: TissueRules) -> str:
    said = (f"{row['number']}: {tissue_pieces.what(row)}", _stain(row, rules))
    return ", ".join(one for one in said if one)
