"""How this very program is started once more, with another command line."""

from __future__ import annotations

import sys

_START = "import sys; from ui.command import main; sys.exit(main())"


def this_program() -> list[str]:
    """The words before the command; packaged, the program is its own command line."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-c", _START]
