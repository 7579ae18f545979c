"""Every colour of the windows, as named tokens, in light and in dark.

The colours of the phases come from a set that colour-blind eyes can tell apart (orange, blue, amber-grey, violet and
green of different lightness); text reaches WCAG AA on its background, the countdown AAA.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtGui import QColor

from timer_app.presentation.phase import Phase


class PhaseColours(Struct, frozen=True):
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


class NoticeColours(Struct, frozen=True):
    """A banner or a badge: what it is written in, on what, within which border."""

    ink: QColor
    fill: QColor
    border: QColor


class FigureColours(Struct, frozen=True):
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


class CodeColours(Struct, frozen=True):
    """The text of a session file, by the kind of its tokens (`editing.text.tokenizer.TokenKind`).

    All of them are read on `surface`, `hover` (the caret's line), `selected` (the chosen step) and `match`, a search
    match. `wave` underlines a problem.
    """

    key: QColor
    value: QColor
    text: QColor
    quoted: QColor
    block: QColor
    comment: QColor
    dash: QColor
    punctuation: QColor
    exercise: QColor
    unknown: QColor
    match: QColor
    wave: QColor


class Colours(Struct, frozen=True):
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
    code: CodeColours

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
    code=CodeColours(
        key=QColor("#0a558c"),
        value=QColor("#6a3aa0"),
        text=QColor("#211c17"),
        quoted=QColor("#0c5f44"),
        block=QColor("#0c5f44"),
        comment=QColor("#625a50"),
        dash=QColor("#9c3c06"),
        punctuation=QColor("#625a50"),
        exercise=QColor("#8a3504"),
        unknown=QColor("#a3182b"),
        match=QColor("#ffe08a"),
        wave=QColor("#c0182c"),
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
        dark=QColor("#717d8c"),
        haze=QColor("#2b2723"),
        shade=QColor("#48000000"),
        mat=QColor("#3b6253"),
        thing=QColor("#7a766f"),
        thing_soft=QColor("#3b3936"),
        mark=QColor("#7cc0ff"),
        heat=QColor("#ff7a66"),
        ice=QColor("#7cc0ff"),
    ),
    code=CodeColours(
        key=QColor("#8fc7ff"),
        value=QColor("#cfb0f5"),
        text=QColor("#f3eee7"),
        quoted=QColor("#8fd6b4"),
        block=QColor("#8fd6b4"),
        comment=QColor("#b8aea2"),
        dash=QColor("#ffab70"),
        punctuation=QColor("#b8aea2"),
        exercise=QColor("#ffc48f"),
        unknown=QColor("#ff9a94"),
        match=QColor("#4a3a14"),
        wave=QColor("#ff6f66"),
    ),
)


CLEAR = QColor(0, 0, 0, 0)
"""No colour at all."""
