"""The commands that save files out of a bench, and their options: each is signed for and noted among its exports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from gms_desktop.cli.asking import signature

Data = Annotated[
    Path | None, typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one")
]
Badge = Annotated[str, typer.Option("--badge", help="Your badge's code, to save; asked for when left out")]
Pin = Annotated[str, typer.Option("--pin", help="Asked for when left out, to save")]
FolderOf = Callable[[Path | None], Path]


def add(app: typer.Typer, folder_of: FolderOf) -> None:
    """Add the commands.

    Args:
        app: what they are added to.
        folder_of: the data folder that is meant.
    """
    _add_files(app, folder_of)
    _add_downtime(app, folder_of)
    nipt = typer.Typer(help="NIPT: the month's files for NCARDRS, and the measures S02, S03 and S06.")
    _add_nipt(nipt, folder_of)
    app.add_typer(nipt, name="nipt")


def _add_files(app: typer.Typer, folder_of: FolderOf) -> None:
    @app.command("files")
    def files(
        out: Annotated[Path | None, typer.Option("--out", help="Save copies of those here into this folder")] = None,
        badge: Badge = "",
        pin: Pin = "",
        data: Data = None,
    ) -> None:
        """List the files that were taken in, where each is, and save copies of them as they came, signed for."""
        from gms_desktop.cli.kept_files import list_files, save_files

        if out is None:
            raise typer.Exit(list_files(folder_of(data), typer.echo))
        raise typer.Exit(save_files(out, folder_of(data), typer.echo, *signature(badge, pin)))


def _add_downtime(app: typer.Typer, folder_of: FolderOf) -> None:
    @app.command("downtime-pack")
    def downtime_pack(
        count: Annotated[int, typer.Option("--count", help="How many numbers the pack has")],
        out: Annotated[Path, typer.Option("--out", help="The PDF to write")],
        badge: Badge = "",
        pin: Pin = "",
        data: Data = None,
    ) -> None:
        """Make a downtime pack: control sheet, labels and paper forms, every code read back before it is released."""
        from gms_desktop.cli.downtime import make_pack

        raise typer.Exit(make_pack(count, out, folder_of(data), *signature(badge, pin), typer.echo))

    @app.command("downtime-report")
    def downtime_report(
        out: Annotated[Path | None, typer.Option("--out", help="Write it here too, as .pdf or .xlsx")] = None,
        pack: Annotated[str, typer.Option("--pack", help="Only this pack")] = "",
        badge: Badge = "",
        pin: Pin = "",
        data: Data = None,
    ) -> None:
        """Account for every downtime number: used, spoiled, not used, missing or open.

        Ends with 1 while some are open; with --out it is saved, signed for.
        """
        from gms_desktop.cli.downtime import account, save_account

        if out is None:
            raise typer.Exit(account(pack, folder_of(data), typer.echo))
        raise typer.Exit(save_account(out, pack, folder_of(data), typer.echo, *signature(badge, pin)))


def _add_nipt(app: typer.Typer, folder_of: FolderOf) -> None:
    @app.command("file")
    def nipt_file(
        month: Annotated[str, typer.Option("--month", help="Such as 2026-10")],
        out: Annotated[Path, typer.Option("--out", help="The folder to write into")],
        badge: Badge = "",
        pin: Pin = "",
        data: Data = None,
    ) -> None:
        """Write the month's files for NCARDRS, with every finding: issued, and signed for.

        Ends with 1 while a row has to be put right.
        """
        from gms_desktop.cli.nipt import write_files

        raise typer.Exit(write_files(month, out, folder_of(data), typer.echo, *signature(badge, pin)))

    @app.command("measures")
    def nipt_measures(
        month: Annotated[str, typer.Option("--month", help="S02 and S03 of a month, such as 2026-10")] = "",
        quarter: Annotated[str, typer.Option("--quarter", help="S06 of a quarter, such as “2026-27 Q3”")] = "",
        data: Data = None,
    ) -> None:
        """Compute S02 and S03, or S06, on both clocks of receipt. Ends with 1 when the calendar is not loaded."""
        from gms_desktop.cli.nipt import tell_measures

        raise typer.Exit(tell_measures(month, quarter, folder_of(data), typer.echo))
