"""A temperature logger's table, whatever its maker calls things: readings with their times, or why it is not one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gms_desktop.domain.consignments.on_the_way import Range, Reading, travelled
from gms_desktop.exchange.temperature_log import NotALog, read

FRIDGE = Range(Decimal(2), Decimal(8))


def test_the_lines_before_the_table_are_passed_over() -> None:
    content = (
        "Serial number,TL-0042\nLow alarm limit (°C),2\n\nIndex,Date/Time,Temperature (°C)\n"
        "1,23/11/2026 09:05,4.1\n2,23/11/2026 10:05,9.25\n"
    ).encode()
    assert read(content) == (
        Reading("23-Nov-2026 09:05", Decimal("4.1")),
        Reading("23-Nov-2026 10:05", Decimal("9.25")),
    )


def test_date_and_time_may_stand_apart_and_the_comma_may_be_decimal() -> None:
    content = "Date;Time;Temp. 1 °C\n2026-11-23;09:05:00;-18,5\n2026-11-23;10:05:00;−19,0\n".encode()
    assert [one.value for one in read(content)] == [Decimal("-18.5"), Decimal("-19.0")]
    assert read(content)[0].at == "23-Nov-2026 09:05"


def test_the_order_of_day_and_month_is_told_by_the_files_own_evidence() -> None:
    american = b"Timestamp,Temp (C)\n11/12/2026 09:05,4\n11/13/2026 09:05,4\n"
    assert [one.at for one in read(american)] == ["12-Nov-2026 09:05", "13-Nov-2026 09:05"]


def test_where_nothing_tells_day_from_month_a_time_stands_as_it_is_written() -> None:
    assert read(b"Timestamp,Temp (C)\n11/12/2026 09:05,4\n")[0].at == "11/12/2026 09:05"


def test_a_reading_without_a_value_is_counted_and_never_a_number() -> None:
    found = travelled(read(b"Time,Temperature\n2026-11-23 09:05,4\n2026-11-23 09:10,---\n2026-11-23 09:15,\n"), FRIDGE)
    assert (found.readings, found.gaps, found.outside) == (1, 2, ())


def test_several_channels_are_each_read() -> None:
    found = travelled(read(b"Time,Temp 1 (C),Temp 2 (C)\n2026-11-23 09:05,4,-1\n"), FRIDGE)
    assert (found.lowest, found.highest) == (Decimal(-1), Decimal(4))
    assert [one.value for one in found.outside] == [Decimal(-1)]


def test_the_limits_themselves_are_within() -> None:
    readings = tuple(Reading("", Decimal(value)) for value in ("2", "8", "1.9", "8.1"))
    assert [one.value for one in travelled(readings, FRIDGE).outside] == [Decimal("1.9"), Decimal("8.1")]
    assert travelled(readings, Range()).outside == ()
    assert (FRIDGE.words, Range(warmest=Decimal(-60)).words) == ("2 to 8 °C", "at most -60 °C")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Name,Code\nA,B\n", "no-table"),
        (b"Time,Temperature (\xc2\xb0F)\n2026-11-23 09:05,40\n", "unit"),
        (b"Time,Temperature\n", "empty"),
        (b"PK\x03\x04 a workbook", "not-text"),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(NotALog) as refused:
        read(content)
    assert refused.value.why == why
