"""What is somebody shown who leads a concern, or is asked something about it?

Its kind, every step with when it was done or is due, everything that happened with what was written
down at it, and which decisions make sense now.
"""

from collections.abc import Iterator
from typing import Any

from services.feedback.domain.concern import CLIENT, Concern, days_tried
from services.feedback.domain.matter import owner_of
from services.feedback.domain.practice import Practice
from services.feedback.domain.remedy import Remedy
from services.feedback.domain.steps import shown
from services.feedback.domain.survey import BEST, EASIEST, SCALE, Survey
from services.feedback.workflow.knowing import told_of
from shared.state.unit_of_work import UnitOfWork

KIND_WORDS = {
    "recovery": "An unhappy client",
    "complaint": "A complaint",
    "dispute": "A disagreement",
}
TYPES = {
    "service": "about the service",
    "fees": "about fees",
    "conduct": "about how somebody behaved",
    "data-protection": "about personal data",
}
HAPPENED = {
    "opened": "Opened",
    "reopened": "Opened again",
    "answer-changed": "The client changed their answer",
    "answer-raised": "The client raised their answer",
    "complaint": "Read as a complaint",
    "tried": "Tried, not reached",
    "acknowledged": "Acknowledged",
    "investigated": "Looked into",
    "told": "Told what came of it",
    "remedy-proposed": "A remedy was proposed",
    "remedy-agreed": "A remedy was agreed",
    "remedy-refused": "The remedy was refused",
    "confirmed": "Says that it is settled",
    "not-settled": "Says that it is not settled",
    "signposted": "Told where else they may turn",
    "resolved": "Closed",
    "verified": "Says that it is right now",
    "still-unhappy": "Still unhappy",
}
OUTCOME_WORDS = {
    "settled": "Settled between them",
    "apologised": "Apologised",
    "explained": "Explained",
    "fee-adjusted": "Fee adjusted",
    "compensated": "Compensated",
    "work-corrected": "Work corrected",
    "nobody-at-fault": "Nobody at fault",
    "client-unreachable": "Client unreachable",
    "no-contact-wanted": "No contact wanted",
    "taken-back": "Taken back",
}
EITHER = ("apologised", "explained", "nobody-at-fault", "taken-back")
ONCE = {
    "acknowledge": "acknowledged",
    "investigated": "investigated",
    "told": "told",
    "signposted": "signposted",
}
LEADING = (
    "acknowledge", "told", "resolve", "investigated", "log-try", "remedy", "complaint",
    "signposted", "pass-on",
)  # fmt: skip


def progress(concern: Concern, practice: Practice) -> dict[str, Any]:
    """What it is, its steps and its history."""
    type = TYPES.get(concern.type or "", "")
    return {
        "concern": f"{KIND_WORDS[concern.kind]} {type}".strip(),
        "steps": list(_steps(concern, practice)),
        "events": list(_events(concern)),
    }


def said(concern: Concern, survey: Survey | None, unit: UnitOfWork) -> dict[str, Any]:
    """What the client said in a survey, if they did, and whose matter it is about."""
    values: dict[str, Any] = {
        "comment": (survey.comment if survey else None) or concern.comment or "",
        "matter_owner": owner_of(*told_of(concern.matter_id, concern.client_id, unit)) or "",
    }
    if concern.score is not None:
        values["score"] = f"{concern.score} of {SCALE}"
    if survey is not None and survey.satisfaction is not None:
        values["satisfaction"] = f"{survey.satisfaction} of {BEST}"
    if survey is not None and survey.ease is not None:
        values["ease"] = f"{survey.ease} of {EASIEST}"
    return values


def leading(concern: Concern, practice: Practice) -> dict[str, Any]:
    """What was done about it so far, and what may be done now."""
    days = days_tried(concern, practice.calendar.day_of)
    asks = concern.kind == "recovery" and concern.written
    return {
        "parties": ", ".join(concern.parties),
        "tries": f"{days} of {practice.tries}" if days else "",
        "alone": _alone(concern, practice),
        "proposed": remedy_in_words(concern.remedy),
        "ask_complaint": "Is it a complaint?" if asks else "",
        "outcome_choices": [(name, OUTCOME_WORDS[name]) for name in _ends(concern)],
        "cause_code_choices": list(practice.procedure.causes.items()),
        "outcome": concern.outcome,
        "cause_code": concern.cause_code,
        "passed_to": concern.passed_to,
        "note": concern.note,
        "open_decisions": [each for each in LEADING if _is_open(each, concern)],
    }


def remedy_in_words(remedy: Remedy | None) -> str:
    """What the client is to get, and how far that is agreed."""
    if remedy is None:
        return ""
    amount = f", {remedy.amount}" if remedy.amount else ""
    release = ", and gives up a claim for it" if remedy.release else ""
    state = {"proposed": "waits for a partner"}.get(remedy.state, remedy.state)
    return f"{remedy.kind.replace('-', ' ').capitalize()}{amount}{release} ({state})"


def side_in_words(side: str) -> str:
    """Whose word is asked for."""
    return "The client's: ask them" if side == CLIENT else side


def _steps(concern: Concern, practice: Practice) -> Iterator[dict[str, str]]:
    within = practice.procedure.within[concern.kind]
    for each in shown(concern, within, practice.calendar.add_business_days):
        yield {
            "name": each.name,
            "label": each.label,
            "at": each.at.isoformat() if each.at else "",
            "by": each.by or "",
            "due_at": each.due_at.isoformat() if each.due_at else "",
        }


def _events(concern: Concern) -> Iterator[dict[str, str]]:
    words = {(each.at, each.what): each.text for each in concern.words}
    for each in concern.history:
        score = f" ({each.score} of {SCALE})" if each.score is not None else ""
        yield {
            "at": each.at.isoformat(),
            "words": HAPPENED[each.what] + score,
            "by": each.by or "",
            "text": words.get((each.at, each.what), ""),
        }


def _is_open(decision: str, concern: Concern) -> bool:
    if decision == "signposted" and concern.kind != "complaint":
        return False
    if decision in ONCE:
        return ONCE[decision] not in concern.done
    if decision == "complaint":
        return concern.kind == "recovery"
    waits = concern.remedy is not None and concern.remedy.state == "proposed"
    return decision != "remedy" or not waits


def _ends(concern: Concern) -> list[str]:
    """How such a concern may end; what is passed on has a decision of its own."""
    dispute = concern.kind == "dispute"
    return [each for each in OUTCOME_WORDS if (each == "settled") is dispute or each in EITHER]


def _alone(concern: Concern, practice: Practice) -> str:
    """From when (ISO 8601) the owner may decide, where the firm has nobody else."""
    if not practice.sole or concern.opened_at is None:
        return ""
    return (concern.opened_at + practice.cooling_off).astimezone(practice.calendar.zone).isoformat()
