"""Does everything follow from the one list of services, and is what is missing for one named?

An invented seventh service is added as a newcomer would: one line and a folder, in a copy.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.infra.missing_lines import ROOT, missing_lines
from deploy.infra.ports import OFFSETS
from deploy.infra.services import SERVICES, SPECS
from tests.conftest import free_base

LINE = '    ServiceSpec("billing", 6, sends_mail=True),\n'
CODE = """\
from shared.process.app import App


def build() -> App:
    return App(name="billing", title="Billing", listeners=[], mappings=[])
"""
MADE = """
import json
from pathlib import Path
from deploy.infra.containers import compose_secrets
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.migrate import built_apps
from deploy.infra.ports import ports
from deploy.infra.secrets import keep
from deploy.infra.access.dead_letters import Choice
from deploy.trial.environment import Plan, environment_of, program_of
known = keep(Path("data"))
plan = Plan(data_dir=Path("data"), ports=ports())
print(json.dumps({
    "port": ports()["billing"],
    "hears": grants_in_use()["billing"].subscribe,
    "cli": grants_in_use()["cli"].publish,
    "closed to the firm": grants_in_use()["firm"].never_subscribe,
    "secrets": sorted(name for name in compose_secrets.files(known) if "billing" in name),
    "address": compose_secrets.connection(known)["billing"],
    "asked for dead letters": Choice().services(),
    "apps": list(built_apps()),
    "program": program_of("billing")[1:],
    "environment": environment_of("billing", plan, known, "nats://", "mongodb://"),
}))
"""
STARTED = """
import json, sys
from pathlib import Path
from deploy.infra.migrate import built_apps
from deploy.infra.ports import ports
from deploy.trial import connection
from deploy.trial.environment import Plan
from deploy.trial.supervisor import Supervisor
from pymongo import MongoClient
plan = Plan(data_dir=Path("data"), ports=ports(int(sys.argv[1])))
apps = {"billing": built_apps()["billing"]}
supervisor = Supervisor(plan, program=lambda _: [sys.executable, sys.argv[2]], apps=apps)
supervisor.start()
try:
    with MongoClient(supervisor.mongo_url("billing")) as client:
        client["billing"]["bills"].insert_one({"_id": 1})
    print(json.dumps(connection.read(plan.data_dir)["pids"]))
finally:
    supervisor.stop()
