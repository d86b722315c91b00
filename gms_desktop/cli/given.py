"""What is given to a command and is no text: a code that came in another encoding than this computer's."""

from __future__ import annotations

import os
from collections.abc import Sequence

from gms_desktop.errors import Refused


def see_text(arguments: Sequence[str]) -> None:
    """Look at a command line before it is carried out.

    The system may give a program bytes that are no text. Nothing that a journal keeps or looks for can hold them; only
    the name of a file may.

    Raises:
        Refused: a part of it is no text, and no file or folder is called so.
    """
    for place, said in enumerate(arguments, start=1):
        given = said.partition("=")[2] if said.startswith("-") else said
        if not _is_text(said) and not os.path.lexists(given):
            shown = said.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            raise Refused(
                f"{shown}, part {place} of the command, holds bytes that are no letters. Type it, or scan it again, in "
                "UTF-8."
            )


def _is_text(said: str) -> bool:
    try:
        said.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
