"""The look: every colour, size and space as a named token, in light and in dark.

Nothing else in the windows names a colour or a size of text. A page asks the `Theme` for tokens when it paints, and
paints again on `changed`. The colours of the phases come from a set that colour-blind eyes can tell apart (orange,
blue, amber-grey, violet and green of different lightness); text reaches WCAG AA on its background, the countdown AAA.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from timer_app.settings import Appearance, Settings

if TYPE_CHECKING:
    from timer_app.timeline.intervals import Kind


class Space:
    """Distances in logical pixels, from hair to page."""

    HAIR = 2
    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    PAGE = 32
    VAST = 48


class Radius:
    """Corner radii in logical pixels."""

    SMALL = 6
    CONTROL = 10
    CARD = 16


FOCUS_WIDTH = 2
"""The thickness of the focus ring in logical pixels."""

CONTROL_HEIGHT = 38
"""The least height of a button or a field in logical pixels, at text of 100 %."""


PAGE_WIDTH = 1400
"""The greatest width of a page's content in logical pixels: longer lines are hard to follow."""

TEXT_WIDTH = 820
"""The greatest width of one card's content in logical pixels."""


class Phase(StrEnum):
    """What the colours of a moment are chosen by."""

    WORK = "work"
    REST = "rest"
    SETUP = "setup"
    SWITCH = "switch"
    DONE = "done"


_PHASES: Mapping[str, Phase] = {
    "work": Phase.WORK,
    "last_rep_hold": Phase.WORK,
    "rest": Phase.REST,
    "setup": Phase.SETUP,
    "switch": Phase.SWITCH,
}
"""By the words of `Kind`, which is not loaded for the first paint."""


def phase_of(kind: Kind) -> Phase:
    """Return the phase that an interval of this kind is shown as."""
    return _PHASES[kind]


@dataclass(frozen=True, slots=True)
class PhaseColours:
    """One phase's colours.

    `tint` fills the whole background; `ink` (the countdown) and `ink_soft` (other text) are read on it; `accent` draws
    the ring and `track` the way that the ring has gone; `on_accent` is read on `accent`.
    """

    accent: QColor
    on_accent: QColor
    tint: QColor
    track: QColor
    ink: QColor
    ink_soft: QColor


@dataclass(frozen=True, slots=True)
class NoticeColours:
    """A banner or a badge: what it is written in, on what, within which border."""

    ink: QColor
    fill: QColor
    border: QColor


