"""What is each process told when it starts?

Each one gets its own settings and nothing else: a service never sees another one's password or key.
What the operator has set in the environment for a service comes on top.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.infra.ports import ops_name
from deploy.infra.secrets import Secrets, system_grants, system_limits
from deploy.infra.services import SERVICES, SPEC_OF

HOST = "127.0.0.1"
SMS_FROM, SMS_USER = "+15005550006", "ACtrial"  # at the catcher of text messages
NOT_HANDED_ON = {"CLIENTELE_NATS_URL", "CLIENTELE_MONGO_URL", "CLIENTELE_OPS_NATS_URL"}


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything of one installation is."""

    data_dir: Path
    ports: Mapping[str, int]
    nats_url: str | None = None  # a server of the operator's own instead of the embedded one
    mongo_url: str | None = None
    time_travel: bool = False
    sources_dir: Path | None = None  # the systems at the doors, where no firm's folder says them
    sends_within: bool = False  # events may be sent to systems on this machine
    surveys_file: Path | None = None  # what clients are asked, where no firm's folder says it

    def url_of(self, service: str) -> str:
        """The address of a service's pages."""
        return f"http://{HOST}:{self.ports[service]}"

    def ops_url_of(self, service: str) -> str:
        """Where a service shows its figures and descriptions."""
        return f"http://{HOST}:{self.ports[ops_name(service)]}"

    def log_of(self, name: str) -> Path:
        """Where a process logs to."""
        return self.data_dir / "logs" / f"{name}.log"


def program_of(service: str) -> list[str]:
    """The command that runs a service; it carries no secret."""
    return [sys.executable, "-m", f"services.{service}.app"]


def environment_of(
    service: str, plan: Plan, secrets: Secrets, nats_url: str, mongo_url: str
) -> dict[str, str]:
    """The environment of one service: defaults, the operator's wishes, and what is given."""
    return (
        _defaults(service, plan, secrets)
        | _set_by_operator(service)
        | {
            "CLIENTELE_SERVICE": service,
            "CLIENTELE_NATS_URL": nats_url,
            "CLIENTELE_MONGO_URL": mongo_url,
            "CLIENTELE_HTTP_PORT": str(plan.ports[service]),
            "CLIENTELE_OPS_PORT": str(plan.ports[ops_name(service)]),
            "CLIENTELE_MASTER_KEY_FILE": str(secrets.master_key_file(service).absolute()),
            "CLIENTELE_LINK_KEY_FILE": str(secrets.link_key_file(service).absolute()),
            "CLIENTELE_ORIGIN_KEY_FILE": str(secrets.origin_key_file.absolute()),
            "CLIENTELE_ACTOR_KEY_FILE": str(secrets.actor_key_file(service).absolute()),
            "CLIENTELE_DATA_DIR": str(plan.data_dir.absolute()),
            "CLIENTELE_TIME_TRAVEL": "1" if plan.time_travel else "0",
            "CLIENTELE_REPLICA": "0",
            "PYTHONUNBUFFERED": "1",
        }
    )


def _defaults(service: str, plan: Plan, secrets: Secrets) -> dict[str, str]:
    defaults = {
        "CLIENTELE_HTTP_HOST": HOST,
        "CLIENTELE_PUBLIC_URLS": json.dumps({name: plan.url_of(name) for name in SERVICES}),
    }
    if "CLIENTELE_SMTP_HOST" not in os.environ:  # mail goes to the catcher and no further
        defaults["CLIENTELE_TRIAL"] = "1"
    if limits := system_limits(secrets.folder):
        defaults["CLIENTELE_SYSTEM_LIMITS"] = json.dumps(limits)
    if texts_are_caught():
        defaults["CLIENTELE_SMS_FROM"] = SMS_FROM
    if SPEC_OF[service].sends_mail:
        defaults["CLIENTELE_SMTP_HOST"] = HOST
        defaults["CLIENTELE_SMTP_PORT"] = str(plan.ports["smtp"])
        if texts_are_caught():
            defaults |= _text_catcher(plan, secrets)
    if SPEC_OF[service].passes_on:
        defaults |= _doors(plan, secrets)
    if service == "feedback" and plan.surveys_file is not None:
        defaults["CLIENTELE_SURVEY_STAGES_FILE"] = str(plan.surveys_file.absolute())
    if SPEC_OF[service].keeps_staff:
        defaults["CLIENTELE_SYSTEM_GRANTS"] = json.dumps(system_grants(secrets.folder))
        defaults[f"{service.upper()}_API_KEYS_FILE"] = str(secrets.api_keys_file.absolute())
        signing = str(secrets.actor_signing_key_file.absolute())
        defaults[f"{service.upper()}_ACTOR_SIGNING_KEY_FILE"] = signing
    return defaults


def _doors(plan: Plan, secrets: Secrets) -> dict[str, str]:
    """Which systems come in by HTTP, with which secrets, and where events may be sent."""
    doors = {"CLIENTELE_SOURCE_SECRETS_DIR": str(secrets.source_secrets_dir.absolute())}
    if plan.sources_dir is not None:
        doors["CLIENTELE_SOURCES_DIR"] = str(plan.sources_dir.absolute())
    if plan.sends_within:
        doors["CLIENTELE_SUBSCRIPTION_HOSTS"] = HOST
        doors["CLIENTELE_SUBSCRIPTIONS_BY_HTTP"] = "true"
    return doors


def _text_catcher(plan: Plan, secrets: Secrets) -> dict[str, str]:
    """Where the catcher of text messages takes them, and its log-in."""
    place = f"http://{HOST}:{plan.ports['sms']}/2010-04-01/Accounts/{SMS_USER}"
    return {
        "CLIENTELE_SMS_URL": f"{place}/Messages.json",
        "CLIENTELE_SMS_USER": SMS_USER,
        "CLIENTELE_SMS_PASSWORD_FILE": str(secrets.sms_secret_file.absolute()),
    }


def texts_are_caught() -> bool:
    """Whether text messages go to the catcher: not where mail really leaves, or texts do."""
    return not {"CLIENTELE_SMTP_HOST", "CLIENTELE_SMS_URL"} & os.environ.keys()


def _set_by_operator(service: str) -> dict[str, str]:
    prefixes = ("CLIENTELE_", "OTEL_", f"{service.upper()}_")
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(prefixes) and name not in NOT_HANDED_ON
    }
