"""How may a service recovery end, and what has to be so for it?

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


OUTCOMES: dict[str, Outcome] = {
    "apologised": Outcome(),
    "explained": Outcome(),
    "fee-adjusted": Outcome(),
    "work-corrected": Outcome(),
    "nobody-at-fault": Outcome(needs_note="what was looked into, and what came of it"),
    UNREACHABLE: Outcome(client_told=False),
    "no-contact-wanted": Outcome(client_told=None, needs_note="how the client said so"),
    "taken-back": Outcome(client_told=None, needs_note="what the client said"),
    PASSED_ON: Outcome(),
}


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
