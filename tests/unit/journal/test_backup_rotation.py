"""Which backups are kept: the newest always, then one a day, then one a week; no other file is ever touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.backup_rotation import kept, name_at, time_of
from gms_desktop.backups import AGAIN_AFTER, State, due_at, is_late
from gms_desktop.settings import BackupSettings

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TIMES = st.lists(st.integers(0, 10 * 365 * 24).map(lambda hours: NOON - timedelta(hours=hours)), max_size=60)
KEEP = st.builds(
    BackupSettings,
    hourly=st.integers(1, 30),
    daily=st.integers(0, 30),
    weekly=st.integers(0, 30),
)


@given(TIMES, KEEP)
def test_the_newest_backup_is_always_kept(times: list[datetime], keep: BackupSettings) -> None:
    stay = kept(times, keep)
    assert stay <= set(times)
    assert not times or max(times) in stay


@given(TIMES, KEEP)
def test_never_more_are_kept_than_the_settings_say_and_rotating_again_takes_none_away(
    times: list[datetime], keep: BackupSettings
) -> None:
    stay = kept(times, keep)
    assert len(stay) <= max(1, keep.hourly) + keep.daily + keep.weekly
    assert kept(stay, keep) == stay


def test_a_year_of_hourly_backups_leaves_the_last_hours_the_last_days_and_the_last_weeks() -> None:
    times = [NOON - timedelta(hours=hours) for hours in range(24 * 365)]
    stay = sorted(kept(times, BackupSettings(hourly=3, daily=3, weekly=3)), reverse=True)
    assert stay == [
        NOON,
        NOON - timedelta(hours=1),
        NOON - timedelta(hours=2),
        datetime(2026, 11, 20, 23, 0, tzinfo=UTC),
        datetime(2026, 11, 19, 23, 0, tzinfo=UTC),
        datetime(2026, 11, 15, 23, 0, tzinfo=UTC),
        datetime(2026, 11, 8, 23, 0, tzinfo=UTC),
    ]


def test_a_name_tells_when_its_backup_was_begun() -> None:
    assert name_at(NOON) == "bench-20261121T120000Z.db"
    assert time_of(name_at(NOON)) == NOON


@pytest.mark.parametrize(
    "name", ["bench.db", "bench-20261121T120000Z.db.part", "bench-20261321T120000Z.db", "monday.db", "bench-x.db-wal"]
)
def test_any_other_file_in_the_folder_is_none_of_ours(name: str) -> None:
    assert time_of(name) is None


# --- when one is due ---


def test_the_first_backup_is_due_at_once_and_the_next_an_hour_after_it() -> None:
    wanted = BackupSettings()
    assert due_at(State(), wanted, NOON) == NOON
    assert due_at(State(NOON, "a"), wanted, NOON + timedelta(minutes=5)) == NOON + timedelta(hours=1)


def test_a_clock_that_was_put_back_makes_no_backup_wait() -> None:
    assert due_at(State(NOON + timedelta(days=3), "a"), BackupSettings(), NOON) == NOON


def test_a_backup_that_came_to_nothing_is_tried_again_after_ten_minutes() -> None:
    known = State(NOON - timedelta(days=1), "a", NOON, "The folder is not there.")
    assert due_at(known, BackupSettings(), NOON) == NOON + AGAIN_AFTER


def test_a_backup_is_late_when_it_is_older_than_twice_the_time_between_two() -> None:
    wanted = BackupSettings(every_hours=4)
    assert is_late(State(), wanted, NOON)
    assert not is_late(State(NOON - timedelta(hours=8), "a"), wanted, NOON)
    assert is_late(State(NOON - timedelta(hours=8, minutes=1), "a"), wanted, NOON)
