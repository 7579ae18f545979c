"""The usual dose of an exercise as its file writes it: `usual: {hold: 30s, sets: 2, rest: 30s}`."""

from __future__ import annotations

from timer_app.exercises.model import Usual
from timer_app.fields import Key, Report, Schema, read_table, refuse_all_but_one, table_schema
from timer_app.i18n import _
from timer_app.kinds import Count, Duration, Flag
from timer_app.yaml_tree import Node

HOLD = Key("hold", Duration(), "So long, held or gone on with.")
REPS = Key("reps", Count(1, 1_000), "So many repetitions, at the exercise's tempo.")
UNTIL_DONE = Key("until_done", Flag(only_true=True), "As many as the person can do well.")
LAST_REP_HOLD = Key("last_rep_hold", Duration(), "With reps: how long the last one of each set is held.")
SETS = Key("sets", Count(1, 1_000), "How many sets.", default=1)
REST = Key("rest", Duration(zero=True), "The rest between sets.", default="0s")
EACH_SIDE = Key("each_side", Flag(), "As much on the left as on the right.", default=False)
_WORKS = (HOLD, REPS, UNTIL_DONE)
USUAL_KEYS = (*_WORKS, LAST_REP_HOLD, SETS, REST, EACH_SIDE)


class UsualDose:
    """How much of an exercise is usual, by the keys that a step of a session has too."""

    def read(self, node: Node, where: str, report: Report) -> Usual | None:
        """Read the dose; None where any of it could not be read."""
        before = len(report.findings)
        record = read_table(node, USUAL_KEYS, where, report)
        if record is None:
            return None
        refuse_all_but_one(record, _WORKS, _('add how long or how many, such as "hold: 30s" or "reps: 10"'), report)
        if record.given(LAST_REP_HOLD) and not record.given(REPS):
            report.add(
                record.at(LAST_REP_HOLD),
                record.name(LAST_REP_HOLD),
                _('"{key}" goes with reps alone').format(key=LAST_REP_HOLD.name),
                _('add "reps: …", or take it out'),
            )
        if len(report.findings) > before:
            return None
        return Usual(
            hold=record.get(HOLD),
            reps=record.get(REPS),
            last_rep_hold=record.get(LAST_REP_HOLD) or 0,
            sets=record.get(SETS) or 1,
            rest=record.get(REST) or 0,
            each_side=record.get(EACH_SIDE) or False,
        )

    def schema(self) -> Schema:
        """Return the schema of the dose."""
        return {
            **table_schema(USUAL_KEYS),
            "oneOf": [{"required": [key.name]} for key in _WORKS],
            "dependentRequired": {LAST_REP_HOLD.name: [REPS.name]},
        }
