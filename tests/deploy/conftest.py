"""What do the tests of starting and stopping share?"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.infra.ports import ports
from deploy.trial.environment import Plan
from deploy.trial.supervisor import Supervisor
from tests.conftest import free_base

FAKE = str(Path(__file__).with_name("trial") / "fake_service.py")


def fake_program(service: str) -> list[str]:
    """Runs a stand-in instead of a service."""
    del service
    return [sys.executable, FAKE]


@pytest.fixture
def plan(data_dir: Path, port_base: int) -> Plan:
    """An installation of its own on free ports."""
    return Plan(data_dir=data_dir, ports=ports(port_base))


@pytest.fixture
def supervisor(plan: Plan) -> Iterator[Supervisor]:
    """Real servers and the real mail catcher, with stand-ins for the services; not started."""
    supervisor = Supervisor(plan, program=fake_program, apps={})
    yield supervisor
    supervisor.stop()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervisor]:
    """A started installation for tests that only look at it."""
    plan = Plan(data_dir=tmp_path_factory.mktemp("running"), ports=ports(free_base()))
    supervisor = Supervisor(plan, program=fake_program, apps={})
    supervisor.start()
    yield supervisor
    supervisor.stop()
