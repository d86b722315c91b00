"""Run, test and measure gms_desktop from a bare clone: ``python3 dev.py run`` (``py dev.py run`` on Windows).

Standard library only. Makes ``.venv`` when it is missing, installs what ``packaging/lock`` names (every file checked
against its hash) and then does the job asked for. Run it again at any time: it only installs when a lock has changed.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "lock"
STAMP = VENV / "gms_desktop-installed.json"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
WINDOWS_PYTHONS = ("3.11", "3.13")
# What runs; what tests it; what makes its packages: both hold every pin of the first. And what makes these locks.
LOCKED = ("run", "dev", "package", "lock")
# Every file against its hash, and none that has to be built: what builds it would come unpinned.
FROM_A_LOCK = ("--require-hashes", "--only-binary", ":all:")

# What Qt's xcb, wayland and offscreen platform plugins ask of the system and the PySide6 wheel does not carry
# (read from the wheel's own NEEDED entries), each with the Debian package that holds it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzstd.so.1": "libzstd1",
}


# Into how many parts a folder of tests is divided; all other folders together are one. A part is a run of pytest of its
# own, and parts run beside each other, those that take longest first: what waits for a server beside what paints.
PARTS = {"tests/sync": 4, "tests/ui": 3, "tests/journeys": 2, "tests/store": 2}
BESIDE = 3

# Where Linux keeps files in memory, and what the tests must find free there: what they write lives for seconds, and
# every act of a bench waits for the disk to have it.
MEMORY, MEMORY_BYTES = Path("/dev/shm"), 8 << 30

# Of a test that failed only the end may be kept: so many lines tell at the very end what failed, and how.
END, END_OF_A_STEP, WIDEST = 60, 30, 300


class CannotGoOnError(Exception):
    """Something outside this program is missing; the text says what it is and what to do."""


def say(text: str) -> None:
    """Print a line at once, so that it stands before the output of the command it announces."""
    print(text, flush=True)


def script(name: str) -> str:
    """The path of a program inside ``.venv``."""
    return str(VENV / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name))


def call(*command: str) -> None:
    """Run a command in the project's folder; raise CannotGoOnError when it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        raise CannotGoOnError(f"This command failed with exit code {done.returncode}: {' '.join(command)}")


# --- what the system must hold -------------------------------------------------------------------------------------


def is_root() -> bool:
    """True on Linux as the user who may install packages."""
    return LINUX and os.geteuid() == 0


