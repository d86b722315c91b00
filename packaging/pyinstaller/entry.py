"""Where the built application begins: the same entry point as ``gms-desktop`` of a clone."""

import os
import sys

from ui.command import main

_OWN = "LD_LIBRARY_PATH"
_BEFORE = f"{_OWN}_ORIG"


def leave_others_their_libraries() -> None:
    """Take back what the starter set for this process alone.

    It has its libraries by now; the print system's programs, sound and a database that it starts are to have theirs.
    """
    before = os.environ.pop(_BEFORE, None)
    if before is not None:
        os.environ[_OWN] = before
    elif getattr(sys, "frozen", False):
        os.environ.pop(_OWN, None)


if __name__ == "__main__":
    leave_others_their_libraries()
    sys.exit(main())
