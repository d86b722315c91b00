"""Starts the built application as a bench does, on a fresh profile, and fails on any line of its stderr.

Each step is a process of the built program: what it says of itself; a whole scripted shift (reception, labels read
back, reports, racks, plates, tissue, two laboratories) that ends by proving its own file, after another process of the
program proved the bench at work; a page made, shown, printed into a file and read back; the first start's window on an
empty profile; two benches and a hub, where the system has a PostgreSQL; and a bench whose scanner sends a code over a
line and hears the verdict, that is proved on paper while its window is open, closed and proved once more.

Standard library only: whatever machine the application is installed on can run it. ``smoke.py PROGRAM``.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

WAIT_S = 120.0
# The platform without a screen says this once for each window: Qt's own remark on that platform, which no bench has.
OF_THE_PLATFORM = "This plugin does not support propagateSizeHints()"
# A Honeywell scanner is told with these bytes that its scan was judged (devices/scanners/dialogue.py).
SAID_TO_A_SCANNER = re.compile(rb"(\x1b[0-9],)+")
SETTINGS = """format = 5
bench = "Rehearsal bench"
rehearsal = true
sound = 0
[scanner]
mode = "serial"
port = "socket://127.0.0.1:{port}"
protocol = "host-ack"
[printer]
mode = "folder"
"""


# The account that the program runs under; None for the one that runs this.
AS_USER: str | None = None


class NotWellError(Exception):
    """What was expected of the program, and what it did instead."""


def environment(profile: Path) -> dict[str, str]:
    """A user who has never run the program, with nothing of whoever runs this."""
    kept = ("PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "LANG")
    # Without any language Qt has a remark of its own to make, and a session at a bench has one.
    own = {"LANG": "C.UTF-8"} | {name: os.environ[name] for name in kept if name in os.environ}
    own |= {"HOME": str(profile), "USERPROFILE": str(profile), "PROGRAMDATA": str(profile), "TMPDIR": str(profile)}
    return {"QT_QPA_PLATFORM": os.environ.get("SMOKE_PLATFORM", "offscreen"), **own}


def lines_of_stderr(said: str) -> list[str]:
    """Every line that a person would see, but for the one of a platform without a screen."""
    return [line for line in said.splitlines() if line.strip() and line.strip() != OF_THE_PLATFORM]


def well(program: Path, arguments: Sequence[str], profile: Path, code: int = 0) -> str:
    """Run the program to its end; give what it printed.

    Raises:
        NotWellError: another exit code, or a line of stderr.
    """
    command = [str(program), *arguments]
    own: dict[str, Any] = {"env": environment(profile), "cwd": profile, "user": AS_USER}
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, **own)
    if done.returncode != code or lines_of_stderr(done.stderr):
        raise NotWellError(f"{' '.join(arguments)} ended with {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr}")
    return str(done.stdout)


@contextmanager
def window(program: Path, arguments: Sequence[str], profile: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with a window, which is told to end, and must end well.

    Raises:
        NotWellError: another exit code than 0, or a line of stderr.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as stderr:
        own: dict[str, Any] = {"env": environment(profile), "cwd": profile, "user": AS_USER}
        process = subprocess.Popen([str(program), *arguments], stderr=stderr, text=True, **own)
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            code = process.wait(WAIT_S)
            # Windows tells no process to end: it is ended, and its exit code says only that.
            code = 0 if sys.platform == "win32" else code
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            stderr.seek(0)
            said = stderr.read()
        if code or lines_of_stderr(said):
            raise NotWellError(f"{' '.join(arguments)} ended with {code}\n{said}")


def until(holds: Callable[[], bool], what: str, process: subprocess.Popen[str]) -> None:
    """Wait until something holds.

    Raises:
        NotWellError: it did not in time, or the program ended meanwhile.
    """
    end = time.monotonic() + WAIT_S
    while not holds():
        if process.poll() is not None:
            raise NotWellError(f"The program ended with {process.returncode} before {what}")
        if time.monotonic() > end:
            raise NotWellError(f"Waited {WAIT_S:.0f} s in vain: {what}")
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)


def first_window(program: Path, profile: Path) -> None:
    """The first start's form, on a profile on which nothing is."""
    data = profile / "first"
    log = data / "logs"
    with window(program, ["run", "--data", str(data)], profile) as process:
        until(lambda: log.is_dir() and any(log.iterdir()), "the first window stands", process)


def bench_made(program: Path, profile: Path) -> Path:
    """A bench set up by the program itself: the rehearsal's, opened once and closed; its data folder."""
    data = profile / "bench"
    words = data / "rehearsal" / "in-use-by.txt"
    with window(program, ["rehearse", "--data", str(data)], profile) as process:
        until(words.is_file, "the rehearsal's bench is open", process)
    return data / "rehearsal"


