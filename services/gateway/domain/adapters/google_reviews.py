"""How are notifications of Google Business Profile read, and the reviews they name?

Pub/Sub pushes a message that names a review and nothing more; the review itself is fetched, and
then stands beside the message. Google notifies of what is new and what was changed. That a review
is gone is seen by its not being there when it is fetched.
"""

import json
import re
from base64 import b64decode
from typing import Any

from services.gateway.domain.reading import (
    FETCHED,
    GONE,
    Adapter,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    instant_at,
    text_at,
)
from services.gateway.domain.saying import Saying
from shared.contracts.refusals import refuse

SITE, DATA = "google", "message.data"
STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
REVIEW_NAMES = ("reviewName", "review_name", "review")
MESSAGE_IDS = ("message.messageId", "message.message_id")
NAME = re.compile(
    r"(?P<location>accounts/[\w-]{1,64}/locations/[\w-]{1,64})/reviews/[\w-]{1,200}", re.ASCII
)
TRANSLATED, ORIGINAL = "(Translated by Google)", "(Original)"
PATHS = {
    "review_id": "the review's name",
    "stars": f"{FETCHED}.starRating",
    "text": f"{FETCHED}.comment",
    "author_name": f"{FETCHED}.reviewer.displayName",
    "posted_at": f"{FETCHED}.createTime",
}


def read(payload: Payload, _: FirmDefaults) -> Reading:
    """The review it names, once that was fetched; other notifications say nothing."""
    said = _notification(payload)
    name = next((said[each] for each in REVIEW_NAMES if said.get(each)), None)
    if name is None:
        return Reading(nothing="it names no review")
    match = NAME.fullmatch(name) if isinstance(name, str) else None
    if match is None:
        raise refuse(f"{DATA}.reviewName", "must be accounts/…/locations/…/reviews/…")
    review = payload.get(FETCHED)
    if not isinstance(review, dict):
        return Reading(fetches=match[0])
    if review.get(GONE) is True:
        data = {"review_id": match[0], "site": SITE}
        return Reading((Saying("review-removed", data, paths=PATHS),))
    return Reading((_written(payload, match[0], match["location"]),))


def _notification(payload: Payload) -> dict[str, Any]:
    """What Google says in the message: its data, as JSON in Base64."""
    said = found_at(payload, DATA)
    try:
        found = json.loads(b64decode(said if isinstance(said, str) else "", validate=True))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise refuse(DATA, "must hold JSON in Base64, as Pub/Sub pushes it: switch unwrapping off")
    return found


def _written(payload: Payload, name: str, location: str) -> Saying:
    rating = found_at(payload, f"{FETCHED}.starRating")
    if not isinstance(rating, str) or rating not in STARS:
        raise refuse(f"{FETCHED}.starRating", "must be ONE, TWO, THREE, FOUR or FIVE")
    changed = text_at(payload, f"{FETCHED}.updateTime")
    optional = {"text": _comment(payload), "author_name": _author(payload)}
    data = {
        "review_id": name,
        "site": SITE,
        "location_id": location,
        "stars": STARS[rating],
        "posted_at": instant_at(payload, f"{FETCHED}.createTime").isoformat(),
        **{field: each for field, each in optional.items() if each},
    }
    return Saying(
        "review-received", data, at=instant_at(payload, f"{FETCHED}.updateTime"), paths=PATHS,
        known_by=f"{name} {changed}",
    )  # fmt: skip


def _comment(payload: Payload) -> str:
    """What its author wrote; where Google put a translation beside it, without that."""
    said = found_at(payload, f"{FETCHED}.comment")
    if said in (None, ""):
        return ""
    text = text_at(payload, f"{FETCHED}.comment").strip()
    before, original, after = text.partition(f"{ORIGINAL}\n")
    if original and before.startswith(TRANSLATED):
        return after.strip()
    own, translated, _ = text.partition(f"\n\n{TRANSLATED}")
    return own.strip() if translated else text


def _author(payload: Payload) -> str:
    said = found_at(payload, f"{FETCHED}.reviewer.displayName")
    if found_at(payload, f"{FETCHED}.reviewer.isAnonymous") is True or said in (None, ""):
        return ""
    return text_at(payload, f"{FETCHED}.reviewer.displayName").strip()


def _message_id(payload: Payload) -> str | None:
    """What Pub/Sub calls the message: pushed again it is the same."""
    found = (found_at(payload, each) for each in MESSAGE_IDS)
    return next((each for each in found if isinstance(each, str) and each), None)


GOOGLE_REVIEWS = Adapter(
    name="google-reviews",
    read=read,
    scheme="google",
    delivery_id=_message_id,
    never_kept=frozenset({"profilePhotoUrl"}),
    fetches=True,
)
