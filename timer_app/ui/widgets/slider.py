"""A slider with its value beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import margins


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Slider(QWidget):
    """A slider within `bounds` in steps of `step`; `words` formats a value.

    `chosen` carries the value once the slider is released.
    """

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, name: str, bounds: tuple[int, int], words: Callable[[int], str], *, step: int = 1
    ) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._step = step
        self._bounds = bounds
        low, high = bounds
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(low // step, high // step)
        self.slider.setTracking(False)
        self.slider.setPageStep(max(1, (high - low) // step // 5))
        self.slider.setAccessibleName(name)
        set_tip(self.slider, name)
        self._number = Label(theme, role=Type.DIGITS)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        margins(layout, 0, spacing=Space.MEDIUM)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._number)
        self.setFocusProxy(self.slider)
        self.slider.sliderMoved.connect(lambda position: self._show(position * step))
        self.slider.valueChanged.connect(self._commit)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def choose(self, value: int) -> None:
        """Set the value without emitting `chosen`."""
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.slider.setValue(round(value / self._step))
        self.slider.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._show(value)

    def _commit(self, position: int) -> None:
        self._show(position * self._step)
        self.chosen.emit(position * self._step)

    def _show(self, value: int) -> None:
        self._number.setText(self._words(value))

    def _apply_theme(self) -> None:
        metrics = QFontMetrics(self._theme.font(Type.DIGITS))
        longest = max(metrics.horizontalAdvance(self._words(bound)) for bound in self._bounds)
        # A common width, so that sliders below one another are equally long.
        self._number.setFixedWidth(max(longest + 4, self._theme.px(68)))
