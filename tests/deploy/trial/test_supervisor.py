"""Does an installation start, come back after every kind of death, and stop cleanly?"""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nats
import psutil
import pytest
from pymongo import MongoClient

from deploy.infra import secrets
from deploy.infra.migrate import CannotMigrateError
from deploy.infra.ports import PortTakenError, is_free
from deploy.infra.services import SERVICES
from deploy.trial import connection
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from deploy.trial.environment import Plan
from deploy.trial.ownership import AlreadyRunningError, owner_of
from deploy.trial.supervisor import Supervisor
from tests.deploy.conftest import fake_program
from tests.deploy.waiting import until
from tests.patience import PATIENCE

EVERYTHING = {"nats", "mongod", "mail", "sms", *SERVICES}


ROLES = {"assistant", "lawyer", "partner", "conflicts-officer", "ops"}


def pids(supervisor: Supervisor) -> dict[str, int]:
    known: dict[str, int] = connection.read(supervisor.plan.data_dir)["pids"]
    return known


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_started_installation_says_how_to_reach_it(running: Supervisor) -> None:
    known = connection.read(running.plan.data_dir)
    ports = running.plan.ports
    assert known["desk"] == f"http://127.0.0.1:{ports['desk']}"
    assert known["smtp"] == f"127.0.0.1:{ports['smtp']}"
    assert known["nats_url"].startswith("nats://firm:")
    assert set(known["api_keys"]) == set(known["staff"]) == ROLES
    assert set(known["pids"]) == EVERYTHING


def test_only_its_user_can_read_what_an_installation_keeps(running: Supervisor) -> None:
    data_dir = running.plan.data_dir
    folders = [data_dir, data_dir / "secrets", data_dir / "nats", data_dir / "mongo"]
    files = [
        data_dir / "connect.json",
        data_dir / "nats" / "nats.conf",
        *(data_dir / "secrets").iterdir(),
        *(data_dir / "logs").iterdir(),
    ]
    assert {str(path) for path in folders if mode(path) != 0o700} == set()
    assert {str(path) for path in files if mode(path) != 0o600} == set()


def test_no_secret_stands_on_a_command_line_or_in_a_log(running: Supervisor) -> None:
    data_dir = running.plan.data_dir
    known = secrets.keep(data_dir)
    hidden = [*(person["key"] for person in known.staff), *known.nats.values()]
    hidden += [*known.mongo.values(), known.jetstream_key]
    seen = [" ".join(psutil.Process(pid).cmdline()) for pid in pids(running).values()]
    seen += [log.read_text(errors="replace") for log in (data_dir / "logs").iterdir()]
    assert not [secret for secret in hidden for text in seen if secret in text]


@pytest.mark.parametrize("part", ["nats", "mongod", "mail", "sms", "feedback"])
def test_what_is_killed_is_started_again(supervisor: Supervisor, part: str) -> None:
    supervisor.start()
    before = pids(supervisor)
    os.kill(before[part], signal.SIGKILL)

    def back() -> bool:
        supervisor.tend()
        return pids(supervisor)[part] != before[part]

    until(back, f"{part} running again")
    assert is_running(pids(supervisor)[part])
    assert {p for name, p in pids(supervisor).items() if name != part} == {
        p for name, p in before.items() if name != part
    }


def test_stopping_ends_every_process_and_frees_every_port(supervisor: Supervisor) -> None:
    supervisor.start()
    children = pids(supervisor)
    supervisor.stop()
    assert not [name for name, pid in children.items() if is_running(pid)]
    assert all(is_free(port) for port in supervisor.plan.ports.values())
    with pytest.raises(connection.NotRunningError):
        connection.read(supervisor.plan.data_dir)


async def _publish(url: str) -> int:
    client = await nats.connect(url)
    ack = await client.jetstream(timeout=PATIENCE).publish("events.matter-opened.m-1", b"{}")
    await client.close()
    return ack.seq


def test_a_second_start_on_the_same_data_resumes(plan: Plan) -> None:
    for attempt in range(2):
        supervisor = Supervisor(plan, program=fake_program, apps={})
        supervisor.start()
        try:
            sequence = asyncio.run(_publish(supervisor.nats_url("firm")))
            with MongoClient[dict[str, object]](supervisor.mongo_url("intake")) as mongo:
                mongo["intake"]["probe"].insert_one({"attempt": attempt})
                stored = mongo["intake"]["probe"].count_documents({})
        finally:
            supervisor.stop()
        assert (sequence, stored) == (attempt + 1, attempt + 1)


def test_a_second_start_while_it_runs_says_so(supervisor: Supervisor, plan: Plan) -> None:
    supervisor.start()
    with pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}"):
        Supervisor(plan, program=fake_program, apps={}).start()
    assert owner_of(plan.data_dir) == os.getpid()
    assert connection.read(plan.data_dir)["pids"] == pids(supervisor)


def test_a_taken_port_is_named_with_the_way_out(supervisor: Supervisor, plan: Plan) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", plan.ports["nats"]))
        other.listen()
        with pytest.raises(PortTakenError, match=rf"port {plan.ports['nats']} .*--port-base"):
            supervisor.start()


def test_a_killed_supervisor_leaves_nothing_that_blocks_the_next(plan: Plan) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from tests.deploy.conftest import *\n"
        f"plan = Plan(data_dir=Path({str(plan.data_dir)!r}), ports=ports({plan.ports['desk']}))\n"
        "Supervisor(plan, program=fake_program, apps={}).start()\n"
        "print('started', flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"started\n"
        children: dict[str, int] = connection.read(plan.data_dir)["pids"]
        killed.kill()
    until(lambda: not any(map(is_running, children.values())), "the end of every child")
    following = Supervisor(plan, program=fake_program, apps={})
    following.start()
    following.stop()


def test_servers_of_ones_own_are_used_instead_of_embedded_ones(
    plan: Plan, nats_server: EmbeddedNats, mongo_server: EmbeddedMongo
) -> None:
    own = replace(plan, nats_url=nats_server.url(), mongo_url=mongo_server.url())
    supervisor = Supervisor(own, program=fake_program, apps={})
    supervisor.start()
    try:
        assert set(pids(supervisor)) == EVERYTHING - {"nats", "mongod"}
        assert connection.read(plan.data_dir)["nats_url"] == nats_server.url()
    finally:
        supervisor.stop()


@pytest.mark.parametrize(
    ("nats_url", "mongo_url", "who"),
    [
        ("nats://127.0.0.1:1", None, "NATS"),
        (None, "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300", "MongoDB"),
    ],
)
def test_a_server_of_ones_own_that_is_away_is_named(
    plan: Plan, nats_server: EmbeddedNats, mongo_server: EmbeddedMongo,
    nats_url: str | None, mongo_url: str | None, who: str,
) -> None:  # fmt: skip
    away = replace(
        plan, nats_url=nats_url or nats_server.url(), mongo_url=mongo_url or mongo_server.url()
    )
    with pytest.raises(CannotMigrateError, match=who):
        Supervisor(away, program=fake_program).start()
