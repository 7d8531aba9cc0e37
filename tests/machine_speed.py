"""How much slower is this machine just now than one that bounds in seconds are meant for?"""

import time

ADDITIONS, USUAL_SECONDS = 300_000, 0.02  # of the processor


def slowness() -> float:
    """Times as slow; never less than one."""
    return max(1.0, min(_additions() for _ in range(3)) / USUAL_SECONDS)


def _additions() -> float:
    began, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.process_time() - began
