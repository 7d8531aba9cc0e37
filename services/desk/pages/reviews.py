"""/reviews and /reviews.csv: what stands on review sites, and who answered it when?

Asked of reputation in the name of the person who looks, kept nowhere. Stars and replies are told
for each site and location, and how many clients were asked there, alike for all.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from services.desk.domain.locations import Names, by_name, location_name
from services.desk.domain.reviews import check_sees_reviews
from services.desk.domain.spreadsheet import MARK, row_of
from services.desk.pages.conflicts import answered
from services.desk.pages.held_words import decided_by_task
from services.desk.pages.language import N_, _, decimal, retold
from services.desk.pages.rule_words import REVIEW_SAID, REVIEW_STATES
from services.desk.pages.visitor import Visit, Visitor, names_of
from services.desk.pages.words import exactly
from shared.contracts.reviews import (
    MOST_AT_ONCE,
    PlaceRow,
    ReviewRow,
    ReviewsAsked,
    ReviewsListed,
)
from shared.web.forms import whole
from shared.web.headers import EVERYWHERE

router = APIRouter()
ROWS, MOST = 25, 5_000
HEADS = (
    N_("Review"),
    N_("Site"),
    N_("Location"),
    N_("Stars"),
    N_("Posted"),
    N_("Review text"),
    N_("Address"),
    N_("State"),
    N_("Reply"),
    N_("Approved by"),
    N_("Answered"),
)
NO_LOCATION = N_("(none told)")


@dataclass(frozen=True, slots=True)
class Shown:
    """One review as the page shows it."""

    row: ReviewRow
    posted: str
    state: str
    tone: str
    by: str
    answered: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address narrows the list to."""

    site: str = ""
    location: str | None = None
    stars: str = ""
    reply: str = "any"
    start: int = 0

    def asked(self, start: int, limit: int) -> ReviewsAsked:
        """The question for it."""
        stars = (int(self.stars),) if self.stars else ()
        return ReviewsAsked.model_validate(
            {
                "site": self.site,
                "location": self.location,
                "stars": stars,
                "reply": self.reply,
                "start": start,
                "limit": limit,
            }
        )

    def query(self, start: int = 0) -> str:
        """The part of an address that says it."""
        said = {"site": self.site, "stars": self.stars, "start": str(start) if start else ""}
        said |= {"reply": self.reply if self.reply != "any" else ""}
        chosen = {name: each for name, each in said.items() if each}
        where = {"location": self.location} if self.location is not None else {}
        return urlencode(chosen | where)

    @property
    def narrowed(self) -> bool:
        """Whether it is not all of them."""
        return bool(self.query())


@router.get("/reviews")
async def show_reviews(request: Request, visit: Visitor) -> Response:
    """A page of the list, and the figures of every site and location."""
    check_sees_reviews(visit.person)
    choice = _chosen(request.query_params)
    told = await _told(visit, choice.asked(choice.start, ROWS))
    names = await names_of(visit.context, [each.approved_by for each in told.rows])
    zone, end = visit.context.desk.zone, choice.start + len(told.rows)
    return visit.page(
        "reviews.html",
        choice=choice,
        rows=[_shown(each, names, zone) for each in told.rows],
        decided=await decided_by_task(visit, (each.task_id for each in told.rows)),
        here=choice.query(choice.start),
        told=told,
        places=[(each, _mean(each)) for each in told.places],
        sites=sorted({each.site for each in told.places}),
        locations=by_name((each.location for each in told.places), visit.context.desk.locations),
        states=REVIEW_STATES,
        no_location=_(NO_LOCATION),
        next=choice.query(end) if end < told.fitting else "",
        before=choice.query(max(choice.start - ROWS, 0)) if choice.start else None,
    )


@router.get("/reviews.csv")
async def export_reviews(request: Request, visit: Visitor) -> Response:
    """The same list, for a spreadsheet."""
    check_sees_reviews(visit.person)
    choice, desk = _chosen(request.query_params), visit.context.desk
    day = f"{desk.runtime.clock.now().astimezone(desk.zone):%Y-%m-%d}"
    more = {
        "Content-Disposition": f'attachment; filename="reviews-{day}.csv"',
        "Cache-Control": "no-store",
    }
    first = await _told(visit, choice.asked(0, MOST_AT_ONCE))  # a refusal is a page
    lines = _lines(visit, choice, first)
    return StreamingResponse(lines, media_type="text/csv", headers=EVERYWHERE | more)


async def _lines(visit: Visit, choice: Choice, first: ReviewsListed) -> AsyncIterator[str]:
    yield MARK + row_of(map(retold, HEADS))
    told, start = first, 0
    while told.rows and start < MOST:
        names = await names_of(visit.context, [each.approved_by for each in told.rows])
        for each in told.rows:
            yield row_of(_cells(each, names, visit.context.desk.locations))
        start += len(told.rows)
        told = await _told(visit, choice.asked(start, MOST_AT_ONCE))


def _cells(row: ReviewRow, names: Mapping[str, str], locations: Names) -> tuple[str, ...]:
    return (
        row.review_id,
        row.site,
        location_name(row.location, locations),
        str(row.stars),
        row.posted_at,
        row.text,
        row.url,
        REVIEW_SAID[row.state][0],
        row.reply,
        names.get(row.approved_by, row.approved_by),
        row.answered_at,
    )


async def _told(visit: Visit, asked: ReviewsAsked) -> ReviewsListed:
    return answered(await visit.context.desk.reviews.listed(asked, visit.person))


def _chosen(query: Mapping[str, str]) -> Choice:
    """What was chosen; what nobody offers chooses nothing."""
    stars, reply, start = query.get("stars", ""), query.get("reply", ""), query.get("start", "")
    location = query.get("location")
    return Choice(
        site=query.get("site", "")[:80],
        location={None: None, "*": None}.get(location, (location or "")[:200]),
        stars=stars if stars in ("1", "2", "3", "4", "5") else "",
        reply=reply if reply in REVIEW_STATES else "any",
        start=whole(start),
    )


def _shown(row: ReviewRow, names: Mapping[str, str], zone: ZoneInfo) -> Shown:
    state, tone = REVIEW_SAID[row.state]
    return Shown(
        row=row,
        posted=exactly(datetime.fromisoformat(row.posted_at), zone) if row.posted_at else "",
        state=state,
        tone=tone,
        by=names.get(row.approved_by, row.approved_by),
        answered=exactly(datetime.fromisoformat(row.answered_at), zone) if row.answered_at else "",
    )


def _mean(place: PlaceRow) -> str:
    """The mean of the stars, to one digit."""
    total = sum(number * many for number, many in enumerate(place.stars, start=1))
    return decimal(total / place.n, 1) if place.n else ""
