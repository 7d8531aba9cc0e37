"""How much is tried: a little in the suite, a lot in ``make faults``."""

import os

from hypothesis import HealthCheck, settings

WHOLE = os.environ.get("CLIENTELE_FAULTS") == "whole"  # `make faults`


def budget(*, fast: int, whole: int, steps: int) -> settings:
    """So many runs of so many steps; ``--hypothesis-seed`` repeats them."""
    return settings(
        max_examples=whole if WHOLE else fast,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        print_blob=True,
    )
