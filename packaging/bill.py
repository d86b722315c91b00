"""The bill of materials of what is shipped, in CycloneDX's JSON, from the locks and the reviewed licences.

Each library with its version, its licence and the hashes of the lock: the files that may be installed, and no other.
Only standard library: what CycloneDX asks is little, and its own library checks the bill in tests/packaging.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import licences

HERE = Path(__file__).resolve().parent

_BLOCK = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)([^\n]*)\n((?:    --hash=\S+[^\n]*\n)*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_OF_THE_PROJECT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:gms-desktop:bill-of-materials")


def bill(lock: str, known: licences.Reviewed, project: dict[str, Any], made_at: datetime) -> dict[str, Any]:
    """The bill of a lock's text.

    Args:
        lock: text of ``run.txt``.
        known: the licences that were read.
        project: the table ``project`` of pyproject.toml.
        made_at: aware UTC; of the newest change, so that two bills of one change are the same bytes.
    """
    libraries = [_library(*found.groups(), known=known) for found in _BLOCK.finditer(lock)]
    parts = [
        {"type": "library", "name": part["what"], "licenses": _licence(part["licence"])}
        | {"description": f"inside {part['in']}", "bom-ref": f"part:{part['what']}"}
        for part in known.parts
    ]
    own = {"type": "application", "bom-ref": "gms-desktop", "name": project["name"], "version": project["version"]}
    refs = [one["bom-ref"] for one in (*libraries, *parts)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_OF_THE_PROJECT, lock + project['version'])}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": own | {"licenses": _licence(project["license"])},
        },
        "components": [*libraries, *parts],
        "dependencies": [{"ref": "gms-desktop", "dependsOn": refs}],
    }


def _library(name: str, version: str, marker: str, block: str, *, known: licences.Reviewed) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    # One file of these, by its hash, is what pip installs; which one depends on the system and the Python.
    listed = [{"name": "lock:sha256", "value": found} for found in _HASH.findall(block)]
    when = marker.strip(" ;\\")
    return {
        "type": "library",
        "bom-ref": f"{purl}?when={uuid.uuid5(_OF_THE_PROJECT, when)}" if when else purl,
        "name": name,
        "version": version,
        "purl": purl,
        "licenses": _licence(known.libraries.get(name, "NOASSERTION")),
        "properties": [*([{"name": "lock:marker", "value": when}] if when else []), *listed],
    }


def _licence(expression: str) -> list[dict[str, Any]]:
    """A licence in CycloneDX's form."""
    return [{"expression": expression}]


def written(made_at: datetime) -> str:
    """The bill of this project as text."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = licences.LOCK.read_text(encoding="utf-8")
    return json.dumps(bill(lock, licences.reviewed(), project, made_at), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(written(datetime.now(UTC)))
