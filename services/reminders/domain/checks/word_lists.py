"""Which words does each language have that rules look for? Data, one file per language."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Grade(BaseModel):
    """How a text's ease of reading is reckoned: base - sentence x words - syllable x syllables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: float
    sentence: float  # per word of the average sentence
    syllable: float  # per syllable of the average word
    least: float  # below it the text is hard to read
    longest: int = 40  # words in a sentence
    source: str


class WordList(BaseModel):
    """The words of one language; a list that is empty finds nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    promises: tuple[str, ...] = ()  # of an outcome, as regular expressions
    negations: tuple[str, ...] = ()  # with one close by, nothing is promised
    courtesy: Mapping[str, str] = Field(default_factory=dict)  # what sounds hard: what to say
    jargon: Mapping[str, str] = Field(default_factory=dict)  # what few know: in plain words
    telling: tuple[str, ...] = ()  # what a subject must not tell whoever sees a screen
    greeting_goes_on: bool = False  # the sentence after the greeting begins with a small letter
    goes_on_small: tuple[str, ...] = ()  # what is written small there: no noun, no Sie or Ihr
    grade: Grade | None = None


NO_WORDS = WordList()
