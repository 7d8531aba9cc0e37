"""With which words does a language say when something is?

Data beside the texts of each language. A place that is missing in braces, or that nobody fills in,
is found when the service starts.
"""

from string import Formatter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
PLACES = {
    "in_days": {"days"},
    "on_day": {"day"},
    "at": {"day", "clock"},
    "on_day_at": {"day", "clock"},
    "other_clock": {"city", "clock"},
    "other_day": {"city", "day", "clock"},
    "one_more": {"subject"},
    "more": {"subject", "others"},
}


class MomentWords(BaseModel):
    """The words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    today: Words
    tomorrow: Words
    in_days: Words
    on_day: Words
    at: Words  # a near day: tomorrow at 14:00
    on_day_at: Words  # a day by its date
    your_time: Words
    other_clock: Words
    other_day: Words
    one_more: Words  # of a letter: the subject of its first message
    more: Words

    @model_validator(mode="after")
    def _has_its_places(self) -> "MomentWords":
        for name in type(self).model_fields:
            needed = PLACES.get(name, set())
            found = {
                place
                for _, place, _, _ in Formatter().parse(getattr(self, name))
                if place is not None
            }
            if found != needed:
                places = " and ".join(f"{{{each}}}" for each in sorted(needed)) or "no braces"
                raise ValueError(f"{name}: write it with {places}")
        return self
