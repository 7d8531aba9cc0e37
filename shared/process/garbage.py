"""How often does a process look for objects that nobody refers to but themselves?"""

import gc

COLLECT_AFTER = 100_000  # objects, about as many as one large batch makes


def collect_rarely() -> None:
    """A batch makes many objects and no cycles: looking for those often costs a quarter more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
