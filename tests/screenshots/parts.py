"""The states of the editor's parts that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout

from tests.ui.stage import Stage
from timer_app.clock import ManualClock
from timer_app.timeline.compile import compile_session
from timer_app.ui.editor.form.text_inputs import mark_wrong
from timer_app.ui.editor.picker.dialog import ExercisePicker
from timer_app.ui.editor.preview.timeline_strip import TimelineStrip
from timer_app.ui.look.theme import Space
from timer_app.ui.shell.main_window import MainWindow
from timer_app.ui.widgets.count_field import CountField
from timer_app.ui.widgets.duration_field import DurationField
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import margins

Show = Callable[[Stage, MainWindow], None]


def _picker(stage: Stage, window: MainWindow, typed: str, *, exchange: bool = False) -> ExercisePicker:
    picker = ExercisePicker(stage.services, window, exchange=exchange)
    picker.show()
    picker.search.setText(typed)
    clock = stage.services.clock
    if isinstance(clock, ManualClock):
        clock.advance(1_900)
        picker.detail.figure.refresh()
    return picker


def _picker_at_first(stage: Stage, window: MainWindow) -> None:
    _picker(stage, window, "")


def _picker_searched(stage: Stage, window: MainWindow) -> None:
    picker = _picker(stage, window, "supermn")
    picker.add_and_stay.click()


def _picker_exchanging(stage: Stage, window: MainWindow) -> None:
    picker = _picker(stage, window, "side plank", exchange=True)
    picker.activateWindow()
    picker.detail.scroller.setFocus()


def _picker_own(stage: Stage, window: MainWindow) -> None:
    _picker(stage, window, "Wall sit with my back flat")


def _fields(stage: Stage, window: MainWindow) -> None:
    theme = stage.services.theme
    dialog = QDialog(window)
    form = QFormLayout(dialog)
    margins(form, Space.WIDE, spacing=Space.MEDIUM)
    hold, rest, setup, sets = (
        DurationField(theme, "Hold"),
        DurationField(theme, "Rest", zero=True),
        DurationField(theme, "Setup", zero=True),
        CountField(theme, "Sets"),
    )
    for field in (hold, rest, setup, sets):
        form.addRow(Label(theme, field.accessibleName()), field)
    hold.show_text("1m30")
    rest.show_text("a bit")
    mark_wrong(rest, wrong=True)
    setup.show_default(10_000, "10s, the session's")
    sets.show_text("3")
    dialog.show()
    dialog.activateWindow()
    hold.setFocus()


def _strip(stage: Stage, window: MainWindow) -> None:
    services = stage.services
    dialog = QDialog(window)
    dialog.resize(window.width() - 60, 10)
    layout = QVBoxLayout(dialog)
    margins(layout, Space.WIDE, spacing=Space.WIDE)
    for stem, path, marks in (
        ("runner-core", (2,), {3: "x", 4: "x", 21: "x"}),
        ("superman-tens", None, {}),
        ("big-three", (5,), {}),
    ):
        strip = TimelineStrip(services.theme)
        strip.show_timeline(compile_session(services.library.open(services.library.find(stem)), services.catalogue))
        strip.mark_step(path)
        strip.show_marks(marks)
        layout.addWidget(strip)
    dialog.show()
    dialog.activateWindow()


PARTS: Mapping[str, Show] = MappingProxyType(
    {
        "picker": _picker_at_first,
        "picker-searched": _picker_searched,
        "picker-own": _picker_own,
        "picker-exchanging": _picker_exchanging,
        "typed-fields": _fields,
        "timeline-strip": _strip,
    }
)
