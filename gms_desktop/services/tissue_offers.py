"""What may be done next at a tissue case, and with the piece in hand."""

from __future__ import annotations

from gms_desktop import tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue.pieces import Piece, Sort
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.services import site_rules, thing_label_commands, tissue_pieces, tissue_stops
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer


def offers(db: Database, case: Row, row: Row | None, desk: Desk) -> tuple[Offer, ...]:
    """The commands, in the order in which a block is worked."""
    specimen = look_up.row(db, "specimen", desk.tissue.specimen) if desk.tissue.specimen else None
    if specimen is not None:
        return (
            Offer(Command.TISSUE_JOIN, f"Take {specimen['accession']} into case {case['number']}", usual=True),
            Offer(Command.TISSUE_CASE, f"Open another case for {specimen['accession']}"),
            Offer(Command.TISSUE_ASIDE, "Put aside"),
        )
    done_with = row is None or not tissue_pieces.piece_of(row).state.may_be_used
    return (
        *(_of_piece(db, row, tissue_pieces.piece_of(row), desk) if row else ()),
        Offer(Command.TISSUE_CORRECT, "Correct"),
        Offer(Command.TISSUE_ASIDE, "Put aside"),
        *(() if done_with else (Offer(Command.TISSUE_END, "At its end"),)),
        Offer(Command.TISSUE_CHANGE, tissue_words.URGENCY_OFFER),
    )


def _of_piece(db: Database, row: Row, piece: Piece, desk: Desk) -> list[Offer]:
    if not piece.state.may_be_used:
        return []
    if tissue_stops.away(db, row) is not None:
        # Nothing is done with what is in a box; what somebody saw in it before is still recorded.
        return [Offer(Command.TISSUE_ASSESS, "Assess")]
    if piece.sort is Sort.SLIDE:
        made = [
            *(() if piece.stain else (Offer(Command.TISSUE_STAIN, "Stain"),)),
            Offer(Command.TISSUE_SCRAPE, "Scrape"),
        ]
    elif piece.sort.is_cut:
        made = []
    else:
        asks = site_rules.tissue(db).cutting.change_blade
        clean = not asks or desk.tissue.clean_for == row["tissue_case"]
        made = [
            *((Offer(Command.TISSUE_BLADE, "Fresh blade", usual=not clean),) if asks else ()),
            Offer(Command.TISSUE_CUT, f"Cut {piece.number}", usual=clean),
            Offer(Command.TISSUE_TIMES, "Times"),
            Offer(Command.TISSUE_LEFT, "What is left"),
            Offer(Command.TISSUE_REPORT, "Compare report"),
        ]
    if piece.sort.is_cut and row["specimen"]:
        made += [Offer(Command.TISSUE_TIMES, "Times"), Offer(Command.TISSUE_REPORT, "Compare report")]
    if row["parent"] or piece.sort in {Sort.BLOCK, Sort.SLIDE}:
        made += thing_label_commands.offers(db, desk, f"piece:{row['id']}")
    return [
        *made,
        Offer(Command.TISSUE_ASSESS, "Assess"),
        Offer(Command.TISSUE_AGREED, "Agreed"),
    ]
