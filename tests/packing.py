"""Which files of a run go to one worker together, and which first?

Whatever starts a whole installation is started as seldom as may be: files that look at one and the
same go to one worker, one after the other, and it ends with the last of them (their fixtures are of
their package). What takes longest begins first, so that nobody waits at the end for one worker.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from xdist.scheduler import LoadFileScheduling

# What each worker of three begins with, longest first. Two installations at a time are as many as
# two cores can serve: the promised seconds of recovery hold on no busier machine.
TOGETHER: Mapping[str, Sequence[str]] = {
    "one installation": ("tests/journeys/",),
    "others": (
        "tests/faults/test_servers.py",
        "tests/faults/test_failpoints_of_messages.py",
        "tests/faults/test_failpoints_of_events.py",
        "tests/faults/test_two_releases.py",
        "tests/faults/test_doors.py",
        "tests/journeys/test_demo.py",
        "tests/deploy/trial/test_supervisor.py",
    ),
}
EARLY = (
    "tests/browser/test_desk_without_mouse.py",
    "tests/deploy/infra/test_query_plans.py",
    "tests/deploy/infra/test_asyncapi.py",
    "tests/reminders/model/",
    "tests/browser/",
    "tests/deploy/",
    "tests/core/",
    "tests/reminders/",
)


def unit_of(file: str) -> str:
    """What a file is worked on together with; itself, where with nothing."""
    named = (name for name, places in TOGETHER.items() if file in places)
    below = (name for name, places in TOGETHER.items() if file.startswith(tuple(places)))
    return next(named, None) or next(below, file)


@cache
def turn_of(file: str) -> tuple[int, int]:
    """Sorts the files of a run: the longest units first, and within each as they are listed."""
    unit = unit_of(file)
    if unit in TOGETHER:
        places = TOGETHER[unit]
        return list(TOGETHER).index(unit), places.index(file) if file in places else 0
    turn = next((at for at, place in enumerate(EARLY) if file.startswith(place)), len(EARLY))
    return len(TOGETHER) + turn, 0


class Packing(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """File by file, or unit by unit, in the order in which the items stand."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(super()._split_scope(nodeid))