def scanned(program: Path, data: Path, profile: Path, code: str) -> tuple[float, float]:
    """Scan a code at a bench over a line; seconds from start to listening, and from scan to the verdict's sound."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        (data / "settings.toml").write_text(SETTINGS.format(port=server.getsockname()[1]), encoding="utf-8")
        server.settimeout(WAIT_S)
        began = time.monotonic()
        with window(program, ["run", "--data", str(data)], profile) as process:
            line, _ = server.accept()
            listening = time.monotonic() - began
            with line:
                line.settimeout(WAIT_S)
                sent = time.monotonic()
                line.sendall(code.encode() + b"\r")
                heard = line.recv(64)
                answered = time.monotonic() - sent
            # As Reports does: another process proves the file while this one works at it.
            proved_on_paper(program, data, profile)
            if not SAID_TO_A_SCANNER.fullmatch(heard):
                raise NotWellError(f"The scanner heard {heard!r} and not a verdict (exit code {process.poll()})")
    return listening, answered


def proved_on_paper(program: Path, data: Path, profile: Path) -> None:
    """The proof of a bench whose window is open, as a paper."""
    paper = profile / "proof.pdf"
    well(program, ["verify", "--paper", str(paper), "--data", str(data)], profile)
    need_papers([paper])
    # The next one has the same name, and a paper that is there is never overwritten.
    paper.unlink()


def a_shift(program: Path, profile: Path) -> None:
    """A whole scripted shift with all that it leaves."""
    well(program, ["rehearse", "--headless", "--out", "shift"], profile)
    reports = profile / "shift" / "reports"
    # The proof was made by another process of the program, which the shift started.
    need_papers([reports / "proof.pdf", reports / "audit-trail.pdf", *reports.glob("*.pdf")])
    if not any((profile / "shift" / "screens").glob("*.png")):
        raise NotWellError("The shift left no screen: no window can be painted")


def need_papers(papers: Sequence[Path]) -> None:
    """See that each is there and is a PDF.

    Raises:
        NotWellError: one is not.
    """
    for paper in papers:
        if not (paper.is_file() and paper.read_bytes()[:5] == b"%PDF-"):
            raise NotWellError(f"{paper.name} is no paper")


def papers_tried(program: Path, data: Path, profile: Path) -> None:
    """What the doctor says of papers: another process makes, shows, prints and reads a page back."""
    command = [str(program), "doctor", "--papers", "--data", str(data)]
    own: dict[str, Any] = {"env": environment(profile), "cwd": profile, "user": AS_USER}
    # Whether all else is well is not asked here: nobody printed the recovery key of a bench that was just made.
    done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT_S, check=False, **own)
    if "OK  Papers " not in done.stdout or lines_of_stderr(done.stderr):
        raise NotWellError(f"Papers cannot be made, shown or printed here:\n{done.stdout}\n{done.stderr}")


def two_benches(program: Path, profile: Path) -> None:
    """Two benches and a hub on a real PostgreSQL, where this system has one."""
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        print("  not tried: a hub, for there is no PostgreSQL here")
        return
    began = time.monotonic()
    well(program, ["rehearse", "--hub", "--headless", "--out", "hub"], profile)
    print(f"  well: two benches and a hub on PostgreSQL, {time.monotonic() - began:.1f} s", flush=True)


def is_encrypted(file: Path) -> bool:
    """Whether a bench's file does not begin as a plain SQLite file does."""
    with file.open("rb") as opened:
        return opened.read(16) != b"SQLite format 3\0"


def main(program: Path) -> int:
    """Go through the steps, saying each with its seconds."""
    with tempfile.TemporaryDirectory(prefix="gms-smoke-") as folder:
        profile = Path(folder)
        # For root, PostgreSQL runs as another account, which must reach its own folder below this one.
        profile.chmod(0o755)
        steps: list[tuple[str, Callable[[], object]]] = [
            ("it says its version", lambda: well(program, ["--version"], profile)),
            ("a whole scripted shift, proved at work by another process", lambda: a_shift(program, profile)),
            ("the first start's window", lambda: first_window(program, profile)),
        ]
        for name, step in steps:
            began = time.monotonic()
            step()
            print(f"  well: {name}, {time.monotonic() - began:.1f} s", flush=True)
        two_benches(program, profile)
        data = bench_made(program, profile)
        if not is_encrypted(data / "bench.db"):
            raise NotWellError("The bench's file is not encrypted")
        papers_tried(program, data, profile)
        print("  well: a page is made, shown, printed into a file and read back", flush=True)
        listening, answered = scanned(program, data, profile, "BADGE-OKAFOR")
        print(
            f"  well: a bench listens {listening:.1f} s after its start; a scan is answered in {answered * 1000:.0f} ms"
        )
        proved = well(program, ["verify", "--data", str(data)], profile)
        if not re.search(r"^\s*scan\s+1\b", proved, re.MULTILINE):
            raise NotWellError(f"The scan is not in the journal:\n{proved}")
        print("  well: its file is proved, on paper while its window was open too, and the scan is in it")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]).resolve()))
    except NotWellError as problem:
        print(f"NOT WELL: {problem}")
        sys.exit(1)
