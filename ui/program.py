"""How this very program is started once more, with another command line."""

from __future__ import annotations

import sys
from pathlib import Path

_START = "import sys; from ui.command import main; sys.exit(main())"
_WITHOUT_CONSOLE = "-window"


def this_program() -> list[str]:
    """The words before the command; packaged, the program is its own command line.

    Of the two programs of Windows it is the one with a console: the other has nowhere to say anything.
    """
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-c", _START]
    own = Path(sys.executable)
    spoken = own.with_stem(own.stem.removesuffix(_WITHOUT_CONSOLE))
    return [str(spoken if spoken.is_file() else own)]
