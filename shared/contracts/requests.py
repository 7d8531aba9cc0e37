"""What has every request to a service in common, and how is one said no to?

A request goes to the NATS subject ``<verb>.<service>`` as a JSON object; the answer is one too. An
answer that says no carries ``refused``: a code for programs, a sentence for people, and the field
that was refused, where it is one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Discriminator, RootModel, Tag, create_model

from shared.errors import RuleError

BRANCH = "ask:"  # marks in an error's place which of several questions was meant


class Asked(BaseModel):
    """What somebody asks; what is not known is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Answer(BaseModel):
    """What is answered. A field that was never set is left out on the wire."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Refusal(BaseModel):
    """Why not. ``try-again`` and ``failed``: the same may be answered later."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    message: str
    field: str | None = None


class Refused(Answer):
    """An answer that says no."""

    refused: Refusal


def refusal(code: str, message: str, field: str | None = None) -> Refusal:
    """The part of an answer that says no."""
    return Refusal(code=code, message=message, **({"field": field} if field else {}))


def _refused(no: Refusal) -> Answer:
    return Refused(refused=no)


@dataclass(frozen=True, slots=True)
class RequestType:
    """One verb of a service: what is asked, what is answered, and how it is said no to."""

    verb: str
    about: str
    asked: type[BaseModel]
    answered: tuple[type[Answer], ...]
    no: Callable[[Refusal], Answer] = _refused


def one_of(
    name: str, about: str, choices: Mapping[str, type[Asked]], default: str | None = None
) -> type[RootModel[Any]]:
    """Any of several questions, told apart by ``ask``; its ``root`` is the one that was asked.

    A name that is none of them is refused with the code ``unknown-request``.
    """

    def which(value: Any) -> str:
        if not isinstance(value, Mapping | BaseModel):
            return BRANCH + next(iter(choices))  # not an object: refused as this one would be
        given = value if isinstance(value, Mapping) else value.__dict__
        ask = str(given.get("ask", default))
        if ask not in choices:
            known = ", ".join(sorted(choices))
            raise RuleError(f"Ask one of: {known}.", code="unknown-request", field="ask")
        return BRANCH + ask

    tagged: list[Any] = [Annotated[each, Tag(BRANCH + ask)] for ask, each in choices.items()]
    any_of: Any = Annotated[reduce(or_, tagged), Discriminator(which)]
    root: Any = RootModel[any_of]
    made = create_model(name, __base__=root, __doc__=about)
    return cast("type[RootModel[Any]]", made)
