"""How do ops make, change and end subscriptions, and see what became of what was sent?"""

import json
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import uuid4

from services.gateway.domain.dispatches import OutwardEvent
from services.gateway.domain.subscriptions import KEY_BYTES, Subscription, secret_of
from services.gateway.ops.subscriptions_told import (
    DispatchesListed,
    SentAgain,
    SubscriptionChanged,
    SubscriptionRemoved,
    SubscriptionsAsked,
    SubscriptionsListed,
    dispatch_told,
    listed,
)
from services.gateway.ports import (
    DispatchLog,
    OutwardConfig,
)
from services.gateway.workflow import subscribing
from shared.contracts.envelope import Cause, message_id
from shared.contracts.event import own_source
from shared.contracts.fields import parse_instant, wire_instant
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.ops import OpsQuestion
from shared.state.unit_of_work import UnitOfWork

R = TypeVar("R")
TEST = "webhook-test"
IN_ONE_COMMIT, IN_ONE_REQUEST = 200, 1000
MOST_TOLD = 500


@dataclass(frozen=True)
class SubscriptionsOfOps:
    """Answers ops, with the log of a running service's database."""

    config: OutwardConfig
    log_of: Callable[[Runtime], DispatchLog]

    def question(self) -> OpsQuestion:
        """What may be asked."""
        answers = (
            SubscriptionsListed, SubscriptionChanged, SubscriptionRemoved, DispatchesListed,
            SentAgain,
        )  # fmt: skip
        return OpsQuestion("subscriptions", SubscriptionsAsked, answers, self.answer)

    async def answer(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        """Do what is asked; RuleError says why not."""
        doing: dict[str, Callable[[Runtime, SubscriptionsAsked], Awaitable[Answer]]] = {
            "list": self._list,
            "add": self._add,
            "pause": partial(self._change, subscribing.pause),
            "resume": partial(self._change, subscribing.resume),
            "renew": self._renew,
            "remove": self._remove,
            "test": self._test,
            "log": self._log,
            "resend": self._resend,
        }
        if asked.do not in doing:
            raise RuleError(f"Do one of: {', '.join(doing)}.", code="unknown", field="do")
        return await doing[asked.do](runtime, asked)

    async def _list(self, runtime: Runtime, _: SubscriptionsAsked) -> Answer:
        return SubscriptionsListed(items=await listed(self.log_of(runtime), runtime))

    async def _add(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        secret = asked.secret or _new_secret()
        wanted = Subscription(
            name=asked.name,
            url=asked.url,
            types=asked.types,
            not_from=asked.not_from,
            added_at=runtime.clock.now(),
            secrets=(secret,),
        )
        after = await _act(runtime, asked.name, partial(subscribing.subscribe, self.config, wanted))
        is_new = after.secrets == (secret,)
        return await self._told(runtime, after, secret if is_new and not asked.secret else None)

    async def _change(
        self, step: Callable[[str, UnitOfWork], Subscription], runtime: Runtime,
        asked: SubscriptionsAsked,
    ) -> Answer:  # fmt: skip
        return await self._told(runtime, await _act(runtime, asked.name, partial(step, asked.name)))

    async def _renew(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        secret = asked.secret or _new_secret()
        step = partial(subscribing.renew, asked.name, secret)
        after = await _act(runtime, asked.name, step)
        return await self._told(runtime, after, None if asked.secret else secret)

    async def _remove(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        gone = await _act(runtime, asked.name, partial(subscribing.unsubscribe, asked.name))
        return SubscriptionRemoved(removed=gone.name)

    async def _test(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        event_id = f"test-{uuid4().hex}"
        event = _test_event(asked.name, event_id, runtime.clock.now())
        step = partial(subscribing.try_out, asked.name, event, event_id)
        return DispatchesListed(items=[dispatch_told(await _act(runtime, asked.name, step))])

    async def _log(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        most = min(max(asked.most, 1), MOST_TOLD)
        found = await self.log_of(runtime).latest(asked.name, most, failed=asked.failed)
        return DispatchesListed(items=[dispatch_told(each) for each in found])

    async def _resend(self, runtime: Runtime, asked: SubscriptionsAsked) -> Answer:
        if asked.id:
            again = await _send_again(runtime, [asked.id])
            if not again:
                message = (
                    "Nothing of this id was delivered or has failed: it is on its way, or gone."
                )
                raise RuleError(message, code="unknown", field="id")
            return SentAgain(again=again, more=False)
        since, kept, again = _instant(asked.since), self.log_of(runtime), 0
        while ids := await kept.failed_since(asked.name, since, IN_ONE_COMMIT):
            again += await _send_again(runtime, ids)
            if again >= IN_ONE_REQUEST:
                break
        return SentAgain(again=again, more=bool(ids))

    async def _told(
        self, runtime: Runtime, subscription: Subscription, secret: str | None = None
    ) -> SubscriptionChanged:
        items = await listed(self.log_of(runtime), runtime)
        told = next(each for each in items if each.name == subscription.name)
        if secret is None:
            return SubscriptionChanged(subscription=told)
        return SubscriptionChanged(subscription=told, secret=secret)


def _test_event(name: str, event_id: str, now: datetime) -> OutwardEvent:
    """An event that says nothing but that it arrives; no service of ours knows its type."""
    source = own_source("gateway")
    said = {
        "specversion": "1.0",
        "id": event_id,
        "source": source,
        "type": TEST,
        "subject": name,
        "time": wire_instant(now),
        "datacontenttype": "application/json",
        "data": {"subscription": name},
    }
    return OutwardEvent(
        msg_id=message_id(source, event_id),
        type=TEST,
        taken_at=now,
        owner=f"outward:{now:%Y-%m-%d}",
        body=json.dumps(said).encode(),
    )


async def _send_again(runtime: Runtime, ids: Iterable[str]) -> int:
    wanted = list(ids)
    return await runtime.act(
        partial(subscribing.send_again, wanted),
        partial(subscribing.needs_of_again, wanted),
        cause=_cause(runtime),
    )


async def _act(runtime: Runtime, name: str, step: Callable[[UnitOfWork], R]) -> R:
    needs = partial(subscribing.needs_of_subscription, name)
    return await runtime.act(step, needs, cause=_cause(runtime))


def _cause(runtime: Runtime) -> Cause:
    asked = f"ops-{uuid4().hex}"
    return Cause("urn:clientele:ops", asked, "ops", asked, None, runtime.clock.now())


def _new_secret() -> str:
    return secret_of(secrets.token_bytes(KEY_BYTES))


def _instant(said: str | None) -> datetime:
    if not said:
        message = "Say which: the id of one delivery, or since when all that failed go again."
        raise RuleError(message, code="missing", field="since")
    try:
        return parse_instant(said)
    except ValueError as wrong:
        raise RuleError(f"since {wrong}", code="since", field="since") from None
