"""Is a foreign system let in, bound to its name, and let in no more, while everything runs?"""

import asyncio
import json
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.aio.client import Client
from nats.errors import Error
from typer.testing import CliRunner

from deploy.cli.main import app
from deploy.infra import systems
from deploy.infra.containers import compose_secrets
from deploy.infra.ports import ports
from deploy.infra.secrets import keep
from deploy.infra.systems import SystemRefusedError
from deploy.trial.environment import Plan, environment_of
from deploy.trial.supervisor import Supervisor
from tests.barrier import settled
from tests.patience import PATIENCE


def command(running: Supervisor, *arguments: str) -> Any:
    where = ("--data-dir", str(running.plan.data_dir), "--json")
    result = CliRunner().invoke(app, ["systems", *arguments, *where])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


async def connected(running: Supervisor, said: dict[str, Any], refusals: list[str]) -> Client:
    async def note(error: Exception) -> None:
        refusals.append(str(error))

    port = running.plan.ports["nats"]
    url = f"nats://{said['user']}:{said['password']}@127.0.0.1:{port}"
    prefix = said["inbox_prefix"].encode()
    return await nats.connect(url, inbox_prefix=prefix, error_cb=note, allow_reconnect=False)


async def test_a_system_that_was_added_says_its_types_under_its_name_and_nothing_else(
    running: Supervisor,
) -> None:
    said = command(running, "add", "dms", "--type", "matter-opened")
    assert (said["to_do"], said["source"]) == ([], "urn:system:dms")
    refusals: list[str] = []
    dms = await connected(running, said, refusals)
    kept = await dms.jetstream(timeout=PATIENCE).publish("events.matter-opened.m-1.dms", b"{}")
    assert (kept.stream, refusals) == ("EVENTS", [])
    for subject in ("events.matter-opened.m-1", "events.matter-opened.m-1.other",
                    "events.matter-closed.m-1.dms", "events.task-created.t-1.dms"):  # fmt: skip
        refusals.clear()
        await dms.publish(subject, b"{}")
        await settled(dms)
        assert refusals, subject
    for subject in ("events.>", "_INBOX.>", "inbox.>", "inbox.desk.>", "inbox.*.>"):
        refusals.clear()
        await dms.subscribe(subject)
        await settled(dms)
        assert refusals, subject
    await dms.close()


async def test_a_renewed_password_lets_the_old_one_in_no_more_and_disturbs_nobody_else(
    running: Supervisor,
) -> None:
    old = command(running, "add", "billing-system", "--type", "invoice-issued")
    firm = await nats.connect(running.nats_url("firm"), allow_reconnect=False)
    new = command(running, "renew", "billing-system")
    with pytest.raises((Error, OSError)):
        await connected(running, old, [])
    await (await connected(running, new, [])).close()
    assert await firm.jetstream(timeout=PATIENCE).publish("events.matter-opened.m-1", b"{}")
    await firm.close()


async def test_a_removed_system_is_let_in_no_more(running: Supervisor) -> None:
    said = command(running, "add", "calendar", "--type", "appointment-scheduled")
    assert "calendar" in {each["name"] for each in command(running, "list")}
    command(running, "remove", "calendar")
    assert "calendar" not in {each["name"] for each in command(running, "list")}
    with pytest.raises((Error, OSError)):
        await connected(running, said, [])


@pytest.mark.parametrize("name", ["intake", "firm", "a.b", "a*", "A", "", "-a", "a--b", "x" * 33])
def test_a_name_that_is_ours_or_no_part_of_a_subject_is_refused(
    running: Supervisor, name: str
) -> None:
    folder = keep(running.plan.data_dir).folder
    with pytest.raises(SystemRefusedError, match="Call it by"):
        systems.add(folder, name, ["matter-opened"])


@pytest.mark.parametrize("types", [[], ["task-created"], ["matter-opened", "conflict-cleared"]])
def test_a_type_that_only_services_say_is_granted_to_no_system(
    running: Supervisor, types: list[str]
) -> None:
    folder = keep(running.plan.data_dir).folder
    with pytest.raises(SystemRefusedError, match="matter-opened"):
        systems.add(folder, "dms", types)


def test_for_containers_the_configuration_is_written_and_what_is_left_is_said(
    tmp_path: Any,
) -> None:
    (tmp_path / "containers").mkdir()
    arguments = ["systems", "add", "doc-store", "--type", "document-received", "--data-dir"]
    result = CliRunner().invoke(app, [*arguments, str(tmp_path), "--json"])
    assert len(json.loads(result.stdout)["to_do"]) == 3
    written = (tmp_path / "containers" / "nats.conf").read_text()
    assert "password: $NATS_PASSWORD_DOC_STORE," in written
    assert "events.document-received.*.doc-store" in written


async def test_what_a_system_said_can_be_watched_by_its_type_and_by_whom_it_is_about(
    running: Supervisor,
) -> None:
    said = command(running, "add", "archive", "--type", "document-received")
    archive = await connected(running, said, [])
    await archive.jetstream(timeout=PATIENCE).publish(
        "events.document-received.m-42.archive", b"{}"
    )
    await archive.close()
    where = ["--no-follow", "--json", "--data-dir", str(running.plan.data_dir)]
    for narrowed in (["--key", "m-42"], ["--type", "document-received"]):
        seen = await asyncio.to_thread(
            CliRunner().invoke, app, ["events", "tail", *narrowed, *where]
        )
        assert "events.document-received.m-42.archive" in seen.stdout


def test_a_limit_is_kept_and_told_to_the_services(tmp_path: Path) -> None:
    compose_secrets.make(tmp_path)
    folder = tmp_path / "secrets"
    systems.add(folder, "dms", ["matter-opened"], ["64KiB", "600/minute"])
    assert systems.known(folder)["dms"].limits == {"kib": 64, "per_minute": 600}
    compose_secrets.make(tmp_path)
    told = (tmp_path / "containers" / "intake.env").read_text()
    assert """CLIENTELE_SYSTEM_LIMITS='{"dms": {"kib": 64, "per_minute": 600}}'""" in told
    desk = (tmp_path / "containers" / "desk.env").read_text()
    assert """CLIENTELE_SYSTEM_GRANTS='{"dms": ["matter-opened"]}'""" in desk
    assert "CLIENTELE_SYSTEM_GRANTS" not in told
    plan = Plan(data_dir=tmp_path, ports=ports())
    env = environment_of("intake", plan, keep(tmp_path), "nats://", "mongodb://")
    assert json.loads(env["CLIENTELE_SYSTEM_LIMITS"]) == {"dms": {"kib": 64, "per_minute": 600}}
    systems.add(folder, "dms", ["matter-opened"])
    assert systems.known(folder)["dms"].limits == {}


@pytest.mark.parametrize(
    "limits", [["600"], ["0/minute"], ["257KiB"], ["9/minute", "8/minute"], ["1 KiB"], ["1/hour"]]
)
def test_a_limit_written_otherwise_is_refused(tmp_path: Path, limits: list[str]) -> None:
    with pytest.raises(SystemRefusedError, match="600/minute"):
        systems.add(tmp_path, "dms", ["matter-opened"], limits)
