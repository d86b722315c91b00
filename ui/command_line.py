"""The whole command line: Qt is imported for what opens or paints a window."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gms_desktop import cli
from gms_desktop.cli.app import Data, folder_of, told
from gms_desktop.cli.given import see_text
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.errors import Refused
from ui.command import open_plugs, open_window
from ui.program import this_program
from ui.trying_papers import COMMAND, papers_tried, try_papers

if TYPE_CHECKING:
    from gms_desktop.rehearsal.headless import Paint, Painter

_SIZE_HINTS = "does not support propagateSizeHints"


def carry_out(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; give its exit code."""
    try:
        see_text(sys.argv[1:] if arguments is None else arguments)
    except Refused as fault:
        return told(fault, Path())
    app = cli.make_app(which_qt, _card_keys, papers_tried)
    app.command("run")(_run)
    app.command("rehearse")(_rehearse)
    app.command(COMMAND, hidden=True)(_try_papers)
    return cli.call(app, arguments)


def _card_keys() -> Mapping[Card, str]:
    from ui.cards import keys

    return keys()


def _try_papers() -> None:
    """Make, show, print and read back a page; ``doctor --papers`` starts this."""
    typer.echo(try_papers())


def which_qt() -> str:
    """The Qt that works here.

    Raises:
        ImportError, OSError: when Qt or a library that it needs is not there.
    """
    import PySide6.QtWidgets
    from PySide6.QtCore import QLibraryInfo

    if sys.platform.startswith("linux") and os.environ.get("DISPLAY"):
        import ctypes

        # The platform plugin is loaded last, so what it lacks would show only when the first window opens.
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    return str(PySide6.__version__)


def _run(
    rehearse_when_new: Annotated[
        bool, typer.Option("--rehearse-when-new", help="Open the rehearsal while no settings exist")
    ] = False,
    data: Data = None,
) -> None:
    """Open the bench; the first start sets it up."""
    folder = folder_of(data)
    new = not (folder / "settings.toml").exists()
    raise typer.Exit(open_window(folder, rehearsal=rehearse_when_new and new))


def _rehearse(
    headless: Annotated[bool, typer.Option("--headless", help="Play a whole shift without a window")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="With --headless: the folder for what it leaves")] = None,
    hub: Annotated[
        bool, typer.Option("--hub", help="Two benches and a central database, with cables to pull and a hub to stop")
    ] = False,
    data: Data = None,
) -> None:
    """Learn and try the bench with made-up patients and simulated devices.

    With --headless a shift is played and told step by step; screens, labels, reports and the bench's file are left
    in the folder named by --out.
    """
    if headless:
        raise typer.Exit((_hub_without_window if hub else _without_window)(out or Path("rehearsal")))
    if out is not None:
        raise Refused("A rehearsal in a window leaves no folder. For one: gms-desktop rehearse --headless --out DIR.")
    raise typer.Exit(open_plugs() if hub else open_window(folder_of(data), rehearsal=True))


def _hub_without_window(out: Path) -> int:
    from gms_desktop.cli.proving import prove
    from gms_desktop.rehearsal.hub_headless import leave_hub_rehearsal

    paths = leave_hub_rehearsal(out, typer.echo, _painter())
    return max(prove(path, path.parent, typer.echo) for path in paths)


def _without_window(out: Path) -> int:
    from gms_desktop.cli.proving import prove
    from gms_desktop.rehearsal.headless import leave_rehearsal

    path = leave_rehearsal(out, typer.echo, _painter(), this_program())
    return prove(path, out, typer.echo)


def _painter() -> Painter | None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        import ui.shots  # noqa: F401  (what Qt lacks here shows now)
    except ImportError as fault:
        typer.echo(f"No screens are painted: {fault}. Run: gms-desktop doctor.", err=True)
        return None
    return _painting


@contextmanager
def _painting(folder: Path) -> Iterator[Paint]:
    from PySide6.QtCore import qInstallMessageHandler

    from ui.shots import Shots

    # The platform without a display says at every window that it keeps no size hints; nobody can do anything about it.
    former = qInstallMessageHandler(lambda _kind, _where, said: None if _SIZE_HINTS in said else _say_aside(said))
    shots = Shots(folder)
    try:
        yield shots.paint
    finally:
        shots.close()
        qInstallMessageHandler(former)


def _say_aside(said: str) -> None:
    typer.echo(said, err=True)
