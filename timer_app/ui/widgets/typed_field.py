"""A spin box for a value that is typed as text and can be stepped."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSizePolicy

from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import set_tip

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_STEPS: Mapping[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ELSEWHERE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_LARGE = 10
"""From so many steps at once on, Qt means a page of them."""


class TypedField(QAbstractSpinBox):
    """A field that accepts any text; the form around it shows what is wrong with it.

    `edited` carries the text as written to a file, at every keystroke; it is empty where nothing is typed and the
    default applies. `editing_finished` is emitted when the field is left, or Enter pressed, after an edit. The arrow
    keys step the value, with Shift or the page keys by more, and so does the wheel while the field has the focus. Undo
    is left to the owner of the document. Accessible as a spin box with `bounds`, both divided by `unit`.
    """

    edited = Signal(str)
    editing_finished = Signal()

    def __init__(
        self, theme: Theme, name: str, *, tip: str, widest: str, bounds: tuple[int, int], unit: int = 1
    ) -> None:
        super().__init__()
        self._theme = theme
        self._unit = unit
        self._widest = widest
        self._uncommitted = False
        self._default: int | None = None
        self.setAccessibleName(name)
        set_tip(self, tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # Qt's accessibility looks for its numbers in these properties.
        for bound, number in zip(("minimum", "maximum"), bounds, strict=True):
            self.setProperty(bound, number / unit)
        line = self.lineEdit()
        line.setMaxLength(40)
        # The style sheet's padding does not reach the line inside.
        line.setTextMargins(Space.MEDIUM, 0, Space.SMALL, 0)
        line.textEdited.connect(self._text_edited)
        line.textChanged.connect(self._update_value)
        self.editingFinished.connect(self._commit)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def value(self) -> int | None:
        """Return the value of the text, or None where it is not a valid one."""
        raise NotImplementedError

    def tidied(self, text: str) -> str:
        """Return a typed text as written to a file."""
        raise NotImplementedError

    def stepped(self, value: int, steps: int, *, large: bool) -> int:
        """Return the value `steps` up or down from `value`."""
        raise NotImplementedError

    def written(self, value: int) -> str:
        """Return a value as written to a file."""
        raise NotImplementedError

    @property
    def start(self) -> int:
        """The value that stepping begins at where nothing is typed and there is no default."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show the text of the file, but leave what is being typed while it means the same: the caret does not jump."""
        if self.hasFocus() and self.tidied(self.text()) == self.tidied(text):
            return
        if self.text() != text:
            self.lineEdit().setText(text)
        self._uncommitted = False

    def show_default(self, value: int | None, words: str) -> None:
        """Show the default in `words` while nothing is typed; stepping begins at its `value`."""
        self._default = value
        self.lineEdit().setPlaceholderText(words)
        self.setAccessibleDescription(words)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accept every text, so that an unfinished one can be typed."""
        return QValidator.State.Acceptable, text, position

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Allow steps from any value, and from an empty text; not from an invalid one."""
        flags = QAbstractSpinBox.StepEnabledFlag
        can = not self.isReadOnly() and (not self.text().strip() or self.value() is not None)
        return flags.StepUpEnabled | flags.StepDownEnabled if can else flags.StepNone

    def stepBy(self, steps: int) -> None:
        """Step the value; ten steps are a page."""
        large = abs(steps) >= _LARGE
        self._step(steps // _LARGE if large else steps, large=large)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow and page keys; leave undo to the window."""
        key, held = event.key(), event.modifiers()
        if any(event.matches(undo) for undo in _UNDO) or (key in _STEPS and held & _ELSEWHERE):
            event.ignore()
        elif key in _STEPS:
            self._step(_STEPS[key], large=bool(held & _SHIFT) or key in _PAGES)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave the keys for undo to the window's own shortcuts."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(undo) for undo in _UNDO)
        ):
            event.ignore()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step the value while focused; else let the page scroll."""
        turned = event.angleDelta().y()
        if not self.hasFocus() or not turned:
            event.ignore()
            return
        self._step(1 if turned > 0 else -1, large=bool(event.modifiers() & _SHIFT))
        event.accept()

    def sizeHint(self) -> QSize:
        """Return a size with room for the widest usual text."""
        return QSize(self._room_for(self._widest), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return a size in which a short text can be read."""
        return QSize(self._room_for(self._widest[:4]), super().minimumSizeHint().height())

    def _room_for(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 2 * Space.MEDIUM + Space.LARGE

    def _step(self, steps: int, *, large: bool) -> None:
        if self.stepEnabled() == QAbstractSpinBox.StepEnabledFlag.StepNone:
            return
        before = self.value()
        if before is None:
            value = self.start if self._default is None else self.stepped(self._default, steps, large=large)
        else:
            value = self.stepped(before, steps, large=large)
        if value != before:
            self.lineEdit().setText(self.written(value))
            self.selectAll()
            self._text_edited(self.text())

    def _text_edited(self, text: str) -> None:
        self._uncommitted = True
        self.edited.emit(self.tidied(text))

    def _commit(self) -> None:
        """Tidy the text and report the edit as finished."""
        if not self._uncommitted:
            return
        self._uncommitted = False
        tidy = self.tidied(self.text())
        if tidy != self.text():
            self.lineEdit().setText(tidy)
        self.editing_finished.emit()

    def _update_value(self) -> None:
        value = self.value()
        self.setProperty("value", None if value is None else value / self._unit)

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(Type.DIGITS))
        self.updateGeometry()
