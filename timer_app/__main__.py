"""`python -m timer_app`."""

import sys

from timer_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
