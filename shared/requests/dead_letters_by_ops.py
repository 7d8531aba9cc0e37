"""How does ops list, show, try again and put aside dead letters from the command line?"""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from shared.contracts.answers import (
    DeadLetterShown,
    LettersDiscarded,
    LetterShown,
    LettersListed,
    LettersTried,
    LetterTried,
)
from shared.contracts.requests import Answer, Asked
from shared.engine.dead_letters import DeadLetters
from shared.errors import RuleError

CHOICE = {"id", "fingerprint", "stream_seq", "status"}


class DeadLettersAsked(Asked):
    """Do one of list, show, replay and discard with the letters chosen by the other fields."""

    ask: Literal["dead-letters"]
    do: str = "list"
    id: str | None = None
    fingerprint: str | None = None
    stream_seq: int | None = None
    status: str | None = None
    limit: int = 100
    skip: int = 0


ANSWERED = (LettersListed, LetterShown, LettersTried, LettersDiscarded)


def answer_dead_letters(letters: DeadLetters) -> Callable[[Any, Any], Awaitable[Answer]]:
    """Answers ops; RuleError where a letter is unknown, or none is named to replay or discard."""

    async def answer(_: Any, asked: DeadLettersAsked) -> Answer:
        choice = asked.model_dump(include=CHOICE)
        match asked.do:
            case "list":
                rows = await letters.chosen(choice, asked.limit, asked.skip)
                return LettersListed(items=[DeadLetterShown(**row) for row in rows])
            case "show":
                return LetterShown(item=DeadLetterShown(**await letters.show(str(asked.id))))
            case "replay":
                tried = await letters.replay(choice)
                return LettersTried(items=[LetterTried(**each) for each in tried])
            case "discard":
                return LettersDiscarded(discarded=await letters.discard(choice))
        raise RuleError("Do one of: list, show, replay, discard.", field="do")

    return answer
