"""Sessions from elsewhere: looked at first, copied in when the user says so, and never started by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from timer_app.definition.session_import import Candidate, Examined, LeftOut, copy_in
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.presentation.plan_lines import plan_lines
from timer_app.problems import Problem
from timer_app.timeline.compile import compile_session
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.support.window_state import size_dialog
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, ScrollPage, column, line, margins, row
from timer_app.ui.widgets.session_strip import SessionStrip

_WIDTH = 640
_MOST_STEPS = 12


class ImportDialog(QDialog):
    """Shows what was found in a file and asks whether to copy it in. `copied` are the files that were, once it was."""

    def __init__(self, services: Services, found: Examined, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._examined = found
        self.copied: tuple[Path, ...] = ()
        theme = services.theme
        count = len(found.candidates)
        self.setWindowTitle(_("Add to your sessions"))
        size_dialog(self, QSize(_WIDTH, 560), QSize(520, 420))
        scroll = ScrollPage(_WIDTH)
        body = QVBoxLayout(scroll.content)
        margins(body, Space.WIDE, Space.WIDE, spacing=Space.MEDIUM)
        title = ngettext("Add this session?", "Add these {n} sessions?", count).format(n=count)
        body.addWidget(Label(theme, title, Type.TITLE, wrap=True))
        body.addWidget(
            Label(theme, _("A copy goes to your own sessions. Nothing is started by itself."), tone="soft", wrap=True)
        )
        for candidate in found.candidates:
            body.addWidget(self._card(candidate))
        if found.left_out:
            body.addWidget(self._left_out(found.left_out))
        body.addStretch(1)
        self.add = Button(theme, _("Add"), role="primary", sign="check", key="Return", shortcut=False)
        self.add.clicked.connect(self._copy)
        self.add.setDefault(True)
        self.cancel = Button(theme, _("Not now"), role="quiet", key="Esc", shortcut=False)
        self.cancel.clicked.connect(self.reject)
        low = QWidget()
        layout = QVBoxLayout(low)
        margins(layout, Space.WIDE, Space.MEDIUM)
        layout.addLayout(row(self.add, self.cancel, 0))
        outer = QVBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(scroll, 1)
        outer.addWidget(line())
        outer.addWidget(low)

    def _card(self, candidate: Candidate) -> Card:
        theme, session = self._services.theme, candidate.session
        card = Card("card" if session is not None else "warning")
        layout = QVBoxLayout(card)
        margins(layout, Space.LARGE, Space.LARGE, spacing=Space.SMALL)
        if session is None:
            layout.addWidget(Label(theme, candidate.origin, Type.HEADING, tone="warning", wrap=True))
            for finding in candidate.findings[:3]:
                where = _("Line {line}: {problem}").format(line=finding.line, problem=finding.problem)
                layout.addWidget(Label(theme, where, tone="warning", wrap=True))
            text = _("It would be listed with its problems, for you to mend.")
            layout.addWidget(Label(theme, text, Type.SMALL, tone="warning", wrap=True))
            return card
        timeline = compile_session(session, self._services.catalogue)
        layout.addWidget(Label(theme, session.name, Type.HEADING, wrap=True))
        layout.addWidget(
            Label(theme, f"{formatting.total(timeline)} · {candidate.name}", Type.SMALL, tone="soft", wrap=True)
        )
        strip = SessionStrip(theme, 40)
        strip.show_timeline(timeline)
        layout.addWidget(strip)
        lines = plan_lines(session, self._services.catalogue, timeline)
        for step in lines[:_MOST_STEPS]:
            text = "  " * step.depth + (f"{step.title}, {step.detail}" if step.detail else step.title)
            layout.addWidget(Label(theme, text, Type.SMALL, wrap=True))
        if len(lines) > _MOST_STEPS:
            more = len(lines) - _MOST_STEPS
            text = ngettext("And {n} more step.", "And {n} more steps.", more).format(n=more)
            layout.addWidget(Label(theme, text, Type.SMALL, tone="soft"))
        for lost in candidate.lost:
            layout.addWidget(Label(theme, lost, Type.SMALL, tone="soft", wrap=True))
        return card

    def _left_out(self, left_out: Sequence[LeftOut]) -> QWidget:
        theme = self._services.theme
        holder = QWidget()
        labels = [Label(theme, str(one), Type.SMALL, tone="soft", wrap=True) for one in left_out]
        holder.setLayout(column(Label(theme, _("Left out"), Type.HEADING), Space.SMALL, *labels))
        return holder

    def _copy(self) -> None:
        try:
            self.copied = copy_in(self._examined.candidates, self._services.paths.sessions)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            self.reject()
            return
        self.accept()
