"""``label layouts`` and ``label render``: what they say and write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from gms_desktop import layout_words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.app import folder_of
from gms_desktop.cli.reading import reading
from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_form import LabelDatum, LabelLayout
from gms_desktop.documents.label_layout import read_layout
from gms_desktop.documents.label_pixels import Form, Proof, prove_data
from gms_desktop.documents.label_placing import placing_png
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.given_text import text_of
from gms_desktop.services import site_layouts
from gms_desktop.services.site_layouts import Laid

Say = Callable[[str], None]
DONE = 0
_OWN = ".toml"


def list_layouts(bench: Path | None, say: Say) -> int:
    """Say what each layout is for, how large it is, where it is from, and what it takes.

    Args:
        bench: the data folder of the bench whose own layouts count too; the usual one, where there is one, if None.
        say: prints a line.
    """
    for laid in layouts_at(bench, say):
        for line in _lines(laid):
            say(line)
    return DONE


def layouts_at(bench: Path | None, say: Say) -> tuple[Laid, ...]:
    """The layouts that are in force at a bench; those that ship with the product where none is at hand.

    Raises:
        Refused, Unavailable: the bench that was named cannot be looked at.
    """
    folder = folder_of(bench)
    path = folder / DATABASE
    if bench is None and not path.is_file():
        return site_layouts.of_the_product()
    try:
        with reading(path, folder) as db:
            return site_layouts.every(db)
    except (Refused, Unavailable) as fault:
        if bench is not None:
            raise
        say(f"This bench's own layouts are not among these: {fault}")
        return site_layouts.of_the_product()


def _lines(laid: Laid) -> Iterator[str]:
    layout = laid.layout
    size = layout_words.size(layout.width, layout.height, is_round=layout.round)
    yield f"{layout.name}: {layout.title}, {size}{f', {laid.words}' if laid.of_site else ''}"
    yield f"  sizes: {layout.sizes}"
    yield f"  goes: {layout.goes}"
    yield from (f"  {datum.name:<11} {_words(datum)}" for datum in layout.data)


def _words(datum: LabelDatum) -> str:
    needed = ", needed" if datum.needed else ""
    return f"{datum.words} ({datum.takes.value}{needed}), such as {json.dumps(datum.example, ensure_ascii=False)}"


def render(layout: str, data: Path | None, dpi: int, out: Path, bench: Path | None, say: Say) -> int:
    """Write a label as ZPL, PDF and the pixels of both, and say what was read from them.

    Args:
        layout: the name of a layout, or the path of a TOML file.
        data: a JSON file; the layout's own examples when not given.
        dpi: 203, 300 or 600.
        out: the folder to write into; nothing is overwritten.
        bench: the data folder of the bench whose own layouts count too; the usual one if None.
        say: prints a line.

    Raises:
        Refused: the layout, the data or the folder cannot be used, or the label's codes cannot be read back.
    """
    chosen = _layout(layout, bench, say)
    said = examples(chosen) if data is None else _read(data)
    proofs = [prove_data(said, chosen, dpi, form) for form in Form]
    files = _files(chosen, dpi, proofs)
    for path, content in _written(files, out):
        say(f"Written: {path} ({len(content)} bytes)")
    for proof in proofs:
        for symbology, text in proof.decoded:
            say(f"Read from the pixels of the {proof.form.value.upper()} at {dpi} dpi: {symbology} {text}")
    if data is None:
        say("The label shows the layout's made-up example.")
    return DONE


def _files(layout: LabelLayout, dpi: int, proofs: list[Proof]) -> dict[str, bytes]:
    stem = f"{layout.name}-{dpi}dpi"
    files = {}
    for proof in proofs:
        files[f"{stem}.{proof.form.value}"] = proof.payload
        files[f"{stem}-{proof.form.value}.png"] = proof.png
    if layout.placing:
        files[f"{layout.name}-where.png"] = placing_png(layout, layout.placing)
    return files


def _layout(name: str, bench: Path | None, say: Say) -> LabelLayout:
    path = Path(name)
    if path.suffix.lower() != _OWN:
        known = {laid.layout.name: laid for laid in layouts_at(bench, say)}
        if name not in known:
            raise Refused(f"There is no label layout {name}. There are {', '.join(sorted(known))}.")
        if known[name].of_site:
            say(f"Layout {name}: {known[name].words}.")
        return known[name].layout
    return read_layout(text_of(path))


def _read(path: Path) -> dict[str, object]:
    text = text_of(path)
    try:
        said = json.loads(text)
    except json.JSONDecodeError as fault:
        raise Refused(
            f"{path} is no JSON: line {fault.lineno} cannot be understood at column {fault.colno}. Put that place "
            "right, then render the label again."
        ) from fault
    except RecursionError as fault:
        raise Refused(f"{path} is no label's data: its values stand too deep in one another.") from fault
    if not isinstance(said, dict):
        raise Refused(f'{path} holds no names with values. Write it as {{"number": "…", "surname": "…"}}.')
    return said


def _written(files: dict[str, bytes], out: Path) -> Iterator[tuple[Path, bytes]]:
    there = [name for name in files if (out / name).exists()]
    if there:
        raise Refused(f"{out / there[0]} is there already. Choose another folder: nothing is overwritten.")
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with (out / name).open("xb") as file:
            file.write(content)
        yield out / name, content
