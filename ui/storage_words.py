"""What the Storage screen says by itself."""

from __future__ import annotations

SEEN_FROM_ABOVE = "Box seen from above, A1 boxed"
NOTHING_HERE = "Nothing stands here yet."
NEXT = "Next: {position}"
TAKEN = "{taken} taken, {free} free"
