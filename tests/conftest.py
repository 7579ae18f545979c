"""What all tests share: properties are about what holds, and not about how busy the computer is or which day it is.

They try the same examples each time, so what passed here passes there; `--hypothesis-profile=explore` tries new ones.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

patient = settings(settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", patient)
settings.register_profile("same", patient, derandomize=True)
settings.load_profile("same")