def need_packages(packages: list[str], why: str) -> None:
    """Install Debian packages as root; otherwise raise with the one command that installs them."""
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise CannotGoOnError(f"{why} Install what holds the same files as these Debian packages: {' '.join(packages)}")
    if not is_root():
        raise CannotGoOnError(f"{why} Run: sudo {command}")
    say(f"{why} Installing: {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call("apt-get", "update", "-qq")
    call(*command.replace("-y", "-y -qq").split())


def is_loadable(library: str) -> bool:
    """True when the system's loader finds this shared library and all that it needs in turn."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_qt_libraries() -> None:
    """On Linux, see that Qt can open a window, on a screen or off it."""
    if LINUX:
        missing = sorted({package for library, package in QT_LIBRARIES.items() if not is_loadable(library)})
        if missing:
            need_packages(missing, "Qt needs shared libraries that this system does not have.")


# --- the environment -----------------------------------------------------------------------------------------------


def digest(path: Path) -> str:
    """SHA-256 of a file, without regard to line ends: a checkout on Windows may have changed them."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp() -> dict[str, str]:
    """What was last installed in ``.venv``; empty when nothing was, or the stamp cannot be read."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def remember(**facts: str) -> None:
    """Add to the stamp, when there is an environment to keep it in."""
    if VENV.is_dir():
        STAMP.write_text(json.dumps(read_stamp() | facts, indent=1), encoding="utf-8")


def locks_digest() -> str:
    """One digest of all locks."""
    return "".join(digest(LOCKS / f"{name}.txt") for name in LOCKED)


def this_python() -> str:
    """Version and home of the Python that makes the environment."""
    return f"{sys.version_info.major}.{sys.version_info.minor} {os.path.realpath(sys.base_prefix)}"


def environment_is_sound() -> bool:
    """True when ``.venv`` runs, was made by this Python, and has not been moved since."""
    asked = "import os, sys, pip; print('%d.%d' % sys.version_info[:2], os.path.realpath(sys.base_prefix))"
    try:
        done = subprocess.run([script("python"), "-c", asked], capture_output=True, text=True, check=False)
    except OSError:
        return False
    if done.returncode or done.stdout.strip() != this_python():
        return False
    return read_stamp().get("folder", str(VENV)) == str(VENV)


def make_environment() -> None:
    """Make ``.venv`` when it is missing, broken, moved, or of another Python."""
    if environment_is_sound():
        return
    if VENV.exists():
        say(f"{VENV} cannot be used with Python {this_python()}: making it again.")
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        need_packages([package], "This Python cannot make virtual environments.")
    call(sys.executable, "-m", "venv", "--clear", str(VENV))


def install(lock: str) -> None:
    """Bring ``.venv`` to a lock (``run`` or ``dev``) and install the project itself, when either has changed."""
    make_environment()
    stamp = read_stamp()
    wanted = {name: digest(LOCKS / f"{name}.txt") for name in ("run", "dev")}
    project = digest(ROOT / "pyproject.toml")
    # The dev lock holds every pin of the run lock (held by tests/unit/test_house.py).
    if lock not in stamp.get("locks", "").split() or any(stamp.get(name) != wanted[name] for name in wanted):
        say(f"Installing packages from packaging/lock/{lock}.txt")
        # Of what a developer has, Python compiles what is used: most of it never is.
        compiled = ["--no-compile"] if lock == "dev" else []
        pip("install", *compiled, *FROM_A_LOCK, "-r", str(LOCKS / f"{lock}.txt"))
        stamp = {**wanted, "locks": "run dev" if lock == "dev" else "run"}
    if stamp.get("project") != project:
        pip("install", "--no-build-isolation", "--no-deps", "-e", ".")
    remember(**{**stamp, "project": project, "folder": str(VENV)})


def pip(*arguments: str) -> None:
    """Run the environment's own pip, quietly."""
    call(script("python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "-q", *arguments)


# --- jobs ----------------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Start the application, or the rehearsal without a window where there is no display."""
    install("run")
    need_qt_libraries()
    command = [script("gms-desktop"), "run", "--rehearse-when-new", *arguments]
    if LINUX and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
        say("Running the rehearsal without a window instead; what it makes goes to the folder 'rehearsal'.")
        command = [script("gms-desktop"), "rehearse", "--headless", "--out", "rehearsal"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def hub(arguments: list[str]) -> int:
    """Rehearse with a hub: two benches and a PostgreSQL of the development packages, or the system's own."""
    install("dev")
    need_qt_libraries()
    command = [script("gms-desktop"), "rehearse", "--hub", *arguments]
    if LINUX and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or arguments):
        say("There is no display here: playing the shift of two benches into the folder 'rehearsal-hub'.")
        command += ["--headless", "--out", "rehearsal-hub"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def test(arguments: list[str]) -> int:
    """Run every check and every test but the benchmarks; all run, even when one fails."""
    # Most tests that start a program wait for its imports: what Python compiled once is kept, whatever is set here.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    install("dev")
    need_qt_libraries()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="gms-", dir=in_memory(), ignore_cleanup_errors=True) as folder:
        # A database server that is started by root runs as somebody else.
        Path(folder).chmod(0o755)
        os.environ["TMPDIR"] = folder
        ended = tested(arguments)
    failed = {name: said for name, said in ended.items() if said is not None}
    say(f"\n{len(ended)} steps in {time.perf_counter() - began:.0f} s; failed: {', '.join(failed) or 'none'}.")
    if failed:
        say("\n".join(what_failed(failed)))
    return 1 if failed else 0


def in_memory() -> Path | None:
    """Where the tests write, if it is in memory, has room and may run programs; None for the usual place."""
    if not LINUX or not os.access(MEMORY, os.W_OK):
        return None
    found = os.statvfs(MEMORY)
    room = found.f_bavail * found.f_frsize >= MEMORY_BYTES
    return MEMORY if room and not found.f_flag & os.ST_NOEXEC else None


def tested(arguments: list[str]) -> dict[str, str | None]:
    """Run the tests, or those asked for, and the checks; what each step that failed printed."""
    # A hang in C hears no alarm: it ends its part, with the stack of every thread.
    last_resort = ["-o", "faulthandler_timeout=400", "-o", "faulthandler_exit_on_timeout=true"]
    pytest = [script("python"), "-m", "pytest", "-m", "not benchmark and not soak", *last_resort]
    if not arguments:
        return beside_each_other({f"pytest {name}": [*pytest, *those] for name, those in parts()} | checks())
    # Whoever asks for certain tests looks on while they run.
    well = subprocess.run([*pytest, *arguments], cwd=ROOT, check=False).returncode == 0
    return {"pytest": None if well else ""} | beside_each_other(checks())


def what_failed(failed: dict[str, str]) -> list[str]:
    """What somebody must see who is shown only the end: each test that failed by name, and how each step ended."""
    tests = [line for said in failed.values() for line in said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    told = [line[:WIDEST] for line in tests[: END // 3]]
    each = min(END_OF_A_STEP, (END - len(told)) // len(failed) - 1)
    for name, said in failed.items():
        # The names of its failed tests stand above.
        rest = [line for line in said.splitlines() if line.strip() and line not in tests]
        told += [f"== the end of {name}", *(line[:WIDEST] for line in rest[-each:] if each > 0)]
    return told


def checks() -> dict[str, list[str]]:
    """What is checked beside the tests, those that take longest first."""
    python = script("python")
    every = {
        "mypy": [python, "-m", "mypy"],
        "locks for Windows": [sys.executable, str(ROOT / "dev.py"), "lock", "--check"],
        "supply chain, a report": [python, str(ROOT / "packaging" / "supply.py")],
        "deptry": [python, "-m", "deptry", "."],
        "lint-imports": [script("lint-imports"), "--no-logo"],
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
    }
    if read_stamp().get("windows") == locks_digest():
        del every["locks for Windows"]  # these very locks have been resolved before
    return every


def parts() -> list[tuple[str, list[str]]]:
    """The parts of the tests by name, in the order in which they begin, each with its files."""
    found = []
    for folder, count in PARTS.items():
        files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob("**/test_*.py"))
        found += [(f"{folder} {place + 1}/{count}", files[place::count]) for place in range(count)]
    folders = [f"tests/{path.name}" for path in sorted((ROOT / "tests").iterdir()) if any(path.glob("**/test_*.py"))]
    rest = [folder for folder in folders if folder not in PARTS]
    return [*found, (" ".join(rest), rest)]


def beside_each_other(steps: dict[str, list[str]]) -> dict[str, str | None]:
    """Run steps a few at a time; gives what each that failed printed. It is printed when it has ended, too."""
    with ThreadPoolExecutor(BESIDE) as pool:
        ended = [pool.submit(step, name, command) for name, command in steps.items()]
        return dict(zip(steps, [one.result() for one in ended], strict=True))


def step(name: str, command: list[str]) -> str | None:
    """Run one step of the test, then print what it printed, its outcome and its seconds; None when it passed."""
    began = time.perf_counter()
    # To a file, not a pipe: whatever a part that was ended leaves behind would hold a pipe open for ever.
    with tempfile.TemporaryFile() as out:
        code = subprocess.run(command, cwd=ROOT, check=False, stdout=out, stderr=subprocess.STDOUT).returncode
        out.seek(0)
        said = out.read().decode("utf-8", errors="replace").rstrip()
    outcome = f"FAILED ({code})" if code else "passed"
    say(f"\n== {name}\n{said}\n-- {name}: {outcome} in {time.perf_counter() - began:.0f} s")
    return said if code else None


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, which ``test`` leaves out, and let them print what they measured.

    At the published size, 1,000,000 entries, unless GMS_DESKTOP_BENCH_ENTRIES says another; the first run makes the
    file, which takes some minutes.
    """
    install("dev")
    need_qt_libraries()
    os.environ.setdefault("GMS_DESKTOP_BENCH_ENTRIES", "1000000")
    options = ["-m", "benchmark", "-q", "-s", "-p", "no:randomly", "--timeout", "1800"]
    command = [script("python"), "-m", "pytest", "tests/benchmarks", *options, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def simulate(arguments: list[str]) -> int:
    """Run simulated laboratories: ``--seeds N --from S``. Each seed that fails is named with what did not hold."""
    return simulated("simulate", arguments)


def soak(arguments: list[str]) -> int:
    """Run the tests of the sync marked soak, then 2,000 simulated laboratories, and hunt every known bug.

    Writes docs/proof/simulator.md.
    """
    install("dev")
    command = [script("python"), "-m", "pytest", "-m", "soak", "-q", "--timeout", "600", "tests/sync"]
    failed = subprocess.run(command, cwd=ROOT, check=False).returncode
    return simulated("soak", arguments) or failed


def safety(arguments: list[str]) -> int:
    """Run every test that the safety file names, and write its hazard log and threat model."""
    install("dev")
    need_qt_libraries()
    command = [script("python"), str(ROOT / "tests" / "safety" / "safety_file.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def supply(arguments: list[str]) -> int:
    """Report what is known of the libraries that are shipped, and patterns in our own code; no gate."""
    install("dev")
    command = [script("python"), str(ROOT / "packaging" / "supply.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def package(arguments: list[str]) -> int:
    """Make what is installed on a bench PC, and try it: see docs/administrator/installing.md."""
    need_qt_libraries()
    python = apart("package")
    command = [python, str(ROOT / "packaging" / "make.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def apart(name: str) -> str:
    """The Python of an environment of its own below ``build``, brought to the lock of that name."""
    folder = ROOT / "build" / name
    python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    stamp, wanted = folder / "installed.txt", f"{digest(LOCKS / f'{name}.txt')} {this_python()} {folder}"
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        say(f"Installing packages from packaging/lock/{name}.txt into {folder}")
        call(sys.executable, "-m", "venv", "--clear", str(folder))
        options = ["--disable-pip-version-check", "--no-input", "-q", "install", *FROM_A_LOCK]
        call(str(python), "-m", "pip", *options, "-r", str(LOCKS / f"{name}.txt"))
        stamp.write_text(wanted, encoding="utf-8")
    return str(python)


def simulated(what: str, arguments: list[str]) -> int:
    """Hand over to the simulator, which lives beside its tests."""
    install("dev")
    command = [script("python"), str(ROOT / "tests" / "sync" / "sim_hunt.py"), what, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def lock(arguments: list[str]) -> int:
    """Make the locks again, or (``--check``) prove that they hold a wheel of everything for Windows."""
    with tempfile.TemporaryDirectory(prefix="gms_desktop-lock-") as folder:
        call(sys.executable, "-m", "venv", folder)
        uv = Path(folder, "Scripts" if WINDOWS else "bin", "uv")
        options = ["--disable-pip-version-check", "-q", "install", *FROM_A_LOCK]
        call(str(uv.with_name("python")), "-m", "pip", *options, "-r", str(LOCKS / "lock.txt"))
        if "--check" in arguments:
            resolve_for_windows(str(uv), Path(folder))
            remember(windows=locks_digest())
        else:
            compile_locks(str(uv), arguments)
    refuse_addresses()
    return 0


def compile_locks(uv: str, arguments: list[str]) -> None:
    """Write run.txt, then the others held to the same versions. Pins stay as they are unless ``--upgrade`` is given."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "-q", *arguments]
    run_lock = "packaging/lock/run.txt"
    call(uv, "pip", "compile", "pyproject.toml", "--group", "build", *options, "-o", run_lock)
    for name in ("dev", "package"):
        held = ["-c", run_lock, "-o", f"packaging/lock/{name}.txt"]
        call(uv, "pip", "compile", "pyproject.toml", "--group", name, *options, *held)
    # Of nothing but itself: whoever makes the locks needs nothing of what they hold.
    call(uv, "pip", "compile", "--group", "pyproject.toml:lock", *options, "-o", "packaging/lock/lock.txt")
    say(f"Wrote {', '.join(f'{name}.txt' for name in LOCKED)} in packaging/lock")


def resolve_for_windows(uv: str, folder: Path) -> None:
    """Resolve the locks for 64-bit Windows, wheels only, hashes required, installing nothing."""
    for version in WINDOWS_PYTHONS:
        for name in LOCKED:
            options = [*FROM_A_LOCK, "--python-version", version]
            target = ["--python-platform", "x86_64-pc-windows-msvc", "--target", str(folder / "nothing")]
            call(uv, "pip", "install", "--dry-run", "-q", *options, *target, "-r", str(LOCKS / f"{name}.txt"))
            say(f"{name}.txt resolves for Windows, Python {version}")


def refuse_addresses() -> None:
    """A lock must not name where the packages came from: that is each site's own affair."""
    for path in LOCKS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        if "://" in text or "--index-url" in text or "--find-links" in text:
            raise CannotGoOnError(f"{path} names an address. Remove it and make the lock again.")


JOBS = {job.__name__: job for job in (run, hub, test, bench, simulate, soak, safety, package, supply, lock)}


def main() -> int:
    """Do the job named on the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is started by whatever Python a person has)
        say(f"gms_desktop needs Python 3.11 or later; this is Python {sys.version.split()[0]}.")
        return 2
    parser = argparse.ArgumentParser(description="Run, test, measure or lock gms_desktop.")
    words = "run: start it; hub: with a hub; test: all checks; bench: measure; simulate, soak: sync; package; lock: pin"
    parser.add_argument("job", choices=list(JOBS), help=words)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on (after -- to pytest)")
    chosen = parser.parse_args()
    arguments = chosen.arguments[1:] if chosen.arguments[:1] == ["--"] else chosen.arguments
    try:
        return JOBS[chosen.job](arguments)
    except CannotGoOnError as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
