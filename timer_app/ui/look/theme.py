"""The theme: colours, sizes and spaces as named tokens, in light and in dark.

Nothing else in the user interface names a colour or a text size. A widget reads the `Theme` when it paints, and paints
again on `changed`. The colours are defined in `colours.py` and the sizes in `metrics.py`; import both from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from timer_app.settings import Appearance, Settings
from timer_app.ui.look.colours import (
    CLEAR,
    DARK,
    LIGHT,
    CodeColours,
    Colours,
    FigureColours,
    NoticeColours,
    PhaseColours,
)
from timer_app.ui.look.metrics import CONTROL_HEIGHT, FOCUS_WIDTH, Radius, Space
from timer_app.ui.look.style_sheet import style_sheet

__all__ = [
    "CLEAR",
    "CONTROL_HEIGHT",
    "DARK",
    "FOCUS_WIDTH",
    "LIGHT",
    "PAGE_WIDTH",
    "TEXT_WIDTH",
    "CodeColours",
    "Colours",
    "FigureColours",
    "NoticeColours",
    "PhaseColours",
    "Radius",
    "Space",
    "Theme",
    "Type",
]

PAGE_WIDTH = 1400
"""The greatest width of a page's content in logical pixels: longer lines are hard to follow."""

TEXT_WIDTH = 820
"""The greatest width of one card's content in logical pixels."""


class Type(StrEnum):
    """The roles that text plays; each has one size and one weight."""

    DISPLAY = "display"
    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    LABEL = "label"
    DIGITS = "digits"
    CODE = "code"


_SCALE: Mapping[Type, tuple[float, QFont.Weight]] = {
    Type.DISPLAY: (30, QFont.Weight.Bold),
    Type.TITLE: (22, QFont.Weight.Bold),
    Type.HEADING: (16, QFont.Weight.DemiBold),
    Type.BODY: (14, QFont.Weight.Normal),
    Type.STRONG: (14, QFont.Weight.DemiBold),
    Type.SMALL: (12.5, QFont.Weight.Normal),
    Type.LABEL: (11.5, QFont.Weight.DemiBold),
    Type.DIGITS: (14, QFont.Weight.Normal),
    Type.CODE: (13.5, QFont.Weight.Normal),
}
"""Sizes in logical pixels where the system's own text is 12, and weights."""

_SYSTEM_SIZE = 12.0
_HEADING_GROWTH = 0.6
"""Headings are large as they are: they grow less than the text, so that there is room for it."""

_MIDDLE = 128


class Theme(QObject):
    """The tokens in use, which follow the system and the settings.

    Applied to the whole application as palette, font and style sheet. `changed` is emitted after all three are set.
    """

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._family = app.font().families()
        self._system_scale = max(1.0, _pixels(app) / _SYSTEM_SIZE)
        self._styled = False
        # Asking for the colour scheme loads all of Qt's own names, some 20 ms: the first paint goes by the palette.
        self._system_dark = app.palette().window().color().lightness() < _MIDDLE
        self._colours = self._chosen_colours()
        self._apply_theme()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        return self._colours

    @property
    def reduced_motion(self) -> bool:
        """Whether the user asked for less motion."""
        return self._settings.reduced_motion

    @property
    def scale(self) -> float:
        """How large text is, 1.0 being 100 % on a system with text of the usual size."""
        return self._system_scale * self._settings.text_percent / 100

    def px(self, size: float) -> int:
        """Return a length in logical pixels that grows with the text."""
        return round(size * self.scale)

    def font(self, role: Type) -> QFont:
        """Return the font for text in this role."""
        size, weight = _SCALE[role]
        growth = self.scale**_HEADING_GROWTH if role in (Type.DISPLAY, Type.TITLE) else self.scale
        font = self._make(size * growth, weight)
        if role is Type.LABEL:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            font.setCapitalization(QFont.Capitalization.AllUppercase)
        if role is Type.DIGITS:
            _fix_digits(font)
        if role is Type.CODE:
            _fix_pitch(font)
        return font

    def digits(self, pixels: float, weight: QFont.Weight = QFont.Weight.Bold) -> QFont:
        """Return a font with digits of equal width, `pixels` logical pixels high, for numbers that change in place."""
        font = self._make(max(1.0, pixels), weight)
        _fix_digits(font)
        return font

    def use(self, settings: Settings) -> None:
        """Apply the settings; does nothing where nothing visible has changed."""
        before, self._settings = self._settings, settings
        self.apply_to_system()
        self._refresh(force=before.text_percent != settings.text_percent)
        if before.reduced_motion != settings.reduced_motion:
            self.changed.emit()

    def _make(self, pixels: float, weight: QFont.Weight) -> QFont:
        font = QFont()
        font.setFamilies(self._family)
        font.setPixelSize(max(1, round(pixels)))
        font.setWeight(weight)
        return font

    def apply_to_system(self) -> None:
        """Let the system draw title bars and its own dialogs in the chosen appearance.

        The first call sets the style too, which loads all of Qt's styles and takes some 15 ms.
        """
        if not self._styled:
            self._styled = True
            self._app.setStyle("Fusion")
        schemes = {Appearance.LIGHT: Qt.ColorScheme.Light, Appearance.DARK: Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._settings.appearance, Qt.ColorScheme.Unknown))

    def _chosen_colours(self) -> Colours:
        appearance = self._settings.appearance
        dark = self._system_dark if appearance is Appearance.SYSTEM else appearance is Appearance.DARK
        return DARK if dark else LIGHT

    def _follow_system(self) -> None:
        """Follow the system's appearance, which it does not report while one is chosen here."""
        if self._settings.appearance is Appearance.SYSTEM:
            self._system_dark = self._app.styleHints().colorScheme().name == "Dark"
        self._refresh(force=False)

    def _refresh(self, *, force: bool) -> None:
        colours = self._chosen_colours()
        if colours is self._colours and not force:
            return
        self._colours = colours
        self._apply_theme()
        self.changed.emit()

    def _apply_theme(self) -> None:
        self._app.setPalette(_palette(self._colours))
        self._app.setFont(self.font(Type.BODY))
        self._app.setStyleSheet(style_sheet(self._colours, self.scale))


def _pixels(app: QApplication) -> float:
    """Return the size of the system's own text in logical pixels, without loading its font for it."""
    font = app.font()
    if font.pixelSize() > 0:
        return float(font.pixelSize())
    return font.pointSizeF() * app.primaryScreen().logicalDotsPerInch() / 72


def _fix_digits(font: QFont) -> None:
    font.setFeature(QFont.Tag("tnum"), 1)


def _fix_pitch(font: QFont) -> None:
    """Give a font the system's family with letters of equal width."""
    font.setFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
    font.setStyleHint(QFont.StyleHint.Monospace)


def _palette(colours: Colours) -> QPalette:
    """Return the palette for what the style sheet does not reach: native and painted controls."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in {
        roles.Window: colours.canvas,
        roles.WindowText: colours.text,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.sunken,
        roles.Text: colours.text,
        roles.PlaceholderText: colours.text_soft,
        roles.Button: colours.surface,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.accent_ink,
        roles.ToolTipBase: colours.text,
        roles.ToolTipText: colours.canvas,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.on_accent,
        roles.Link: colours.accent_ink,
        roles.Light: colours.surface,
        roles.Midlight: colours.border,
        roles.Mid: colours.border,
        roles.Dark: colours.outline,
        roles.Shadow: colours.border,
        roles.Accent: colours.accent,
    }.items():
        palette.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colours.outline)
    return palette
