"""What may the desk ask intake for whoever looks for somebody?

By a name, as every conflict check folds and compares it, by a telephone number, an e-mail address
or an id. What was typed travels in this request alone; it is neither kept nor logged.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.cards import MatterTold
from shared.contracts.requests import Answer, Asked

LONGEST = 100  # letters that are looked for


class FindAsked(Asked):
    """What was typed; or whose open matters are asked for (``led_by``)."""

    words: str = Field("", max_length=LONGEST)
    led_by: str | None = Field(None, max_length=64)


class FoundTold(Answer):
    """One client, inquiry, matter or party, by whatever it was found."""

    kind: Literal["client", "inquiry", "matter", "party"]
    by: Literal["id", "e-mail", "phone", "name"]
    name: str | None = None
    client_id: str | None = None
    inquiry_id: str | None = None
    matter_id: str | None = None
    role: str | None = None  # of a party
    matters: list[MatterTold] = Field(default_factory=list)  # of a client, or the one found


class FindTold(Answer):
    """The closest first. ``left_out``: what a wall keeps whoever asked from (``client:c-1``)."""

    items: list[FoundTold]
    more: bool = False
    left_out: list[str] = Field(default_factory=list)
