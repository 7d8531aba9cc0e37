"""What does law or a professional rule require a letter to say, and how is that found in it?

Data with its source, by profile of the law: a clause is there when each of its phrases is, in any
case and over line ends; alternatives of a phrase stand beside each other with ``|``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

GENERAL = "general"  # what holds where a profile says nothing of its own
Text = Annotated[str, Field(min_length=1, max_length=3000)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
_SPACE = re.compile(r"\s+")


class _Part(BaseModel):
    """A part of the file; a key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ByProfile(_Part):
    """A clause under one law."""

    source: Text
    edition: Text
    text: Mapping[str, Text] = Field(default_factory=dict)  # words that do, by language
    says: Mapping[str, tuple[Text, ...]]  # what has to be found, by language; any: in each


class ClauseLine(_Part):
    """A clause as the file has it."""

    clause: Name
    label: Text  # "it has to say …"
    letters: tuple[Name, ...]
    profiles: Mapping[str, ByProfile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause under the law of the firm."""

    clause: str
    label: str
    letters: tuple[str, ...]
    source: str
    text: Mapping[str, str]
    says: Mapping[str, tuple[str, ...]]

    @property
    def word(self) -> str:
        """By which name a letter's text puts it in."""
        return self.clause.replace("-", "_")

    def wording(self, language: str) -> str:
        """Words that say it, in this language; empty where there are none."""
        return self.text.get(language, "")

    def lacking(self, text: str, language: str) -> tuple[str, ...] | None:
        """The phrases that are not there; None where nobody knows how it reads in the language."""
        if language not in self.says and "any" not in self.says:
            return None
        plain = _SPACE.sub(" ", text).casefold()
        wanted = (*self.says.get("any", ()), *self.says.get(language, ()))
        return tuple(each for each in wanted if not _is_there(each, plain))


def clauses_under(lines: Iterable[ClauseLine], profile: str) -> tuple[Clause, ...]:
    """The clauses that hold under this profile: its own words for each, or the general ones."""
    found = []
    for line in lines:
        law = line.profiles.get(profile) or line.profiles.get(GENERAL)
        if law is not None and law.says:
            found.append(
                Clause(
                    clause=line.clause,
                    label=line.label,
                    letters=line.letters,
                    source=f"{law.source}, {law.edition}",
                    text=law.text,
                    says=law.says,
                )
            )
    return tuple(found)


def _is_there(wanted: str, plain: str) -> bool:
    return any(_SPACE.sub(" ", each.strip()).casefold() in plain for each in wanted.split("|"))