@dataclass(frozen=True, slots=True)
class FigureColours:
    """The figure that shows an exercise, and what is around it.

    `dark` is hair and shoes; the far limbs are hazed with `haze`, and `shade` is the shadow on the floor. `thing` is a
    wall or a chair, `thing_soft` its far side; `mark` is a strap or an arrow; `heat` and `ice` are packs.
    """

    skin: QColor
    shirt: QColor
    shorts: QColor
    dark: QColor
    haze: QColor
    shade: QColor
    mat: QColor
    thing: QColor
    thing_soft: QColor
    mark: QColor
    heat: QColor
    ice: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one appearance.

    `canvas` is the page, `surface` a card on it, `sunken` a field in a card. `text` and `text_soft` are read on all
    three, on `hover` and on `selected`. `border` is decoration; `outline` bounds a control (3:1). `heat` goes from
    nothing done to much, for a calendar.
    """

    dark: bool
    canvas: QColor
    surface: QColor
    sunken: QColor
    hover: QColor
    selected: QColor
    border: QColor
    outline: QColor
    text: QColor
    text_soft: QColor
    accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    on_accent: QColor
    accent_ink: QColor
    focus: QColor
    info: NoticeColours
    warning: NoticeColours
    phases: Mapping[Phase, PhaseColours]
    heat: tuple[QColor, ...]
    figure: FigureColours

    def phase(self, phase: Phase) -> PhaseColours:
        """Return the colours of one phase."""
        return self.phases[phase]


def _phase(*names: str) -> PhaseColours:
    return PhaseColours(*map(QColor, names))


def _notice(ink: str, fill: str, border: str) -> NoticeColours:
    return NoticeColours(QColor(ink), QColor(fill), QColor(border))


LIGHT = Colours(
    dark=False,
    canvas=QColor("#f7f4ef"),
    surface=QColor("#ffffff"),
    sunken=QColor("#f1ede6"),
    hover=QColor("#efeae2"),
    selected=QColor("#fbe9db"),
    border=QColor("#e4ded4"),
    outline=QColor("#8b8378"),
    text=QColor("#211c17"),
    text_soft=QColor("#625a50"),
    accent=QColor("#b8480a"),
    accent_hover=QColor("#a23e06"),
    accent_pressed=QColor("#883303"),
    on_accent=QColor("#ffffff"),
    accent_ink=QColor("#9c3c06"),
    focus=QColor("#1768b0"),
    info=_notice("#0d3d63", "#e5f0f9", "#b9d6ec"),
    warning=_notice("#5c3600", "#fff2d6", "#ecd08f"),
    phases={
        Phase.WORK: _phase("#c4500a", "#ffffff", "#fdeadb", "#f3d0b5", "#421a02", "#7a3a10"),
        Phase.REST: _phase("#0b6cb3", "#ffffff", "#e1eefa", "#bad7ef", "#052c49", "#1d5582"),
        Phase.SETUP: _phase("#7d6526", "#ffffff", "#f4eedd", "#ded2b0", "#33290d", "#665423"),
        Phase.SWITCH: _phase("#7445ab", "#ffffff", "#f0e8fa", "#d8c6ee", "#2d164a", "#5f3a8c"),
        Phase.DONE: _phase("#0c7856", "#ffffff", "#def2e9", "#b2dccb", "#053425", "#155f48"),
    },
    heat=tuple(map(QColor, ("#ebe6dd", "#f6cfae", "#eba06b", "#d4702f", "#a23e06"))),
    figure=FigureColours(
        skin=QColor("#d79d78"),
        shirt=QColor("#cf5f17"),
        shorts=QColor("#2f4a63"),
        dark=QColor("#3b2b23"),
        haze=QColor("#efe9e0"),
        shade=QColor("#2e402a10"),
        mat=QColor("#b5d0c4"),
        thing=QColor("#b3a797"),
        thing_soft=QColor("#d3cabd"),
        mark=QColor("#1768b0"),
        heat=QColor("#d8432f"),
        ice=QColor("#2f86c9"),
    ),
)

DARK = Colours(
    dark=True,
    canvas=QColor("#161412"),
    surface=QColor("#201d1a"),
    sunken=QColor("#191614"),
    hover=QColor("#2b2723"),
    selected=QColor("#3a281b"),
    border=QColor("#35302b"),
    outline=QColor("#857c72"),
    text=QColor("#f3eee7"),
    text_soft=QColor("#b8aea2"),
    accent=QColor("#ff9a52"),
    accent_hover=QColor("#ffac70"),
    accent_pressed=QColor("#f08a40"),
    on_accent=QColor("#2a1303"),
    accent_ink=QColor("#ffab70"),
    focus=QColor("#7cc0ff"),
    info=_notice("#cfe6f9", "#16293a", "#2b4a66"),
    warning=_notice("#ffe2a8", "#33280f", "#5f4c1e"),
    phases={
        Phase.WORK: _phase("#ff9a52", "#2a1303", "#2d1a0e", "#57331a", "#ffe4d0", "#e8b48f"),
        Phase.REST: _phase("#6fbdf5", "#04233a", "#0e2233", "#1f4463", "#d9edfc", "#9fcdf0"),
        Phase.SETUP: _phase("#d3ba78", "#2a220b", "#252014", "#4a4029", "#f5ebcf", "#cfc09a"),
        Phase.SWITCH: _phase("#c6a0f2", "#260f40", "#231932", "#473163", "#eee2fd", "#cfb5ee"),
        Phase.DONE: _phase("#58cfa2", "#04291c", "#0f271e", "#1f4d3b", "#d2f5e6", "#94d9bd"),
    },
    heat=tuple(map(QColor, ("#2b2723", "#57331a", "#8f5226", "#cf7836", "#ffab70"))),
    figure=FigureColours(
        skin=QColor("#dba480"),
        shirt=QColor("#f0863c"),
        shorts=QColor("#86a3c2"),
        dark=QColor("#8a6a57"),
        haze=QColor("#2b2723"),
        shade=QColor("#60000000"),
        mat=QColor("#35574a"),
        thing=QColor("#7c7166"),
        thing_soft=QColor("#4a433c"),
        mark=QColor("#7cc0ff"),
        heat=QColor("#ff7a66"),
        ice=QColor("#7cc0ff"),
    ),
)


CLEAR = QColor(0, 0, 0, 0)
"""No colour at all."""


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


_SCALE: Mapping[Type, tuple[float, QFont.Weight]] = {
    Type.DISPLAY: (30, QFont.Weight.Bold),
    Type.TITLE: (22, QFont.Weight.Bold),
    Type.HEADING: (16, QFont.Weight.DemiBold),
    Type.BODY: (14, QFont.Weight.Normal),
    Type.STRONG: (14, QFont.Weight.DemiBold),
    Type.SMALL: (12.5, QFont.Weight.Normal),
    Type.LABEL: (11.5, QFont.Weight.DemiBold),
    Type.DIGITS: (14, QFont.Weight.Normal),
}
"""Sizes in logical pixels where the system's own text is 12, and weights."""

