"""Makes the application's folder, ``dist/gms-desktop``, in an environment that holds what runs and nothing else.

Run by ``dev.py package`` with that environment's own Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import icon_file

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "gms-desktop"
ICON = "gms-desktop.ico"
# Sets and dictionaries of names are written in one order, and files bear the time of the change, not of the build.
FIXED = {"PYTHONHASHSEED": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def build(target: Path = FOLDER) -> Path:
    """Make the folder anew; give its program.

    Raises:
        subprocess.CalledProcessError: a step did not end well; it said why.
    """
    environment = {**os.environ, **FIXED, "SOURCE_DATE_EPOCH": str(source_date())}
    with tempfile.TemporaryDirectory(prefix="gms-desktop-build-") as work:
        _install_from_wheel(Path(work), environment)
        environment["GMS_DESKTOP_ICON"] = str(icon_file.write(Path(work, ICON)))
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
        command += ["--distpath", str(Path(work, "dist")), "--workpath", str(Path(work, "work"))]
        command += [str(ROOT / "packaging" / "pyinstaller" / "gms_desktop.spec")]
        subprocess.run(command, cwd=work, env=environment, check=True)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(str(Path(work, "dist", "gms-desktop")), target)
        # Beside the folder and not in it: only the installer of Windows asks for it as a file.
        shutil.move(str(Path(work, ICON)), target.with_name(ICON))
    return target / ("gms-desktop.exe" if sys.platform == "win32" else "gms-desktop")


def source_date() -> int:
    """Seconds since 1970 of the newest change in the project; 0 outside a clone."""
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout.strip() or 0) if done.returncode == 0 else 0


def _install_from_wheel(work: Path, environment: dict[str, str]) -> None:
    """Put the project itself into the environment as a site gets it: from its wheel, not from this folder."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    made = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(work), str(ROOT)]
    subprocess.run([*pip, *made], env=environment, check=True)
    wheel = next(work.glob("*.whl"))
    subprocess.run([*pip, "install", "--no-deps", "--force-reinstall", str(wheel)], env=environment, check=True)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else FOLDER))
