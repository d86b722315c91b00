"""Where the built application begins: the same entry point as ``gms-desktop`` of a clone."""

import sys

from ui.command import main

if __name__ == "__main__":
    sys.exit(main())
