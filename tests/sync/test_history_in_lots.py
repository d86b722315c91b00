"""A bench that joins takes the hub's history in lots of pages: what stands in the end is what page by page leaves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sim_file import copied
from sim_hub import SCOPE
from two_benches import AtBench, Laboratory

from gms_desktop.domain.minting import CountedChance
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.judge import keys
from gms_desktop.register import labels, rebuild
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Ledger
from gms_desktop.register.rows import derived
from gms_desktop.sync import history, rebase, replica
from gms_desktop.sync.messages import Answer, Page, PullAnswer, Standing
from gms_desktop.sync.transport import HubUnavailable
from gms_desktop.sync.unplaced import Unplaced

A_PAGE = 3


@dataclass
class Joining:
    """A copy of a bench's file that takes what the hub has."""

    bench: AtBench
    answers: int = 10**9

    def __post_init__(self) -> None:
        self.db = Database(copied(self.bench.db.raw), "sqlite")
        self.ledger = Ledger(self.db, CountedChance(1 << 40), self.bench.clock, "0.1")
        self.flips: list[tuple[str, str, str]] = []

    def pull(self, standing: Standing) -> PullAnswer:
        """A page; nothing any more once the hub has given so many."""
        self.answers -= 1
        if self.answers < 0:
            raise HubUnavailable("The hub does not answer.")
        return self.bench.hub.pull(standing, A_PAGE)

    def told(self, taken: rebase.Taken, _page: Page | None = None) -> None:
        self.flips += [(one.entry.id, one.was, one.now) for one in taken.flips]

    def takes_page_by_page(self) -> None:
        unplaced = Unplaced(self.ledger)
        while (at := replica.standing(self.db, SCOPE)).position < self.bench.hub.head:
            page = self.pull(at).page
            assert page is not None
            with self.db.write():
                self.told(rebase.take_page(self.ledger, unplaced, page))

    def takes_in_lots(self) -> int:
        return history.take_history(self.ledger, self.pull, self.told)

    def stands(self) -> dict[str, object]:
        """All that a page changes: register, keys, notes of labels, verdicts, digests, standing."""
        raw = self.db.raw
        with self.db.write():
            # Notes of labels that are settled by now may stay for a while.
            labels.tidy_waiting(self.db)
        found: dict[str, object] = {
            name: raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in sorted(derived.tables)
        }
        found["keys"] = keys.every(self.db)
        found["waiting"] = raw.execute("SELECT * FROM label_waiting ORDER BY 1, 2").fetchall()
        found["entries"] = raw.execute(
            "SELECT writer, seq, position, verdict, hash FROM entry ORDER BY 1, 2"
        ).fetchall()
        found["digests"] = Digests(self.db).as_text()
        found["standing"] = replica.standing(self.db, SCOPE)
        return found


@pytest.fixture
def apart() -> Laboratory:
    """Both benches worked without knowing of each other; the first has shared all of it, the second nothing."""
    laboratory = Laboratory()
    requests = {f"Q26-{number}": laboratory.expects(f"Q26-{number}") for number in range(1, 9)}
    laboratory.meets()
    for bench, codes in ((laboratory.one, list(requests)[:6]), (laboratory.two, list(requests)[4:])):
        for code in codes:
            assert bench.scans(f"{code}-1").kind is VerdictKind.MATCHES
            bench.scans(bench.number(requests[code]))
    laboratory.one.pushes()
    return laboratory


@pytest.mark.parametrize("pages", [1, 2, 3, 16])
def test_lots_of_pages_leave_what_the_same_pages_leave_one_by_one(
    apart: Laboratory, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGES", pages)
    slowly, at_once = Joining(apart.two), Joining(apart.two)
    before = replica.standing(at_once.db, SCOPE).position
    slowly.takes_page_by_page()
    assert at_once.takes_in_lots() == apart.hub.head - before
    assert at_once.stands() == slowly.stands()
    # What the second bench had received too is overtaken, and its person is told.
    assert {now for _, _, now in at_once.flips} == {"contested"}
    assert {one for one, _, _ in at_once.flips} == {one for one, _, _ in slowly.flips}


def test_what_lots_leave_is_what_the_journal_folds_into(apart: Laboratory) -> None:
    joining = Joining(apart.two)
    joining.takes_in_lots()
    kept = Digests(joining.db).as_text()
    assert rebuild.rebuild(joining.db) == kept


def test_rows_that_are_too_many_to_keep_are_written_before_the_end_of_a_lot(
    apart: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly, at_once = Joining(apart.two), Joining(apart.two)
    slowly.takes_page_by_page()
    monkeypatch.setattr(rebase, "_MOST_KEPT", 5)
    at_once.takes_in_lots()
    assert at_once.stands() == slowly.stands()


def test_what_came_before_the_hub_fell_silent_is_kept_and_the_rest_follows(
    apart: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGES", 2)
    slowly, cut = Joining(apart.two), Joining(apart.two, answers=3)
    before = replica.standing(cut.db, SCOPE).position
    with pytest.raises(HubUnavailable):
        cut.takes_in_lots()
    assert replica.standing(cut.db, SCOPE).position == before + 3 * A_PAGE
    cut.answers = 10**9
    cut.takes_in_lots()
    slowly.takes_page_by_page()
    assert cut.stands() == slowly.stands()


def test_a_hub_that_gives_no_page_is_named_in_its_own_words(apart: Laboratory) -> None:
    joining = Joining(apart.two)
    refusing = PullAnswer(Answer.HISTORY, None, detail="the hub is being recovered")
    with pytest.raises(HubUnavailable, match="being recovered"):
        history.take_history(joining.ledger, lambda _at: refusing, joining.told)


def test_a_lot_in_which_a_later_page_differs_leaves_nothing_of_the_lot(apart: Laboratory) -> None:
    joining = Joining(apart.two)
    before = joining.stands()
    first = joining.pull(replica.standing(joining.db, SCOPE)).page
    assert first is not None
    with pytest.raises(rebase.PageDiffers), joining.db.write():
        rebase.take_pages(joining.ledger, Unplaced(joining.ledger), (first, first))
    joining.ledger.roll_back()
    assert joining.stands() == before
    assert store.last_n(joining.db) > 0
    joining.takes_in_lots()
