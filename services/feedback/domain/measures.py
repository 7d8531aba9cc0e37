"""Under which labels does a thing count, by what was told of it?

One function for each measure. Labels are words of ours, standards, sources, cause codes and
numbers: what figures are made of. Durations count in quarters of an hour in which the firm is open.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.feedback.domain.fact import Labels
from services.feedback.domain.score import DETRACTOR, PROMOTER
from shared.calendar import FirmCalendar

INQUIRIES, COMMITMENTS, SATISFACTION = "inquiries", "commitments", "satisfaction"
REVIEWS, RESPONSES, OVERDUE = "reviews", "responses", "overdue"
CONCERNS, AUTOMATION, ASKS, INVITED = "concerns", "automation", "asks", "invited"
QUARTER = timedelta(minutes=15)
ALL = "all"
BANDS = ("detractor", "passive", "promoter", "no-answer")

Said = Mapping[str, Any]


def labels_of(measure: str, calendar: FirmCalendar) -> Labels:
    """How the things of this measure are counted."""
    return _Measures(calendar).by_name()[measure]


def band_of(score: int | None) -> str:
    """Which of the three groups of the question of recommending an answer falls into."""
    if score is None:
        return "no-answer"
    if score >= PROMOTER:
        return "promoter"
    return "detractor" if score <= DETRACTOR else "passive"


@dataclass(frozen=True, slots=True)
class _Measures:
    calendar: FirmCalendar

    def by_name(self) -> dict[str, Labels]:
        each: dict[str, Callable[[Said], Iterator[str]]] = {
            INQUIRIES: self.inquiry,
            COMMITMENTS: commitment,
            SATISFACTION: answer,
            REVIEWS: review,
            RESPONSES: self.response,
            OVERDUE: overdue,
            CONCERNS: concern,
            AUTOMATION: contact,
            ASKS: ask,
            INVITED: invited,
        }
        return {name: _tuple_of(labels) for name, labels in each.items()}

    def inquiry(self, said: Said) -> Iterator[str]:
        """Where it stands, by which way it came, and how long its first answer took."""
        phase = str(said.get("phase") or "new")
        source = str(said.get("referral") or said.get("channel") or "unknown")
        yield f"{ALL}|{phase}"
        yield f"{source}|{phase}"
        if (answered := said.get("answered_at")) is not None:
            yield f"took|{self.quarters(said['at'], answered)}"

    def response(self, said: Said) -> Iterator[str]:
        """How long whoever asked waited, or that they still do."""
        kind, answered = str(said.get("kind")), said.get("answered_at")
        took = "waiting" if answered is None else self.quarters(said["at"], answered)
        yield f"{ALL}|{took}"
        yield f"{kind}|{took}"

    def quarters(self, since: datetime, until: datetime) -> int:
        """Whole quarters of an hour in which the firm was open between two instants."""
        return int(self.calendar.open_between(since, until) / QUARTER)


def commitment(said: Said) -> Iterator[str]:
    """By its standard, how it ended; open until then."""
    outcome = str(said.get("outcome") or "open")
    yield f"{ALL}|{outcome}"
    yield f"{said.get('standard')}|{outcome}"


def answer(said: Said) -> Iterator[str]:
    """The numbers of an answer, each to its own question."""
    for question in ("nps", "csat", "ces"):
        if said.get(question) is not None:
            yield f"{question}|{said[question]}"


def review(said: Said) -> Iterator[str]:
    """Stars, where it stands, and whether the firm replied."""
    replied = "replied" if said.get("replied_at") is not None else "unanswered"
    if said.get("removed"):
        yield f"{ALL}|removed"
        return
    place = "/".join(str(said[name]) for name in ("site", "location_id") if said.get(name))
    for where in (ALL, place or "unknown"):
        yield f"{where}|{said.get('stars')}"
        yield f"{where}|{replied}"


def overdue(said: Said) -> Iterator[str]:
    """The kind of task nobody had done when it was due."""
    yield f"{ALL}|late"
    yield f"{said.get('kind')}|late"


def concern(said: Said) -> Iterator[str]:
    """What it came from, and how it ended."""
    yield f"{ALL}|closed"
    yield f"{said.get('cause_code')}|closed"


def contact(said: Said) -> Iterator[str]:
    """What became of a message, and which gate held it back."""
    outcome, gate = str(said.get("outcome")), said.get("gate")
    held = outcome in ("suppressed", "deferred")
    yield f"{ALL}|{outcome}"
    if held:
        yield f"{gate or said.get('reason') or 'unknown'}|{outcome}"


def ask(said: Said) -> Iterator[str]:
    """Whether a client whose turn it was was asked for a review, by what they had answered."""
    band = band_of(said.get("score"))
    yield f"{band}|due"
    if said.get("asked"):
        yield f"{band}|asked"
    if said.get("sent"):
        yield f"{band}|sent"


def invited(said: Said) -> Iterator[str]:
    """Whether a client who was asked how it went said so."""
    yield f"{ALL}|invited"
    if said.get("answered"):
        yield f"{ALL}|answered"


def _tuple_of(labels: Callable[[Said], Iterator[str]]) -> Labels:
    return lambda said: tuple(labels(said))
