"""The form of a step: what it shows of any text, and what comes of what is typed in it."""

from __future__ import annotations

from hypothesis import given, settings

from tests.definition.strategies import CATALOGUE, sessions
from timer_app.definition.model import Session
from timer_app.definition.writing import write_session
from timer_app.editing.changes import Changer
from timer_app.editing.draft import Draft, DraftReader
from timer_app.editing.form import form_of
from timer_app.editing.form_values import line_value, values_of

READER = DraftReader("x", CATALOGUE)
CHANGER = Changer(READER)


def read(text: str) -> Draft:
    return READER.read(text)


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_what_a_form_shows_says_what_is_written(session: Session) -> None:
    text = write_session(session)
    draft = read(text)
    for path in [(), *(place.path for place in draft.places())]:
        form = form_of(draft, path, CATALOGUE)
        assert not form.strays
        for field in form.fields:
            if field.given:
                values = values_of(form, field.name, field.text)
                again = read(CHANGER.set_values(draft, path, values))
                assert again.session == draft.session, (field, values)
        for line in form.lines:
            for name, value in (("at", line.at), ("line", line.words)):
                again = read(CHANGER.set_line(draft, path, line.index, line_value(name, value)))
                assert again.session == draft.session
