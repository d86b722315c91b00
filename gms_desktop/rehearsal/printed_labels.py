"""What a simulated printer printed, for a person to look at: each label as it came, as a picture, and as it is read."""

from __future__ import annotations

from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.label_pixels import Form, pixels, png
from gms_desktop.documents.label_reading import decode
from gms_desktop.errors import Unavailable

_PDF = b"%PDF"


class PrintedLabels:
    """Labels in a folder, numbered as they came. Nothing that lies there is overwritten.

    Args:
        folder: made when it is not there.
        dpi: the printer's resolution, at which a PDF is drawn.

    Raises:
        Unavailable: the folder cannot be made.
    """

    def __init__(self, folder: Path, dpi: int) -> None:
        self._folder = folder
        self._dpi = dpi
        self._count = 0
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise Unavailable(
                f"{folder} cannot be made ({of_folder(fault)}). Name another folder: --out DIR."
            ) from fault

    def keep(self, label: bytes) -> str:
        """Keep a label, and say what stands on it as far as a scanner sees."""
        form = Form.PDF if label.startswith(_PDF) else Form.ZPL
        stem = self._free()
        (self._folder / f"{stem}.{form.value}").write_bytes(label)
        try:
            picture = pixels(label, form, self._dpi)
        except LabelUnreadable as fault:
            return f"{self._folder / stem}.{form.value}: kept, not drawn. {fault}"
        (self._folder / f"{stem}.png").write_bytes(png(picture))
        found = decode(picture)
        read = ", ".join(f"{name} {text}" for name, text in found) or "no code can be read from it"
        return f"{self._folder / stem}.png: {read}"

    def _free(self) -> str:
        """The next number under which nothing lies there."""
        while True:
            self._count += 1
            stem = f"label-{self._count:03d}"
            if not any(self._folder.glob(f"{stem}.*")):
                return stem
