"""Something a delivery only names has to be fetched: when is it tried, how often, and what then?

A process takes it in hand for a while; found so although that while is over, it is fetched anew. A
try that failed is repeated, later each time. What a person has to mend becomes a dead letter after
half an hour, what is merely away after a day; replayed, it is fetched again.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.reading import GONE

IN_HAND = timedelta(seconds=90)
WAITS = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=6), timedelta(hours=12),
)  # fmt: skip
FEW = 3  # so many of them where waiting longer mends nothing
FRESH = timedelta(seconds=30)
"""So long what was found is true: a dead letter replayed later asks again."""

NOT_THERE, NO_ACCOUNT, NO_TOKEN = "not-there", "no-account", "no-token"
AWAY, TOO_LARGE, NO_JSON = "away", "too-large", "no-json"
REFUSED = frozenset({NOT_THERE, NO_TOKEN, "status-400", "status-401", "status-403"})
REMEDIES = {
    NO_ACCOUNT: "cannot be fetched: the gateway has no account at Google: set the settings"
    " CLIENTELE_GOOGLE_… as for replies, start it again, and replay",
    NO_TOKEN: "cannot be fetched: Google gives no token for the firm's app: put its secret and a"
    " new refresh token into their files, and replay",
    "status-401": "cannot be fetched: Google takes the token for none: put a new refresh token into"
    " its file, and replay",
    "status-403": "cannot be fetched: the account may not read it, or the Business Profile API is"
    " not switched on for the app: take a refresh token of an owner or manager of the location,"
    " and replay",
}
OTHERWISE = (
    "could not be fetched again and again: replay it once Google answers, or enter the review by"
    " hand and discard this"
)


def in_hand(delivery: Delivery, now: datetime) -> Delivery:
    """It is fetched now, by whoever has just kept this."""
    until = now + IN_HAND
    return replace(delivery, fetch_until=until, due_at=until, fetch_problem="")


def fetched(delivery: Delivery, content: bytes, now: datetime) -> Delivery:
    """It was fetched, and can be read at once."""
    return replace(
        delivery, fetched=content, fetch_at=now, fetch_until=None, fetch_problem="", due_at=now
    )


def not_fetched(delivery: Delivery, problem: str, now: datetime) -> Delivery:
    """It was not: it is tried later, or looked at now, for the last time."""
    tries = delivery.fetch_tries + 1
    if problem == NOT_THERE and tries > FEW:
        return fetched(delivery, b'{"%s":true}' % GONE.encode(), now)
    failed = replace(
        delivery, fetch_tries=tries, fetch_at=now, fetch_until=None, fetch_problem=problem
    )
    return replace(failed, due_at=now if _is_last(failed) else now + WAITS[tries - 1])


def remedy(delivery: Delivery, now: datetime) -> str | None:
    """What a person has to do, where trying again mends nothing; None: it is to be fetched."""
    at, problem = delivery.fetch_at, delivery.fetch_problem
    if not problem or at is None or now - at > FRESH or not _is_last(delivery):
        return None
    return f"{REMEDIES.get(problem, OTHERWISE)} ({problem})"


def _is_last(delivery: Delivery) -> bool:
    if delivery.fetch_problem == NO_ACCOUNT:
        return True
    most = FEW if delivery.fetch_problem in REFUSED else len(WAITS)
    return delivery.fetch_tries > most
