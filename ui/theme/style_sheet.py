"""The one style sheet, made from the tokens."""

from __future__ import annotations

from string import Template

from ui.theme.tokens import Palette, Points, Space

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QWidget#work, QWidget#screen, QStackedWidget { background: $ground; }
QToolTip { background: $card; color: $text; border: 1px solid $muted; padding: 4px; }

QLabel { background: transparent; }
QLabel[face="heading"] { font-size: ${HEADING}pt; font-weight: 700; }
QLabel[face="verdict"] { font-size: ${VERDICT}pt; font-weight: 700; }
QLabel[face="heading small"] { font-size: 20pt; font-weight: 700; }
QLabel[face="verdict small"] { font-size: 16pt; font-weight: 700; }
QLabel[face="figure"] { font-size: 20pt; font-weight: 700; }
QLabel[face="sentence"] { font-size: ${BODY}pt; }
QLabel[face="strong"] { font-size: ${WORDS}pt; font-weight: 700; }
QLabel[face="name"] { font-size: ${BODY}pt; font-weight: 700; }
QLabel[face="title"] { font-size: ${WORDS}pt; font-weight: 700; color: $muted; }
QLabel[face="muted"] { font-size: ${WORDS}pt; color: $muted; }
QLabel[face="small"] { font-size: ${SMALL}pt; color: $muted; }
QLabel[face="code"] { font-family: "$mono"; font-size: ${WORDS}pt; font-weight: 700; }
QLabel[face="clock"] { font-family: "$mono"; font-size: ${SMALL}pt; color: $muted; }
QLabel[tone="found"], QLabel[tone="matches"] { color: $action; }
QLabel[tone="accepted"], QLabel[tone="finished"] { color: $good; }
QLabel[tone="attention"] { color: $attention; }
QLabel[tone="refused"] { color: $bad; }
QLabel[tone="already"] { color: $muted; }

QFrame#card { background: $card; border: 1px solid $line; border-radius: ${RADIUS}px; }
QFrame#row { background: $card; border: 1px solid $line; border-radius: 6px; }
QFrame#row[current="true"] { border: 2px solid $action; }
QFrame#problems { background: $bad_ground; border: 2px solid $bad; border-radius: ${RADIUS}px; }
QFrame#problems QLabel { color: $text; }
QFrame#problems:focus { border: 4px solid $focus_edge; }
QFrame#drop { background: $card; border: 2px dashed $muted; border-radius: ${RADIUS}px; }
QFrame#drop[over="true"] { border: 3px solid $action; }

QFrame#verdict { background: $card; border: 1px solid $line; border-radius: 4px; }
QFrame#verdict[kind="found"], QFrame#verdict[kind="matches"] { border: 2px solid $action; }
QFrame#verdict[kind="accepted"], QFrame#verdict[kind="finished"] { border: 2px solid $good; background: $good_ground; }
QFrame#verdict[kind="attention"] { border: 2px solid $attention; background: $attention_ground; }
QFrame#verdict[kind="refused"] { border: 2px solid $bad; background: $bad_ground; }
QFrame#verdict[kind="already"] { border: 2px solid $muted; }

QFrame#urgent { background: $bad; border-radius: 4px; }
QFrame#urgent QLabel { color: $on_bad; font-weight: 700; font-size: ${WORDS}pt; }
QFrame#hazard { background: $marker; border-radius: 4px; }
QFrame#hazard QLabel { color: $on_marker; font-weight: 700; font-size: ${WORDS}pt; }
QLabel#chip { background: $marker; color: $on_marker; font-weight: 700; font-size: ${SMALL}pt; padding: 4px 12px;
  border-radius: 4px; }
QLabel#ribbon { background: $marker; color: $on_marker; font-weight: 700; font-size: ${SMALL}pt; padding: 4px 20px; }
QFrame#notice { background: $attention_ground; border-top: 1px solid $attention; }
QFrame#notice QLabel { color: $text; font-weight: 700; font-size: ${WORDS}pt; }
QFrame#foot { background: $card; border-top: 1px solid $line; }
QFrame#foot QLabel { font-size: ${SMALL}pt; }
QFrame#typed { background: $card; border-top: 2px solid $action; }
QWidget#rail { background: $rail; }
QLabel#house { color: $on_rail; font-size: 15pt; font-weight: 700; padding: 16px 20px 12px 20px; }

QPushButton { background: $card; color: $action; border: 2px solid $action; border-radius: 6px; font-weight: 700;
  font-size: ${WORDS}pt; padding: 4px 12px; }
QPushButton:hover { background: $selected; color: $text; }
QPushButton:pressed { background: $selected; color: $text; border: 3px solid $action; padding: 3px 11px; }
QPushButton[usual="true"] { background: $action; color: $on_action; }
QPushButton[usual="true"]:hover { background: $action; color: $on_action; border: 2px solid $text; }
QPushButton:checked { background: $action; color: $on_action; }
QPushButton:disabled { background: transparent; color: $muted; border: 1px solid $line; }
QPushButton:focus { background: $focus; color: $on_focus; border: 3px solid #000000; padding: 3px 11px; }
QPushButton:checked:focus { border: 5px double #000000; padding: 1px 9px; }

QLineEdit { background: $card; color: $text; border: 2px solid $muted; border-radius: 4px; padding: 4px 8px;
  font-size: ${BODY}pt; selection-background-color: $action; selection-color: $on_action; }
QLineEdit:focus { border: 4px solid $focus; padding: 2px 6px; }
QLineEdit[wrong="true"] { border: 3px solid $bad; }
QLineEdit#code { font-family: "$mono"; }
QLineEdit#pin { font-size: ${VERDICT}pt; }
QLineEdit:disabled { color: $muted; border: 1px solid $line; }

QScrollArea { background: transparent; border: 0; }
QScrollArea:focus { border: 3px solid $focus_edge; }
QScrollArea > QWidget > QWidget#page { background: transparent; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle { background: $muted; border-radius: 5px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }

QTableView { background: $card; color: $text; border: 1px solid $line; gridline-color: $line; font-size: ${WORDS}pt;
  selection-background-color: $selected; selection-color: $text; alternate-background-color: $card; outline: 0; }
QTableView:focus { border: 3px solid $focus_edge; }
QTableView::item { padding: 4px 8px; }
QTableView::item:focus { border: 2px solid $focus_edge; }
QHeaderView { background: $ground; border: 0; }
QHeaderView::section { background: $ground; color: $text; font-weight: 700; padding: 6px 11px; border: 0;
  border-bottom: 2px solid $muted; }
""")


def style_sheet(tokens: Palette, mono: str) -> str:
    """The style sheet for one palette.

    Args:
        tokens: the palette.
        mono: the family for codes.
    """
    sizes = {name: str(getattr(Points, name)) for name in ("HEADING", "VERDICT", "BODY", "WORDS", "SMALL")}
    colours = {name: str(value) for name, value in vars(tokens).items()}
    return _SHEET.substitute(colours, mono=mono, RADIUS=str(Space.RADIUS), **sizes)
