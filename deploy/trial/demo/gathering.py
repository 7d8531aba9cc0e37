"""What is there to check at the end of the demo? Asked of everybody who holds it, once all rest."""

import asyncio
from pathlib import Path
from typing import Any

from deploy.infra.access.dead_letters import Choice, find
from deploy.infra.services import SERVICES
from deploy.trial.demo.caught_mails import read_all
from deploy.trial.demo.facts import Facts, clients_of
from deploy.trial.demo.story import Stage
from deploy.trial.demo.subscriber import NotSentError, wait_until_sent


async def gather(stage: Stage) -> Facts:
    """Everything there is to check, from everybody who holds it."""
    await stage.rest()
    try:
        await wait_until_sent(stage.services)
    except NotSentError as trouble:
        stage.troubles.append(trouble.message)
    services, events = stage.services, tuple(stage.watcher.events)
    async with stage.as_staff("partner") as partner:
        clients = clients_of(events)
        timelines = await asyncio.gather(*(partner.timeline(each) for each in clients))
    # beside the loop: hundreds take seconds, and NATS cuts off whoever stands still
    mails = await asyncio.to_thread(read_all, Path(stage.connect["data_dir"]))
    own = {login["email"] for login in stage.connect["logins"].values()}
    tasks = [await _seen_by(stage, role) for role in stage.connect["api_keys"]]
    waiting = {role: await _waiting_for(stage, role) for role in stage.connect["api_keys"]}
    return Facts(
        events=events,
        stored=await services.stored(),
        heard={name: await services.heard_by(name) for name in SERVICES},
        ledgers=await services.ask_all({"ask": "ledger"}),
        mails=tuple(mail for mail in mails if mail.to not in own),
        digests=tuple(mail for mail in mails if mail.to in own),
        tasks=tuple({task["task_id"]: task for seen in tasks for task in seen}.values()),
        waiting=waiting,
        timelines={c: tuple(entries) for c, entries in zip(clients, timelines, strict=True)},
        letters=tuple(await find(services, Choice(status="open"))),
        published=stage.published,
        refusals=stage.refusals,
        troubles=tuple(stage.troubles),
        received=tuple(stage.subscriber.events.values()),
        unsigned=stage.subscriber.unsigned,
    )


async def _seen_by(stage: Stage, role: str) -> list[dict[str, Any]]:
    """Every task that the person with this role is shown; together they are shown all."""
    async with stage.as_staff(role) as person:
        return await person.tasks()


async def _waiting_for(stage: Stage, role: str) -> tuple[str, ...]:
    """What the person with this role may take on now."""
    async with stage.as_staff(role) as person:
        open_tasks = await person.tasks(state="open")
    return tuple(str(task["title"]) for task in open_tasks if task["decisions"])