"""

FILES = {"settings": "env", "master_key": "master.key", "link_key": "link.key"}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def with_a_seventh(tmp_path: Path) -> Run:
    """Runs Python in a copy of the project whose list has one line more."""
    for name in ("services", "shared", "deploy"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "asyncapi", tmp_path / "docs" / "asyncapi")
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    services = tmp_path / "deploy" / "infra" / "services.py"
    before, end, after = services.read_text("utf-8").partition(")\nSERVICES = ")
    services.write_text(before + LINE + end + after, "utf-8")
    folder = tmp_path / "services" / "billing"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "app.py").write_text(CODE)

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


def said(answer: "subprocess.CompletedProcess[str]") -> Any:
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_no_line_is_missing_for_any_service() -> None:
    assert missing_lines() == []


def test_every_service_and_server_has_a_port_of_its_own() -> None:
    assert len(set(OFFSETS.values())) == len(OFFSETS) >= len(SPECS) + 3


@pytest.mark.whole
def test_an_older_installation_gives_a_new_service_its_passwords(
    with_a_seventh: Run, tmp_path: Path
) -> None:
    older = "from pathlib import Path; from deploy.infra.secrets import keep; keep(Path('data'))"
    subprocess.run([sys.executable, "-c", older.replace("'data'", repr(str(tmp_path / "data")))],
                   cwd=ROOT, check=True)  # fmt: skip
    before = json.loads((tmp_path / "data/secrets/nats.json").read_text())
    said(with_a_seventh("-c", MADE))
    after = json.loads((tmp_path / "data/secrets/nats.json").read_text())
    assert "billing" in after
    assert "billing" not in before
    assert before.items() <= after.items()


def test_one_line_and_a_folder_make_a_seventh_service(with_a_seventh: Run) -> None:
    made = said(with_a_seventh("-c", MADE))
    assert made["port"] == 8106
    assert "ops.billing" in made["hears"]
    assert "$JS.API.CONSUMER.INFO.EVENTS.billing" in made["cli"]
    assert "_INBOX.billing.>" in made["closed to the firm"]
    assert made["secrets"] == [
        "billing.actor.key",
        "billing.env",
        "billing.link.key",
        "billing.master.key",
    ]
    assert made["address"] == "http://127.0.0.1:8106"
    assert made["asked for dead letters"] == made["apps"] == [*SERVICES, "billing"]
    assert made["program"] == ["-m", "services.billing.app"]
    assert made["environment"]["CLIENTELE_HTTP_PORT"] == "8106"
    assert made["environment"]["CLIENTELE_OPS_PORT"] == "8146"
    assert made["environment"]["CLIENTELE_SMTP_PORT"] == "8125"
    assert "billing" in json.loads(made["environment"]["CLIENTELE_PUBLIC_URLS"])


@pytest.mark.whole
def test_the_supervisor_starts_a_seventh_service_with_its_own_user_and_databases(
    with_a_seventh: Run,
) -> None:
    fake = str(ROOT / "tests" / "deploy" / "trial" / "fake_service.py")
    started = said(with_a_seventh("-c", STARTED, str(free_base()), fake))
    assert set(started) == {"nats", "mongod", "mail", "sms", *SERVICES, "billing"}


def test_what_a_seventh_service_misses_is_named_line_by_line(with_a_seventh: Run) -> None:
    answer = with_a_seventh("-m", "deploy.infra.missing_lines")
    assert answer.returncode == 1, answer.stderr
    compose = "docker-compose.yml: "
    assert answer.stdout.splitlines() == [
        'shared/contracts/catalogue.py: PUBLISHED_BY: "billing"',
        "docs/asyncapi/billing.json: run python -m deploy.infra.asyncapi",
        f'{compose}services.billing.command: ["python", "-m", "services.billing.app"]',
        f'{compose}services.billing.environment.CLIENTELE_SERVICE: "billing"',
        f'{compose}services.billing.environment.CLIENTELE_HTTP_PORT: "8106"',
        f'{compose}services.billing.environment.CLIENTELE_OPS_PORT: "8146"',
        f'{compose}services.billing.environment.CLIENTELE_SMTP_HOST: "mail"',
        f'{compose}services.billing.environment.CLIENTELE_SMTP_PORT: "1025"',
        f'{compose}services.billing.ports: ["127.0.0.1:8106:8106"]',
        f'{compose}services.billing.secrets: [{{"source": "billing_settings", "target": '
        '"settings"}, {"source": "billing_master_key", "target": "master_key"}, '
        '{"source": "billing_link_key", "target": "link_key"}, '
        '{"source": "billing_origin_key", "target": "origin_key"}, '
        '{"source": "billing_actor_key", "target": "actor_key"}]',
        *(
            f'{compose}secrets.billing_{name}: {{"file": ".compose/containers/billing.{file}"}}'
            for name, file in FILES.items()
        ),
        f'{compose}secrets.billing_origin_key: {{"file": ".compose/containers/origin.key"}}',
        f'{compose}secrets.billing_actor_key: {{"file": ".compose/containers/billing.actor.key"}}',
        f'{compose}x-settings.CLIENTELE_PUBLIC_URLS.billing: "http://127.0.0.1:8106"',
        "deploy/infra/nats/nats.conf: run make conf",
        "deploy/infra/prometheus/prometheus.yml: run make conf",
    ]


@pytest.mark.whole
def test_what_is_generated_for_a_seventh_service_is_not_missing_afterwards(
    with_a_seventh: Run, tmp_path: Path
) -> None:
    for module in ("nats.container", "scrape_configuration", "asyncapi"):
        assert with_a_seventh("-m", f"deploy.infra.{module}").returncode == 0
    left = with_a_seventh("-m", "deploy.infra.missing_lines").stdout
    assert {line.partition(":")[0] for line in left.splitlines()} == {
        "docker-compose.yml", "shared/contracts/catalogue.py",
    }  # fmt: skip
    scraped = (tmp_path / "deploy/infra/prometheus/prometheus.yml").read_text()
    assert 'targets: ["billing:8146"]' in scraped
