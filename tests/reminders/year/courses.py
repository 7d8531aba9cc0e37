"""How are the complaints of that year led, and was each of their steps taken once, and seen?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.tasks import TaskCreated
from tests.fakes.memory import MemoryService

APOLOGY = {"outcome": "apologised", "cause_code": "not-called-back", "client_told": True}
IN_VAIN = {"outcome": "client-unreachable", "cause_code": "not-known", "client_told": False}
LEAD, CHECK = "service-recovery", "verify"


@dataclass(frozen=True)
class Course:
    """How a complaint is led: so many days after it came, which decision at which task."""

    steps: tuple[tuple[float, str, str, Mapping[str, Any]], ...]
    answered: str  # of the eight weeks for an answer
    signposted: str = "missed"  # of the word of the ombudsman, in England and Wales
    acknowledged: str = "met"  # of the thirty days, where it is about data
    openings: int = 1
    closings: int = 1
    verified: int = 1


COURSES: Mapping[str, Course] = {
    "well": Course(
        ((0.2, LEAD, "acknowledge", {}), (10, LEAD, "told", {}), (12, LEAD, "resolve", APOLOGY),
         (31, CHECK, "right-now", {})),
        answered="met", signposted="met",
    ),
    "late": Course(
        ((40, LEAD, "acknowledge", {}), (70, LEAD, "resolve", APOLOGY),
         (90, CHECK, "right-now", {})),
        answered="missed", acknowledged="missed",
    ),
    "twice": Course(
        ((5, LEAD, "resolve", APOLOGY), (24, CHECK, "still-unhappy", {"note": "No."}),
         (30, LEAD, "resolve", APOLOGY), (49, CHECK, "right-now", {})),
        answered="met", signposted="met", openings=2, closings=2,
    ),
    "in vain": Course(
        ((1, LEAD, "acknowledge", {}), (2, LEAD, "log-try", {}), (3, LEAD, "log-try", {}),
         (7, LEAD, "log-try", {}), (9, LEAD, "signposted", {}), (10, LEAD, "resolve", IN_VAIN)),
        answered="met", signposted="met", verified=0,
    ),
    "never": Course((), answered="missed", acknowledged="missed", closings=0, verified=0),
}  # fmt: skip


def misled(feedback: MemoryService, course: Course, complaint_id: str) -> Iterator[str]:
    """A complaint whose steps were not taken once each, in time or seen to be late."""
    said = [each.data for each in feedback.announced
            if getattr(each.data, "complaint_id", None) == complaint_id]  # fmt: skip
    opened = [each for each in said if each.TYPE == "concern-opened"]
    steps = Counter(each.step for each in said if each.TYPE == "concern-advanced")
    wanted = {"openings": len(opened), "closings": sum(s.TYPE == "concern-closed" for s in said),
              "verified": steps["verified"]}  # fmt: skip
    for name, count in wanted.items():
        if count != getattr(course, name):
            yield f"{complaint_id} has {count} {name}, not {getattr(course, name)}"
    if any(count > course.openings for count in steps.values()):
        yield f"{complaint_id} took a step twice: {steps}"
    asked = [each.data for each in feedback.announced if isinstance(each.data, TaskCreated)
             and each.data.about.complaint_id == complaint_id]  # fmt: skip
    due = {each.due_at for each in asked if each.kind == LEAD}
    yield from (f"nobody was asked to acknowledge {complaint_id} by {each.due_at}"
                for each in opened if each.due_at not in due)  # fmt: skip
    open_still = [
        each for each in feedback.tasks() if each.about.get("complaint_id") == complaint_id
    ]
    if bool(open_still) is not (course.closings < course.openings):
        yield f"{complaint_id} is left with {[each.kind for each in open_still]} to do"
