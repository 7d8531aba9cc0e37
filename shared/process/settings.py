"""What does every service need to be told before it starts?

Everything comes from the environment (``CLIENTELE_…``) and, where it says nothing, from the firm's
folder (``CLIENTELE_FIRM_DIR``); secrets come from files named in the environment, so that none
stands on a command line.
"""

from datetime import time
from ipaddress import IPv4Network, ip_network
from pathlib import Path
from socket import gethostname
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from shared.calendar import BusinessDays, ClosedDay, FirmCalendar
from shared.contracts import firm_decisions
from shared.contracts.fields import Zone
from shared.contracts.firm_decisions import Least, WhoDecides
from shared.contracts.firm_roles import mistakes_in
from shared.contracts.origin import OriginKey, read_origin_key
from shared.firm.colours import LooksError, check_colour
from shared.firm.looks import Looks, read_logo
from shared.firm.setting_source import FirmSettings, SettingError
from shared.profiles.choosing import SHIPPED, profile_named
from shared.profiles.profile import Profile, Retention
from shared.profiles.retention import Kept, in_force, mistake_in
from shared.requests.actors import ActorVerifier, read_verifier
from shared.state.key_files import Key, keys_in

SAMPLE: dict[str, JsonValue] = {"sample": True}  # a value to try with: clients must never see it


