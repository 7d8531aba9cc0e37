"""Is a push let in exactly when Google itself signed it, for this door and in the firm's name?"""

import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.gateway.google import AUDIENCE, a_key, pushed
from tests.gateway.reviewing import Reviewing, reviewing


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Reviewing]:
    """A door for reviews, and Google."""
    async with reviewing(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("claims", "named"),
    [
        ({"aud": "https://doors.another.example/in/reviews"}, "aud"),
        ({"aud": None}, "aud"),
        ({"email": "push@another-project.iam.gserviceaccount.com"}, "email"),
        ({"email": None}, "email"),
        ({"email_verified": False}, "email_verified"),
        ({"iss": "https://accounts.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"exp": 1_700_000_000}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": 4_000_000_000}, "iat"),
    ],
)
async def test_a_token_for_anything_else_is_refused_by_name(
    door: Reviewing, claims: dict[str, Any], named: str
) -> None:
    answer = await door.push(**claims)
    assert answer.status_code == 401
    assert f"whose {named} is not that of this source" in answer.json()["detail"]
    assert door.deliveries == []


async def test_another_s_key_of_the_same_name_is_refused(door: Reviewing) -> None:
    at = int(door.office.now.timestamp())
    claims = {"aud": AUDIENCE, "iss": "https://accounts.google.com", "iat": at, "exp": at + 60}
    forged = jwt.encode({"alg": "RS256", "kid": "k-1"}, claims, a_key("somebody-else"))
    answer = await door.push(token=forged)
    assert (answer.status_code, answer.json()["code"]) == (401, "signature")
    assert "Google did not sign" in answer.json()["detail"]


async def test_a_token_without_a_signature_is_refused(door: Reviewing) -> None:
    head = urlsafe_b64encode(b'{"alg":"none","kid":"k-1"}').decode().rstrip("=")
    claims = door.google.token(door.office.now).split(".")[1]
    assert (await door.push(token=f"{head}.{claims}.")).status_code == 401


async def test_google_s_public_key_as_a_shared_secret_is_refused(door: Reviewing) -> None:
    secret = OctKey.import_key(json.dumps(a_key("k-1").as_dict(private=False)))
    forged = jwt.encode({"alg": "HS256", "kid": "k-1"}, {"aud": AUDIENCE}, secret)
    assert (await door.push(token=forged)).status_code == 401


A_WORD = urlsafe_b64encode(b'"alg"').decode().rstrip("=")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.e30", f"{A_WORD}.a.b", "x" * 9000])
async def test_what_is_no_token_is_refused_before_anything_is_asked(
    door: Reviewing, token: str
) -> None:
    answer = await door.push(token=token)
    assert answer.status_code == 401
    assert "holds no token of Google" in answer.json()["detail"]
    assert door.google.keys_asked == 0
    assert door.doors.outcome("reviews", "unproved") == 1


async def test_a_push_without_a_token_names_the_remedy(door: Reviewing) -> None:
    answer = await door.doors.post("/in/reviews", b"{}", {})
    assert "switch authentication on" in answer.json()["detail"]


async def test_keys_are_asked_for_once_and_believed_as_long_as_google_says(
    door: Reviewing,
) -> None:
    for number in range(5):
        await door.push(pushed(id=f"m-{number}"))
    assert door.google.keys_asked == 1
    door.office.now += timedelta(seconds=door.google.max_age + 1)
    await door.push(pushed(id="later"))
    assert door.google.keys_asked == 2


async def test_a_new_key_is_looked_for_when_a_token_names_it(door: Reviewing) -> None:
    await door.push()
    door.google.keys = ("k-2", "k-1")
    door.office.now += timedelta(minutes=2)
    answer = await door.push(pushed(id="m-2"), key="k-2")
    assert answer.status_code == 202
    assert door.google.keys_asked == 2


async def test_tokens_of_unknown_keys_do_not_make_us_ask_again_and_again(door: Reviewing) -> None:
    for _ in range(20):
        assert (await door.push(key="somebody-else")).status_code == 401
    assert door.google.keys_asked == 1


async def test_while_google_s_keys_are_away_the_push_is_to_come_again(door: Reviewing) -> None:
    door.google.keys_status = 500
    for _ in range(5):
        answer = await door.push()
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert door.google.keys_asked == 1  # nobody asks again for ten seconds
    door.google.keys_status = 200
    door.office.now += timedelta(seconds=11)
    assert (await door.push()).status_code == 202


async def test_known_keys_go_on_holding_for_a_day_while_new_ones_are_away(door: Reviewing) -> None:
    await door.push()
    door.google.keys_status = 500
    door.office.now += timedelta(hours=23)
    assert (await door.push(pushed(id="m-2"))).status_code == 202
    door.office.now += timedelta(hours=2)
    assert (await door.push(pushed(id="m-3"))).status_code == 503


async def test_a_key_that_google_has_taken_back_holds_no_more(door: Reviewing) -> None:
    await door.push()
    door.google.keys = ("k-2",)
    door.office.now += timedelta(seconds=door.google.max_age + 1)
    assert (await door.push(pushed(id="m-2"), key="k-1")).status_code == 401
