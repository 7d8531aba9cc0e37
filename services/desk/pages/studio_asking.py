"""How do the pages of the studio ask reminders, and what do they say where it says no?"""

from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from services.desk.api.problems import ProblemError
from services.desk.domain.studio import check_changes_rules
from services.desk.pages.language import N_, _
from services.desk.pages.visitor import SentForm, Visit
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.editions import EditionsAsked, InForce
from shared.contracts.fields import parse_instant
from shared.contracts.requests import Answer
from shared.errors import RuleError, TemporaryError

AWAY = N_("The service that keeps rules and texts does not answer. Try again in a minute.")
UNKNOWN = ("unknown", "own-rule")
A = TypeVar("A", bound=Answer)


async def ask_studio(visit: Visit, told: type[A], **asked: Any) -> A:
    """The answer; RuleError where reminders says no, a page for what is away or not there."""
    check_changes_rules(visit.person)
    editions = visit.context.desk.editions
    try:
        answer = await editions.ask(EditionsAsked.model_validate(asked), visit.person, told)
    except TemporaryError:
        raise ProblemError(503, AWAY, code="away") from None
    if isinstance(answer, Refused):
        if answer.code in UNKNOWN:
            raise ProblemError(404, answer.message, code=answer.code)
        raise RuleError(answer.message, code=answer.code, field=answer.field)
    return answer


def at(instant: str | None, zone: ZoneInfo) -> str:
    """An instant of an answer, as people read it."""
    return exactly(parse_instant(instant), zone) if instant else ""


def in_force_words(told: InForce, zone: ZoneInfo) -> str:
    """Which edition holds, in a sentence."""
    if not told.number:
        folder = _("No edition yet: the folder of the firm holds.")
        return folder if told.folder_files else _("Everything is as shipped.")
    return _("Edition {number} is in force since {at}.").format(
        number=told.number, at=at(told.from_at, zone)
    )


def typed_text(form: SentForm, name: str) -> str:
    """A text as it was typed, with one kind of line end."""
    return form.typed.one(name).replace("\r\n", "\n")
