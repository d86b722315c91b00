"""What only an administrator may do from the command line, signed with badge and PIN."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from gms_desktop.cli.signing import add_person, approve_rule, erase_subject, set_pin
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.made_up import SHORT_PIN
from gms_desktop.services import site_rules
from gms_desktop.settings import Settings
from gms_desktop.starting import start_bench


@pytest.fixture
def data(tmp_path: Path) -> Path:
    bench = start_bench(tmp_path, Settings(rehearsal=True), made_up.begin)
    made_up.take_in_once(bench)
    bench.close()
    return tmp_path


def own_threshold(tmp_path: Path) -> Path:
    example = files("resources").joinpath("rules", "error-rate.toml").read_text("utf-8")
    path = tmp_path / "own.toml"
    path.write_text(example.replace("EXAMPLE-1", "2026-A").replace('"10"', '"4.5"'), "utf-8")
    return path


def test_an_approved_threshold_takes_the_place_of_the_example(data: Path, tmp_path: Path) -> None:
    approve_rule("error-rate", own_threshold(tmp_path), data, "BADGE-OKAFOR", SHORT_PIN, lambda _line: None)
    bench = start_bench(data, Settings(rehearsal=True))
    rule = bench.recorder.read(lambda ledger: site_rules.error_rate(ledger.db)).result()
    said = bench.report().result().threshold
    bench.close()
    assert (rule.version, str(rule.percent), rule.approved) == ("2026-A", "4.5", True)
    assert "4.5 %" in said
    assert "approved" in said


def test_a_technician_cannot_approve_a_rule(data: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="administrator"):
        approve_rule("error-rate", own_threshold(tmp_path), data, "BADGE-SILVA", SHORT_PIN, print)


def test_a_wrong_pin_approves_nothing(data: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="PIN"):
        approve_rule("error-rate", own_threshold(tmp_path), data, "BADGE-OKAFOR", "1111", print)


def test_a_text_that_is_no_rule_set_is_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("name = 'error-rate'", "utf-8")
    with pytest.raises(Refused, match="EXAMPLE"):
        approve_rule("error-rate", path, data, "BADGE-OKAFOR", SHORT_PIN, print)


def test_an_erased_patient_is_found_by_name_no_more(data: Path) -> None:
    erase_subject("9990000018", "asked by the family", "IG-7", data, "BADGE-OKAFOR", SHORT_PIN, lambda _line: None)
    bench = start_bench(data, Settings(rehearsal=True))
    found = bench.find("Baby").result()
    referral = bench.find("r30000000001").result()
    bench.close()
    assert found.hits == ()
    assert len(referral.hits) == 3


def signs_in(data: Path, badge: str, pin: str) -> bool:
    from datetime import UTC, datetime

    from devices.values import Scan

    bench = start_bench(data, Settings(rehearsal=True))
    bench.scan(Scan(badge.encode(), badge, None, datetime.now(UTC), "test")).result()
    told = bench.pin(pin).result()
    bench.close()
    return told.ok


def test_a_person_who_is_added_signs_in_with_their_own_badge_and_pin(data: Path) -> None:
    say = lambda _line: None  # noqa: E731
    add_person("J. Doe", "technician", "BADGE-DOE", "97531", data, "BADGE-OKAFOR", SHORT_PIN, say)
    assert signs_in(data, "BADGE-DOE", "97531")
    set_pin("BADGE-DOE", "86420", data, "BADGE-OKAFOR", SHORT_PIN, say)
    assert not signs_in(data, "BADGE-DOE", "97531")
    assert signs_in(data, "BADGE-DOE", "86420")


def test_a_badge_is_one_persons_only_and_a_technician_adds_nobody(data: Path) -> None:
    with pytest.raises(Refused, match=r"M\. Silva"):
        add_person("J. Doe", "technician", "BADGE-SILVA", "97531", data, "BADGE-OKAFOR", SHORT_PIN, print)
    with pytest.raises(Refused, match="administrator"):
        add_person("J. Doe", "technician", "BADGE-DOE", "97531", data, "BADGE-SILVA", SHORT_PIN, print)


def test_a_rule_that_one_person_approved_alone_waits_for_its_countersignature(data: Path, tmp_path: Path) -> None:
    said: list[str] = []
    approve_rule("error-rate", own_threshold(tmp_path), data, "BADGE-OKAFOR", SHORT_PIN, said.append)
    assert "countersigns" in said[-1]
    bench = start_bench(data, Settings(rehearsal=True))
    lines = bench.people.confirm_view().result().lines
    bench.close()
    assert [(line.sort, line.kind) for line in lines] == [("second", VerdictKind.ATTENTION)]
    assert "version: 2026-A" in lines[0].words


def test_nobody_is_the_second_person_of_a_rule_of_their_own(data: Path, tmp_path: Path) -> None:
    own = ("BADGE-OKAFOR", SHORT_PIN)
    with pytest.raises(Refused, match="never the same person"):
        approve_rule("error-rate", own_threshold(tmp_path), data, *own, lambda _line: None, own)


def test_a_technician_gives_nobody_a_pin(data: Path) -> None:
    with pytest.raises(Refused, match="administrator"):
        set_pin("BADGE-OKAFOR", "86420", data, "BADGE-SILVA", SHORT_PIN, print)
    assert signs_in(data, "BADGE-OKAFOR", SHORT_PIN)


def test_wrong_pins_of_a_second_person_are_counted_until_they_must_wait(data: Path, tmp_path: Path) -> None:
    def second(pin: str) -> None:
        own = own_threshold(tmp_path)
        approve_rule("error-rate", own, data, "BADGE-OKAFOR", SHORT_PIN, print, ("BADGE-SILVA", pin))

    for _ in range(3):
        with pytest.raises(Refused, match="not the PIN"):
            second("1111")
    with pytest.raises(Refused, match="Too many wrong PINs"):
        second(SHORT_PIN)


def failures(data: Path) -> int:
    bench = start_bench(data, Settings(rehearsal=True))
    rows = bench.recorder.read(lambda ledger: ledger.db.raw.execute("SELECT max(failures) FROM credential")).result()
    found = int(rows.fetchone()[0])
    bench.close()
    return found


def wrong_pins(data: Path) -> int:
    bench = start_bench(data, Settings(rehearsal=True))
    found = bench.recorder.read(
        lambda ledger: sum(b'"how":"wrong PIN"' in one.content for lot in store.since(ledger.db) for one in lot)
    ).result()
    bench.close()
    return found


def test_a_wrong_pin_on_the_command_line_is_an_entry_and_counts_until_the_right_one(data: Path, tmp_path: Path) -> None:
    own = own_threshold(tmp_path)
    for _ in range(2):
        with pytest.raises(Refused, match="not the PIN"):
            approve_rule("error-rate", own, data, "BADGE-OKAFOR", "1111", print)
    assert (failures(data), wrong_pins(data)) == (2, 2)
    approve_rule("error-rate", own, data, "BADGE-OKAFOR", SHORT_PIN, lambda _line: None)
    assert (failures(data), wrong_pins(data)) == (0, 2)


def test_the_wait_after_wrong_pins_is_told_in_seconds_as_at_the_bench(data: Path, tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(Refused, match="not the PIN"):
            approve_rule("error-rate", own_threshold(tmp_path), data, "BADGE-OKAFOR", "1111", print)
    with pytest.raises(Refused, match=r"Too many wrong PINs\. Wait \d seconds"):
        approve_rule("error-rate", own_threshold(tmp_path), data, "BADGE-OKAFOR", SHORT_PIN, print)


def test_a_technician_adds_nobody_and_nothing_of_it_is_kept(data: Path) -> None:
    with pytest.raises(Refused, match="administrator"):
        add_person("J. Doe", "technician", "BADGE-DOE", "97531", data, "BADGE-SILVA", SHORT_PIN, print)
    assert not signs_in(data, "BADGE-DOE", "97531")
