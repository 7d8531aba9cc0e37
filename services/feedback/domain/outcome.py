"""How may a concern end, and what has to be so for it?

Each end is said as it was: not every unhappy client was wronged, can be reached, or wants to be.
"""

from dataclasses import dataclass

from shared.errors import RuleError

UNREACHABLE = "client-unreachable"
PASSED_ON = "passed-on"
ANSWER_RAISED = "answer-raised"  # nobody wrote anything, and the client raised the answer in time


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to end: what the client must have been told, and whether it needs a note."""

    client_told: bool | None = True  # None: either
    needs_note: str = ""  # what the note has to say
    needs_remedy: bool = False  # that was agreed, by whoever has to agree to it
    verified: bool = True  # two weeks later the client is asked whether it is right now


OUTCOMES: dict[str, Outcome] = {
    "apologised": Outcome(),
    "explained": Outcome(),
    "fee-adjusted": Outcome(needs_remedy=True),
    "compensated": Outcome(needs_remedy=True),
    "work-corrected": Outcome(),
    "settled": Outcome(client_told=None),
    "nobody-at-fault": Outcome(needs_note="what was looked into, and what came of it"),
    UNREACHABLE: Outcome(client_told=False, verified=False),
    "no-contact-wanted": Outcome(
        client_told=None, needs_note="how the client said so", verified=False
    ),
    "taken-back": Outcome(client_told=None, needs_note="what the client said"),
    PASSED_ON: Outcome(verified=False),
}


def is_verified(name: str | None) -> bool:
    """Whether the client is asked later whether it is right now."""
    return name in OUTCOMES and OUTCOMES[name].verified


def check_remedy(name: str, *, agreed: bool) -> None:
    """Refuse an end with money in it that nobody agreed to."""
    if name in OUTCOMES and OUTCOMES[name].needs_remedy and not agreed:
        raise RuleError(
            "Say first what the client gets: propose the remedy, and have it agreed.",
            code="remedy-missing",
            field="outcome",
        )


def check_outcome(
    name: str, client_told: object, note: str, days_tried: int, needed: int
) -> Outcome:
    """This end; refuses one that is none or not so yet, and says at which field and why."""
    outcome = OUTCOMES.get(name)
    if outcome is None:
        raise RuleError(f"Choose one of: {', '.join(OUTCOMES)}.", field="outcome")
    if name == UNREACHABLE and days_tried < needed:
        raise RuleError(
            f"Try on {needed} different days first and log each try; so far: {days_tried}.",
            code="tries-missing",
            field="outcome",
        )
    if outcome.client_told is True and client_told is not True:
        raise RuleError(
            "Tell the client first what came of it: only then is this finished. Then answer yes.",
            code="client-not-told",
            field="client_told",
        )
    if outcome.client_told is False and client_told is not False:
        raise RuleError(
            "A client who was told was reached: choose another outcome, or answer no.",
            field="client_told",
        )
    if outcome.needs_note and not note.strip():
        raise RuleError(f"Write a note: {outcome.needs_note}.", code="missing", field="note")
    return outcome
