"""Does the command line ask the gateway for just what was typed, and say what it answered?"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.commands import subscriptions
from deploy.cli.main import app
from services.gateway.ops.subscriptions import SubscriptionsOfOps
from services.gateway.ops.subscriptions_told import SubscriptionsAsked
from shared.contracts.requests import Answer
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.sending import NO, OK, MemoryLog, Sending

ADD = ("add", "crm", "https://crm.example/in", "--type", "matter-*")


class Gateway:
    """A gateway over memory that answers the command line; a test goes as it is told."""

    def __init__(self) -> None:
        self.sending, self.outcome = Sending(), OK

    async def ask(self, _: str, question: dict[str, Any]) -> dict[str, Any]:
        """What a running gateway would answer."""
        runtime: Any = MemoryRuntime(self.sending.office)
        ops = SubscriptionsOfOps(self.sending.config, lambda _: MemoryLog(self.sending.office))
        asked = SubscriptionsAsked.model_validate(question)
        answer: Answer = await ops.answer(runtime, asked)
        if asked.do == "test":
            self.sending.became(self.outcome)
        return answer.model_dump(mode="json", exclude_unset=True)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """What the command line reaches."""
    made = Gateway()

    @asynccontextmanager
    async def services_at(_: str) -> AsyncIterator[Gateway]:
        yield made

    monkeypatch.setattr(subscriptions, "services_at", services_at)
    monkeypatch.setattr(subscriptions, "ops_url", lambda _: "nats://nowhere")
    return made


def run(*arguments: str, code: int = 0) -> str:
    """What a command prints."""
    result = CliRunner().invoke(app, ["subscriptions", *arguments], env={"COLUMNS": "300"})
    assert result.exit_code == code, result.output
    return result.output


def test_a_secret_is_shown_once(gateway: Gateway) -> None:
    said = json.loads(run(*ADD, "--json"))
    assert said["secret"] == gateway.sending.subscription.secrets[0]
    assert "whsec_" not in run(*ADD)
    assert "whsec_" not in run("list")
    assert "whsec_" in run("renew", "crm")


def test_a_test_says_what_came_of_it_and_fails_where_it_failed(gateway: Gateway) -> None:
    run(*ADD)
    assert "delivered (204)" in run("test", "crm")
    gateway.outcome = NO
    assert "status-500 (500)" in run("test", "crm", code=1)


def test_the_list_and_the_log_say_how_it_stands(gateway: Gateway) -> None:
    run(*ADD)
    gateway.sending.close_matters()
    gateway.sending.became(NO)
    assert "status-500" in run("list")
    (entry,) = json.loads(run("log", "crm", "--json"))
    assert (entry["state"], entry["attempts"][0]["status"]) == ("waiting", 500)
    run("pause", "crm")
    assert "paused" in run("list")
    run("remove", "crm")
    assert "Nobody gets events" in run("list")
    assert gateway.sending.office.tasks() == []


def test_what_was_delivered_can_be_sent_again(gateway: Gateway) -> None:
    run(*ADD)
    gateway.sending.close_matters()
    (done,) = gateway.sending.became(OK)
    assert "1 sent again" in run("resend", "crm", done.dispatch_id)
    assert "0 sent again" in run("resend", "crm", "--failed-since", "2d")
    assert run("resend", "crm", code=1) is not None
