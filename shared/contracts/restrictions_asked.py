"""What may the desk ask intake of restrictions, and what is it told?

``list`` tells what stands about a client and their matters, an inquiry, or the whole firm;
``place`` places one, ``lift`` ends one. Why travels in these questions and answers and in no event.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked
from shared.contracts.restrictions import Effect, Kind

Scope = Literal["client", "matter", "inquiry", "firm"]
LONGEST_WHY = 2_000
PLACED_BY_HAND: dict[Kind, tuple[Scope, ...]] = {
    "wall": ("client", "matter", "inquiry"),
    "legal-hold": ("client", "matter"),
    "sensitivity": ("client", "matter"),
    "deceased": ("client",),
    "insider": ("client",),
    "freeze": ("client", "matter", "firm"),
}
"""What a person may place, and around what; the others are decided with a conflict check."""


class RestrictionsAsked(Asked):
    """One question about restrictions; what it does not need is left out."""

    ask: Literal["list", "place", "lift"]
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    request_id: str | None = None  # place, lift: asked twice, done once
    restriction_id: str | None = None  # lift
    kind: str | None = None  # place
    scope: str | None = None  # place
    staff_ids: list[str] | None = None  # place a wall: whom it keeps away
    classes: list[str] | None = None  # place a freeze: of which messages; none named: of all
    why: str | None = None  # place, lift


class RestrictionTold(Answer):
    """One restriction that stands. Instants and days are ISO 8601."""

    restriction_id: str
    kind: Kind
    scope: Scope
    effect: Effect
    at: str
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    staff_ids: list[str] = Field(default_factory=list)
    classes: list[str] = Field(default_factory=list)
    until: str | None = None
    by: str | None = None
    why: str | None = None  # for whoever may lift it; else left out
    reviewed_at: str | None = None
    reviewed_by: str | None = None
    screened_on: str | None = None  # of a wall, as said when it was reviewed last
    notice_on: str | None = None
    certified_on: str | None = None
    may_lift: bool = False


class RestrictionsListed(Answer):
    """What stands, the newest first; ``may_place``: whether whoever asks may add to it."""

    rows: list[RestrictionTold]
    may_place: bool = False


class RestrictionSettled(Answer):
    """It was placed or lifted; asked again under the same id, the same."""

    restriction_id: str
