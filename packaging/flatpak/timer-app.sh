#!/bin/sh
PYTHONPATH=/app/lib/guided-session-timer exec python3 -P -m timer_app "$@"
