"""The page of a running session: shows snapshots, sends what the person wants to the driver, and knows nothing else."""

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
from timer_app.presentation.run_view import RunView, announcement, run_view, stand, standing
from timer_app.timeline.intervals import Interval
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.input_lock import PLAYING, InputLock
from timer_app.ui.run.overlays import KeysCard, PauseOverlay
from timer_app.ui.run.rep_count_card import counting
from timer_app.ui.run.run_buttons import RunButton, place_tools, spread
from timer_app.ui.run.run_panels import RunPanels, box_rect
from timer_app.ui.run.stop_prompt import StopPrompt
from timer_app.ui.support.accessibility import announce
from timer_app.ui.support.session_driver import SessionDriver
from timer_app.ui.support.window_state import leave_full_screen, toggle_full_screen
from timer_app.ui.widgets.labels import set_tip


class RunPage(QWidget):
    """A running session. `ended` carries the last snapshot of a session that has ended, or was stopped.

    Space pauses and goes on, ← and → go back and skip, ↑ gives ten seconds more, Enter ends an open step, M mutes, F
    and F11 fill the screen, Esc asks whether to stop, ? tells the keys; media keys do what is written on them. While
    it asks, the session is paused: Enter stops, Esc or Space keeps going. L locks keys and clicks until Esc is held.
    In the rest after work that the person counts, digits, Backspace, + and − tell how many there were.
    """

    ended = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._driver: SessionDriver | None = None
        self._view: RunView | None = None
        self._stand: tuple[object, ...] = ()
        self._phase = Phase.SETUP
        self._ran_before_asking = False
        self._asked: int | None = None
        self._fills_screen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_panels()
        self._make_buttons()
        self._make_covers()
        self._keys = self._key_table()
        theme.changed.connect(self._theme_changed)

    def play(self, driver: SessionDriver) -> None:
        """Show the session behind `driver`, and start it."""
        self._driver, self._view, self._stand = driver, None, ()
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
        self.ring, self.coach, self.upcoming, self.bar = panels.ring, panels.coach, panels.upcoming, panels.bar
        self.reps = panels.reps
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

    def _make_covers(self) -> None:
        self.pause_cover = PauseOverlay(self._theme, self, "pause")
        self.resume = self._button("play", _("Go on"), _("Space"), partial(self._do, Conductor.resume), primary=True)
        self.resume.setParent(self.pause_cover)
        self.pause_cover.offer(self.resume)
        self.stop_cover = StopPrompt(self._theme, self)
        self.stop_cover.going_on.connect(self._keep_going)
        self.stop_cover.stop_requested.connect(partial(self._do, Conductor.stop))
        self.keys_card = KeysCard(self._theme, self)
        self.veil = InputLock(self._theme, self)
        self.veil.unlocked.connect(self._unlock)

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
        """Return which button each key stands for."""
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
        """Claim the page's keys before the window's own shortcuts see them."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._listens_to(event):
            event.accept()
            return True
        return super().event(event)

    def _listens_to(self, event: QKeyEvent) -> bool:
        return event.text() == "?" or self._counts(event) or Qt.Key(event.key()) in (*self._keys, *PLAYING)

    def _counts(self, event: QKeyEvent) -> bool:
        """Whether a key tells how many reps there were, because that is asked for."""
        return not self.reps.isHidden() and counting(event) != ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says; a key that is held down counts once."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat():
            return
        if self.stop_cover.waits:
            self.stop_cover.answer(key)
        elif self._counts(event):
            self.reps.take_key(counting(event))
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
        driver, waits = self._driver, self.stop_cover.waits
        if driver is None or self._view is None or (waits and not closing) or self.veil.refuses():
            return
        if not waits:
            self._ran_before_asking = driver.conductor.state.running
        self._enable_buttons(enabled=False)
        self.stop_cover.ask(self._phase, closing=closing)
        self.setFocus()
        driver.do(Conductor.pause)

    def _keep_going(self) -> None:
        self._close_question()
        if self._ran_before_asking:
            self._do(Conductor.resume)

    def _close_question(self) -> None:
        """Take the question away, however it was answered."""
        if self.stop_cover.waits:
            self._enable_buttons(enabled=True)
            self.stop_cover.lift()

    def lock_keys(self) -> None:
        """Let keys and clicks do nothing until Esc is held."""
        self.keys_card.hide()
        self._enable_buttons(enabled=False)
        self.veil.lock()

    def _unlock(self) -> None:
        self._enable_buttons(enabled=True)
        self._tell_pause()
        self.setFocus()
        announce(self, _("Unlocked"), urgent=True)

    def _enable_buttons(self, *, enabled: bool) -> None:
        """Let the page's buttons take clicks and the keyboard, or none but those of the question."""
        for button in self.findChildren(RunButton):
            button.setEnabled(enabled or self.stop_cover.isAncestorOf(button))

    def _uncover(self) -> None:
        """Show the page as it is, with nothing over it."""
        self.keys_card.hide()
        self.pause_cover.lift()
        self.stop_cover.lift()
        self.veil.lift()
        self.reps.setEnabled(True)
        self._enable_buttons(enabled=True)
        self._ask_for(None)

    def _count(self, count: int | None) -> None:
        if self._asked is not None and self._driver is not None:
            self._driver.conductor.enter_reps(self._asked, count)
            self._tell_pause()

    def _ask_for(self, index: int | None) -> None:
        if index != self._asked:
            self._asked = index
            self.panels.ask_for(index, None if self._driver is None else self._driver.conductor.state)
            self._tell_pause()

    def _mute(self) -> None:
        self._do(lambda conductor: conductor.mute(not conductor.snapshot().muted))

    def _full_screen(self) -> None:
        self._fills_screen = toggle_full_screen(self.window())

    def give_screen_back(self) -> None:
        """Let the window have the size again that it had before it was made to fill the screen here."""
        if self._fills_screen:
            self._fills_screen = False
            leave_full_screen(self.window())

    def _show(self, now: Snapshot) -> None:
        interval = now.interval
        unseen = self.window().isMinimized() and self._stand[:1] == (now.index,) and now.status is Status.RUNNING
        if interval is None or self._driver is None or unseen:
            return
        catalogue = self._driver.conductor.catalogue
        stands = stand(now)
        if self._view is not None and stands == self._stand:
            # Between two seconds it is only what moves that differs.
            self.panels.animate(now.elapsed)
            return
        self._stand = stands
        view = run_view(now, interval)
        before, self._view, self._phase = self._view, view, view.phase
        if before is None or before.phase is not view.phase:
            self._apply_theme()
        self.panels.show_view(now, view, catalogue)
        self.detail.setVisible(bool(view.detail))
        if before is None or before.is_open != view.is_open:
            self.done.setVisible(view.is_open)
            self.longer.setVisible(not view.is_open)
            self._place_buttons()
        self._show_muted(muted=now.muted)
        if now.status is not Status.RUNNING:
            self._tell_pause()

    def _show_muted(self, *, muted: bool) -> None:
        name = _("Sound on") if muted else _("Sound off")
        if name != self.mute.text():
            self.mute.call("muted" if muted else "sound", name)

    def _phase_changed(self, interval: Interval) -> None:
        self.ring.setAccessibleName(_("Time left: {name}").format(name=interval.title))
        announce(self, announcement(interval))
        if self._driver is not None:
            self._ask_for(rep_entry_index(self._driver.conductor.state))

    def _slept(self) -> None:
        self._cover(_("The computer slept, or the program was held up. Nothing is lost."))

    def _cover(self, why: str = "") -> None:
        self.pause.call("play", _("Go on"))
        self._tell_pause(why)
        self.pause_cover.apply_phase(self._phase)
        # What lies under it is reached by its own keys alone.
        self.reps.setEnabled(False)
        self.pause_cover.setVisible(not self.stop_cover.waits)
        for over in (self.pause_cover, self.keys_card, self.stop_cover, self.veil):
            over.raise_()
        if not self.stop_cover.waits:
            how = self.veil.unless_locked(_("Space goes on."))
            announce(self, " ".join(part for part in (_("Paused"), why, how) if part), urgent=True)

    def _tell_pause(self, why: str = "") -> None:
        """Write on the cover what stands still, as it is now: a session that is paused can be led on and back."""
        if self._view is not None:
            counted = "" if self.reps.isHidden() else self.reps.told
            lines = (why or standing(self._view), counted, self.veil.unless_locked(_("Space goes on.")))
            self.pause_cover.tell(_("Paused"), "\n".join(line for line in lines if line))

    def _resumed(self) -> None:
        self.pause.call("pause", _("Pause"))
        self.reps.setEnabled(True)
        self._close_question()
        self.pause_cover.lift()

    def _ended(self, now: Snapshot) -> None:
        self._uncover()
        self.pause.call("pause", _("Pause"))
        driver, self._driver, self._view = self._driver, None, None
        if driver is not None:
            driver.disconnect(self)
        announce(self, _("Session complete") if now.status is Status.COMPLETED else _("Stopped. What you did is kept."))
        self.ended.emit(now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page with the phase's tint."""
        QPainter(self).fillRect(event.rect(), self._theme.colours.phase(self._phase).tint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place."""
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the ring move."""
        self._place()
        self._update_animated()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the ring rest: nobody sees it."""
        self._update_animated()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window into the task bar and back."""
        if event.type() is QEvent.Type.WindowStateChange:
            self._update_animated()
        super().changeEvent(event)

    def _update_animated(self) -> None:
        if self._driver is not None:
            seen = self.isVisible() and not self.window().isMinimized()
            self._driver.set_animated(seen and not self._theme.reduced_motion)

    def _theme_changed(self) -> None:
        self._update_animated()
        self._place()
        self._apply_theme()

    def _apply_theme(self) -> None:
        """Wear the phase's colours."""
        self.panels.apply_phase(self._phase)
        for cover in (self.pause_cover, self.stop_cover, self.keys_card, self.veil):
            cover.apply_phase(self._phase)
        self._place_buttons()
        self.update()

    def _place(self) -> None:
        places = arrange(self.width(), self.height(), self._theme.scale)
        unit = places.unit
        self.panels.place(places, self.height())
        self.keys_card.place(box_rect(places.aside), unit)
        self.veil.place(self.rect(), box_rect(places.buttons), unit)
        over = QRect(0, places.ring.y, self.width(), places.bar.y - places.ring.y)
        self.pause_cover.place(over, unit)
        self.stop_cover.place(over, unit)
        self._place_buttons()

    def _place_buttons(self) -> None:
        places = arrange(self.width(), self.height(), self._theme.scale)
        unit = places.unit
        place_tools(places.tools, (self.mute, self.full, self.lock), self.stop)
        for button in (self.mute, self.full, self.lock, self.stop):
            button.apply_phase(self._phase, 14 * unit)
        buttons = (self.back, self.pause, self.skip, self.longer, self.done)
        shown = [button for button in buttons if not button.isHidden()]
        spread(places.buttons, shown, 16 * unit)
        for button in shown:
            button.apply_phase(self._phase, 16 * unit)
