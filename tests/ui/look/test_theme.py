"""The look: contrast of every pair that is read, one home for colours, digits that do not jitter."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from timer_app.editing.text.tokenizer import TokenKind
from timer_app.presentation.phase import Phase, phase_of
from timer_app.settings import Appearance, Settings
from timer_app.timeline.intervals import IntervalKind
from timer_app.ui.look import theme as theme_module
from timer_app.ui.look.theme import DARK, LIGHT, Colours, Theme, Type

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor, second: QColor) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast(QColor(0, 0, 0), QColor(255, 255, 255)) == pytest.approx(21)


@BOTH
@pytest.mark.parametrize("ink", ["text", "text_soft", "accent_ink"])
@pytest.mark.parametrize("ground", ["canvas", "surface", "sunken", "hover", "selected"])
def test_text_reaches_aa_on_every_ground(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["accent", "accent_hover", "accent_pressed"])
def test_text_on_the_accent_reaches_aa(colours: Colours, ground: str) -> None:
    assert contrast(colours.on_accent, getattr(colours, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["canvas", "surface", "sunken"])
@pytest.mark.parametrize("line", ["outline", "focus"])
def test_bounds_of_controls_reach_three_to_one(colours: Colours, line: str, ground: str) -> None:
    assert contrast(getattr(colours, line), getattr(colours, ground)) >= 3


@BOTH
@pytest.mark.parametrize("phase", list(Phase))
def test_phases_can_be_read(colours: Colours, phase: Phase) -> None:
    shades = colours.phase(phase)
    assert contrast(shades.ink, shades.tint) >= 7
    assert contrast(shades.ink_soft, shades.tint) >= 4.5
    assert contrast(shades.ink, colours.surface) >= 7
    assert contrast(shades.on_accent, shades.accent) >= 4.5
    assert contrast(shades.accent, shades.tint) >= 3
    assert contrast(colours.text, shades.tint) >= 7
    assert contrast(colours.text_soft, shades.tint) >= 4.5
    assert contrast(colours.outline, shades.tint) >= 3
    assert contrast(colours.focus, shades.tint) >= 3


@BOTH
@pytest.mark.parametrize("notice", ["info", "warning"])
def test_notices_can_be_read(colours: Colours, notice: str) -> None:
    shades = getattr(colours, notice)
    assert contrast(shades.ink, shades.fill) >= 4.5
    assert contrast(colours.text, shades.fill) >= 4.5


@BOTH
@pytest.mark.parametrize("ink", list(TokenKind))
def test_a_file_as_text_can_be_read(colours: Colours, ink: TokenKind) -> None:
    for ground in (colours.surface, colours.hover, colours.selected, colours.code.match):
        assert contrast(getattr(colours.code, ink), ground) >= 4.5


@BOTH
def test_the_underline_of_a_problem_can_be_seen(colours: Colours) -> None:
    for ground in (colours.surface, colours.hover, colours.selected, colours.code.match):
        assert contrast(colours.code.wave, ground) >= 3


@BOTH
def test_heat_grows_steadily_away_from_the_ground(colours: Colours) -> None:
    steps = [contrast(colour, colours.surface) for colour in colours.heat]
    assert steps == sorted(steps)


def test_every_kind_has_a_phase() -> None:
    assert {phase_of(kind) for kind in IntervalKind} == {Phase.WORK, Phase.REST, Phase.SETUP, Phase.SWITCH}


def test_no_other_file_names_a_colour() -> None:
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b|QColor\(\s*[\"'\d]|GlobalColor|(?<!\.)\brgba?\(|(?<!\.)\bhsla?\(")
    ui = Path(theme_module.__file__).parent
    matches = [
        f"{file.relative_to(ui)}: {match.group()}"
        for file in sorted(ui.rglob("*.py"))
        if file.name != "colours.py"
        for match in named.finditer(file.read_text(encoding="utf-8"))
    ]
    assert matches == []


def test_digits_have_equal_widths(theme: Theme) -> None:
    for font in (theme.font(Type.DIGITS), theme.digits(120)):
        widths = {round(QFontMetricsF(font).horizontalAdvance(digit), 2) for digit in "0123456789"}
        assert len(widths) == 1
        assert font.featureValue(QFont.Tag("tnum")) == 1


def test_code_has_letters_of_equal_width(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font(Type.CODE))
    assert len({round(metrics.horizontalAdvance(letter), 2) for letter in "iW:- 0"}) == 1


def test_text_grows_with_the_setting(theme: Theme) -> None:
    before = theme.font(Type.BODY).pixelSize()
    theme.use(Settings(text_percent=150))
    assert theme.font(Type.BODY).pixelSize() == round(before * 1.5)


def test_the_override_wins_over_the_system(theme: Theme, qapp: QApplication) -> None:
    emitted: list[bool] = []
    theme.changed.connect(lambda: emitted.append(theme.colours.dark))
    theme.use(Settings(appearance=Appearance.DARK))
    assert theme.colours is DARK
    assert qapp.palette().window().color() == DARK.canvas
    assert DARK.canvas.name() in qapp.styleSheet()
    theme.use(Settings(appearance=Appearance.LIGHT))
    assert theme.colours is LIGHT
    assert emitted == [True, False]


def test_the_system_is_followed(theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.use(Settings())
    hints = type(qapp.styleHints())
    monkeypatch.setattr(hints, "colorScheme", lambda _hints: Qt.ColorScheme.Dark)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours is DARK
