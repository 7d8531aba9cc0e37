"""Which line is missing where, for a service of the list? ``python -m deploy.infra.missing_lines``.

For files that are committed: what is generated must be generated anew, what is written by hand is
named line by line, as it should be.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deploy.infra import scrape_configuration
from deploy.infra.containers.compose_secrets import FOLDER, shown_to
from deploy.infra.nats import container
from deploy.infra.ports import BASE, OPS
from deploy.infra.services import SPECS, ServiceSpec
from shared.contracts.catalogue import PUBLISHED_BY
from shared.yaml_text import loaded

ROOT = Path(__file__).parents[2]
COMPOSE = "docker-compose.yml"
MAIL = {"CLIENTELE_SMTP_HOST": "mail", "CLIENTELE_SMTP_PORT": "1025"}

Keys = tuple[str, ...]


def missing_lines(specs: Sequence[ServiceSpec] = SPECS) -> list[str]:
    """A sentence for each line that is missing or says something else; empty when all is there."""
    compose = loaded((ROOT / COMPOSE).read_text(encoding="utf-8"))
    return [line for spec in specs for line in (*_code(spec), *_compose(compose, spec))] + [
        f"{path}: run make conf" for path in _outdated()
    ]


def in_compose(spec: ServiceSpec) -> Iterator[tuple[Keys, Any]]:
    """What ``docker-compose.yml`` says of a service: where it stands, and what."""
    name, port, shown = spec.name, BASE + spec.port, shown_to(spec)
    here = ("services", name)
    environment = {"CLIENTELE_SERVICE": name, "CLIENTELE_HTTP_PORT": str(port)}
    environment["CLIENTELE_OPS_PORT"] = str(port + OPS)
    environment |= MAIL if spec.sends_mail else {}
    if spec.keeps_staff:
        environment[f"{name.upper()}_API_KEYS_FILE"] = "/run/secrets/api_keys"
        signing = "/run/secrets/actor_signing_key"
        environment[f"{name.upper()}_ACTOR_SIGNING_KEY_FILE"] = signing
    yield (*here, "command"), ["python", "-m", f"services.{name}.app"]
    for variable, value in environment.items():
        yield (*here, "environment", variable), value
    yield (*here, "ports"), [f"127.0.0.1:{port}:{port}"]
    yield (
        (*here, "secrets"),
        [{"source": f"{name}_{target}", "target": target} for target in shown],
    )
    for target, file in shown.items():
        yield ("secrets", f"{name}_{target}"), {"file": f"{FOLDER}/containers/{file}"}
    yield ("x-settings", "CLIENTELE_PUBLIC_URLS", name), f"http://127.0.0.1:{port}"


def _compose(compose: Mapping[str, Any], spec: ServiceSpec) -> Iterator[str]:
    for keys, wanted in in_compose(spec):
        if _at(compose, keys) != wanted:
            yield f"{COMPOSE}: {'.'.join(keys)}: {json.dumps(wanted)}"


def _at(tree: Any, keys: Keys) -> Any:
    """What stands there; a text on the way is JSON. None where nothing does."""
    for key in keys:
        branch = json.loads(tree) if isinstance(tree, str) else tree
        tree = branch.get(key) if isinstance(branch, dict) else None
    return tree


def _code(spec: ServiceSpec) -> Iterator[str]:
    app = Path("services", spec.name, "app.py")
    if not (ROOT / app).exists():
        yield f"{app}: the service itself"
    if spec.name not in PUBLISHED_BY:
        yield f'shared/contracts/catalogue.py: PUBLISHED_BY: "{spec.name}"'
    document = Path("docs", "asyncapi", f"{spec.name}.json")
    if not (ROOT / document).exists():
        yield f"{document}: run python -m deploy.infra.asyncapi"


def _outdated() -> Iterator[str]:
    made = {
        container.FILE: container.for_container(),
        scrape_configuration.FILE: scrape_configuration.scrape_configuration(),
    }
    for path, text in made.items():
        if path.read_text(encoding="utf-8") != text:
            yield path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    found = missing_lines()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.exit(bool(found))
