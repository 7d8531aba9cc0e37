"""What does the gateway need to be told before it starts?

Sources are files of the firm. Their secrets are none: each is a file of its own in a folder named
in the environment, one secret a line; the first is the newest, the others hold during a rotation.
Subscriptions are made while it runs; what may be subscribed to from inside is set here.
"""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from services.gateway.domain.reading import FirmDefaults
from services.gateway.domain.sources import Source, SourceError, source_from
from services.gateway.domain.target_urls import target_of
from services.gateway.ports import KEYS, OutwardConfig
from shared.google.account import API, TOKENS, GoogleAccount
from shared.google.settings import google_account
from shared.process.settings import Settings
from shared.yaml_text import loaded

LARGEST_SECRETS_FILE = 16 * 1024


class GatewaySettings(Settings):
    """Which doors there are, and where their secrets are."""

    sources_dir: Path | None = None  # one file for each system that comes to a door
    source_secrets_dir: Path | None = None  # one file for each secret, called as it is
    sources_locale: str = "en"  # of inquiries whose source says no language
    subscriptions_by_http: bool = False  # http:// too; only to try things out
    subscription_hosts: Annotated[tuple[str, ...], NoDecode] = ()  # in the firm's own network
    subscription_authorities: Path | None = None  # PEM: who else vouches for receivers
    subscriptions_given_up_days: int = Field(default=5, ge=1, le=25)  # of failures only
    google_client_id: str = ""  # of the firm's app at Google; empty: no review is fetched
    google_client_secret_file: Path | None = None
    google_refresh_token_file: Path | None = None
    google_api_url: str = API  # others only to try it out
    google_token_url: str = TOKENS
    google_keys_url: str = KEYS

    @field_validator("subscription_hosts", mode="before")
    @classmethod
    def _are_hosts(cls, given: Any) -> tuple[str, ...]:
        """Hosts as crm.internal or crm.internal:8443, with commas between them."""
        names = given.split(",") if isinstance(given, str) else given
        hosts = tuple(each.strip().lower() for each in names if each.strip())
        for each in hosts:
            if target_of(f"https://{each}/") is None:
                raise ValueError(f"{each} is no host: write crm.internal or crm.internal:8443")
        return hosts

    @model_validator(mode="after")
    def _has_all_of_an_account(self) -> Self:
        self.google_account()
        return self

    def google_account(self) -> GoogleAccount | None:
        """In whose name reviews are fetched; None: nobody said."""
        return google_account(self)

    def outward(self) -> OutwardConfig:
        """What holds for what leaves the firm by HTTP."""
        return OutwardConfig(
            by_http=self.subscriptions_by_http,
            hosts=frozenset(self.subscription_hosts),
            given_up_after=timedelta(days=self.subscriptions_given_up_days),
        )

    def sources(self) -> dict[str, Source]:
        """Every source, checked with its samples; SourceError names file, field and remedy."""
        if self.sources_dir is None:
            return {}
        firm = FirmDefaults(self.firm_zone, self.sources_locale)
        found = {file.stem: file for file in sorted(self.sources_dir.glob("*.yaml"))}
        return {name: source_from(name, _read(file), firm) for name, file in found.items()}


class Secrets:
    """The secrets of all sources, read anew when their files change."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {}

    def of(self, name: str) -> tuple[str, ...]:
        """Every secret of this name; none where there is no file."""
        if self._folder is None:
            return ()
        file = self._folder / name
        try:
            stamp = file.stat()
            mark = (stamp.st_mtime_ns, stamp.st_size)
            if name not in self._read or self._read[name][0] != mark:
                self._read[name] = (mark, _lines(file))
        except OSError:
            return ()
        return self._read[name][1]

    def newest_of(self, source: Source) -> str | None:
        """The secret of a source that holds from now on; none where there is no file."""
        return next(iter(self.of(source.secret_name)), None)


def _lines(file: Path) -> tuple[str, ...]:
    text = file.read_bytes()[:LARGEST_SECRETS_FILE].decode("utf-8", errors="replace")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _read(file: Path) -> object:
    try:
        return loaded(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        at = getattr(broken, "problem_mark", None)
        line = f":{at.line + 1}" if at is not None else ""
        raise SourceError(f"sources/{file.name}{line}: is no YAML in UTF-8") from broken
