"""At which stage of a matter is a client asked, and how is it called in the question?

The stages are the firm's own data. One that is not on its list is asked about in words that are
true at any time.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

ANY = "any"
CLOSING = "closing"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class StageWords(BaseModel):
    """What a client is asked about at one stage, in each language of the survey."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: Words
    de: Words


Stages = Mapping[str, StageWords]
_STAGES = TypeAdapter(dict[str, StageWords])


def read_stages(data: Any) -> Stages:
    """The firm's stages; ValueError says what is missing."""
    stages = _STAGES.validate_python(data)
    if ANY not in stages:
        raise ValueError(f"the words of the stage {ANY!r} are missing")
    return stages


def words_at(stages: Stages, stage: str, language: str) -> str:
    """What the client is asked about at this stage, in this language."""
    words = stages.get(stage, stages[ANY])
    return words.de if language == "de" else words.en
