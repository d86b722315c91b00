"""A report on what is shipped: known weaknesses of the libraries (pip-audit), patterns in our own code (bandit).

A report, no gate: it always ends with 0. Weaknesses are known by a service outside; where it is not reached that is
said in words, and never counted as "none found". Findings of bandit that a person looked at stand in ``supply.toml``
with the reason and how many there are in each file; what is beyond them is listed.

    dev.py supply [--out FOLDER]   the same, with both tools' own JSON left in a folder
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHIPPED = ("gms_desktop", "ui", "devices", "resources")
ASKED_S, WAIT_S = 5, 90


def main(arguments: Sequence[str] = ()) -> int:
    """Say both reports; always 0."""
    kept = Path(arguments[1]) if arguments[:1] == ["--out"] and len(arguments) == 2 else None
    with tempfile.TemporaryDirectory(prefix="gms-supply-") as folder:
        out = kept or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        print("\n".join(weaknesses(audited(out / "pip-audit.json"))))
        print("\n".join(patterns(scanned(out / "bandit.json"), looked_at())))
    return 0


def audited(out: Path) -> dict[str, Any] | None:
    """What pip-audit says of what is shipped and of what packs it; None where it could not say anything."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    command += ["-r", str(HERE / "lock" / "package.txt"), "--timeout", str(ASKED_S), "-f", "json", "-o", str(out)]
    return _json_of(command, out)


def scanned(out: Path) -> dict[str, Any] | None:
    """What bandit says of what is shipped; None where it could not run."""
    command = [sys.executable, "-m", "bandit", "-q", "-r", *SHIPPED, "-f", "json", "-o", str(out), "--exit-zero"]
    return _json_of(command, out)


def _json_of(command: Sequence[str], out: Path) -> dict[str, Any] | None:
    try:
        subprocess.run(command, cwd=ROOT, capture_output=True, timeout=WAIT_S, check=False)
        said = json.loads(out.read_text(encoding="utf-8"))
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return said if isinstance(said, dict) else None


def weaknesses(said: Mapping[str, Any] | None) -> list[str]:
    """The lines on known weaknesses: what was found, and of how many libraries anything was learned."""
    asked = said["dependencies"] if said else []
    answered = [one for one in asked if "skip_reason" not in one]
    if not answered:
        return ["pip-audit: the service of known weaknesses was NOT REACHED. Nothing is known of any library."]
    lines = [f"pip-audit: {len(answered)} of {len(asked)} libraries were looked up."]
    if len(answered) < len(asked):
        names = ", ".join(one["name"] for one in asked if "skip_reason" in one)
        lines.append(f"  NOT looked up, nothing is known of them: {names}")
    found = [(one, each) for one in answered for each in one.get("vulns", [])]
    lines += [
        f"  {one['name']} {one['version']}: {each['id']}, "
        f"mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for one, each in found
    ]
    return lines if found else [*lines, "  No known weakness among these."]


def looked_at() -> dict[str, Any]:
    """Findings of bandit that a person looked at, by its test."""
    read: dict[str, Any] = tomllib.loads((HERE / "supply.toml").read_text(encoding="utf-8"))["looked_at"]
    return read


def patterns(said: Mapping[str, Any] | None, known: Mapping[str, Any]) -> list[str]:
    """The lines on patterns in our own code: those that nobody looked at yet, one by one."""
    if said is None:
        return ["bandit: it did not run."]
    count = Counter((each["test_id"], each["filename"].replace("\\", "/")) for each in said["results"])
    new = {of: many - known.get(of[0], {}).get("files", {}).get(of[1], 0) for of, many in count.items()}
    beyond = {of: more for of, more in new.items() if more > 0}
    lines = [f"bandit: {sum(count.values())} findings, {sum(beyond.values())} that nobody has looked at."]
    for each in said["results"]:
        of = (each["test_id"], each["filename"].replace("\\", "/"))
        if of in beyond:
            lines.append(f"  {of[1]}:{each['line_number']} {of[0]} {each['issue_text']} ({each['issue_severity']})")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
