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
    from gms_desktop.sync.hub.enrol import Known, Place
    from gms_desktop.sync.hub.laboratory import Standing

_QUIET = 2
_DOTS = 6


def init(database: str, name: str, scope: str, say: Say, *, rehearsal: bool, again: bool = False) -> int:
    """Make a hub of an empty database, or add a laboratory to one.

    Args:
        database: the administrator's way there.
        name: of the laboratory.
        scope: of a laboratory that works already; ``""`` mints one.
        say: prints a line.
        rehearsal: whether only rehearsals may use it.
        again: make a further laboratory though one of this name stands.

    Raises:
        Refused: no name, a newer hub, or the laboratory stands already: what stands and how to go on.
        Unavailable: when it cannot be reached.
    """
    from gms_desktop.sync.hub import laboratory

    if not name.strip():
        raise Refused("Say what the laboratory is called.")
    with faults_in_words():
        stands = _refusal(laboratory.standing(database), name, scope.strip(), again=again)
    if stands:
        raise Refused(stands)
    scope = scope.strip() or identity(SystemChance(), SystemClock().now())
    with faults_in_words():
        laboratory.init(database, laboratory.Laboratory(scope, name.strip(), rehearsal))
    say(f"The hub is ready for {name.strip()}. Its scope is {scope}.")
    say('Next: gms-desktop hub enrol "Bench 1", and keep gms-desktop hub follow running.')
    return 0


def _refusal(known: tuple[Standing, ...], name: str, scope: str, *, again: bool) -> str:
    """Why no laboratory of this name is made, with what stands; ``""`` when it may be."""
    same = [one for one in known if one.scope == scope] if scope else []
    same = same or ([] if again else [one for one in known if one.name.casefold() == name.strip().casefold()])
    if not same:
        return ""
    stands = [_stands(one) for one in same]
    if scope and same[0].scope == scope:
        return f"The hub serves this scope already: {stands[0]} Go on with: gms-desktop hub enrol --scope {scope}."
    return (
        f"The hub serves a laboratory of this name already: {' '.join(stands)} Nothing was made. Go on with it: "
        f'gms-desktop hub enrol "Bench 1" --scope {same[0].scope}. For a further laboratory choose another name, or '
        "say --again if both are really called the same: there is no command that takes one away."
    )


def _stands(one: Standing) -> str:
    benches = f"benches {', '.join(one.benches)}" if one.benches else "no bench"
    return f"{one.name}, scope {one.scope}, {one.entries} entries, {benches}."


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


def enrol(database: str, bench: str, scope: str, reach: str, out: Path | None, say: Say, *, again: bool = False) -> int:
    """Make a bench its login and print the code by which it joins; ``again`` though one of its name is known.

    Raises:
        Refused: no name, no such laboratory, a bench of this name is known, or ``out`` is there already.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import enrol as enrolling

    _check_free(out)
    if not bench.strip():
        raise Refused("Say what people call the bench.")
    with reached(database) as connection:
        scope = scope_of(connection, scope)
        twins = () if again else enrolling.known_as(connection, scope, bench)
        if twins:
            raise Refused(_known(twins))
        made = enrolling.enrol(connection, _place(connection, reach), bench, scope, SystemChance())
    say(f"{bench.strip()} may join {scope} until {made.valid_until:%d/%m/%Y %H:%M %Z} as {made.login}.")
    say(f"Short codes: {', '.join(made.short_codes)}")
    _show(made.code, out, say)
    return 0


def _known(twins: tuple[Known, ...]) -> str:
    stand = ", ".join(f"{one.name} is {one.login} ({one.state})" for one in twins)
    return (
        f"The hub knows a bench of this name: {stand}. Nothing was made. For the same computer, a lost code or a lost "
        f"password: gms-desktop hub invite {twins[-1].login}. For another computer choose another name, or say --again "
        "if both are really called the same."
    )


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
