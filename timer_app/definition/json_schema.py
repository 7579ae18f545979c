"""The session format as a JSON Schema, for editors that complete and check while an author types."""

from __future__ import annotations

import json
from collections.abc import Sequence

from timer_app.definition import format_fields
from timer_app.schema.table_reader import Key, Schema, table_schema

NOT_IN_SCHEMA = (
    "An exercise must be in the catalogue.",
    "A duration written as a text lies between 0.1 s and 4 h.",
    "A duration is 0 only for setup, for the rest between sets or rounds, and for the hold and lower of a tempo.",
    "A moment of say lies inside its interval; in an open step it is counted from the start.",
    "A last_rep_hold needs reps with a pace, which may be the catalogue's.",
    "Rounds are nested at most three deep.",
    "A session compiles to at most 2,000 intervals and 8 hours.",
    "A file has at most 256 KiB, 20,000 lines and 20,000 values, nested at most 12 deep, in one document.",
    "Anchors, aliases, tags, merge keys, keys given twice and control characters are refused.",
    "A whole number is written in plain digits: not 3.0, not 0x10, not +3.",
    "A text in braces may hold commas without quotes; a text may also be null or ~, which is taken as a word.",
    "Blanks around a text do not count for its length; a number that stands for a text has no length here.",
)
"""The rules of the format that the schema cannot express."""


def session_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a session file, made from the tables that the reader reads by."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Session",
        "description": "A guided exercise session, format 1.",
        "$comment": "What this schema cannot say: " + " ".join(NOT_IN_SCHEMA),
        **table_schema(format_fields.SESSION_KEYS),
        "$defs": {
            "step": {
                "anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("exercise_step", "rest_step", "rounds_step")],
            },
            "exercise_step": {
                "description": "One exercise: its work, how often, and the pauses in between.",
                **table_schema(format_fields.EXERCISE_KEYS),
                "dependentRequired": {
                    key.name: [format_fields.REPS.name]
                    for key in (format_fields.REP, format_fields.TEMPO, format_fields.LAST_REP_HOLD)
                },
                "not": {"required": [format_fields.REP.name, format_fields.TEMPO.name]},
                "allOf": [
                    _exactly_one((format_fields.EXERCISE, format_fields.OWN_NAME)),
                    _exactly_one(format_fields.WORK_KEYS),
                ],
            },
            "rest_step": {"description": "A rest of its own.", **table_schema(format_fields.REST_KEYS)},
            "rounds_step": {"description": "A block of steps, repeated.", **table_schema(format_fields.ROUNDS_KEYS)},
        },
    }


def schema_text() -> str:
    """Return the schema as the text of a file."""
    return json.dumps(session_schema(), indent=2, ensure_ascii=False) + "\n"


def _exactly_one(keys: Sequence[Key[object]]) -> Schema:
    """Return the schema of a mapping in which exactly one of some keys stands."""
    return {"oneOf": [{"required": [key.name]} for key in keys]}
