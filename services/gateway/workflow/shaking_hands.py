"""A source gives us the secret by which it will be known."""

from collections.abc import Iterable

from services.gateway.domain.hooks import with_secret
from services.gateway.ports import HOOKS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_hook(source: str, _: ReadSoFar) -> Iterable[Need]:
    """What it has given before."""
    yield HOOKS.one(source)


def shake_hands(source: str, secret: str, unit: UnitOfWork) -> None:
    """Keep it beside the one before."""
    unit.put(HOOKS, with_secret(unit.get(HOOKS, source), source, secret, unit.now))


def known_secrets(source: str, unit: UnitOfWork) -> tuple[str, ...]:
    """The secrets it has given."""
    hook = unit.get(HOOKS, source)
    return hook.secrets if hook is not None else ()