_SYSTEM_SIZE = 12.0
_MIDDLE = 128


class Theme(QObject):
    """The tokens in use: follows the system and the settings, and tells when they change.

    It dresses the whole application: palette, font and style sheet. `changed` comes after all of them are in place.
    """

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        info = QFontInfo(app.font())
        self._family = app.font().families()
        self._system_scale = max(1.0, info.pixelSize() / _SYSTEM_SIZE)
        app.setStyle("Fusion")
        # Asking for the colour scheme loads all of Qt's own names, some 20 ms: the first paint goes by the palette.
        self._system_dark = app.palette().window().color().lightness() < _MIDDLE
        self._colours = self._wanted_colours()
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        return self._colours

    @property
    def reduced_motion(self) -> bool:
        """Whether the person asked for less motion."""
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
        font = self._make(size * self.scale, weight)
        if role is Type.LABEL:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            font.setCapitalization(QFont.Capitalization.AllUppercase)
        if role is Type.DIGITS:
            _fix_digits(font)
        return font

    def digits(self, pixels: float, weight: QFont.Weight = QFont.Weight.Bold) -> QFont:
        """Return a font with digits of equal width, `pixels` logical pixels high, for numbers that change in place."""
        font = self._make(max(1.0, pixels), weight)
        _fix_digits(font)
        return font

    def use(self, settings: Settings) -> None:
        """Take over what the person chose; does nothing when nothing of the look has changed."""
        before, self._settings = self._settings, settings
        self.tell_system()
        self._refresh(force=before.text_percent != settings.text_percent)
        if before.reduced_motion != settings.reduced_motion:
            self.changed.emit()

    def _make(self, pixels: float, weight: QFont.Weight) -> QFont:
        font = QFont()
        font.setFamilies(self._family)
        font.setPixelSize(max(1, round(pixels)))
        font.setWeight(weight)
        return font

    def tell_system(self) -> None:
        """Let the system draw title bars and its own dialogs in the chosen appearance."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - not needed for the first paint

        schemes = {Appearance.LIGHT: Qt.ColorScheme.Light, Appearance.DARK: Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._settings.appearance, Qt.ColorScheme.Unknown))

    def _wanted_colours(self) -> Colours:
        appearance = self._settings.appearance
        dark = self._system_dark if appearance is Appearance.SYSTEM else appearance is Appearance.DARK
        return DARK if dark else LIGHT

    def _follow_system(self) -> None:
        """Take over what the system wears now; it does not tell while an appearance is chosen here."""
        if self._settings.appearance is Appearance.SYSTEM:
            self._system_dark = self._app.styleHints().colorScheme().name == "Dark"
        self._refresh(force=False)

    def _refresh(self, *, force: bool) -> None:
        wanted = self._wanted_colours()
        if wanted is self._colours and not force:
            return
        self._colours = wanted
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        from timer_app.ui.style_sheet import style_sheet  # noqa: PLC0415 - the sheet is made of these tokens

        self._app.setPalette(_palette(self._colours))
        self._app.setFont(self.font(Type.BODY))
        self._app.setStyleSheet(style_sheet(self._colours, self.scale))


def _fix_digits(font: QFont) -> None:
    font.setFeature(QFont.Tag("tnum"), 1)


def _palette(colours: Colours) -> QPalette:
    """Return the palette for what the style sheet does not reach: native parts and painted controls."""
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
