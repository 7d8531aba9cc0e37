"""By which words does a client end, begin or ask about text messages, in each language?

Data, one file per language. A word counts whatever language its client reads: whoever writes STOP
means it.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

LONGEST_WORD = 30  # a longer text is no word by itself
_AROUND = re.compile(r"[^\w\s]|_")
Said = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Word = Annotated[str, StringConstraints(pattern=r"^[^\W_]+(?: [^\W_]+)*$", max_length=LONGEST_WORD)]


class Wish(StrEnum):
    """What a client says with a word alone."""

    STOP = "stop"
    START = "start"
    HELP = "help"


class TextWords(BaseModel):
    """The words of one language, and what is answered; ``{firm}`` and ``{phone}`` are filled in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stop: Annotated[tuple[Word, ...], Field(min_length=1)]
    start: Annotated[tuple[Word, ...], Field(min_length=1)]
    help: Annotated[tuple[Word, ...], Field(min_length=1)]
    end: Said  # at the end of every text: how to end them
    stopped: Said
    started: Said
    helped: Said

    @model_validator(mode="after")
    def _are_filled_in(self) -> "TextWords":
        for text in (self.end, self.stopped, self.started, self.helped):
            try:
                text.format(firm="", phone="")
            except (KeyError, IndexError, ValueError):
                raise ValueError("only {firm} and {phone} are filled in") from None
        if not any(folded(word) in folded(self.end).split() for word in self.stop):
            raise ValueError("end has to name a word of stop: the client must know how")
        return self

    def wish(self, said: str) -> Wish | None:
        """What this text wishes in this language."""
        for wish in Wish:
            if said in {folded(each) for each in getattr(self, wish.value)}:
                return wish
        return None

    def answer(self, wish: Wish, firm: str, phone: str) -> str:
        """What is written back."""
        texts = {Wish.STOP: self.stopped, Wish.START: self.started, Wish.HELP: self.helped}
        return " ".join(texts[wish].format(firm=firm, phone=phone).split())


def wish_in(text: str, words: Mapping[str, TextWords], first: Iterable[str] = ()) -> Wish | None:
    """What a text wishes that is a word alone; None of everything else.

    ``first``: the languages that are asked before the others.
    """
    said = folded(text)
    if not said or len(said) > LONGEST_WORD:
        return None
    order = [*(each for each in first if each in words), *sorted(words)]
    return next((found for each in order if (found := words[each].wish(said))), None)


def folded(text: str) -> str:
    """The text as it is compared: small, without signs around its words."""
    return " ".join(_AROUND.sub(" ", text.casefold()).split())
