"""How an instrument writes its dates is a setting of the bench: kept in its file, read at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.instruments.cells import Mark
from devices.measured import DateOrder
from gms_desktop import settings
from gms_desktop.errors import Refused
from gms_desktop.measure_desk import keep_dates, written_of
from gms_desktop.measure_files import Written
from gms_desktop.settings import InstrumentSettings, NamedFolder, Settings


def test_what_was_answered_is_kept_in_the_file_and_the_newest_answer_counts(tmp_path: Path) -> None:
    kept = keep_dates(
        tmp_path,
        Settings(instruments=InstrumentSettings((NamedFolder("Qubit", "/exports"),))),
        "Qubit Flex",
        "day first",
    )
    kept = keep_dates(tmp_path, kept, "BMG MARS", "year first")
    keep_dates(tmp_path, kept, "Qubit Flex", "month first")
    read = settings.read(tmp_path)
    assert read is not None
    assert read.instruments.folders == (NamedFolder("Qubit", "/exports"),)
    assert written_of(read.instruments) == {
        "BMG MARS": Written(DateOrder.YEAR_FIRST),
        "Qubit Flex": Written(DateOrder.MONTH_FIRST),
    }


def test_dates_numbers_and_units_of_one_instrument_stand_beside_each_other(tmp_path: Path) -> None:
    kept = Settings()
    for answer in ("unit ng/mL", "day first", "decimal comma", "unit ng/uL"):
        kept = keep_dates(tmp_path, kept, "FLUOstar", answer)
    assert written_of(kept.instruments) == {"FLUOstar": Written(DateOrder.DAY_FIRST, Mark.COMMA, "ng/uL")}
    assert len(kept.instruments.dates) == 3


def test_an_answer_that_means_nothing_is_as_if_nobody_had_been_asked() -> None:
    assert written_of(InstrumentSettings(dates=("Qubit: backwards", "Qubit: undecided", "day first"))) == {}


def test_settings_of_before_have_no_instruments_and_others_are_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('format = 3\nbench = "Bench 2"\n')
    read = settings.read(tmp_path)
    assert read is not None
    assert read.instruments == InstrumentSettings()
    path.write_text('format = 3\n[instruments]\ndates = "Qubit: day first"\n')
    with pytest.raises(Refused, match=r"instruments\.dates"):
        settings.read(tmp_path)
