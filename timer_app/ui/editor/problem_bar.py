"""Bars above the editor: the problems of the session, and questions with their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from timer_app.i18n import _, ngettext
from timer_app.problems import Finding
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.flow_layout import FlowLayout
from timer_app.ui.widgets.labels import ElidedLabel, Label
from timer_app.ui.widgets.layouts import column, margins

NEXT_KEY = "F8"


class ProblemBar(QFrame):
    """Show the first problem, the number of problems, and a button to go from one to the next.

    `finding_requested` carries the `Finding` to go to. The bar is hidden without problems.
    """

    finding_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "warning")
        self._findings: tuple[Finding, ...] = ()
        self._shown = 0
        self.what = ElidedLabel(theme, role=Type.BODY, tone="warning")
        self.count = Label(theme, role=Type.STRONG, tone="warning")
        self.next = Button(
            theme, _("Go there"), role="quiet", tip=_("Go to this problem, then to the next"), key=NEXT_KEY
        )
        self.next.clicked.connect(self.go_to_next)
        layout = QHBoxLayout(self)
        margins(layout, Space.LARGE, Space.TIGHT, spacing=Space.MEDIUM)
        layout.addWidget(self.count)
        layout.addWidget(self.what, 1)
        layout.addWidget(self.next)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the problems found now, if any."""
        if tuple(findings) == self._findings:
            return
        self._findings = tuple(findings)
        self._shown = 0
        self.setVisible(bool(findings))
        if findings:
            text = ngettext("{n} problem", "{n} problems", len(findings)).format(n=len(findings))
            self.count.setText(text)
            self._show(findings[0])

    def go_to_next(self) -> None:
        """Request the problem shown, and the next one the next time."""
        if self._findings:
            finding = self._findings[self._shown % len(self._findings)]
            self._show(finding)
            self._shown += 1
            self.finding_requested.emit(finding)

    def _show(self, finding: Finding) -> None:
        self.what.setText(finding_text(finding))
        self.next.setAccessibleDescription(finding_text(finding))


def finding_text(finding: Finding) -> str:
    """Return a finding in a line: `Line 7: “sixty” is not a duration; write 60s, 1:00 or 1m`."""
    instead = f"; {finding.instead}" if finding.instead else ""
    return _("Line {line}: {problem}").format(line=finding.line, problem=finding.problem) + instead


class ChoiceBar(QFrame):
    """Show a question with a button for each answer until it is answered."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "warning")
        self._theme = theme
        self.what = Label(theme, role=Type.STRONG, tone="warning", wrap=True)
        self.advice = Label(theme, role=Type.BODY, tone="warning", wrap=True)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        self.answers: tuple[Button, ...] = ()
        outer = QHBoxLayout(self)
        margins(outer, Space.LARGE, Space.MEDIUM, spacing=Space.LARGE)
        outer.addLayout(column(self.what, self.advice, Space.SMALL, self._buttons), 1)
        self.hide()

    def ask(self, what: str, advice: str, answers: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Ask a question in place of any other; each answer is a button's text and its action."""
        for button in self.answers:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.what.setText(what)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        buttons: list[Button] = []
        for number, (words, act) in enumerate(answers):
            button = Button(self._theme, words, role="" if number else "primary")
            button.clicked.connect(partial(self._answer, act))
            self._flow.addWidget(button)
            buttons.append(button)
        self.answers = tuple(buttons)
        self.show()
        announce(self, f"{what} {advice}".strip(), urgent=True)
        if buttons:
            buttons[0].setFocus()

    def withdraw(self) -> None:
        """Withdraw the question."""
        self.hide()

    def _answer(self, act: Callable[[], object], _checked: bool = False) -> None:
        self.hide()
        act()
