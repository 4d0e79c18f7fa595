"""`python -m coach_tui`."""

import sys

from coach_tui.cli.main import script

sys.exit(script())
