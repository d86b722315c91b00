"""Killed between any two statements, a bench never has an entry whose file is not there."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from files_child import CONTENTS
from shift import KEY

from gms_desktop.files.kept import State
from gms_desktop.files.proof import prove_files
from gms_desktop.files.store import FileStore
from gms_desktop.journal.sqlite_file import open_for_reading
from gms_desktop.register import files_cited, verify

CHILD = Path(__file__).parent / "files_child.py"
NOW, DAY_LATER = "2026-03-02T09:00:00.000000Z", "2026-03-03T09:00:00.000001Z"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a fork dies more often than a process could be made")


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One folder for each statement at which a life ended, and the last that ended well."""
    folder = tmp_path_factory.mktemp("lives")
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder)], capture_output=True, text=True, timeout=55, check=False
    )
    assert done.returncode == 0, done.stderr
    return sorted(folder.glob("life*"))


def test_whatever_statement_a_bench_dies_at_every_entry_has_its_file(lives: list[Path]) -> None:
    assert len(lives) > 30
    cited_in_all = []
    for life in lives:
        with closing(open_for_reading(life / "bench.db", KEY)) as db:
            cited = [one.sha256 for one in files_cited.own(db)]
            with closing(verify.scratch_database()) as scratch:
                assert verify.verify(db, scratch).findings == []
        proved = prove_files(life / "files.db", KEY)
        assert proved.findings == [], life.name
        assert set(cited) <= proved.can_be_had, life.name
        cited_in_all.append(len(cited))
    assert set(cited_in_all) == set(range(len(CONTENTS) + 1))


def test_what_a_death_left_behind_goes_after_a_day_and_what_is_cited_stays(lives: list[Path]) -> None:
    dropped = 0
    for life in lives:
        with (
            closing(open_for_reading(life / "bench.db", KEY)) as db,
            closing(FileStore(life / "files.db", KEY)) as files,
        ):
            cited = {one.sha256 for one in files_cited.own(db)}
            there = {one.sha256 for one in files.every()}
            files.drop_orphans(lambda subject, db=db: files_cited.is_cited(db, subject), NOW, NOW)
            dropped += files.drop_orphans(
                lambda subject, db=db: files_cited.is_cited(db, subject), DAY_LATER, DAY_LATER
            )
            stays = {one.sha256 for one in files.every() if one.state is State.HERE}
        assert stays == cited
        assert there >= stays
    assert dropped > 0
