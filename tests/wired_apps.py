"""Every service, wired, for tests that only look at how it is put together."""

from functools import cache

from deploy.infra.migrate import built_apps
from shared.process.app import App


@cache
def wired_apps() -> dict[str, App]:
    """By name; wired once for a whole run, as that takes a while."""
    return built_apps()
