"""Do the containers get a valid configuration, and each only its own secrets?"""

import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import nats
import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.infra import secrets
from deploy.infra.containers import compose_secrets
from deploy.infra.mongo import replica_set
from deploy.infra.nats import container
from deploy.infra.services import SERVICES
from deploy.trial.child_process import ChildProcess
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.machine import nats_program
from shared.yaml_text import loaded
from tests.deploy.waiting import until
from tests.programs import program

FILE = Path("docker-compose.yml")
COMPOSE: dict[str, Any] = loaded(FILE.read_text())
NEEDED_BY_MONGO = {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}
MADE_BY_IMAGES = {"mail", "mongo", "nats", "nats-exporter", "prometheus", "grafana"}


@pytest.fixture
def known(tmp_path: Path) -> secrets.Secrets:
    compose_secrets.make(tmp_path)
    return secrets.keep(tmp_path)


def test_docker_compose_accepts_the_file() -> None:
    answer = subprocess.run(
        [program("docker-compose"), "config", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_every_secret_named_is_one_that_is_made(known: secrets.Secrets) -> None:
    named = {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}
    assert named == set(compose_secrets.files(known))


def test_every_secret_is_behind_a_folder_only_its_owner_opens(tmp_path: Path) -> None:
    compose_secrets.make(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "connect.json").stat().st_mode) == 0o600


def test_secrets_stay_the_same_when_made_again(tmp_path: Path) -> None:
    compose_secrets.make(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    compose_secrets.make(tmp_path)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_shown_its_own_secrets_only(service: str) -> None:
    shown = {secret["source"] for secret in COMPOSE["services"][service]["secrets"]}
    assert {name.split("_")[0] for name in shown} == {service}


@pytest.mark.parametrize("service", sorted(set(COMPOSE["services"]) - {"grafana", "nats-exporter"}))
def test_every_container_that_stays_has_a_health_check(service: str) -> None:
    settings = COMPOSE["services"][service]
    assert settings.get("restart") == "no" or "test" in settings["healthcheck"]


@pytest.mark.parametrize("service", sorted(MADE_BY_IMAGES))
def test_every_image_has_a_version(service: str) -> None:
    assert re.search(r":v?\d+\.\d+", COMPOSE["services"][service]["image"])


@pytest.mark.parametrize("service", sorted(COMPOSE["services"]))
def test_every_container_is_hardened(service: str) -> None:
    settings = COMPOSE["services"][service]
    assert settings["read_only"] is True
    assert settings["cap_drop"] == ["ALL"]
    assert settings["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in settings
    assert (
        set(settings.get("cap_add", ())) <= NEEDED_BY_MONGO
        if service == "mongo"
        else ("cap_add" not in settings)
    )


def beside(service: str) -> set[str]:
    """Every container that shares a network with this one."""
    own = set(COMPOSE["services"][service]["networks"])
    return {name for name, each in COMPOSE["services"].items() if own & set(each["networks"])} - {
        service
    }


def test_only_who_keeps_documents_reaches_the_database() -> None:
    assert beside("mongo") == {*SERVICES, "mongo-setup", "migrate"}


def test_only_who_writes_to_clients_reaches_the_mail_server() -> None:
    assert beside("mail") == {"reminders"}


def test_only_who_publishes_or_watches_reaches_the_broker() -> None:
    assert beside("nats") == {*SERVICES, "migrate", "nats-exporter"}


def test_nobody_is_on_a_network_all_share() -> None:
    assert all(each["networks"] for each in COMPOSE["services"].values())
    assert set.intersection(*(set(e["networks"]) for e in COMPOSE["services"].values())) == set()


def test_the_image_gets_what_running_needs_and_no_test_tools() -> None:
    image = Path("deploy/infra/containers/Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"requirements[\w-]*\.lock", image)) == {
        "requirements.lock", "requirements-build.lock",
    }  # fmt: skip
    assert "/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock" in image
    locked = Path("requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(pytest|hypothesis|playwright|mypy|ruff)\b", locked, re.MULTILINE)


def test_nothing_is_open_beyond_this_machine() -> None:
    ports = [port for each in COMPOSE["services"].values() for port in each.get("ports", [])]
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_the_committed_nats_configuration_follows_the_event_catalogue() -> None:
    assert container.FILE.read_text() == container.for_container(), "run: make conf"


async def test_a_real_server_runs_the_nats_configuration_of_the_container(
    known: secrets.Secrets, tmp_path: Path, port_base: int
) -> None:
    settings = tmp_path / "nats.conf"
    text = container.FILE.read_text().replace("0.0.0.0:4222", f"127.0.0.1:{port_base}")
    text = text.replace("0.0.0.0:8222", f"127.0.0.1:{port_base + 1}")
    settings.write_text(text.replace('"/data"', f'"{tmp_path}/store"'))
    variables = {name: value for name, value in compose_secrets.nats_variables(known).items()}
    server = ChildProcess(
        "nats", [str(nats_program()), "-c", str(settings)], log=tmp_path / "log", env=variables
    )
    server.start()
    try:
        until(lambda: "Server is ready" in server.last_words(20), "the server")
        client = await nats.connect(f"nats://cli:{known.nats['cli']}@127.0.0.1:{port_base}")
        await client.close()
    finally:
        server.stop()


def test_users_are_made_once_in_a_replica_set_that_exists(
    mongo_server: EmbeddedMongo, installation_secrets: secrets.Secrets
) -> None:
    for _ in range(2):
        replica_set.prepare(f"127.0.0.1:{mongo_server.port}", installation_secrets.mongo)
    with MongoClient[dict[str, Any]](mongo_server.url("desk")) as client:
        assert client["desk"]["probe"].count_documents({}) == 0
        with pytest.raises(OperationFailure, match="not authorized"):
            client["intake"]["probe"].count_documents({})


def test_the_containers_secrets_are_made_by_a_python_without_any_package(tmp_path: Path) -> None:
    root = str(FILE.absolute().parent)
    program = "; ".join(
        (
            f"import sys; sys.path.insert(0, {root!r}); from pathlib import Path",
            "from deploy.infra.containers.compose_secrets import make",
            f"make(Path({str(tmp_path)!r}))",
        )
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", program], cwd=tmp_path, check=True)
    assert (tmp_path / "containers" / "origin.key").exists()
