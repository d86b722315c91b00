"""A layout tried out as it is being changed: its true pixels, what decodes from them, and why it may not be used yet.

What can be drawn is drawn: one field that does not fit leaves the others in view.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PIL import Image

from gms_desktop.documents.fonts import Fonts
from gms_desktop.documents.label import LabelRefused, LabelUnreadable
from gms_desktop.documents.label_checks import Fault, faults, stands
from gms_desktop.documents.label_data import filled
from gms_desktop.documents.label_drawing import Drawing, Mark, Setter
from gms_desktop.documents.label_form import CODES, LabelLayout, dots_per_mm
from gms_desktop.documents.label_pixels import Form, pixels, wanted
from gms_desktop.documents.label_reading import Codes, Reading
from gms_desktop.documents.label_reading import read as read_back
from gms_desktop.documents.label_zpl import zpl


@dataclass(frozen=True)
class Trial:
    """What a layout comes to with some data on one print head.

    Attributes:
        picture: one pixel a printer dot.
        decoded: what was read from it.
        faults: why it may not be used; empty when it may.
        read: whether its codes were read.
    """

    picture: Image.Image
    decoded: Codes
    faults: tuple[Fault, ...]
    read: bool = True


def tried(
    layout: LabelLayout, data: Mapping[str, object], dpi: int, fonts: Fonts | None = None, *, read: bool = True
) -> Trial:
    """Try a layout out.

    Args:
        layout: as it stands now.
        data: what the label is made from.
        dpi: the print head's, 203, 300 or 600.
        fonts: for texts that the printer's own font does not draw; this computer's when not given.
        read: whether the codes are read as well, which takes longest on a large label.

    Raises:
        LayoutUnfit: the resolution is not one that labels are laid out for.
    """
    found = list(faults(layout))
    shown, unfit = _shown(layout, data)
    found += unfit
    marks: list[Mark] = []
    for field in layout.fields:
        if not stands(layout, field):
            continue
        try:
            marks += Setter(replace(layout, fields=(field,)), dpi, fonts).draw(shown).marks
        except LabelRefused as fault:
            found.append(Fault((field.name,), f"Field {field.name}: {_plain(fault)}"))
    dots = dots_per_mm(dpi)
    size = round(layout.width * dots), round(layout.height * dots)
    try:
        picture = pixels(zpl(Drawing(*size, dots, tuple(marks))), Form.ZPL, dpi)
    except LabelUnreadable as fault:
        found.append(Fault((), f"{_plain(fault)} Move what stands at the edge in, or make it smaller."))
        picture = Image.new("L", size, 255)
    if not read:
        return Trial(picture, (), tuple(found), read=False)
    reading = read_back(picture, marks, dots)
    found += _unread(layout, shown, reading, dpi, {name for fault in found for name in fault.fields})
    return Trial(picture, reading.codes, tuple(found))


def _shown(layout: LabelLayout, data: Mapping[str, object]) -> tuple[dict[str, str], list[Fault]]:
    """What each field shows. One made from what the layout does not take shows nothing: that is told by itself."""
    known = tuple(field for field in layout.fields if field.source in layout.takes or (field.says and not field.of))
    nothing = dict.fromkeys((field.name for field in layout.fields), "")
    try:
        return nothing | filled(replace(layout, fields=known), data), []
    except LabelRefused as fault:
        return nothing, [Fault((), str(fault))]


def _unread(
    layout: LabelLayout, shown: Mapping[str, str], reading: Reading, dpi: int, told: set[str]
) -> Iterator[Fault]:
    """Each code that was to be read and was not, or is touched; not of a field that is told of already.

    And each that nobody meant.
    """
    for field in layout.fields:
        if field.kind not in CODES or not shown[field.name] or field.name in told:
            continue
        code = wanted(replace(layout, fields=(field,)), shown)[0]
        if code not in reading.codes:
            yield Fault(
                (field.name,),
                f"Field {field.name}: its {code[0]} {code[1]} does not decode from the pixels at {dpi} dpi. Make its "
                "module larger, or give it more empty room.",
            )
        elif code in reading.touched:
            yield Fault(
                (field.name,),
                f"Field {field.name}: something stands on its {code[0]} {code[1]} or in its empty margin at {dpi} dpi. "
                "Move one of them.",
            )
    for code in reading.codes:
        if code not in wanted(layout, shown):
            yield Fault((), f"A {code[0]} {code[1]} is read from the pixels that the data do not hold. Move the codes.")


def _plain(fault: Exception) -> str:
    return str(fault).removesuffix(" Nothing was printed.")
