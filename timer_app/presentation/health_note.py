"""The health note of the welcome page and Help: guidance, never a diagnosis."""

from __future__ import annotations

from timer_app.i18n import _


def health_title() -> str:
    """Return the note's title."""
    return _("Before you begin")


def health_lead() -> str:
    """Return what every user should read before the first session."""
    return _(
        "Move within what feels good. Stop when a pain grows or a new one starts: tired muscles are fine, pain is not."
    )


def health_points() -> tuple[tuple[str, str], ...]:
    """Return when to seek help, most urgent first: pairs of heading and text."""
    return (
        (
            _("Get emergency help at once"),
            _(
                "if back pain comes with numbness or weakness in both legs or around the genitals or the bottom; with"
                " trouble passing or holding urine or stool; with pain in the chest; or after a bad accident."
            ),
        ),
        (
            _("See a doctor soon"),
            _("if you have a fever, lose weight without meaning to, or the pain is worse at night."),
        ),
        (
            _("Ask first"),
            _(
                "if you are recovering from an injury or an operation, are pregnant, or live with a condition that"
                " exercise could affect. This program guides a session; it does not know your back."
            ),
        ),
    )
