"""May only whoever has the firm's own key give a source its secret, and does it hold then?"""

import hmac
import json
from datetime import timedelta

import httpx
import pytest

from services.gateway.domain.hooks import ends_in
from services.gateway.ops.doors import figures
from services.gateway.ports import HOOKS
from tests.gateway.domain.test_adapters import sample
from tests.gateway.doors import SECRETS, DoorsOpen, none_unread
from tests.gateway.sending import nothing_sent

DOOR = f"/in/matters?key={SECRETS['matters']}"
BODY = json.dumps(sample("clio-matters/opened")["received"]).encode()


class NoFiles:
    """Nobody has written a secret."""

    def of(self, _: str) -> tuple[str, ...]:
        """None."""
        return ()


async def shake(gateway: DoorsOpen, secret: str, door: str = DOOR) -> httpx.Response:
    """The first request of a webhook."""
    return await gateway.post(door, b"", {"X-Hook-Secret": secret})


async def deliver(gateway: DoorsOpen, secret: str) -> int:
    """A delivery under this secret; what it is answered."""
    made = hmac.digest(secret.encode(), BODY, "sha256").hex()
    return (await gateway.post("/in/matters", BODY, {"X-Hook-Signature": made})).status_code


async def test_a_secret_that_is_given_is_said_back_and_holds(gateway: DoorsOpen) -> None:
    answer = await shake(gateway, "first-secret")
    assert (answer.status_code, answer.headers["X-Hook-Secret"]) == (200, "first-secret")
    assert await deliver(gateway, "first-secret") == 202
    ((said, data),) = gateway.read()
    assert (said, data["client_id"]) == ("matter-opened", "77")


async def test_before_it_is_given_the_door_is_closed(gateway: DoorsOpen) -> None:
    assert await deliver(gateway, "first-secret") == 503


@pytest.mark.parametrize("door", ["/in/matters", "/in/matters?key=", "/in/matters?key=guessed"])
async def test_nobody_else_gives_it(gateway: DoorsOpen, door: str) -> None:
    answer = await shake(gateway, "another-secret", door)
    assert answer.status_code == 401
    assert "X-Hook-Secret" not in answer.headers
    assert gateway.office.all(HOOKS) == []


async def test_a_source_with_a_secret_of_the_firm_s_is_given_none(gateway: DoorsOpen) -> None:
    door = f"/in/billing?key={SECRETS['billing']}"
    assert (await shake(gateway, "another-secret", door)).status_code == 401
    assert gateway.office.all(HOOKS) == []


async def test_while_a_hook_is_renewed_both_secrets_hold(gateway: DoorsOpen) -> None:
    for secret in ("first-secret", "second-secret"):
        await shake(gateway, secret)
    assert await deliver(gateway, "first-secret") == 202
    assert await deliver(gateway, "second-secret") == 202
    await shake(gateway, "third-secret")
    assert await deliver(gateway, "first-secret") == 401


async def test_a_hook_that_ends_is_seen_days_before(gateway: DoorsOpen) -> None:
    await shake(gateway, "first-secret")
    (hook,) = gateway.office.all(HOOKS)
    assert ends_in(hook, hook.at + timedelta(days=24)) is None
    assert ends_in(hook, hook.at + timedelta(days=30)) == timedelta(days=1).total_seconds()
    assert ends_in(hook, hook.at + timedelta(days=40)) == 0


async def test_ops_sees_that_the_door_waits_for_its_secret(gateway: DoorsOpen) -> None:
    for is_open in (False, True):
        told = await figures(gateway.config, NoFiles(), none_unread, nothing_sent, gateway.runtime)
        assert [e.is_open for e in told.sources or () if e.source == "matters"] == [is_open]
        await shake(gateway, "first-secret")
