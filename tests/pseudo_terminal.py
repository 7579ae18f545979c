"""Pseudo-terminals for tests, which a bare container may not have."""

from __future__ import annotations

import os

import pytest


def skip_without_pty() -> None:
    """Skip the calling test where the system has no pseudo-terminals, such as a root folder without `/dev/pts`."""
    try:
        main, side = os.openpty()
    except (AttributeError, OSError) as error:
        pytest.skip(f"there are no pseudo-terminals here: {error}")
    os.close(main)
    os.close(side)
