"""What a command asks for where its line leaves it out: typed unseen at a terminal, read as it comes from a pipe."""

from __future__ import annotations

import sys

import typer

UNSEEN = sys.stdin is not None and sys.stdin.isatty()
"""Whether somebody types: only a terminal can hide what is typed."""
LEFT = "Left. Nothing was done."
NOBODY = (
    "Something is asked for, and nobody can type it here. Give it on the command line: the command with --help says "
    "how. Nothing was done."
)


def ask(what: str) -> str:
    """Ask for a secret."""
    return str(typer.prompt(what, hide_input=UNSEEN, err=True))


def signature(badge: str, pin: str) -> tuple[str, str]:
    """Badge and PIN, each asked for where it was left out."""
    return badge or ask("Your badge"), pin or ask("PIN")


def left() -> str:
    """What is said when a question was left without an answer."""
    return LEFT if UNSEEN else NOBODY
