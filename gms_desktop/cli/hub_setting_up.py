"""``hub init``, ``migrate``, ``enrol``, ``invite``, ``revoke``, ``short-codes``: a hub and the benches that join it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from gms_desktop.cli.hub_reached import Say, faults_in_words, reached, scope_of
from gms_desktop.domain.minting import identity
from gms_desktop.errors import Refused
from gms_desktop.starting import SystemChance, SystemClock

if TYPE_CHECKING:
    import psycopg
    from PIL.Image import Image

    from gms_desktop.sync.enrolment_code import EnrolmentCode
    from gms_desktop.sync.hub.enrol import Place

_QUIET = 2
_DOTS = 6


def init(database: str, name: str, scope: str, say: Say, *, rehearsal: bool) -> int:
    """Make a hub of an empty database, or add a laboratory to one.

    Args:
        database: the administrator's way there.
        name: of the laboratory.
        scope: of a laboratory that works already; ``""`` mints one.
        say: prints a line.
        rehearsal: whether only rehearsals may use it.

    Raises:
        Refused: no name, or a newer hub.
        Unavailable: when it cannot be reached.
    """
    from gms_desktop.sync.hub import laboratory

    if not name.strip():
        raise Refused("Say what the laboratory is called.")
    scope = scope.strip() or identity(SystemChance(), SystemClock().now())
    with faults_in_words():
        laboratory.init(database, laboratory.Laboratory(scope, name.strip(), rehearsal))
    say(f"The hub is ready for {name.strip()}. Its scope is {scope}.")
    say('Next: gms-desktop hub enrol "Bench 1", and keep gms-desktop hub follow running.')
    return 0


def migrate(database: str, say: Say) -> int:
    """Bring the hub to this version.

    Raises:
        Refused: when it is no hub, or a newer one.
        Unavailable: when it cannot be reached.
    """
    import psycopg

    from gms_desktop.sync.hub import migrations

    with faults_in_words():
        with psycopg.connect(database, autocommit=True) as connection:
            found = migrations.revision(connection)
        if found is None:
            raise Refused("This database is no hub yet. Run: gms-desktop hub init NAME.")
        migrations.migrate(database)
    say(f"The hub is at {migrations.HEAD}" + ("." if found == migrations.HEAD else f", from {found}."))
    say("Start gms-desktop hub follow of this version; it folds its own register beside the former one.")
    return 0


def enrol(database: str, bench: str, scope: str, reach: str, out: Path | None, say: Say) -> int:
    """Make a bench its login and print the code by which it joins.

    Raises:
        Refused: no such laboratory, or ``out`` is there already.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import enrol as enrolling

    _check_free(out)
    with reached(database) as connection:
        scope = scope_of(connection, scope)
        made = enrolling.enrol(connection, _place(connection, reach), bench, scope, SystemChance())
    say(f"{bench.strip()} may join {scope} until {made.valid_until:%d/%m/%Y %H:%M %Z} as {made.login}.")
    say(f"Short codes: {', '.join(made.short_codes)}")
    _show(made.code, out, say)
    return 0


def invite(database: str, login: str, reach: str, out: Path | None, say: Say) -> int:
    """Print a new code for a bench that is known; its former password and code hold no more.

    Raises:
        Refused: no such bench, or ``out`` is there already.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import enrol as enrolling

    _check_free(out)
    with reached(database) as connection:
        code = enrolling.invite_again(connection, _place(connection, reach), login, SystemChance())
    say(f"{login} may join again within {enrolling.CODE_HOURS} hours; its former password holds no more.")
    _show(code, out, say)
    return 0


def revoke(database: str, login: str, say: Say) -> int:
    """Take a bench off the hub.

    Raises:
        Refused: no such bench.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import enrol as enrolling

    with reached(database) as connection:
        enrolling.revoke(connection, login)
    say(f"{login} is off the hub. What it shared stays; what it has not shared is still on that bench.")
    return 0


def short_codes(database: str, login: str, say: Say) -> int:
    """Issue a bench further short codes.

    Raises:
        Refused: no such bench, or hardly any codes are left.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import enrol as enrolling

    with reached(database) as connection:
        if connection.execute("SELECT FROM hub.bench WHERE login = %s", (login,)).fetchone() is None:
            raise Refused(f"The hub has no bench {login}. gms-desktop hub status lists them.")
        codes = enrolling.more_short_codes(connection, login, SystemChance())
    say(f"Short codes for {login}: {', '.join(codes)}")
    return 0


def _place(connection: psycopg.Connection, reach: str) -> Place:
    from gms_desktop.sync.hub.enrol import Place

    info = connection.info
    host, colon, port = reach.rpartition(":")
    if not (colon and port.isdecimal()):
        host, port = reach, str(info.port)
    host = host or info.host
    return Place(host if host.startswith("/") else host.lower(), int(port), info.dbname)


def _check_free(out: Path | None) -> None:
    if out is not None and out.exists():
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.")
    if out is not None and out.suffix.lower() != ".png":
        raise Refused(f"{out} has another ending than .png. The code is written as a picture.")


def _show(code: EnrolmentCode, out: Path | None, say: Say) -> None:
    say("")
    say(str(code))
    say("")
    picture = data_matrix(str(code))
    for line in in_blocks(picture):
        say(line)
    say("Type or scan it at the bench. It works once. Whoever has it can join: hand it over, do not send it.")
    if out is not None:
        wide = picture.resize((picture.width * _DOTS, picture.height * _DOTS))
        wide.save(out)
        say(f"Written to {out}.")


def data_matrix(content: str) -> Image:
    """A square Data Matrix with its quiet zone, one pixel a module, black on white."""
    import zxingcpp
    from PIL import Image, ImageOps

    made = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.DataMatrix, options="forceSquare")
    drawn = made.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    height, width = drawn.shape
    return ImageOps.expand(Image.frombytes("L", (width, height), memoryview(cast("Any", drawn)).tobytes()), _QUIET, 255)


def in_blocks(picture: Image) -> list[str]:
    """The picture for a terminal, two rows of modules in one of text: its light is what is printed."""
    light = [[picture.getpixel((x, y)) != 0 for x in range(picture.width)] for y in range(picture.height)]
    if len(light) % 2:
        light.append([True] * picture.width)
    signs = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    return [
        "".join(signs[pair] for pair in zip(light[row], light[row + 1], strict=True)) for row in range(0, len(light), 2)
    ]
