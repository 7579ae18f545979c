"""What a screen reader finds on the run page."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from tests.ui.run.conftest import Start
from tests.ui.run.rig import KNEES, PLANKS, PUSH_UPS
from tests.ui.test_theme import contrast
from timer_app.ui.run.controls import RunButton
from timer_app.ui.theme import DARK, LIGHT, Colours, Phase

Text = QAccessible.Text


def found(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def test_the_ring_is_a_progress_bar_with_a_name_and_a_value(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(10_000 + 17_000)
    ring = found(page.ring)
    assert ring.role() == QAccessible.Role.ProgressBar
    assert ring.text(Text.Name) == "Time left: Plank"
    assert ring.valueInterface().currentValue() == 43
    assert ring.valueInterface().maximumValue() == 60


def test_the_session_bar_tells_how_far_it_has_come(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(155_000)
    bar = found(page.bar)
    assert bar.role() == QAccessible.Role.ProgressBar
    assert bar.text(Text.Name) == "The whole session"
    assert bar.valueInterface().currentValue() == 50


def test_every_button_has_a_name_a_role_and_its_key(start: Start) -> None:
    page, _rig = start(*PUSH_UPS)
    for button in page.findChildren(RunButton):
        interface = found(button)
        assert interface.role() in (QAccessible.Role.Button, QAccessible.Role.PushButton)
        assert interface.text(Text.Name)
        assert button.toolTip().endswith(f"({button.key})"), button.toolTip()
    keys = {button.key for button in page.findChildren(RunButton)}
    assert keys == {"←", "→", "↑", "Space", "Enter", "M", "F", "L", "Esc", "−", "+"}
    assert found(page.longer).text(Text.Name) == "10 seconds more"


def test_painted_texts_can_be_read(start: Start) -> None:
    page, rig = start(*KNEES)
    rig.go(12_000)
    read = {found(part).text(Text.Name) for part in (page.title, page.detail, page.coach.badge, page.coach.arrow)}
    assert read == {"Knee-to-chest hold", "set 1 of 2", "Work", "left"}
    assert found(page.coach.hint).text(Text.Name) == "Let your shoulders sink"


def test_every_button_can_be_reached_by_tab(start: Start) -> None:
    page, _rig = start(*PLANKS)
    for button in page.findChildren(RunButton):
        assert button.focusPolicy().value & 1


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("phase", list(Phase))
def test_the_number_reaches_aaa_on_the_disc_too(colours: Colours, phase: Phase) -> None:
    shades = colours.phase(phase)
    assert contrast(shades.ink, shades.track) >= 7
