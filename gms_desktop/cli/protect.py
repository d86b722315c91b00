"""The commands that protect what lies on a bench, and their options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None, typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one")
]


def add(app: typer.Typer, folder_of: Callable[[Path | None], Path]) -> None:
    """Add the commands.

    Args:
        app: what they are added to.
        folder_of: the data folder that is meant.
    """

    @app.command("encrypt")
    def encrypt(
        file: Annotated[Path | None, typer.Argument(help="One file, such as an old backup")] = None, data: Data = None
    ) -> None:
        """Encrypt what lies open: the bench's own files and backups, or one file. The open one goes when that is proved."""
        from gms_desktop.cli.protecting import encrypt as encrypted

        raise typer.Exit(encrypted(file, folder_of(data), typer.echo))
