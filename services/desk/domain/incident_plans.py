"""What does the firm do when something serious happens, who does it, and within what time?

One plan per kind of incident, as data: the shipped ones, or the firm's own in their place. What a
plan says is checked before the desk starts.
"""

from collections.abc import Mapping
from typing import Annotated, Any, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from services.desk.domain.staff import ROLES
from services.desk.domain.within import Within
from shared.contracts.incidents import IncidentKind

KINDS: tuple[str, ...] = get_args(IncidentKind)
CLASSES = ("service", "feedback", "review-ask", "marketing")
"""What may wait while an incident lasts; what the law requires always goes."""
NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def _within(given: Any) -> Any:
    return given if isinstance(given, Within) else Within.parse(str(given))


def _is_role(role: str) -> str:
    if role not in ROLES:
        raise ValueError(f"there is no role {role}; there are: {', '.join(ROLES)}")
    return role


def _is_class(name: str) -> str:
    if name not in CLASSES:
        raise ValueError(f"{name} cannot be frozen; these can: {', '.join(CLASSES)}")
    return name


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Length = Annotated[Within, BeforeValidator(_within)]


class Part(BaseModel):
    """A piece of a plan: what it does not know it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Clock(Part):
    """What the law gives for a step, counted from when the firm became aware of it."""

    within: Length
    source: Words
    edition: Annotated[str, BeforeValidator(str)]


class PlannedStep(Part):
    """One thing to do: by whom, and within what time from the declaration or by its clock."""

    do: Words
    role: Annotated[str, AfterValidator(_is_role)]
    within: Length
    clock: Clock | None = None


class Plan(Part):
    """What follows when an incident of this kind is declared."""

    incident: IncidentKind
    label: Annotated[Words, StringConstraints(max_length=80)]
    decide_within: Length = Field(alias="decide-within")
    freeze: tuple[Annotated[str, AfterValidator(_is_class)], ...] = ()
    roll_call: Length | None = Field(default=None, alias="roll-call")
    lists_clients: bool = Field(default=False, alias="lists-clients")
    statement: dict[Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")], Words]
    steps: dict[Annotated[str, StringConstraints(pattern=NAME, max_length=60)], PlannedStep]


Plans = Mapping[str, Plan]


def read_plan(data: Any) -> Plan:
    """A plan as a file says it; ValueError names what is wrong."""
    plan = Plan.model_validate(data)
    if not plan.steps:
        raise ValueError("steps: name at least one")
    return plan


def check_all(plans: Plans) -> Plans:
    """Every kind has its plan; ValueError names the one that is missing."""
    missing = [kind for kind in KINDS if kind not in plans]
    if missing:
        raise ValueError(f"there is no plan for: {', '.join(missing)}")
    return plans


def what_follows(plan: Plan) -> str:
    """The plan in a few lines, for whoever is to decide on it."""
    steps = len(plan.steps)
    first = _first(plan)
    one, many = f"1 step, the first within {first}.", f"{steps} steps, the first within {first}."
    lines = [one if steps == 1 else many]
    if plan.freeze:
        lines.append(f"Waits until it is over: {', '.join(plan.freeze)}.")
    if plan.roll_call is not None:
        lines.append(f"Everybody is asked whether they are safe, within {plan.roll_call.words}.")
    lines += [
        f"The law gives {each.clock.within.words} to {name.replace('-', ' ')}"
        f" ({each.clock.source})."
        for name, each in plan.steps.items()
        if each.clock is not None
    ]
    return "\n".join(lines)


def _first(plan: Plan) -> str:
    return next(iter(plan.steps.values())).within.words
