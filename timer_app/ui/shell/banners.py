"""Banners above the pages for the notices of the message channel, announced to a screen reader."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.support.messages import UNDO_FOR, Messages, Notice
from timer_app.ui.widgets.buttons import Button, IconButton
from timer_app.ui.widgets.labels import ElidedLabel, Label
from timer_app.ui.widgets.layouts import Card, margins

_SIGN, _CROSS, _COMPACT = 22, 20, 15
"""The sizes of the sign and of the cross, and of both in a slim line, in logical pixels."""


class _SeveritySign(QLabel):
    """The sign before a banner's text; the text says it all, so a screen reader passes over it."""

    def __init__(self, theme: Theme, kind: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        ink = (colours.warning if self._kind == "warning" else colours.info).ink
        paint_icon(QPainter(self), self._kind, QRectF(self.rect()), ink)


class Banner(Card):
    """One notice on screen. `closed` comes when it was dismissed or acted upon."""

    closed = Signal()

    def __init__(self, theme: Theme, notice: Notice) -> None:
        super().__init__(notice.kind)
        self._theme = theme
        self._compact = False
        self.notice = notice
        self.action: Button | None = None
        self._what = Label(theme, notice.what, Type.STRONG, tone=notice.kind, wrap=True)
        self._advice = Label(theme, notice.advice, Type.BODY, tone=notice.kind, wrap=True)
        self._short = ElidedLabel(theme, f"{notice.what} {notice.advice}".strip(), tone=notice.kind)
        texts = QVBoxLayout()
        margins(texts, 0, spacing=Space.HAIR)
        for label in (self._what, self._advice, self._short):
            texts.addWidget(label)
        layout = self._layout = QHBoxLayout(self)
        self._sign = _SeveritySign(theme, notice.kind)
        layout.addWidget(self._sign)
        layout.addLayout(texts, 1)
        if notice.act is not None:
            self.action = Button(theme, notice.action)
            self.action.clicked.connect(self._act)
            layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_button = IconButton(theme, "close", _("Dismiss"))
        self.close_button.clicked.connect(self._dismiss)
        layout.addWidget(self.close_button)
        self._fit()
        theme.changed.connect(self._fit)
        if not notice.lasting:
            QTimer.singleShot(UNDO_FOR, self, self.closed.emit)

    def set_compact(self, *, compact: bool) -> None:
        """Take one line, cut short where there is no room for all of it, or as many as the notice needs."""
        if compact != self._compact:
            self._compact = compact
            self._fit()

    def _fit(self) -> None:
        compact = self._compact
        self._what.setHidden(compact)
        self._advice.setHidden(compact or not self.notice.advice)
        self._short.setVisible(compact)
        margins(self._layout, Space.LARGE, 0 if compact else Space.SMALL, spacing=Space.MEDIUM)
        # Beside a paragraph the sign stands at its first line, and beside a line at that.
        paragraph = bool(self.notice.advice) and not compact
        place = Qt.AlignmentFlag.AlignTop if paragraph else Qt.AlignmentFlag.AlignVCenter
        for part in (self._sign, self.close_button):
            self._layout.setAlignment(part, place)
        sign, cross = (_COMPACT, _COMPACT) if compact else (_SIGN, _CROSS)
        self._sign.setFixedSize(self._theme.px(sign), self._theme.px(sign))
        self.close_button.setIconSize(QSize(self._theme.px(cross), self._theme.px(cross)))
        # The application's least height is for what is pressed often; a slim line has the height of its text.
        self.setStyleSheet("QAbstractButton { min-height: 0; }" if compact else "")

    def _dismiss(self) -> None:
        self.closed.emit()
        if self.notice.refuse is not None:
            self.notice.refuse()

    def _act(self) -> None:
        self.closed.emit()
        if self.notice.act is not None:
            self.notice.act()


class BannerStack(QWidget):
    """The banners, newest last; at most three at once, an older one with an offer going first.

    `changed` comes when there is one more or one less.
    """

    changed = Signal()

    _MOST = 3

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self._compact = self._alone = False
        self._theme = theme
        self._layout = QVBoxLayout(self)
        margins(self._layout, Space.WIDE, Space.SMALL, spacing=Space.SMALL)
        self._banners: list[Banner] = []
        self.hide()
        messages.subscribe(self.show_notice)
        messages.withdrawn.connect(self._withdraw_offer)
        messages.session_ended.connect(self._end_session)

    @property
    def banners(self) -> tuple[Banner, ...]:
        """The banners on screen, oldest first."""
        return tuple(self._banners)

    def fit(self, *, compact: bool, alone: bool) -> None:
        """Show the newest one `alone`, the others waiting behind it, or `slim`, which is alone and in one line."""
        self._compact, self._alone = compact, alone
        self._arrange()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice, unless the same one, or its very words without an offer, is on screen already; announce it."""
        if notice.replaces:
            self.withdraw(notice.replaces)
        shown = [banner.notice for banner in self._banners]
        if notice in shown or (notice.act is None and notice.what in [each.what for each in shown]):
            return
        if len(self._banners) >= self._MOST:
            passing = [banner for banner in self._banners if not banner.notice.lasting]
            self._remove((passing or self._banners)[0])
        banner = Banner(self._theme, notice)
        banner.closed.connect(lambda: self._remove(banner))
        self._banners.append(banner)
        self._layout.addWidget(banner)
        self._arrange()
        announce(self, f"{notice.what} {notice.advice}".strip(), urgent=True)

    def withdraw(self, what: str) -> None:
        """Take away the banners with these words: what they ask is out of place by now."""
        for banner in self.banners:
            if banner.notice.what == what:
                self._remove(banner)

    def _withdraw_offer(self, act: Callable[[], None]) -> None:
        for banner in self.banners:
            if banner.notice.act == act:
                self._remove(banner)

    def _end_session(self) -> None:
        for banner in self.banners:
            if banner.notice.of_session:
                self._remove(banner)

    def _remove(self, banner: Banner) -> None:
        if banner not in self._banners:
            return
        self._banners.remove(banner)
        self._layout.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._arrange()

    def _arrange(self) -> None:
        """Show as many as there is room for, the newest in any case."""
        margins(self._layout, Space.WIDE, Space.HAIR if self._compact else Space.SMALL, spacing=Space.SMALL)
        for banner in self._banners:
            banner.set_compact(compact=self._compact)
            banner.setVisible(banner is self._banners[-1] or not (self._compact or self._alone))
        self.setVisible(bool(self._banners))
        self.changed.emit()
