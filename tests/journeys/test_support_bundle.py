"""The support bundle says how it stands with a bench, and identifies nobody, whatever got into what it is made from."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from command_line import EXPECTED, MAPPING, SIGNED, CommandLine, copy_of, set_up
from hypothesis import given
from hypothesis import strategies as st
from identifiers import corpus, found_in

from gms_desktop import logs, settings, support_bundle
from gms_desktop.logs import Event

CORPUS = corpus()


@pytest.fixture(scope="module")
def bench_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("support") / "bench")


@pytest.fixture
def gms(bench_set_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_set_up, tmp_path / "bench"), capsys)


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as packed:
        return {one: packed.read(one).decode() for one in packed.namelist()}


def worst(gms: CommandLine) -> None:
    """Every patient of the register in every place that the bundle is made from."""
    rows = EXPECTED.read_text("utf-8-sig").splitlines()[1:]
    (gms.data / "logs").mkdir(exist_ok=True)
    (gms.data / "crashes").mkdir(exist_ok=True)
    said = [*rows, *sorted(CORPUS)]
    with logs.kept(gms.data):
        logs.log(Event.TAKEN_IN, rows=9, waiting=1)
    with (gms.data / "logs" / "gms_desktop.jsonl").open("a", encoding="utf-8") as out:
        for one in said:
            out.write(f"{one}\n")
            for name in ("event", "at", "logger", "place", "fault", "version", "report", "state", "device", one):
                out.write(json.dumps({"event": "device", name: one}) + "\n")
            out.write(json.dumps({"event": "device", "logger": one.lower(), "place": f"{one.lower()}:12"}) + "\n")
    (gms.data / "logs" / "faults.txt").write_text(
        "\n".join(f'  File "/home/{one}/gms_desktop/{one}.py", line 1 in {one}\n{one}' for one in said), "utf-8"
    )
    for place, one in enumerate(said):
        fault = {"kind": one, "frames": [one, f"gms_desktop/{one}.py:1 {one}"], "words": one}
        report = {"made_at": one, "version": one, "python": one, "system": one, one: one, "faults": [fault]}
        (gms.data / "crashes" / f"crash-{place}-{'x' if '/' in one else one}.json").write_text(
            json.dumps(report), "utf-8"
        )
    known = settings.read(gms.data) or settings.Settings()
    words = (gms.data / "settings.toml").read_text("utf-8")
    (gms.data / "settings.toml").write_text(words.replace(known.bench, "KOWALCZYK-ŻÓŁĆ 9990000042"), "utf-8")
    (gms.data / "bench.damaged-OYELARAN 07-Jun-1978.db").write_bytes(b"")
    gms.data.chmod(0o755)


def test_nothing_that_identifies_a_patient_of_the_register_is_in_it_in_any_form(
    gms: CommandLine, tmp_path: Path
) -> None:
    assert gms("import", EXPECTED, "--mapping", MAPPING, *SIGNED).code in {0, 1}
    worst(gms)
    out = tmp_path / "support.zip"
    said = gms("support", out)
    assert said.code == 0, said.err
    assert found_in(out.read_bytes(), CORPUS, out.name) == []
    # The looking itself is proved: what the bundle is made from is full of them.
    looked = (gms.data / "logs" / "gms_desktop.jsonl").read_bytes()
    assert set(found_in(looked, CORPUS)) == set(CORPUS)


def test_it_says_what_helps(gms: CommandLine, tmp_path: Path) -> None:
    with logs.kept(gms.data):
        logs.log(Event.TAKEN_IN, rows=9, waiting=1)
    try:
        raise KeyError("OYELARAN")
    except KeyError as fault:
        logs.leave_crash_report(gms.data / "crashes", fault)
    assert gms("support", tmp_path / "support.zip").code == 0
    parts = members(tmp_path / "support.zip")
    assert '"event": "file taken in"' in parts["logs.jsonl"]
    assert '"rows": 9' in parts["logs.jsonl"]
    assert json.loads(parts["crashes.json"])[0]["faults"][0]["kind"] == "KeyError"
    assert json.loads(parts["versions.json"])["sqlcipher3"]
    assert json.loads(parts["settings.json"])["printer"]["dpi"] == 300
    assert "OK  SQLite" in parts["doctor.txt"]
    assert "its pages are whole" in parts["doctor.txt"]


def test_no_secret_is_in_it(gms: CommandLine, tmp_path: Path) -> None:
    assert gms("support", tmp_path / "support.zip").code == 0
    text = "".join(members(tmp_path / "support.zip").values())
    for path in (gms.data / "secrets").glob("*.secret"):
        assert path.read_text("ascii") not in text
    assert str(gms.data) not in text


def test_a_file_that_is_there_is_left_as_it_is(gms: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "support.zip").write_bytes(b"mine")
    said = gms("support", tmp_path / "support.zip")
    assert said.code == 2
    assert "nothing is overwritten" in said.err
    assert "is no folder" in gms("support", tmp_path / "away" / "support.zip").err


@given(st.text(max_size=200))
def test_whatever_is_said_only_words_of_ours_and_small_numbers_are_left(said: str) -> None:
    import re

    for word in re.findall(r"[^\W_]+", support_bundle.spoken(said)):
        assert len(word) <= 3 if word.isdecimal() else word.casefold() in support_bundle._vocabulary()


@pytest.mark.parametrize(
    "said",
    [
        "94 34 76 59 19",
        "943-476-591-9",
        "943 476 591 9",
        "943.476.591.9",
        "943,476,591,9",
        "12/03/61",
        "12 03 61",
        "12.3.61",
        "12-3-1961",
        "H-12 34 56",
        "bench.damaged-12-03-61.db",
        "12 : 03 : 61",
        "12_03_61",
        "12 and 03/61",
    ],
)
def test_a_number_or_a_day_that_was_written_in_small_groups_is_left_out(said: str) -> None:
    left = support_bundle.spoken(f"OK The file {said} is there")
    assert sum(character.isdecimal() for character in left) <= 2, left
    assert left.startswith("OK The file")


def test_what_the_doctor_counts_is_left() -> None:
    for said in ("3 of 12 files", "24 hours", "restored 7 days ago", "42 %"):
        assert [part for part in said.split() if part.isdecimal()] == [
            part for part in support_bundle.spoken(said).split() if part.isdecimal()
        ]
