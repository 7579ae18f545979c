"""`timer-app schema`: the JSON Schema of session files, for text editors."""

from __future__ import annotations

import sys
from argparse import Namespace

from timer_app.context import AppContext
from timer_app.definition.json_schema import schema_text


def run(_context: AppContext, _options: Namespace) -> int:
    """Print the schema."""
    sys.stdout.write(schema_text())
    return 0
