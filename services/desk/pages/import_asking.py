"""How do the pages of lists ask the gateway, and what do they say where it says no?"""

from typing import Any, TypeVar

from pydantic import ValidationError

from services.desk.api.problems import ProblemError
from services.desk.domain.importing import check_imports
from services.desk.pages.language import N_
from services.desk.pages.visitor import Visit
from services.desk.ports.answers import Refused
from shared.contracts.imports import ListAsked
from shared.contracts.requests import Answer
from shared.errors import RuleError, TemporaryError

AWAY = N_(
    "The service that takes lists in does not answer. Nothing is lost: what was begun goes on when "
    "it is back, and the same list again changes nothing. Try again in a minute."
)
UNKNOWN = N_("There is no such list of yours: it goes by itself a day after it came.")
A = TypeVar("A", bound=Answer)


async def ask_imports(visit: Visit, told: type[A], **asked: Any) -> A:
    """The answer; RuleError where the gateway says no, a page for what is away or not there."""
    check_imports(visit.person)
    try:
        said = ListAsked.model_validate(asked)
    except ValidationError:  # of what stands in an address; what is typed is cut before
        raise ProblemError(404, UNKNOWN, code="no-list") from None
    try:
        answer = await visit.context.desk.imports.ask(said, visit.person, told)
    except TemporaryError:
        raise ProblemError(503, AWAY, code="away") from None
    if isinstance(answer, Refused):
        if answer.code == "no-list":
            raise ProblemError(404, answer.message, code=answer.code)
        raise RuleError(answer.message, code=answer.code, field=answer.field)
    return answer
