"""The page of a running session: show the driver's snapshots, and send it the user's commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Snapshot, Status, rep_entry_index
from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_layout import arrange
from timer_app.presentation.run_view import RunView, announcement, run_view, status_line, visible_state
from timer_app.timeline.intervals import Interval
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.input_lock import PLAYING, InputLock
from timer_app.ui.run.overlays import KeysCard, PauseOverlay
from timer_app.ui.run.rep_count_card import counting
from timer_app.ui.run.run_buttons import RunButton, lay_out_tools, spread
from timer_app.ui.run.run_panels import RunPanels, box_rect
from timer_app.ui.run.stop_prompt import StopPrompt
from timer_app.ui.support.accessibility import announce
from timer_app.ui.support.session_driver import SessionDriver
from timer_app.ui.support.window_state import leave_full_screen, toggle_full_screen
from timer_app.ui.widgets.labels import set_tip


class RunPage(QWidget):
    """Show and control a running session. `ended` carries its last snapshot.

    Space pauses and resumes, ← and → go back and skip, ↑ adds ten seconds, Enter ends an open step, M mutes, F and
    F11 toggle full screen, Esc asks whether to stop, ? shows the keys; media keys work as labelled. While it asks, the
    session is paused: Enter stops, Esc or Space keeps going. L locks keys and clicks until Esc is held. In the rest
    after work that the user counts, digits, Backspace, + and − enter the count.
    """

    ended = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._driver: SessionDriver | None = None
        self._view: RunView | None = None
        self._shown_state: tuple[object, ...] = ()
        self._phase = Phase.SETUP
        self._ran_before_asking = False
        self._asked_index: int | None = None
        self._fills_screen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_panels()
        self._make_buttons()
        self._make_overlays()
        self._keys = self._key_table()
        theme.changed.connect(self._theme_changed)

    def play(self, driver: SessionDriver) -> None:
        """Show the session of `driver`, and start it."""
        self._driver, self._view, self._shown_state = driver, None, ()
        self.bar.show_timeline(driver.conductor.timeline)
        self.setAccessibleName(_("Running: {session}").format(session=driver.conductor.timeline.name))
        self._uncover()
        driver.shown.connect(self._show)
        driver.phase_changed.connect(self._phase_changed)
        driver.paused.connect(self._cover)
        driver.slept.connect(self._slept)
        driver.resumed.connect(self._resumed)
        driver.ended.connect(self._ended)
        driver.set_animated(self.isVisible() and not self._theme.reduced_motion)
        self.setFocus()
        driver.start(partial(self.panels.frame_interval, driver.speed), self.panels.animate)

    def _make_panels(self) -> None:
        panels = self.panels = RunPanels(self._theme, self)
        self.title, self.detail, self.times = panels.title, panels.detail, panels.times
        self.ring, self.bar, self.reps = panels.ring, panels.bar, panels.reps
        self.exercise_panel, self.upcoming = panels.exercise_panel, panels.upcoming
        self.reps.counted.connect(self._count)

    def _make_buttons(self) -> None:
        self.back = self._button("restart", _("Back"), "←", partial(self._do, Conductor.back))
        self.pause = self._button("pause", _("Pause"), _("Space"), partial(self._do, Conductor.toggle), primary=True)
        self.skip = self._button("skip", _("Skip"), "→", partial(self._do, Conductor.skip))
        self.longer = self._button("plus", _("10 s"), "↑", partial(self._do, Conductor.extend))
        self.longer.setAccessibleName(_("10 seconds more"))
        self.done = self._button("check", _("Done"), _("Enter"), partial(self._do, Conductor.done), primary=True)
        self.mute = self._button("sound", _("Sound off"), "M", self._mute, words=False)
        self.full = self._button("full_screen", _("Full screen"), "F", self._full_screen, words=False)
        self.lock = self._button("lock", _("Lock"), "L", self.lock_keys, words=False)
        set_tip(self.lock, _("Lock keys and clicks; hold Esc for a second to unlock (L)"))
        self.stop = self._button("close", _("Stop"), _("Esc"), self.ask_to_stop)

    def _make_overlays(self) -> None:
        self.pause_overlay = PauseOverlay(self._theme, self, "pause")
        self.resume = self._button("play", _("Go on"), _("Space"), partial(self._do, Conductor.resume), primary=True)
        self.resume.setParent(self.pause_overlay)
        self.pause_overlay.set_buttons(self.resume)
        self.stop_prompt = StopPrompt(self._theme, self)
        self.stop_prompt.resume_requested.connect(self._keep_going)
        self.stop_prompt.stop_requested.connect(partial(self._do, Conductor.stop))
        self.keys_card = KeysCard(self._theme, self)
        self.input_lock = InputLock(self._theme, self)
        self.input_lock.unlocked.connect(self._unlock)

    def _button(
        self,
        sign: str,
        name: str,
        key: str,
        act: Callable[[], object],
        *,
        primary: bool = False,
        words: bool = True,
    ) -> RunButton:
        button = RunButton(self._theme, self, sign, name, key, primary=primary, words=words)
        button.clicked.connect(lambda: self._view is not None and act())
        return button

    def _key_table(self) -> dict[Qt.Key, RunButton]:
        """Return the button of each key."""
        key = Qt.Key
        return {
            key.Key_Space: self.pause,
            key.Key_Left: self.back,
            key.Key_Right: self.skip,
            key.Key_Up: self.longer,
            key.Key_Return: self.done,
            key.Key_Enter: self.done,
            key.Key_M: self.mute,
            key.Key_F: self.full,
            key.Key_F11: self.full,
            key.Key_L: self.lock,
            key.Key_Escape: self.stop,
            key.Key_MediaNext: self.skip,
            key.Key_MediaPrevious: self.back,
            key.Key_MediaStop: self.stop,
            key.Key_VolumeMute: self.mute,
        }

    def _do(self, command: Callable[[Conductor], object]) -> None:
        if self._driver is not None and self._view is not None:
            self._driver.do(command)

    def event(self, event: QEvent) -> bool:
        """Accept the page's keys before the window's shortcuts do."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._listens_to(event):
            event.accept()
            return True
        return super().event(event)

    def _listens_to(self, event: QKeyEvent) -> bool:
        return event.text() == "?" or self._counts(event) or Qt.Key(event.key()) in (*self._keys, *PLAYING)

    def _counts(self, event: QKeyEvent) -> bool:
        """Whether a key enters a count, because one is asked for."""
        return not self.reps.isHidden() and counting(event) != ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the key's command, once for a key that is held down."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat():
            return
        if self.stop_prompt.waits:
            self.stop_prompt.answer(key)
        elif self._counts(event):
            self.reps.handle_key(counting(event))
        elif event.text() == "?":
            self.keys_card.setVisible(self.keys_card.isHidden())
            self.keys_card.raise_()
        elif key is Qt.Key.Key_Escape and not self.keys_card.isHidden():
            self.keys_card.hide()
        elif key in PLAYING:
            self._do(PLAYING[key])
        elif key in self._keys:
            self._press(self._keys[key])
        else:
            super().keyPressEvent(event)

    def _press(self, button: RunButton) -> None:
        if not button.isHidden():
            button.click()

    def ask_to_stop(self, *, closing: bool = False) -> None:
        """Ask whether to stop, or with `closing` whether to close the window, and pause meanwhile."""
        driver, waits = self._driver, self.stop_prompt.waits
        if driver is None or self._view is None or (waits and not closing) or self.input_lock.refuses():
            return
        if not waits:
            self._ran_before_asking = driver.conductor.state.running
        self._enable_buttons(enabled=False)
        self.stop_prompt.ask(self._phase, closing=closing)
        self.setFocus()
        driver.do(Conductor.pause)

    def _keep_going(self) -> None:
        self._close_question()
        if self._ran_before_asking:
            self._do(Conductor.resume)

    def _close_question(self) -> None:
        """Close the stop prompt."""
        if self.stop_prompt.waits:
            self._enable_buttons(enabled=True)
            self.stop_prompt.dismiss()

    def lock_keys(self) -> None:
        """Lock keys and clicks until Esc is held."""
        self.keys_card.hide()
        self._enable_buttons(enabled=False)
        self.input_lock.lock()

    def _unlock(self) -> None:
        self._enable_buttons(enabled=True)
        self._update_pause_text()
        self.setFocus()
        announce(self, _("Unlocked"), urgent=True)

    def _enable_buttons(self, *, enabled: bool) -> None:
        """Enable or disable the page's buttons, but for those of the stop prompt."""
        for button in self.findChildren(RunButton):
            button.setEnabled(enabled or self.stop_prompt.isAncestorOf(button))

    def _uncover(self) -> None:
        """Remove every overlay and question."""
        self.keys_card.hide()
        self.pause_overlay.dismiss()
        self.stop_prompt.dismiss()
        self.input_lock.dismiss()
        self.reps.setEnabled(True)
        self._enable_buttons(enabled=True)
        self._ask_for_count(None)

    def _count(self, count: int | None) -> None:
        if self._asked_index is not None and self._driver is not None:
            self._driver.conductor.enter_reps(self._asked_index, count)
            self._update_pause_text()

    def _ask_for_count(self, index: int | None) -> None:
        if index != self._asked_index:
            self._asked_index = index
            self.panels.ask_for_count(index, None if self._driver is None else self._driver.conductor.state)
            self._update_pause_text()

    def _mute(self) -> None:
        self._do(lambda conductor: conductor.mute(not conductor.snapshot().muted))

    def _full_screen(self) -> None:
        self._fills_screen = toggle_full_screen(self.window())

    def restore_window(self) -> None:
        """Leave a full screen that was entered on this page."""
        if self._fills_screen:
            self._fills_screen = False
            leave_full_screen(self.window())

    def _show(self, now: Snapshot) -> None:
        interval = now.interval
        unseen = self.window().isMinimized() and self._shown_state[:1] == (now.index,) and now.status is Status.RUNNING
        if interval is None or self._driver is None or unseen:
            return
        catalogue = self._driver.conductor.catalogue
        state = visible_state(now)
        if self._view is not None and state == self._shown_state:
            # Between two seconds only what moves differs.
            self.panels.animate(now.elapsed)
            return
        self._shown_state = state
        view = run_view(now, interval)
        before, self._view, self._phase = self._view, view, view.phase
        if before is None or before.phase is not view.phase:
            self._apply_theme()
        self.panels.show_view(now, view, catalogue)
        self.detail.setVisible(bool(view.detail))
        if before is None or before.is_open != view.is_open:
            self.done.setVisible(view.is_open)
            self.longer.setVisible(not view.is_open)
            self._lay_out_buttons()
        self._show_muted(muted=now.muted)
        if now.status is not Status.RUNNING:
            self._update_pause_text()

    def _show_muted(self, *, muted: bool) -> None:
        name = _("Sound on") if muted else _("Sound off")
        if name != self.mute.text():
            self.mute.call("muted" if muted else "sound", name)

    def _phase_changed(self, interval: Interval) -> None:
        self.ring.setAccessibleName(_("Time left: {name}").format(name=interval.title))
        announce(self, announcement(interval))
        if self._driver is not None:
            self._ask_for_count(rep_entry_index(self._driver.conductor.state))

    def _slept(self) -> None:
        self._cover(_("The computer slept, or the program was held up. Nothing is lost."))

    def _cover(self, why: str = "") -> None:
        self.pause.call("play", _("Go on"))
        self._update_pause_text(why)
        self.pause_overlay.apply_phase(self._phase)
        # What lies under the overlay is reached only by its own keys.
        self.reps.setEnabled(False)
        self.pause_overlay.setVisible(not self.stop_prompt.waits)
        for over in (self.pause_overlay, self.keys_card, self.stop_prompt, self.input_lock):
            over.raise_()
        if not self.stop_prompt.waits:
            how = self.input_lock.if_unlocked(_("Space goes on."))
            announce(self, " ".join(part for part in (_("Paused"), why, how) if part), urgent=True)

    def _update_pause_text(self, why: str = "") -> None:
        """Update the text of the pause overlay: a paused session can still be skipped and taken back."""
        if self._view is not None:
            counted = "" if self.reps.isHidden() else self.reps.status
            lines = (why or status_line(self._view), counted, self.input_lock.if_unlocked(_("Space goes on.")))
            self.pause_overlay.set_text(_("Paused"), "\n".join(line for line in lines if line))

    def _resumed(self) -> None:
        self.pause.call("pause", _("Pause"))
        self.reps.setEnabled(True)
        self._close_question()
        self.pause_overlay.dismiss()

    def _ended(self, now: Snapshot) -> None:
        self._uncover()
        self.pause.call("pause", _("Pause"))
        driver, self._driver, self._view = self._driver, None, None
        if driver is not None:
            driver.disconnect(self)
        announce(self, _("Session complete") if now.status is Status.COMPLETED else _("Stopped. What you did is kept."))
        self.ended.emit(now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page with the tint of the phase."""
        QPainter(self).fillRect(event.rect(), self._theme.colours.phase(self._phase).tint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the page."""
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Start the animation."""
        self._lay_out()
        self._update_animated()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the animation."""
        self._update_animated()

    def changeEvent(self, event: QEvent) -> None:
        """Stop the animation of a minimized window."""
        if event.type() is QEvent.Type.WindowStateChange:
            self._update_animated()
        super().changeEvent(event)

    def _update_animated(self) -> None:
        if self._driver is not None:
            seen = self.isVisible() and not self.window().isMinimized()
            self._driver.set_animated(seen and not self._theme.reduced_motion)

    def _theme_changed(self) -> None:
        self._update_animated()
        self._lay_out()
        self._apply_theme()

    def _apply_theme(self) -> None:
        """Apply the phase's colours."""
        self.panels.apply_phase(self._phase)
        for cover in (self.pause_overlay, self.stop_prompt, self.keys_card, self.input_lock):
            cover.apply_phase(self._phase)
        self._lay_out_buttons()
        self.update()

    def _lay_out(self) -> None:
        layout = arrange(self.width(), self.height(), self._theme.scale)
        unit = layout.unit
        self.panels.lay_out(layout, self.height())
        self.keys_card.lay_out(box_rect(layout.aside), unit)
        self.input_lock.lay_out(self.rect(), box_rect(layout.buttons), unit)
        over = QRect(0, layout.ring.y, self.width(), layout.bar.y - layout.ring.y)
        self.pause_overlay.lay_out(over, unit)
        self.stop_prompt.lay_out(over, unit)
        self._lay_out_buttons()

    def _lay_out_buttons(self) -> None:
        layout = arrange(self.width(), self.height(), self._theme.scale)
        unit = layout.unit
        lay_out_tools(layout.tools, (self.mute, self.full, self.lock), self.stop)
        for button in (self.mute, self.full, self.lock, self.stop):
            button.apply_phase(self._phase, 14 * unit)
        buttons = (self.back, self.pause, self.skip, self.longer, self.done)
        shown = [button for button in buttons if not button.isHidden()]
        spread(layout.buttons, shown, 16 * unit)
        for button in shown:
            button.apply_phase(self._phase, 16 * unit)
