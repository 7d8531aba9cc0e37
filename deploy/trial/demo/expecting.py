"""How is something expected of the demo, and what was found instead?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deploy.trial.demo.facts import Facts

NAMED = 3

Look = Callable[[Facts], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One effect that must be seen."""

    name: str
    look: Look


@dataclass(frozen=True, slots=True)
class Finding:
    """An expectation and what was missing; nothing when it was met."""

    name: str
    missing: str = ""

    @property
    def met(self) -> bool:
        """Whether everything expected was seen."""
        return not self.missing


EXPECTATIONS: list[Expectation] = []


def expect(name: str) -> Callable[[Look], Look]:
    """Note an expectation under the sentence that is printed beside its tick."""

    def note(look: Look) -> Look:
        EXPECTATIONS.append(Expectation(name, look))
        return look

    return note


def look_at(facts: Facts) -> list[Finding]:
    """Every expectation with what was missing."""
    return [_finding(expectation, facts) for expectation in EXPECTATIONS]


def _finding(expectation: Expectation, facts: Facts) -> Finding:
    missing = list(expectation.look(facts))
    more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    return Finding(expectation.name, "; ".join(missing[:NAMED]) + more)
