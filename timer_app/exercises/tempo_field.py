"""Read the pace of a rep: `rep: 4s`, or its phases in `tempo: {lift: 1s, hold: 1s, lower: 2s}`."""

from __future__ import annotations

from timer_app.exercises.model import Tempo
from timer_app.schema.table_reader import Key, Report, Schema, read_table, table_schema
from timer_app.schema.value_types import Duration
from timer_app.schema.yaml_tree import Node

LIFT = Key("lift", Duration(), "How long the way up takes.", required=True)
HOLD = Key("hold", Duration(zero=True), "How long the top is held.", default="0s")
LOWER = Key("lower", Duration(zero=True), "How long the way down takes.", default="0s")
TEMPO_KEYS = (LIFT, HOLD, LOWER)


class TempoPhases:
    """The phases of a rep."""

    def read(self, node: Node, where: str, report: Report) -> Tempo | None:
        """Read the phases; None where the way up is missing or any phase could not be read."""
        record = read_table(node, TEMPO_KEYS, where, report)
        if record is None:
            return None
        lift, hold, lower = (record.get(key) for key in TEMPO_KEYS)
        unread = any(record.given(key) and record.get(key) is None for key in TEMPO_KEYS)
        if lift is None or unread:
            return None
        return Tempo(lift, hold or 0, lower or 0)

    def schema(self) -> Schema:
        """Return the schema of the phases."""
        return table_schema(TEMPO_KEYS)
