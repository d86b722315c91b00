"""What the Tissue screen says by itself."""

from __future__ import annotations

ATTACH = "Add picture"
PICTURES = "Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.pdf *.svs *.ndpi *.mrxs *.scn)"
CHOOSE = "Which picture belongs to this piece?"
NOT_KEPT, NOT_SHOWN = "Not kept", "Not shown"
LOOK = "Pictures"
FACTS = "What is known"
ASSESSED = "Fit for its receiver"
KEPT = "Pictures and agreements"
NOTHING_ASSESSED = "Nobody has assessed the piece in hand."
NOTHING_KEPT = "No picture and no agreement is recorded for the piece in hand."
