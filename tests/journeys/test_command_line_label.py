"""Labels from the command line: the layouts as lines, and any label as files, without a printer or a bench."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from bench_top import BenchTop
from PIL import Image

from gms_desktop.documents.label_layout import product_layout, product_layouts
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.label_text import layout_text
from gms_desktop.domain.commands import Command
from gms_desktop.services import site_layouts
from gms_desktop.services.views import Answer
from ui import command

TUBE: dict[str, object] = {"number": "K7Q20001G", "surname": "^FS^XZ~JA", "forename": "Siân", "hazard": True}


def says(capsys: pytest.CaptureFixture[str], *rest: object) -> tuple[int, str]:
    capsys.readouterr()
    code = command.main(["label", *(str(one) for one in rest)])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return code, said.out + said.err


def written(folder: Path, said: object) -> Path:
    file = folder / "label.json"
    file.write_text(json.dumps(said) if not isinstance(said, str) else said, encoding="utf-8")
    return file


def test_the_layouts_are_listed_with_size_place_and_what_they_take(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = says(capsys, "layouts")
    assert code == 0
    assert all(f"{layout.name}: {layout.title}" in said for layout in product_layouts())
    assert said.count("chosen for this product") == len(product_layouts())
    assert "sender's name and number" in said
    assert 'number      our number (number, needed), such as "K7Q20001G"' in said


@pytest.mark.parametrize(("dpi", "size"), [(203, (408, 200)), (300, (612, 300)), (600, (1224, 600))])
def test_a_label_is_written_as_zpl_pdf_and_true_pixels_with_what_was_read_from_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dpi: int, size: tuple[int, int]
) -> None:
    out = tmp_path / "out"
    data = written(tmp_path, TUBE)
    code, said = says(capsys, "render", "tube-25x51", "--data", data, "--dpi", dpi, "--out", out)
    assert code == 0
    stem = f"tube-25x51-{dpi}dpi"
    files = {f"{stem}.zpl", f"{stem}.pdf", f"{stem}-zpl.png", f"{stem}-pdf.png", "tube-25x51-where.png"}
    assert {file.name for file in out.iterdir()} == files
    for form in ("zpl", "pdf"):
        picture = Image.open(out / f"{stem}-{form}.png")
        assert picture.size == size
        assert {text for _, text in decode(picture.convert("L"))} == {"K7Q20001G"}
        assert f"Read from the pixels of the {form.upper()} at {dpi} dpi: Data Matrix K7Q20001G" in said
    assert b"^FD_5EFS_5EXZ_7EJA^FS" in (out / f"{stem}.zpl").read_bytes()
    assert len(pypdfium2.PdfDocument(out / f"{stem}.pdf")) == 1
    assert "JA" not in said  # the name of a patient stands on the label only


def test_without_data_the_made_up_example_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = says(capsys, "render", "cryo-cap-11", "--dpi", 203, "--out", tmp_path)
    assert code == 0
    assert "made-up example" in said


def test_a_layout_of_ones_own_is_read_from_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "own"\nwidth = 20\nheight = 10\n[data.code]\ntakes = "code"\nwords = "any"\nexample = "A1"\n'
        '[[field]]\nname = "code"\nkind = "datamatrix"\nx = 2\ny = 2\nmodule = 0.5\ncolumns = 12\n'
        "width = 6\nheight = 6\nquiet = 1\n",
        encoding="utf-8",
    )
    code, said = says(capsys, "render", own, "--out", tmp_path / "out")
    assert code == 0
    assert "Data Matrix A1" in said


@pytest.mark.parametrize(
    ("layout", "said", "words"),
    [
        ("tube-25x51", TUBE | {"ward": "4B"}, "has no field ward"),
        ("tube-25x51", TUBE | {"number": "K" * 18}, "code128 code does not fit the label"),
        ("tube-25x51", TUBE | {"surname": "A" * 200}, "does not fit the label"),
        ("tube-25x51", {"surname": "Oyelaran"}, "needs its number"),
        ("tube-25x51", "{", "is no JSON"),
        ("tube-25x51", [TUBE], "holds no names with values"),
        ("tube-99", TUBE, "There is no label layout tube-99. There are badge-54x86"),
        ("nowhere.toml", TUBE, "nowhere.toml"),
    ],
)
def test_what_cannot_be_rendered_is_refused_in_words_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], layout: str, said: object, words: str
) -> None:
    code, told = says(capsys, "render", layout, "--data", written(tmp_path, said), "--out", tmp_path / "out")
    assert code == 2
    assert words in told
    assert not (tmp_path / "out").exists()


def test_files_that_are_there_are_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "render", "cryo-cap-11", "--out", tmp_path)[0] == 0
    code, said = says(capsys, "render", "cryo-cap-11", "--out", tmp_path)
    assert code == 2
    assert "nothing is overwritten" in said


def test_the_layouts_of_a_bench_are_listed_and_rendered_with_its_own_among_them(
    bench: BenchTop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tube = product_layout()
    kept = [layout_text(replace(tube, name=name, version="4", width=51.5)) for name in ("tube-ward-4", tube.name)]
    who = bench.bench.operator_id() or ""
    for text in kept:
        bench.bench.command(Command.PROPOSE_LAYOUT, Answer(comment=text), "300").result()
        row = bench.rows("SELECT * FROM site_proposal")[0]
        bench.write(lambda ledger, row=row: ledger.append([site_layouts.approval(row, who)], who))
    bench.close()
    code, said = says(capsys, "layouts", "--bench", bench.folder)
    assert code == 0
    assert "tube-ward-4: Tube, on its side, 51.5 by 25 mm, site layout, version 4" in said
    assert "tube-25x51: Tube, on its side, 51.5 by 25 mm, site layout, version 4" in said
    code, said = says(capsys, "render", "tube-ward-4", "--bench", bench.folder, "--out", tmp_path / "out")
    assert code == 0
    assert "Layout tube-ward-4: site layout, version 4." in said
    assert "Read from the pixels of the ZPL at 300 dpi" in said


def test_a_bench_that_is_named_and_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = says(capsys, "layouts", "--bench", tmp_path)
    assert code != 0
    assert "bench.db is not there" in said
