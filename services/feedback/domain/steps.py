"""Through which steps is a concern led, by when each, and what has to be so for it?

The order is the field's (ISO 10002, chapter 7: acknowledge, look into it, tell, agree, close, and
see whether it held). A later step says those before it, too: whoever tells a client what came of it
has acknowledged it. What never goes by itself: that both sides of a dispute know it is settled, and
that a remedy which needs a partner has one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.feedback.domain.concern import Concern, What
from shared.errors import RuleError


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name on the wire, how people call it, and what it says without words."""

    name: What
    label: str
    includes: tuple[What, ...] = ()  # steps which are done with it, if they were not before


STEPS: tuple[Step, ...] = (
    Step("acknowledged", "Acknowledged"),
    Step("investigated", "Looked into", ("acknowledged",)),
    Step("told", "Told what came of it", ("acknowledged", "investigated")),
    Step("remedy-agreed", "Remedy agreed"),
    Step("confirmed", "Both sides say it is settled"),
    Step("signposted", "Told where else they may turn"),
    Step("resolved", "Closed"),
    Step("verified", "Checked that it is right now"),
)
BY_NAME: Mapping[str, Step] = {each.name: each for each in STEPS}
OPTIONAL = ("remedy-agreed", "confirmed", "signposted")
TIMED = ("acknowledged", "told", "resolved")

Within = Mapping[str, int]
"""Business days since it was opened, for each of TIMED."""


def newly_done(concern: Concern, name: What) -> tuple[What, ...]:
    """This step and those done with it, in order; RuleError where it was done before."""
    if name in concern.done:
        raise RuleError("This step is done already.", code="done-already")
    before = [each for each in BY_NAME[name].includes if each not in concern.done]
    return (*before, name)


def with_telling(concern: Concern) -> tuple[What, ...]:
    """What is done when a client was told at last, if it was not before."""
    return () if "told" in concern.done else newly_done(concern, "told")


def next_due(
    concern: Concern, within: Within, add_days: Callable[[datetime, int], datetime]
) -> datetime:
    """By when the next of its timed steps is to be done."""
    since = concern.opened_at or concern.received_at
    if since is None:
        raise ValueError(f"{concern.concern_id} was never opened")
    name = next((each for each in TIMED if each not in concern.done), "resolved")
    return add_days(since, within[name])


def check_closing(concern: Concern) -> None:
    """Refuse to close while a remedy waits for a partner, or a side has not said it is settled."""
    if concern.remedy is not None and concern.remedy.state == "proposed":
        raise RuleError("A partner has not decided the remedy yet.", code="remedy-open")
    missing = [side for side in concern.sides if side not in concern.confirmed_by]
    if missing:
        of = len(concern.sides)
        raise RuleError(
            f"Each side has to say that it is settled; so far {of - len(missing)} of {of} did. "
            "They are asked once they were told what came of it.",
            code="not-confirmed",
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as it stands: when it was done and by whom, or by when it is to be."""

    name: str
    label: str
    at: datetime | None = None
    by: str | None = None
    due_at: datetime | None = None


def shown(
    concern: Concern, within: Within, add_days: Callable[[datetime, int], datetime]
) -> Iterable[Shown]:
    """Every step of this concern, done or to be done."""
    since = concern.opened_at
    for step in STEPS:
        lines = [each for each in concern.this_time if each.what == step.name]
        line = lines[-1] if lines and step.name in concern.done else None
        if line is not None and (step.name != "confirmed" or concern.is_settled):
            yield Shown(step.name, step.label, at=line.at, by=line.by)
        elif _applies(step, concern):
            timed = since is not None and step.name in within and concern.state == "open"
            due = add_days(since, within[step.name]) if since and timed else None
            yield Shown(step.name, step.label, due_at=due)


def _applies(step: Step, concern: Concern) -> bool:
    if step.name == "confirmed":
        return bool(concern.sides)
    if step.name == "signposted":
        return False  # where it is done, its line says so
    return step.name not in OPTIONAL or concern.remedy is not None
