"""Label layouts in force: the laboratory's own by their names, and those that ship with the product."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from gms_desktop import layout_words
from gms_desktop.documents.label_data import is_for_tubes
from gms_desktop.documents.label_form import LabelLayout, LayoutUnfit
from gms_desktop.documents.label_layout import product_layout, product_layouts, read_layout
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register import site_data as register
from gms_desktop.register.ledger import Draft

PREFIX = "label-layout-"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Laid:
    """A layout with the hash by which it is released, and whether the laboratory made it."""

    layout: LabelLayout
    sha256: str
    of_site: bool

    @property
    def words(self) -> str:
        """Where it is from."""
        return layout_words.of_the_site(self.layout.version) if self.of_site else layout_words.SHIPS


def in_force(db: Database, name: str) -> Laid:
    """The layout that is printed under a name: the laboratory's own, else the product's.

    Raises:
        LayoutUnfit: there is none of that name.
    """
    row = look_up.row(db, "site_data", PREFIX + name)
    return _read(row["text"]) if row else _of_the_product(name)


def proposed(db: Database, name: str) -> Laid | None:
    """The layout that is proposed under a name."""
    row = register.proposal(db, PREFIX + name)
    return _read(row["text"]) if row else None


def by_hash(db: Database, name: str, digest: str) -> Laid:
    """The layout in force or proposed under a name, whichever has this hash.

    Raises:
        LayoutUnfit: neither has: another was saved meanwhile.
    """
    for laid in (proposed(db, name), in_force(db, name)):
        if laid is not None and laid.sha256 == digest:
            return laid
    raise LayoutUnfit(layout_words.changed_meanwhile(name).sentence)


def every(db: Database) -> tuple[Laid, ...]:
    """Every layout that can be printed, by name."""
    ours = {laid.layout.name: laid for laid in (_read(row["text"]) for row in register.begun(db, PREFIX))}
    products = {laid.layout.name: laid for laid in of_the_product()}
    return tuple(laid for _, laid in sorted((products | ours).items()))


def of_the_product() -> tuple[Laid, ...]:
    """The layouts that ship with the product, by name."""
    return tuple(_of_the_product(layout.name) for layout in product_layouts())


def for_tubes(db: Database) -> tuple[Laid, ...]:
    """The layouts of which a tube's label can be made, by name: those that a bench's printer may be set to."""
    return tuple(laid for laid in every(db) if is_for_tubes(laid.layout))


def proposals(db: Database) -> dict[str, Row]:
    """What waits to be approved, by the layout's name."""
    return {row["id"].removeprefix(PREFIX): row for row in register.proposed(db, PREFIX)}


def proposal(db: Database, text: str, comment: str, operator: str) -> Draft:
    """The draft that proposes a layout.

    Raises:
        Refused: its name or version cannot be used, or the layout cannot.
    """
    layout = _usable(text)
    standing = look_up.row(db, "site_data", PREFIX + layout.name)
    if standing is not None and standing["version"] == layout.version and standing["text"] != text:
        raise Refused(layout_words.same_version(layout.version))
    body = _body(layout, text) | {"comment": comment, "by": operator}
    return Draft("site_data.proposed", body)


def approval(row: Row, operator: str) -> Draft:
    """The draft that approves what is proposed.

    Raises:
        Refused: the layout cannot be used, by the rules of this version of the application.
    """
    layout = _usable(row["text"])
    return Draft("site_data.approved", _body(layout, row["text"]) | {"by": operator})


def named(layout: LabelLayout, name: str, version: str, day: str) -> LabelLayout:
    """The layout as the laboratory's own, with a name and a version."""
    return replace(layout, name=name.strip(), version=version.strip(), effective=day)


def _usable(text: str) -> LabelLayout:
    layout = read_layout(text)
    if not _NAME.fullmatch(layout.name):
        raise Refused(layout_words.bad_name(layout.name))
    if not layout.version:
        raise Refused(layout_words.no_version())
    return layout


def _body(layout: LabelLayout, text: str) -> dict[str, object]:
    return {
        "name": PREFIX + layout.name,
        "version": layout.version,
        "effective": layout.effective,
        "sha256": sha256(text.encode()).hexdigest(),
        "text": text,
    }


# As many as a process may print at once, told apart by their text: read once, from whichever thread.
@lru_cache(maxsize=64)
def _read(text: str) -> Laid:
    return Laid(read_layout(text), sha256(text.encode()).hexdigest(), of_site=True)


@lru_cache(maxsize=64)
def _of_the_product(name: str) -> Laid:
    layout = product_layout(name)
    return Laid(layout, sha256(_text_of_product(name)).hexdigest(), of_site=False)


def _text_of_product(name: str) -> bytes:
    from importlib.resources import files

    return files("resources").joinpath("labels", f"{name}.toml").read_bytes().replace(b"\r\n", b"\n")
