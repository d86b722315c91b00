"""``gms-desktop label …``: the layouts of labels, and any label as ZPL, PDF and picture without a printer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Dpi(StrEnum):
    """The print heads that labels are laid out for."""

    DPI_203 = "203"
    DPI_300 = "300"
    DPI_600 = "600"


def make_label() -> typer.Typer:
    """The commands about labels."""
    label = typer.Typer(help="Label layouts, and labels rendered without a printer.", no_args_is_help=True)
    label.command("layouts")(_layouts)
    label.command("render")(_render)
    return label


Bench = Annotated[
    Path | None,
    typer.Option("--bench", help="The data folder of the bench whose own layouts count, if not the usual one"),
]


def _layouts(bench: Bench = None) -> None:
    """List the layouts: what each is for, its size and where that is from, where it goes, and what it takes."""
    from gms_desktop.cli.labelling import list_layouts

    raise typer.Exit(list_layouts(bench, typer.echo))


def _render(
    layout: Annotated[str, typer.Argument(help="A layout's name, or the file of a layout of your own (.toml)")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write into")],
    dpi: Annotated[Dpi, typer.Option("--dpi", help="The printer's resolution")] = Dpi.DPI_300,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="A JSON file of what the layout takes; its made-up example if left out"),
    ] = None,
    bench: Bench = None,
) -> None:
    """Write a label as ZPL, PDF and the true pixels of both, and say what was read back from those pixels."""
    from gms_desktop.cli.labelling import render

    raise typer.Exit(render(layout, data, int(dpi.value), out, bench, typer.echo))
