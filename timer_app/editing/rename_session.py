"""Rename a session in its file, leaving everything else in it as it is."""

from __future__ import annotations

from pathlib import Path

from timer_app.definition import format_fields
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.session_file import read_content, save_content
from timer_app.editing.step_operations import StepOperations


def rename(file: Path, name: str) -> None:
    """Rename the session in a file. Raises Problem if the file cannot be read, changed or written."""
    content = read_content(file)
    reader = DraftReader(file.name, {})
    renamed = StepOperations(reader).set_values(reader.read(content.text), (), {format_fields.NAME.name: name})
    save_content(content.with_text(renamed.text), file, content)
