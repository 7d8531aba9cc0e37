"""Is a review of Google's heard of by a push that Google signed, fetched, and said once?"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.google import LOCATION, NAME, a_review, pushed
from tests.gateway.reviewing import Reviewing, reviewing


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Reviewing]:
    """A door for reviews, and Google."""
    async with reviewing(tmp_path) as opened:
        yield opened


async def test_a_review_that_is_named_is_fetched_and_said(door: Reviewing) -> None:
    assert (await door.push()).status_code == 202
    assert door.google.asked == []  # acknowledged first, fetched afterwards
    ((kind, data),) = await door.read()
    assert kind == "review-received"
    assert data == {
        "review_id": NAME, "site": "google", "location_id": LOCATION, "stars": 2,
        "text": "Nobody called me back.", "author_name": "Ada E.",
        "posted_at": "2026-03-01T10:11:12.123Z",
    }  # fmt: skip
    assert door.google.asked == [NAME]
    assert door.google.refreshed_with[0] == {
        "grant_type": "refresh_token", "client_id": "firm", "client_secret": "s3cret",
        "refresh_token": "r-1",
    }  # fmt: skip


async def test_it_is_said_as_of_when_it_was_written(door: Reviewing) -> None:
    await door.push()
    door.office.work_due(door.office.now)
    (kept,) = door.deliveries
    await door.fetching.see_to(door.doors.runtime, kept)
    door.office.work_due(door.office.now)
    (event,) = door.office.announced
    assert event.time.isoformat() == "2026-03-02T08:00:00.987000+00:00"
    assert event.source == "urn:system:gateway:reviews"


async def test_a_message_pushed_again_is_fetched_and_said_once(door: Reviewing) -> None:
    for _ in range(3):
        assert (await door.push()).status_code == 202
    assert len(await door.read()) == 1
    await door.push()
    assert await door.read() == []
    assert door.google.asked == [NAME]


async def test_two_messages_about_one_state_of_a_review_say_it_once(door: Reviewing) -> None:
    await door.push(pushed(id="m-1"))
    await door.push(pushed("UPDATED_REVIEW", id="m-2"))
    assert [kind for kind, _ in await door.read()] == ["review-received"]


async def test_what_its_author_changed_is_said_anew(door: Reviewing) -> None:
    await door.push()
    await door.read()
    door.google.review = a_review(starRating="FOUR", updateTime="2026-03-02T08:30:00Z")
    await door.push(pushed("UPDATED_REVIEW", id="m-2"))
    ((_, data),) = await door.read()
    assert data["stars"] == 4


async def test_a_review_that_stays_away_for_half_an_hour_is_gone(door: Reviewing) -> None:
    door.google.review = None
    await door.push()
    assert await door.reads_for(timedelta(minutes=30)) == []
    ((kind, data),) = await door.reads_for(timedelta(minutes=10))
    assert (kind, data) == ("review-removed", {"review_id": NAME, "site": "google"})


async def test_a_review_shown_a_little_late_is_not_gone(door: Reviewing) -> None:
    door.google.review = None
    await door.push()
    assert await door.read() == []
    door.google.review = a_review()
    ((kind, _),) = await door.reads_for(timedelta(minutes=5))
    assert kind == "review-received"


async def test_while_google_is_away_it_is_tried_again_later_each_time(door: Reviewing) -> None:
    door.google.status = 503
    await door.push()
    assert await door.reads_for(timedelta(hours=8)) == []
    assert len(door.google.asked) == 5
    door.google.status = 200
    assert [kind for kind, _ in await door.reads_for(timedelta(days=1))] == ["review-received"]


@pytest.mark.parametrize(
    ("status", "tries", "remedy"),
    [
        (503, 7, "replay it once Google answers"),
        (403, 4, "a refresh token of an owner or manager of the location"),
        (401, 8, "put a new refresh token into its file"),  # each time with a new token too
    ],
)
async def test_what_cannot_be_fetched_is_a_dead_letter_that_names_the_remedy(
    door: Reviewing, status: int, tries: int, remedy: str
) -> None:
    door.google.status = status
    await door.push()
    no = await door.refusal()
    assert [each.field for each in no.field_errors] == ["the review"]
    assert remedy in no.field_errors[0].message
    assert f"status-{status}" in no.reason
    assert len(door.google.asked) == tries


async def test_a_token_that_is_refused_names_the_secret(door: Reviewing) -> None:
    door.google.token_status = 400
    await door.push()
    assert "put its secret and a new refresh token" in (await door.refusal()).reason


async def test_without_an_account_the_remedy_names_the_settings(tmp_path: Path) -> None:
    async with reviewing(tmp_path, has_account=False) as door:
        await door.push()
        assert "CLIENTELE_GOOGLE_" in (await door.refusal()).reason


async def test_a_dead_letter_that_is_replayed_asks_google_again(door: Reviewing) -> None:
    door.google.status = 403
    await door.push()
    await door.refusal()
    door.google.status = 200
    door.office.now += timedelta(minutes=5)  # somebody has read it, mended it, and replays it
    assert [kind for kind, _ in await door.read()] == ["review-received"]


async def test_a_token_that_google_has_forgotten_is_renewed(door: Reviewing) -> None:
    await door.push()
    await door.read()
    door.google.forgets = True
    door.google.review = a_review(updateTime="2026-03-02T08:45:00Z")
    await door.push(pushed(id="m-2"))
    assert len(await door.read()) == 1
    assert door.google.tokens == 2


async def test_who_was_killed_while_fetching_leaves_it_to_the_next(door: Reviewing) -> None:
    await door.push()
    door.office.work_due(door.office.now)
    assert door.deliveries[0].fetch_until is not None  # and here the process ends
    door.office.now += timedelta(minutes=2)
    assert [kind for kind, _ in await door.read()] == ["review-received"]


async def test_a_process_that_slept_fetches_nothing_more(door: Reviewing) -> None:
    await door.push()
    door.office.work_due(door.office.now)
    (kept,) = door.deliveries
    door.office.now += timedelta(minutes=3)
    await door.fetching.see_to(door.doors.runtime, kept)
    assert door.google.asked == []


async def test_other_notifications_say_nothing_and_fetch_nothing(door: Reviewing) -> None:
    message = pushed("GOOGLE_UPDATE", name="")
    assert (await door.push(message)).status_code == 202
    assert await door.read() == []
    assert door.google.asked == []


@pytest.mark.parametrize(
    "name", ["accounts/1/locations/2/reviews/../../3", "https://evil.example/", f"{NAME}/reply"]
)
async def test_only_names_of_reviews_are_asked_for(door: Reviewing, name: str) -> None:
    await door.push(pushed(name=name))
    assert "accounts/…/locations/…/reviews/…" in (await door.refusal()).reason
    assert door.google.asked == []


async def test_what_the_sender_puts_beside_the_message_is_not_believed(door: Reviewing) -> None:
    forged: Any = {**pushed(), "fetched": a_review(starRating="ONE", comment="Forged")}
    await door.push(forged)
    ((_, data),) = await door.read()
    assert (data["stars"], data["text"]) == (2, "Nobody called me back.")


async def test_no_word_of_a_review_stays_here_once_it_was_said(door: Reviewing) -> None:
    await door.push()
    door.office.work_due(door.office.now)
    await door.fetching.see_to(door.doors.runtime, door.deliveries[0])
    assert b"photos.example" not in door.deliveries[0].fetched
    door.office.work_due(door.office.now)
    assert (door.deliveries[0].fetched, door.deliveries[0].body) == (b"", b"")


async def test_what_a_review_lacks_is_named(door: Reviewing) -> None:
    door.google.review = a_review(starRating="STAR_RATING_UNSPECIFIED")
    await door.push()
    assert "fetched.starRating must be ONE" in (await door.refusal()).reason
