"""One style sheet for the whole application, made from the theme's tokens.

Controls say what they are by dynamic properties that are set before they are shown: `role` on buttons and frames,
`tone` on labels. Fonts are not in here: they are set on the controls, so that digits can have equal widths.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor

from timer_app.ui.look.colours import Colours, NoticeColours
from timer_app.ui.look.metrics import CONTROL_HEIGHT, FOCUS_WIDTH, Radius, Space

_MIDDLE = 128

_SHEET = Template("""
QToolTip { color: $canvas; background: $text; border: none; padding: ${TIGHT}px ${SMALL}px; }
QMainWindow, QDialog { background: $canvas; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${CARD}px; }
QFrame[role="stage"] { background: $sunken; border: none; border-radius: ${CONTROL}px; }
QFrame[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[role="popup"] { background: $surface; border: 1px solid $outline; border-radius: ${CONTROL}px; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="info"] { background: $info_fill; border: 1px solid $info_border; border-radius: ${CONTROL}px; }
QFrame[role="warning"] { background: $warning_fill; border: 1px solid $warning_border; border-radius: ${CONTROL}px; }
QLabel { background: transparent; }
QLabel[tone="soft"] { color: $text_soft; }
QLabel[tone="accent"] { color: $accent_ink; }
QLabel[tone="info"] { color: $info_ink; }
QLabel[tone="warning"] { color: $warning_ink; }
QLabel[role="chip"] { background: $sunken; color: $text_soft; border-radius: ${SMALL_R}px;
  padding: ${HAIR}px ${SMALL}px; }

QPushButton, QToolButton { color: $text; background: $surface; border: 1px solid $outline;
  border-radius: ${CONTROL}px; padding: 0 ${LARGE}px; min-height: ${control}px; margin: 1px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selected; }
QPushButton:disabled, QToolButton:disabled { color: $outline; border-color: $border; }
QPushButton:focus, QToolButton:focus { border: ${FOCUS}px solid $focus; margin: 0; }
QPushButton[role="primary"] { color: $on_accent; background: $accent; border: 1px solid $accent;
  padding: 0 ${WIDE}px; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:disabled { background: $hover; color: $text_soft; border-color: $border; }
QPushButton[role="primary"]:focus { border: ${FOCUS}px solid $focus; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent;
  padding: 0 ${MEDIUM}px; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { background: $selected; color: $accent_ink; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: ${FOCUS}px solid $focus; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; padding: 0; text-align: left; }
QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="row"]:focus { border: ${FOCUS}px solid $focus; }
QToolButton[role="icon"] { background: transparent; border: 1px solid transparent; padding: 0;
  min-width: ${control}px; }
QToolButton[role="icon"]:hover { background: $hover; }
QToolButton[role="icon"]:checked { background: $selected; }
QToolButton[role="icon"]:focus { border: ${FOCUS}px solid $focus; }
QToolButton::menu-indicator { image: none; }
QFileDialog QToolButton { background: $ground; padding: 0; min-width: ${control}px; }
QFileDialog QToolButton:hover { background: $hovered_ground; }

QLineEdit, QPlainTextEdit, QAbstractSpinBox { color: $text; background: $surface; border: 1px solid $outline;
  border-radius: ${CONTROL}px; padding: 0 ${MEDIUM}px; min-height: ${control}px; margin: 1px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $text_soft; }
QPlainTextEdit { padding: ${SMALL}px; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; margin: 0; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QAbstractSpinBox[wrong="true"] {
  background: $warning_fill; border: 1px solid $warning_ink; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QLineEdit[wrong="true"]:focus,
QPlainTextEdit[wrong="true"]:focus, QAbstractSpinBox[wrong="true"]:focus { border: ${FOCUS}px solid $focus; margin: 0; }

QComboBox { color: $text; background: $surface; border: 1px solid $outline; border-radius: ${CONTROL}px;
  padding: 0 ${MEDIUM}px; min-height: ${control}px; margin: 1px; }
QComboBox:hover { background: $hover; }
QComboBox:disabled { color: $outline; border-color: $border; }
QComboBox:focus { border: ${FOCUS}px solid $focus; margin: 0; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: none; }
QFileDialog QComboBox::drop-down { background: $ground; border-radius: ${CONTROL}px; margin: ${TIGHT}px; width: 24px; }
QFileDialog QComboBox::down-arrow { image: url(:/qt-project.org/styles/commonstyle/images/arrow-down-16.png); }
QComboBox QAbstractItemView { color: $text; background: $surface; border: 1px solid $border; padding: ${TIGHT}px;
  selection-background-color: $selected; selection-color: $text; outline: none; }

QSlider { min-height: 28px; }
QSlider[role="strip"] { min-height: 0; }
QSlider::groove:horizontal { height: 6px; background: $border; border-radius: 3px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 3px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; background: $accent;
  border: 2px solid $surface; border-radius: 9px; }
QSlider::handle:horizontal:focus { border: 2px solid $focus; }

QListView, QTreeView { background: transparent; border: ${FOCUS}px solid transparent;
  border-radius: ${CONTROL}px; outline: none; }
QListView:focus, QTreeView:focus { border: ${FOCUS}px solid $focus; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollArea[role="reading"] { border: ${FOCUS}px solid transparent; border-radius: ${CARD}px; }
QScrollArea[role="reading"]:focus { border: ${FOCUS}px solid $focus; }
QStackedWidget { background: transparent; }

QScrollBar:vertical { background: transparent; width: 12px; margin: ${HAIR}px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: ${HAIR}px; }
QScrollBar::handle { background: $border; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { color: $text; background: $surface; border: 1px solid $border; padding: ${TIGHT}px; }
QMenu::item { padding: ${SMALL}px ${WIDE}px; border-radius: ${SMALL_R}px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $outline; }
QMenu::separator { height: 1px; background: $border; margin: ${TIGHT}px ${SMALL}px; }
""")


def style_sheet(colours: Colours, scale: float) -> str:
    """Return the application's style sheet in these colours, with controls that grow with the text."""
    tokens = {
        name: getattr(colours, name).name()
        for name in Colours.__struct_fields__
        if isinstance(getattr(colours, name), QColor)
    }
    for name in ("info", "warning"):
        notice: NoticeColours = getattr(colours, name)
        tokens |= {f"{name}_ink": notice.ink.name(), f"{name}_fill": notice.fill.name()}
        tokens[f"{name}_border"] = notice.border.name()
    # Qt's own icons in a file dialog are black, and need a light ground.
    dark = colours.surface.lightness() < _MIDDLE
    tokens["ground"] = (colours.text_soft if dark else colours.surface).name()
    tokens["hovered_ground"] = (colours.text if dark else colours.hover).name()
    sizes = {
        "HAIR": Space.HAIR,
        "TIGHT": Space.TIGHT,
        "SMALL": Space.SMALL,
        "MEDIUM": Space.MEDIUM,
        "LARGE": Space.LARGE,
        "WIDE": Space.WIDE,
        "SMALL_R": Radius.SMALL,
        "CONTROL": Radius.CONTROL,
        "CARD": Radius.CARD,
        "FOCUS": FOCUS_WIDTH,
        "control": round(CONTROL_HEIGHT * scale) - 4,
    }
    return _SHEET.substitute(tokens, **sizes)
