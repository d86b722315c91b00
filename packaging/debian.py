"""Makes the Debian package of the application's folder, and tries it: installed, started, upgraded, removed.

Needs ``dpkg-deb`` and ``dpkg-shlibdeps`` (dpkg-dev). What a bench recorded is never the package's: its data folder is
in the home of the bench's account or in /var/lib/gms_desktop, and no script of the package touches either.
"""

from __future__ import annotations

import gzip
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

import build_folder
import smoke

HERE = Path(__file__).resolve().parent

ROOT = HERE.parent
PACKAGE = "gms-desktop"
PLACE = f"usr/lib/{PACKAGE}"
# Opened by name at run time, so no library says that it needs them: letters that are joined, a font that draws most
# names, the print system's own program, and sound.
BY_NAME = ("libfribidi0", "fonts-dejavu-core", "libgssapi-krb5-2", "libxkbcommon-x11-0", "libegl1", "libgl1")
RECOMMENDED = ("cups-client", "fonts-noto-core", "alsa-utils")


def version() -> str:
    """The version of the project, as pyproject.toml states it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def architecture() -> str:
    """Debian's word for this machine."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def tree(folder: Path, target: Path) -> None:
    """Lay the package's files out below a folder, as they will lie below the root."""
    shutil.copytree(folder, target / PLACE, symlinks=True)
    (target / "usr/bin").mkdir(parents=True)
    (target / "usr/bin" / PACKAGE).symlink_to(f"../lib/{PACKAGE}/{PACKAGE}")
    for source, place in (
        (HERE / "debian" / f"{PACKAGE}.desktop", "usr/share/applications"),
        (ROOT / "resources" / "application" / f"{PACKAGE}.svg", "usr/share/icons/hicolor/scalable/apps"),
    ):
        (target / place).mkdir(parents=True)
        shutil.copyfile(source, target / place / source.name)
    doc = target / "usr/share/doc" / PACKAGE
    doc.mkdir(parents=True)
    (doc / "copyright").write_text(copyright_page(), encoding="utf-8")
    with gzip.GzipFile(doc / "changelog.gz", "wb", 9, mtime=0) as packed:
        packed.write((ROOT / "CHANGELOG.md").read_bytes())


def copyright_page() -> str:
    """What Debian asks for in ``copyright``: our licence, and where those of the others are."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return (
        f"{own}\nThe libraries that lie in /{PLACE} and their licences:\n/{PLACE}/THIRD-PARTY.md, /{PLACE}/licences\n"
    )


def needed(target: Path) -> str:
    """The Debian packages whose libraries the files below a folder need, as ``dpkg-shlibdeps`` finds them.

    Raises:
        smoke.NotWellError: it is not installed, or a library is in no package.
    """
    if not shutil.which("dpkg-shlibdeps"):
        raise smoke.NotWellError("dpkg-shlibdeps is not here. Install dpkg-dev.")
    with tempfile.TemporaryDirectory() as work:
        Path(work, "debian").mkdir()
        Path(work, "debian", "control").write_text(f"Source: {PACKAGE}\n\nPackage: {PACKAGE}\nArchitecture: any\n")
        shared = [path for path in sorted(target.rglob("*")) if path.is_file() and _is_elf(path)]
        private = sorted({f"-l{path.parent}" for path in shared})
        command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *private, *map(str, shared)]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        raise smoke.NotWellError(f"What the package needs is not known:\n{done.stderr[-2000:]}")
    return done.stdout.strip().removeprefix("shlibs:Depends=")


def _is_elf(path: Path) -> bool:
    with path.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def size_kib(root: Path) -> int:
    """What the files below a folder take: a link to one of them is not another."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink()) // 1024


def control(depends: str, size: int) -> str:
    """The package's control file.

    Args:
        depends: what the files need, comma between.
        size: of the installed files, in KiB.
    """
    named = {re.split(r"[ (:]", one.strip())[0] for one in depends.split(",")}
    more = [name for name in BY_NAME if name not in named]
    return (
        f"Package: {PACKAGE}\nVersion: {version()}\nArchitecture: {architecture()}\n"
        "Maintainer: The gms_desktop authors <nobody@localhost>\n"
        f"Installed-Size: {size}\nSection: science\nPriority: optional\n"
        f"Depends: {', '.join([depends, *more])}\nRecommends: {', '.join(RECOMMENDED)}\n"
        "Description: bench software for NHS Genomic Medicine Service laboratories\n"
        " Receives, labels, extracts, racks, plates, stores and sends specimens; works\n"
        " without a network and loses nothing. Not approved for clinical use.\n"
    )


