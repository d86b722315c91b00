"""The commands that protect what lies on a bench, and their options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from gms_desktop.cli.asking import signature

Data = Annotated[
    Path | None, typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one")
]


def add(app: typer.Typer, folder_of: Callable[[Path | None], Path], qt: Callable[[], str] | None) -> None:
    """Add the commands.

    Args:
        app: what they are added to.
        folder_of: the data folder that is meant.
        qt: says which Qt works here.
    """

    @app.command("encrypt")
    def encrypt(
        file: Annotated[Path | None, typer.Argument(help="One file, such as an old backup")] = None, data: Data = None
    ) -> None:
        """Encrypt what lies open of a bench, or one file. The open one goes when the other is proved equal."""
        from gms_desktop.cli.protecting import encrypt as encrypted

        raise typer.Exit(encrypted(file, folder_of(data), typer.echo))

    @app.command("exports")
    def exports(data: Data = None) -> None:
        """List the files that were saved from the bench: who, when, what, and until when each may lie there.

        Ends with 1 when something in the exports folder is not the bench's, or its time is over.
        """
        from gms_desktop.cli.exported import list_exports

        raise typer.Exit(list_exports(folder_of(data), typer.echo))

    _add_proofs(app, folder_of)
    _add_support(app, folder_of, qt)


def _add_proofs(app: typer.Typer, folder_of: Callable[[Path | None], Path]) -> None:
    @app.command("erasure-proof")
    def erasure_proof(
        authority: Annotated[str, typer.Argument(help="On whose decision, as it was given to erase")],
        out: Annotated[Path, typer.Argument(help="The PDF to write")],
        data: Data = None,
    ) -> None:
        """Write what an erasure came to at this bench: who asked, what was emptied, what remains and why.

        Ends with 1 when something is left that was to be erased.
        """
        from gms_desktop.cli.erasure_proof import prove_erasure

        raise typer.Exit(prove_erasure(authority, out, folder_of(data), typer.echo))

    @app.command("audit")
    def audit(
        out: Annotated[Path, typer.Argument(help="The file to write, such as audit.csv or audit.pdf")],
        begin: Annotated[str, typer.Option("--from", help="The first day, such as 01-Nov-2026")] = "",
        end: Annotated[str, typer.Option("--to", help="The last day")] = "",
        person: Annotated[str, typer.Option("--person", help="A part of the name of who did it")] = "",
        kind: Annotated[str, typer.Option("--kind", help="The beginning of the kind, such as specimen.")] = "",
        about: Annotated[str, typer.Option("--about", help="One thing, by its number or code")] = "",
        badge: Annotated[str, typer.Option(help="Your badge's code; asked for when left out")] = "",
        pin: Annotated[str, typer.Option(help="Asked for when left out")] = "",
        data: Data = None,
    ) -> None:
        """Write the audit trail, or what is asked for of it: who did what, when, where, and by what it is proved.

        That it was written is an entry itself: the application is closed, and you sign with badge and PIN.
        """
        from gms_desktop.cli.auditing import audit as audited

        words = {"from": begin, "to": end, "person": person, "kind": kind, "about": about}
        raise typer.Exit(audited(out, folder_of(data), typer.echo, words=words, signature=signature(badge, pin)))


def _add_support(app: typer.Typer, folder_of: Callable[[Path | None], Path], qt: Callable[[], str] | None) -> None:
    @app.command("support")
    def support(
        out: Annotated[Path, typer.Argument(help="The file to write, such as support.zip")], data: Data = None
    ) -> None:
        """Write logs, versions, settings, the doctor's lines and counts into one file that names nobody."""
        from gms_desktop.cli.support import make_bundle

        raise typer.Exit(make_bundle(out, folder_of(data), typer.echo, qt))


def add_doctor(
    app: typer.Typer,
    folder_of: Callable[[Path | None], Path],
    qt: Callable[[], str] | None,
    papers: Callable[[], str] | None,
) -> None:
    """Add ``doctor``.

    Args:
        app: what it is added to.
        folder_of: the data folder that is meant.
        qt: says which Qt works here.
        papers: tries whether papers can be made, shown and printed here.
    """

    @app.command("doctor")
    def doctor(
        data: Data = None,
        try_papers: Annotated[
            bool, typer.Option("--papers", help="Make, show and print a page into a file, too, and read it back")
        ] = False,
    ) -> None:
        """Say what is well with this bench and what to do about the rest."""
        from gms_desktop.cli.doctor import examine

        raise typer.Exit(examine(folder_of(data), typer.echo, qt, papers if try_papers else None))
