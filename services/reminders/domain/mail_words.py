"""By which words of a language is mail that comes to the firm told apart?

Data, one entry per language, in small letters (``incoming_mail_words.yaml``).
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(min_length=2, max_length=60, to_lower=True)]
Words = Annotated[tuple[Word, ...], Field(min_length=1)]


class MailWords(BaseModel):
    """The words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    absent: Words  # how the subject of an automatic answer begins
    end: Words  # a line alone by which somebody wishes to hear no more
    opens: Words  # how "On Monday the firm wrote:" begins
    closes: Words  # and ends
    closes_with_name: tuple[Word, ...] = ()  # what stands in it, where a name comes last
    sender: Words = Field(alias="from")  # Outlook's first line above a repeated message
    sent: Words  # and its second
    original: Words  # what stands in a rule of hyphens above one