def build(folder: Path, target: Path = ROOT / "dist") -> Path:
    """Make the package; give its file.

    Raises:
        smoke.NotWellError: a program that makes it is missing, or it could not be made.
    """
    deb = target / f"{PACKAGE}_{version()}_{architecture()}.deb"
    with tempfile.TemporaryDirectory(prefix="gms-deb-") as work:
        root = Path(work, "root")
        tree(folder, root)
        size = size_kib(root)
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control(needed(root / PLACE), size), encoding="utf-8")
        shutil.copyfile(HERE / "debian" / "prerm", root / "DEBIAN" / "prerm")
        (root / "DEBIAN" / "prerm").chmod(0o755)
        _settle(root)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(build_folder.source_date())}
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(deb)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise smoke.NotWellError(done.stderr)
    return deb


def _settle(root: Path) -> None:
    """Rights as Debian wants them, readable by all and written by root only; and the time of the change for all."""
    made_at = build_folder.source_date()
    for path in (root, *root.rglob("*")):
        os.utime(path, (made_at, made_at), follow_symlinks=False)
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)


def made_and_tried(folder: Path) -> None:
    """Make the package, say its size, and as root install, start, upgrade, remove and purge it.

    Raises:
        smoke.NotWellError: one of these did not do what it must.
    """
    deb = build(folder)
    print(f"{deb}: {deb.stat().st_size / 1024 / 1024:.0f} MiB", flush=True)
    if os.geteuid() != 0:
        print("Not tried: only root can install it. What it needs stands in it: dpkg-deb -I")
        return
    with tempfile.TemporaryDirectory(prefix="gms-bench-") as home:
        _try(deb, Path(home))


def _try(deb: Path, home: Path) -> None:
    program = Path("/usr/bin") / PACKAGE
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    # A bench works under an account of its own, not as root.
    account = pwd.getpwnam("nobody")
    os.chown(home, account.pw_uid, account.pw_gid)
    smoke.AS_USER = account.pw_name
    _apt("install", str(deb))
    try:
        smoke.first_window(program, home)
        data = smoke.bench_made(program, home)
        listening, _ = smoke.scanned(program, data, home, "BADGE-OKAFOR")
        smoke.well(program, ["verify", "--data", str(data)], home)
        smoke.papers_tried(program, data, home)
        print(f"  well: installed; a bench listens {listening:.1f} s after its start", flush=True)
        _refused_while_open(program, deb, data, home)
        _apt("install", "--reinstall", str(deb))
        smoke.well(program, ["verify", "--data", str(data)], home)
        smoke.scanned(program, data, home, "BADGE-OKAFOR")
        print("  well: installed over itself; the same bench opens, scans and is proved", flush=True)
        kept = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    finally:
        _apt("purge", PACKAGE)
    left = [place for place in (program, Path("/") / PLACE) if place.exists()]
    stays = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    if left or stays != kept:
        raise smoke.NotWellError(f"Left after removal: {left}; data changed: {set(kept) ^ set(stays)}")
    print(f"  well: removed and purged; all {len(stays)} files of the bench stay", flush=True)


def _refused_while_open(program: Path, deb: Path, data: Path, home: Path) -> None:
    held = data / "in-use-by.txt"
    held.unlink(missing_ok=True)
    with smoke.window(program, ["run", "--data", str(data)], home) as process:
        smoke.until(held.is_file, "the bench is open", process)
        try:
            _apt("install", "--reinstall", str(deb))
        except smoke.NotWellError as refused:
            if "Close it, then do this again" not in str(refused):
                raise
        else:
            raise smoke.NotWellError("An open bench was replaced under its own feet")
    print("  well: it is not replaced while a bench is open", flush=True)


def _apt(*arguments: str) -> None:
    command = ["apt-get", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", "--allow-downgrades"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise smoke.NotWellError(f"apt-get {arguments[0]} did not end well:\n{done.stdout}\n{done.stderr}")
