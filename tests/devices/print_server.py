"""A real CUPS of this test's own, with its socket in a folder of its own, for as long as the test lasts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

PROGRAMS = ("cupsd", "lp", "lpstat", "cancel", "lpadmin", "cupsdisable", "cupsreject")
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
CONFIG = """
MaxLogSize 0
Listen {sock}
Browsing No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {folder}/root
ServerBin {programs}/lib/cups
DataDir {programs}/share/cups
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
ErrorLog {folder}/log/error
AccessLog {folder}/log/access
PageLog {folder}/log/page
"""


def missing() -> str:
    """Why there can be no print server here; empty when there can."""
    absent = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if absent:
        return f"CUPS is not installed here: {', '.join(absent)} not found (Debian: cups)"
    if not (_home() / "lib/cups/backend/socket").exists():
        return "CUPS has no socket backend here (Debian: cups)"
    return "" if os.geteuid() == 0 else "cupsd sets up its folders as root only"


def _home() -> Path:
    found = shutil.which("cupsd", path=PATH)
    assert found
    return Path(found).parents[1]


class PrintServer:
    """Runs from the moment it is made until closed."""

    def __init__(self) -> None:
        # Its backends run under an account that may not look into this test's own folder.
        self._folder = folder = Path(tempfile.mkdtemp(prefix="gms_desktop-cups-"))
        folder.chmod(0o755)
        self.server = str(folder / "sock")
        for name in ("root", "cache", "state", "spool", "log"):
            (folder / name).mkdir()
        (folder / "cupsd.conf").write_text(CONFIG.format(sock=self.server))
        (folder / "files.conf").write_text(FILES.format(folder=folder, programs=_home()))
        config = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")]
        program = shutil.which("cupsd", path=PATH)
        assert program
        with (folder / "log" / "std").open("wb") as log:
            self._process = subprocess.Popen([program, "-f", *config], stdout=log, stderr=log)
        self._wait_until_it_listens()

    def _wait_until_it_listens(self) -> None:
        pause = threading.Event()
        for _ in range(500):
            with socket.socket(socket.AF_UNIX) as one:
                if one.connect_ex(self.server) == 0:
                    return
            assert self._process.poll() is None, "cupsd ended"
            pause.wait(0.01)
        raise AssertionError("cupsd does not listen")

    def make(self, queue: str, port: int) -> None:
        """A queue that hands on what it gets, as it is, to a port of this machine."""
        self.tell("lpadmin", "-p", queue, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw")

    def tell(self, program: str, *arguments: str) -> None:
        found = shutil.which(program, path=PATH)
        assert found
        subprocess.run([found, "-h", self.server, *arguments], check=True, capture_output=True)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)
