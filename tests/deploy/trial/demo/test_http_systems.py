"""Do the systems of the demo that speak HTTP sign as their products do, and say what they name?"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.trial.demo.http_systems import (
    CLIO_SECRET,
    SIGNED_BY,
    SOURCES,
    by_clio,
    deliveries,
    make_secrets,
    names,
)
from services.gateway.domain.reading import FirmDefaults
from services.gateway.domain.signatures import Arrived, verify
from services.gateway.domain.sources import Source, events_of_sample, source_from
from shared.yaml_text import loaded

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OFFICE = FirmDefaults(zone="Europe/Berlin", locale="de-DE")


def source(name: str) -> Source:
    return source_from(name, loaded((SOURCES / f"{name}.yaml").read_text()), OFFICE)


@pytest.mark.parametrize("number", range(len(deliveries(NOW))))
def test_a_delivery_becomes_the_events_it_names(number: int) -> None:
    each = deliveries(NOW)[number]
    said = events_of_sample(source(each.to), json.loads(each.body), OFFICE)
    assert tuple(event["type"] for event in said) == each.says


def test_every_door_of_the_demo_is_used_and_there_is_no_other() -> None:
    assert {each.to for each in deliveries(NOW)} == set(names())


@pytest.mark.parametrize("number", range(len(deliveries(NOW))))
def test_a_delivery_is_signed_as_its_door_wants_it(number: int) -> None:
    each = deliveries(NOW)[number]
    secret = CLIO_SECRET if each.to not in SIGNED_BY else "the-secret-of-the-firm"
    headers = SIGNED_BY.get(each.to, by_clio)(each.body, secret, NOW)
    lower = {name.lower(): value for name, value in headers.items()}
    verify(Arrived(lower, each.body, NOW), source(each.to).proof, [secret])


def test_each_system_gets_a_secret_of_its_own(tmp_path: Path) -> None:
    make_secrets(tmp_path / "secrets")
    made = {name: (tmp_path / "secrets" / name).read_text() for name in names()}
    assert len(set(made.values())) == len(names())
    assert all((tmp_path / "secrets" / name).stat().st_mode & 0o077 == 0 for name in names())
