"""What a screen reader finds on the run page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from tests.ui.look.test_theme import contrast
from tests.ui.run.conftest import Start
from tests.ui.run.rig import KNEES, PLANKS, PUSH_UPS, SUPERMAN, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.definition.model import Amrap, ExerciseStep
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_view import announcement
from timer_app.ui.look.theme import DARK, LIGHT, Colours
from timer_app.ui.run.page import RunPage
from timer_app.ui.run.run_buttons import RunButton

Text = QAccessible.Text
CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.RadioButton,
    QAccessible.Role.Slider,
}


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


def test_the_session_bar_has_the_progress_as_its_value(start: Start) -> None:
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
    keys = {button.toolTip().rpartition(" (")[2].removesuffix(")") for button in page.findChildren(RunButton)}
    assert keys == {"←", "→", "↑", "Space", "Enter", "M", "F", "L", "Esc", "−", "+"}
    assert found(page.longer).text(Text.Name) == "10 seconds more"


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Give all that a screen reader finds, from here on down, in its order."""
    if not interface.state().invisible:
        yield interface
        for number in range(interface.childCount()):
            yield from walk(interface.child(number))


MOMENTS: dict[str, Callable[[RunPage, Rig], None]] = {
    "setup": lambda _page, _rig: None,
    "open": lambda _page, rig: rig.go(12_000),
    "paused": lambda _page, rig: rig.driver.do(Conductor.pause),
    "slept": lambda _page, rig: rig.sleep(60_000),
    "stopping": lambda page, _rig: page.ask_to_stop(),
    "locked": lambda page, _rig: page.lock_keys(),
    "keys": lambda page, _rig: page.keys_card.show(),
    "asking": lambda _page, rig: rig.go(75_000),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_all_that_the_focus_can_be_on_has_a_name(start: Start, moment: str) -> None:
    asking = (ExerciseStep(Amrap(60_000), name="Burpee", sets=2, rest=45_000),)
    page, rig = start(*(asking if moment == "asking" else PUSH_UPS))
    rig.go(1_000)
    MOMENTS[moment](page, rig)
    parts = list(walk(found(page)))
    controls = [part for part in parts if part.state().focusable or part.role() in CONTROLS]
    assert len(controls) > 9
    assert [part.role() for part in controls if not part.text(Text.Name)] == []
    texts = [part for part in parts if part.role() == QAccessible.Role.StaticText]
    assert [text.rect() for text in texts if not text.text(Text.Name)] == []
    names = {part.text(Text.Name) for part in parts}
    assert {
        "paused": {"Paused"},
        "slept": {"Paused"},
        "stopping": {"Stop here?", "Keep going"},
        "locked": {"Locked"},
        "keys": {"Keys"},
        "asking": {"How many? Burpee · set 1 of 2", "One more", "One less"},
    }.get(moment, {"Running: Test session"}) <= names


def test_what_is_next_is_read_with_its_amount(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(12_000)
    assert [part.text(Text.Name) for part in walk(found(page.upcoming))] == [
        "What is next",
        "Next",
        "Rest",
        "1:00",
        "Plank",
        "1:00 · set 2 of 3",
    ]


def test_over_a_whole_session_each_phase_is_announced_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    _page, rig = start(*SUPERMAN, *KNEES)
    intervals = rig.conductor.timeline.intervals
    while rig.conductor.snapshot().live:
        rig.go(250)
    assert heard == [*map(announcement, intervals), "Session complete"]
    assert len(heard) == len(intervals) + 1 > 20


def test_painted_texts_can_be_read(start: Start) -> None:
    page, rig = start(*KNEES)
    rig.go(12_000)
    read = {
        found(part).text(Text.Name)
        for part in (page.title, page.detail, page.exercise_panel.badge, page.exercise_panel.arrow)
    }
    assert read == {"Knee-to-chest hold", "set 1 of 2", "Work", "left"}
    assert found(page.exercise_panel.hint).text(Text.Name) == "Let your shoulders sink"


def test_every_button_can_be_reached_by_tab(start: Start) -> None:
    page, _rig = start(*PLANKS)
    for button in page.findChildren(RunButton):
        assert button.focusPolicy().value & 1


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("phase", list(Phase))
def test_the_number_reaches_aaa_on_the_disc_too(colours: Colours, phase: Phase) -> None:
    shades = colours.phase(phase)
    assert contrast(shades.ink, shades.track) >= 7
