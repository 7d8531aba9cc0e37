"""At which stage of a matter is a client asked which questions, and how is it called in them?

The stages are the firm's own data. One that is not on its list is asked about in words that are
true at any time.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, field_validator

ANY = "any"
CLOSING = "closing"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]

Question = Literal["nps", "csat", "ces"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
USUAL: tuple[Question, ...] = ("nps", "csat")

Code = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")]


class StageWords(BaseModel):
    """What a client is asked at one stage, and about what, in each language of the survey."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[Code, Words]  # in other languages of the firm

    en: Words
    de: Words
    asks: tuple[Question, ...] = USUAL  # in the order of the page

    @field_validator("asks")
    @classmethod
    def _can_be_asked(cls, asks: tuple[Question, ...]) -> tuple[Question, ...]:
        if len(set(asks)) != len(asks):
            raise ValueError("name each question once")
        if "nps" not in asks:
            raise ValueError("nps belongs to every survey: whoever hears of an answer counts on it")
        return asks

    def said(self, language: str) -> str | None:
        """The words in this language; None where there are none."""
        return {"en": self.en, "de": self.de, **(self.__pydantic_extra__ or {})}.get(language)


Stages = Mapping[str, StageWords]
_STAGES = TypeAdapter(dict[str, StageWords])
_OWN = TypeAdapter(dict[str, Words])


def read_stages(data: Any) -> Stages:
    """The firm's stages; ValueError says what is missing."""
    stages = _STAGES.validate_python(data)
    if ANY not in stages:
        raise ValueError(f"the words of the stage {ANY!r} are missing")
    return stages


def in_language(stages: Stages, language: str, data: Any) -> Stages:
    """The stages with the firm's words of a language; ValueError where one is no stage."""
    own = _OWN.validate_python(data)
    for stage in own:
        if stage not in stages:
            raise ValueError(f"there is no stage {stage}; there are: {', '.join(stages)}")
    return {
        name: words.model_copy(update={language: own[name]}) if name in own else words
        for name, words in stages.items()
    }


def asked_at(stages: Stages, stage: str) -> tuple[Question, ...]:
    """The questions of this stage, in the order in which they are asked."""
    return stages.get(stage, stages[ANY]).asks


def ever_asks(stages: Stages, question: Question) -> bool:
    """Whether a survey of any stage has this question."""
    return any(question in each.asks for each in stages.values())


def words_at(stages: Stages, stage: str, language: str) -> str:
    """What the client is asked about at this stage, in this language."""
    words = stages.get(stage, stages[ANY])
    return words.said(language) or stages[ANY].said(language) or words.en
