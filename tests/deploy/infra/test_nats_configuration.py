"""Does a NATS server let whoever was silent come back?"""

import re

import pytest

from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.nats.configuration import PING_SECONDS, configuration
from tests.conftest import PING_SECONDS as IN_TESTS


@pytest.mark.parametrize("ping_seconds", [PING_SECONDS, IN_TESTS])
def test_whoever_is_slow_to_log_in_has_failed_the_pings_first(ping_seconds: int) -> None:
    text = configuration(
        listen="127.0.0.1:4222", store="nats", max_store="1GB", jetstream_key='"k"',
        grants=grants_in_use(), password=lambda _: '"p"', ping_seconds=ping_seconds,
    )  # fmt: skip
    said = {name: int(number) for name, number in re.findall(r"^ *(\w+): (\d+)s?\b", text, re.M)}
    assert said["ping_interval"] == ping_seconds
    assert said["ping_interval"] * said["ping_max"] < said["timeout"]
