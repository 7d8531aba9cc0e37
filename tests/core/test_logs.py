"""Does logging cost a process no more than it needs?"""

import subprocess
import sys

LOOK = "import sys, shared.process.logs; print('rich' in sys.modules); import rich"


def test_a_service_does_not_load_what_only_colours_a_terminal() -> None:
    seen = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"
