"""Any bytes come out of the store as they went in, however often they are cut off on their way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import chunks
from gms_desktop.files.copying import bring, follow
from gms_desktop.files.kept import Kept, State
from gms_desktop.files.proof import prove_files
from gms_desktop.files.store import FileStore

KEY = bytes(32)
AT, LATER, MUCH_LATER = "2026-03-02T08:00:00.000000Z", "2026-03-04T08:00:00.000000Z", "2026-09-02T08:00:00.000000Z"
_names = itertools.count()

edges = st.sampled_from([0, 1, chunks.CHUNK - 1, chunks.CHUNK, chunks.CHUNK + 1, 2 * chunks.CHUNK, 700_000])
contents = st.builds(lambda seed, size: (seed * (size // len(seed) + 1))[:size], st.binary(min_size=1), edges)


@pytest.fixture
def files(tmp_path: Path) -> Iterator[FileStore]:
    with closing(FileStore(tmp_path / "files.db", KEY)) as made:
        yield made


@pytest.fixture
def another(tmp_path: Path) -> Iterator[FileStore]:
    with closing(FileStore(tmp_path / "another.db", KEY)) as made:
        yield made


def kept_in(files: FileStore, content: bytes, subject: str = "import:1") -> str:
    return files.put(content, "text/csv", subject, AT).sha256


def read_back(files: FileStore, digest: str) -> bytes:
    return b"".join(files.content(digest))


@given(content=contents | st.binary())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_out_as_they_went_in(files: FileStore, content: bytes) -> None:
    digest = kept_in(files, content)
    assert digest == sha256(content).hexdigest()
    assert read_back(files, digest) == content
    assert files.whole(digest)
    assert files.missing(digest) == []


@given(content=contents, cuts=st.lists(st.integers(0, 3), max_size=6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_is_cut_off_at_any_chunk_goes_on_at_the_first_that_is_missing(
    tmp_path: Path, content: bytes, cuts: list[int]
) -> None:
    digest = sha256(content).hexdigest()
    pieces = list(chunks.split(content))
    path = tmp_path / f"cut{next(_names)}.db"
    for cut in [*cuts, len(pieces)]:
        with closing(FileStore(path, KEY)) as files:
            files.expect(Kept(digest, len(content), "text/csv", AT, State.WANTED))
            for number in files.missing(digest)[:cut]:
                files.put_chunk(digest, number, pieces[number])
    with closing(FileStore(path, KEY)) as files:
        assert files.finish(digest, LATER, LATER, "1/1/0")
        assert read_back(files, digest) == content


@given(size=st.integers(0, 5 * chunks.CHUNK))
def test_the_chunks_of_a_file_add_up_to_its_size(size: int) -> None:
    lengths = [chunks.length(size, number) for number in range(chunks.count(size))]
    assert sum(lengths) == size
    assert all(length == chunks.CHUNK for length in lengths[:-1])
    with pytest.raises(ValueError, match="no chunk"):
        chunks.length(size, chunks.count(size))


def test_content_that_is_not_what_its_hash_says_is_thrown_away(files: FileStore) -> None:
    digest = sha256(b"what was sent").hexdigest()
    files.expect(Kept(digest, 13, "text/csv", AT, State.WANTED))
    files.put_chunk(digest, 0, b"what was SENT")
    assert not files.finish(digest, AT, AT, "1/1/0")
    assert files.missing(digest) == [0]
    with pytest.raises(ValueError, match="bytes"):
        files.put_chunk(digest, 0, b"short")


def test_a_file_over_200_mb_is_refused_in_words(files: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LARGEST", 10)
    with pytest.raises(Refused, match="Split it into smaller files"):
        kept_in(files, b"eleven bytes")
    assert files.every() == []


def test_the_same_file_twice_is_kept_once_for_both(files: FileStore) -> None:
    assert kept_in(files, b"rows", "import:1") == kept_in(files, b"rows", "import:2")
    assert len(files.every()) == 1
    assert files.subjects(kept_in(files, b"rows", "import:2")) == ["import:1", "import:2"]


def test_a_file_that_no_entry_cites_is_dropped_after_a_day_and_not_before(files: FileStore) -> None:
    digest = kept_in(files, b"never landed")
    assert files.drop_orphans(lambda _subject: False, AT, AT) == 0
    assert files.drop_orphans(lambda _subject: False, LATER, AT) == 0
    assert files.drop_orphans(lambda _subject: False, LATER, LATER) == 1
    known = files.kept(digest)
    assert known is not None
    assert known.state is State.DROPPED
    assert read_back(files, kept_in(files, b"never landed")) == b"never landed"


def test_a_file_that_was_once_cited_is_never_dropped_again(files: FileStore) -> None:
    digest = kept_in(files, b"landed")
    files.drop_orphans(lambda _subject: True, AT, AT)
    files.drop_orphans(lambda _subject: False, LATER, LATER)
    files.drop_orphans(lambda _subject: False, MUCH_LATER, MUCH_LATER)
    assert read_back(files, digest) == b"landed"


def test_a_file_is_given_up_only_when_it_is_old_and_the_hub_as_it_is_has_it(files: FileStore) -> None:
    young, old = kept_in(files, b"young"), kept_in(files, b"old")
    files.confirm(old, AT, "1/1/0")
    assert files.prune(AT, LATER, "1/1/0") == 0
    assert files.prune(LATER, LATER, "2/1/0") == 0
    assert files.prune(LATER, LATER, "1/1/0") == 1
    assert read_back(files, young) == b"young"
    with pytest.raises(Unavailable, match="not at this bench"):
        read_back(files, old)


def test_a_file_that_a_restored_hub_may_have_lost_is_given_again(files: FileStore) -> None:
    digest = kept_in(files, b"rows")
    files.confirm(digest, AT, "1/1/0")
    assert files.to_give("1/1/0") == []
    assert [one.sha256 for one in files.to_give("1/2/0")] == [digest]


def test_erased_content_is_gone_and_is_not_kept_again(files: FileStore, tmp_path: Path) -> None:
    content = b"SMITH,JOHN,1970-01-01\n" * 1000
    digest = kept_in(files, content)
    assert files.empty([digest]) == 1
    assert files.empty([digest]) == 0
    assert kept_in(files, content, "import:2") == digest
    assert files.chunk(digest, 0) is None
    assert prove_files(tmp_path / "files.db", KEY).emptied == 1


def test_a_backup_takes_what_is_new_and_gives_up_what_the_bench_did(files: FileStore, another: FileStore) -> None:
    erased, pruned, stays = kept_in(files, b"erased"), kept_in(files, b"pruned"), kept_in(files, b"stays" * 100_000)
    assert follow(files, another) == 3
    assert follow(files, another) == 0
    files.empty([erased])
    files.confirm(pruned, AT, "1/1/0")
    files.prune(LATER, LATER, "1/1/0")
    later = kept_in(files, b"later")
    assert follow(files, another) == 1
    states = {one.sha256: one.state for one in another.every()}
    assert states == {erased: State.EMPTIED, pruned: State.AWAY, stays: State.HERE, later: State.HERE}
    assert read_back(another, stays) == b"stays" * 100_000


def test_a_bench_that_lost_its_files_has_them_back_and_what_was_erased_stays_so(
    files: FileStore, another: FileStore
) -> None:
    kept, erased = kept_in(files, b"kept"), kept_in(files, b"erased since")
    follow(files, another)
    files.empty([erased])
    assert bring(another, files) == 0
    with_nothing = files
    with_nothing.leave_as(Kept(kept, 4, "text/csv", AT, State.AWAY))
    assert bring(another, with_nothing) == 1
    assert read_back(with_nothing, kept) == b"kept"
    assert with_nothing.chunk(erased, 0) is None


def test_a_copy_that_is_cut_off_goes_on_where_it_was(files: FileStore, another: FileStore) -> None:
    content = bytes(chunks.CHUNK * 3)
    digest = kept_in(files, content)

    def pull_the_plug() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(files, another, pull_the_plug)
    assert another.missing(digest) == [1, 2]
    assert follow(files, another) == 1
    assert read_back(another, digest) == content


def test_a_damaged_chunk_is_found(files: FileStore, tmp_path: Path) -> None:
    good, bad = kept_in(files, b"good"), kept_in(files, b"bad")
    files._db.raw.execute("UPDATE chunk SET content = x'00' WHERE sha256 = ?", (bad,))
    proved = prove_files(tmp_path / "files.db", KEY)
    assert [bad in finding for finding in proved.findings] == [True]
    assert proved.can_be_had == {good}
    with pytest.raises(Unavailable, match="damaged"):
        read_back(files, bad)


def test_a_page_of_the_disk_that_went_bad_is_found(tmp_path: Path) -> None:
    path = tmp_path / "files.db"
    with closing(FileStore(path, KEY)) as files:
        small = kept_in(files, b"small")
        large = kept_in(files, bytes(range(256)) * 8_000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    proved = prove_files(path, KEY)
    assert [large in finding for finding in proved.findings] == [True]
    assert proved.can_be_had == {small}


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "files.db"
    with closing(FileStore(path, KEY)) as files:
        files._db.raw.execute("PRAGMA user_version = 99")
    with pytest.raises(Refused, match="newer version"):
        FileStore(path, KEY)


def test_a_damaged_file_that_the_hub_has_is_fetched_again(files: FileStore) -> None:
    shared, only_here = kept_in(files, b"shared"), kept_in(files, b"only here")
    files.confirm(shared, AT, "1/1/0")
    files.doubt(shared)
    files.doubt(only_here)
    files.want(shared, "import:1", LATER)
    assert [one.sha256 for one in files.wanted()] == [shared]
    assert files.whole(only_here)