class SystemLimit(BaseModel):
    """What one system of the firm may say; nothing: no limit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kib: int | None = Field(default=None, ge=1, le=256)  # of one event
    per_minute: int | None = Field(default=None, ge=1)


class Settings(FirmSettings):
    """The settings all services share."""

    model_config = SettingsConfigDict(env_prefix="CLIENTELE_", extra="ignore")

    firm_dir: Path | None = None  # what the firm says of itself; without it, all is as shipped
    firm_dir_given: Path | None = None
    # where an edition holds instead of the folder, firm_dir is a copy by it: this is the folder
    go_by_folder: bool = False  # in an emergency: whatever edition was approved
    nats_url: str = "nats://127.0.0.1:8122"
    mongo_url: str = "mongodb://127.0.0.1:8117"
    http_host: str = "127.0.0.1"
    http_port: int = 8100
    ops_host: str = "127.0.0.1"  # where figures and descriptions are shown, and on which port
    ops_port: int = Field(default=0, ge=0, le=65_535)  # 0: they are not shown
    master_key_file: Path | None = None  # 32 bytes as 64 hex digits
    link_key_file: Path | None = None  # the same for links to clients
    origin_key_file: Path | None = None  # the services' common key, and since when it is in use
    actor_key_file: Path | None = None  # proves who decides at the desk, and since when
    time_travel: bool = False
    failpoints: bool = False  # for tests only: this process may be told to fail
    public_urls: dict[str, str] = Field(default_factory=dict)  # service → address clients see
    trial: bool = False  # nothing leaves this machine: mail goes to a catcher
    firm_name: str = Field(default="Example & Partners", json_schema_extra=SAMPLE)
    firm_logo: Path | None = None  # a PNG in the firm's folder, on pages, in mails and on letters
    firm_colour: str = ""  # of links and buttons, by light; empty: as shipped
    firm_colour_dark: str = ""  # the same in the dark
    firm_contact: str = ""  # shown to clients: an e-mail address or a telephone number
    sms_from: str = ""  # the number or sender of text messages; empty: the firm sends none
    firm_zone: Zone = "Europe/Berlin"  # whose days are business days, whose midnight ends today
    firm_holidays: str = "DE"  # country, or country-subdivision such as DE-BY; empty: none
    firm_closed_days: tuple[str, ...] = ()  # "2026-05-15", or "12-24" for every year
    firm_opens: time = time(9)  # between these hours of a business day something can be due
    firm_closes: time = time(18)
    profile: str = "general"  # whose law holds: a file in shared/profiles
    profiles_dir: Path | None = None  # the firm's own profiles instead of the shipped ones
    firm_retention: dict[str, Kept] = Field(default_factory=dict)
    # for how long a class of records is kept, where that is not what the profile says
    sole_practice: bool = False  # one lawyer: time and a written reason for a second person
    cooling_off_hours: int = Field(default=24, ge=1)  # how long that lawyer has to wait
    firm_roles: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    # who decides which kind of task, where that is not as shipped: kind → roles
    firm_decisions: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    # who makes a single decision, and which take a second person: kind → decision → roles
    replica: str = Field(default_factory=gethostname)  # two on one host: name them
    system_limits: dict[str, SystemLimit] = Field(default_factory=dict)  # by a system's name
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    # addresses and networks of what stands in front, with commas; nothing else, not even this
    # machine, is believed when it says for whom it asks

    @field_validator("firm_dir", "firm_dir_given", "firm_logo", mode="before")
    @classmethod
    def _is_none_where_empty(cls, folder: Any) -> Any:
        return folder or None

    @field_validator("firm_colour")
    @classmethod
    def _can_be_read_by_light(cls, colour: str) -> str:
        return check_colour(colour)

    @field_validator("firm_colour_dark")
    @classmethod
    def _can_be_read_in_the_dark(cls, colour: str) -> str:
        return check_colour(colour, dark=True)

    @model_validator(mode="after")
    def _has_a_logo_that_can_be_carried(self) -> Self:
        try:
            self.looks()
        except LooksError as wrong:
            raise SettingError("firm_logo", str(wrong)) from wrong
        return self

    @field_validator("firm_holidays")
    @classmethod
    def _has_known_holidays(cls, jurisdiction: str) -> str:
        BusinessDays(jurisdiction)
        return jurisdiction

    @field_validator("firm_closed_days")
    @classmethod
    def _are_days(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        BusinessDays("", tuple(ClosedDay.parse(day) for day in days))
        return days

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_networks(cls, given: Any) -> tuple[str, ...]:
        each = given.split(",") if isinstance(given, str) else given
        return tuple(str(ip_network(part.strip())) for part in each if part.strip())

    @model_validator(mode="after")
    def _shows_figures_apart(self) -> Self:
        if self.ops_port == self.http_port:
            raise ValueError(
                "CLIENTELE_OPS_PORT must be another port than CLIENTELE_HTTP_PORT: figures are not"
                " for everybody. Choose a free one, or 0 to show none."
            )
        return self

    @model_validator(mode="after")
    def _has_somebody_who_decides(self) -> Self:
        for kind, wrong in mistakes_in(self.firm_roles):
            raise SettingError("firm_roles", wrong, part=kind)
        return self

    @model_validator(mode="after")
    def _knows_its_law(self) -> Self:
        try:
            self.law()
        except ValueError as unknown:
            raise SettingError("profile", str(unknown)) from unknown
        least = {name: each.roles for name, each in self.law().decisions.items()}
        for wrong in firm_decisions.unknown_in(least):
            raise SettingError("profile", f"profile {self.profile}: {wrong}")
        rules = self.retention_by_law()
        for name, kept in self.firm_retention.items():
            if (mistake := mistake_in(name, kept, rules)) is not None:
                raise SettingError("firm_retention", mistake, part=name)
        return self

    @model_validator(mode="after")
    def _has_somebody_for_each_decision(self) -> Self:
        found = firm_decisions.mistakes_in(self.who_decides(), alone=self.sole_practice)
        for decision, why in found:
            raise SettingError("firm_decisions", why, part=decision)
        return self

    @model_validator(mode="after")
    def _works_at_times_we_know(self) -> Self:
        try:
            self.calendar()
        except ValueError as wrong:
            raise SettingError("firm_closes", str(wrong)) from wrong
        return self

    def folder_given(self) -> Path | None:
        """The firm's folder, whether it holds or an edition does."""
        return self.firm_dir_given if "firm_dir_given" in self.model_fields_set else self.firm_dir

    def calendar(self) -> FirmCalendar:
        """The firm's business days and hours; ValueError if they make no calendar."""
        closed = tuple(ClosedDay.parse(day) for day in self.firm_closed_days)
        return FirmCalendar(
            zone=ZoneInfo(self.firm_zone),
            days=BusinessDays(self.firm_holidays, closed),
            opens=self.firm_opens,
            closes=self.firm_closes,
        )

    def looks(self) -> Looks:
        """The firm's logo and colours; LooksError where there is no such logo."""
        logo = self.firm_logo
        if logo is not None and self.firm_dir is not None:
            logo = self.firm_dir / logo  # an absolute one stays as it is
        return Looks(
            logo=None if logo is None else read_logo(logo),
            light=self.firm_colour,
            dark=self.firm_colour_dark,
        )

    def law(self) -> Profile:
        """The profile in force: what the law asks, as data; ValueError names those there are."""
        return profile_named(self.profile, self.profiles_dir or SHIPPED)

    def who_decides(self) -> WhoDecides:
        """The firm's word on tasks and decisions, and the least its profile asks for."""
        least = {
            name: Least(each.roles, f"{each.source} (profile {self.profile})")
            for name, each in self.law().decisions.items()
        }
        return WhoDecides(self.firm_roles, self.firm_decisions, least)

    def retention_by_law(self) -> dict[str, Retention]:
        """What becomes of each class of records by the profile; the general one's without any."""
        return self.law().retention or profile_named("general").retention

    def retention(self) -> dict[str, Retention]:
        """The same, for as long as the firm keeps it."""
        return in_force(self.retention_by_law(), self.firm_retention)

    def sample_settings(self) -> tuple[str, ...]:
        """The settings, by their names in the environment, that still hold a value to try with."""
        prefix = self.model_config.get("env_prefix", "")
        return tuple(
            f"{prefix}{name}".upper()
            for name, field in type(self).model_fields.items()
            if field.json_schema_extra == SAMPLE and getattr(self, name) == field.default
        )

    def master_key(self) -> Key:
        """The key that wraps the data keys of this service, and those before it."""
        return read_key(self.master_key_file, "CLIENTELE_MASTER_KEY_FILE")

    def proxies(self) -> list[str]:
        """Every network of a trusted proxy, also as a socket for both kinds of IP writes it."""
        known = [ip_network(each) for each in self.trusted_proxies]
        mapped = [
            f"::ffff:{each.network_address}/{96 + each.prefixlen}"
            for each in known
            if isinstance(each, IPv4Network)
        ]
        return [*self.trusted_proxies, *mapped]

    def link_key(self) -> Key:
        """The key from which the tokens in clients' links are derived, and those before it."""
        return read_key(self.link_key_file, "CLIENTELE_LINK_KEY_FILE")

    def origin_key(self) -> OriginKey | None:
        """What proves that a service of ours said something; None: nobody proves or asks it."""
        if self.origin_key_file is None:
            return None
        try:
            return read_origin_key(self.origin_key_file)
        except (OSError, ValueError):
            raise MissingKeyError(
                "The file named by CLIENTELE_ORIGIN_KEY_FILE must hold a key of 64 hex digits and,"
                " on a line of its own, an instant such as 2026-12-01T00:00:00+00:00."
            ) from None

    def actor_verifier(self) -> ActorVerifier | None:
        """What proves in whose name the desk asks; None: the desk is believed."""
        if self.actor_key_file is None:
            return None
        try:
            return read_verifier(self.actor_key_file)
        except (OSError, ValueError):
            raise MissingKeyError(
                "The file named by CLIENTELE_ACTOR_KEY_FILE must hold a key of 64 hex digits"
                " and, on a line of its own, an instant such as 2026-12-01T00:00:00+00:00."
            ) from None


class MissingKeyError(SystemExit):
    """A key file is missing or not 32 bytes in hex; the service cannot start without it."""


def read_key(path: Path | None, setting: str) -> Key:
    """The keys of a file, each of 64 hex digits; says which setting to mend."""
    if path is None or not path.is_file():
        raise MissingKeyError(f"Set {setting} to a file that holds a key of 64 hex digits.")
    try:
        return keys_in(path.read_text(encoding="ascii"))
    except ValueError:
        raise MissingKeyError(
            f"The file named by {setting} must hold 64 hex digits (32 bytes); below them, after a"
            " rotation, the key before, and an instant where it is read until then only."
        ) from None
