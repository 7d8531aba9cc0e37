"""What does a kind of task consist of: its fields, its decisions, and the roles that decide it?"""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["display", "text", "long-text", "choice", "yes-no", "day", "each-hit", "lawyer"]

STAFF = ("assistant", "lawyer", "partner")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a task: shown (``display``) or filled in, and needed for which decisions.

    A ``day`` is written as in 2026-12-04, a day of the firm's calendar; a ``lawyer`` is the id of
    somebody of the firm who may lead a matter.
    ``each-hit``: filled in beside each hit of a conflict check, by the hit's ``ref``.
    ``recorded``: its owner does not keep it for later readers, so the desk keeps it with the
    decision, as it keeps every ``reason`` and ``note``.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required_for: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()  # may be filled in for these decisions, and may be left out
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class DecisionName:
    """One way to decide a task."""

    name: str
    label: str
    then: str = ""  # what follows, in a sentence for whoever decides
    roles: tuple[str, ...] = ()  # who decides it, where fewer do than decide the others
    talk: bool = False  # somebody of the firm and the client spoke, or wrote to each other


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What a kind of task asks, of which roles."""

    kind: str
    label: str
    roles: tuple[str, ...]
    fields: tuple[Field, ...]
    decisions: tuple[DecisionName, ...]
    second: bool = False  # not by whoever wrote, set, brought or caused what it is about
    named: bool = False  # asked of one certain person, whatever their role
    at_once: bool = False  # its decision says when something was: ten seconds later is too late

    def decision_names(self) -> tuple[str, ...]:
        """The names a decision on this task may have."""
        return tuple(decision.name for decision in self.decisions)

    def decision(self, name: str) -> DecisionName | None:
        """The decision of this name."""
        return next((each for each in self.decisions if each.name == name), None)

    def required_for(self, decision: str) -> tuple[str, ...]:
        """The fields that must be filled in for this decision."""
        return tuple(field.name for field in self.fields if decision in field.required_for)


CHANNELS = ("phone", "email", "in-person", "video", "letter")


def what_was_said(*decisions: str) -> Field:
    """What a talk leaves behind: a year later nobody knows it otherwise."""
    return Field("note", "What was said", "long-text", decisions)


def spoke_with(*decisions: str) -> Field:
    """Whom somebody of the firm spoke with in the client's place."""
    label = "Whom you spoke with, where it was somebody else"
    return Field("spoke_with", label, "text", only_for=decisions, recorded=True)


def how(*decisions: str) -> Field:
    """By which way the firm and the client were in touch; by telephone where nothing is said."""
    label = "How, where not by telephone"
    return Field("channel", label, "choice", (), CHANNELS, only_for=decisions, recorded=True)


NEXT_TRY = Field("next_try", "Day of the next try", "day", ("not-reached",))
NOT_REACHED = DecisionName(
    "not-reached", "Not reached", "The task stays open and is due on the day of the next try."
)
