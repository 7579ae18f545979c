"""Read the usual dose of an exercise: `usual: {hold: 30s, sets: 2, rest: 30s}`."""

from __future__ import annotations

from timer_app.exercises.model import Usual
from timer_app.i18n import _
from timer_app.schema.table_reader import FieldValues, Key, Report, Schema, read_table, refuse_all_but_one, table_schema
from timer_app.schema.value_types import Duration, Flag, WholeNumber
from timer_app.schema.yaml_tree import Node

HOLD = Key("hold", Duration(), "So long, held or gone on with.")
UP_TO = Key("up_to", Duration(), "With hold: the longest that is usual, for a hold that grows with practice.")
REPS = Key("reps", WholeNumber(1, 1_000), "So many repetitions, at the exercise's tempo.")
UNTIL_DONE = Key("until_done", Flag(only_true=True), "As many as the person can do well.")
LAST_REP_HOLD = Key("last_rep_hold", Duration(), "With reps: how long the last one of each set is held.")
SETS = Key("sets", WholeNumber(1, 1_000), "How many sets.", default=1)
REST = Key("rest", Duration(zero=True), "The rest between sets.", default="0s")
EACH_SIDE = Key("each_side", Flag(), "As much on the left as on the right.", default=False)
_WORKS = (HOLD, REPS, UNTIL_DONE)
USUAL_KEYS = (*_WORKS, UP_TO, LAST_REP_HOLD, SETS, REST, EACH_SIDE)


class UsualDose:
    """The usual dose, with the keys of a step of a session."""

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
        _check_growth(record, report)
        if len(report.findings) > before:
            return None
        return Usual(
            hold=record.get(HOLD),
            up_to=record.get(UP_TO),
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


def _check_growth(record: FieldValues, report: Report) -> None:
    """Report `up_to` where there is no hold, or where the hold is that long already."""
    if not record.given(UP_TO):
        return
    at, name = record.at(UP_TO), record.name(UP_TO)
    hold, most = record.get(HOLD), record.get(UP_TO)
    if not record.given(HOLD):
        report.add(
            at, name, _('"{key}" goes with hold alone').format(key=UP_TO.name), _('add "hold: …", or take it out')
        )
    elif hold is not None and most is not None and most <= hold:
        report.add(at, name, _("this is no longer than the hold"), _("write a longer one, or take it out"))
