"""What holds of every session that is written."""

from __future__ import annotations

from hypothesis import given, settings

from tests.definition.strategies import sessions
from tests.definition.test_serializer import read
from timer_app.definition.model import Session
from timer_app.definition.serializer import write_session


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_whatever_is_written_reads_back(session: Session) -> None:
    assert read(write_session(session)) == session
