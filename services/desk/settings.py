"""What does the desk need to be told beyond what every service is told?

``DESK_API_KEYS_FILE`` names a JSON file, mode 0600: a list of ``{staff_id, roles, key}``, and
``{user, password, name}`` for whoever is to sign in with a password from the start,
``{email}`` for whoever is to get a digest of their work, ``{leads}`` for whoever overdue tasks of
these roles go to. A person
without a key can be given tasks but cannot call the API.

``DESK_OIDC_ISSUER``, ``DESK_OIDC_CLIENT_ID`` and ``DESK_OIDC_CLIENT_SECRET_FILE`` turn on the
firm's own single sign-on; ``DESK_PASSWORDS=off`` makes it the only way in.
"""

from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

import yaml
from limits import parse
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from services.desk.domain.accounts import (
    LONGEST_PASSWORD,
    LONGEST_USER,
    SHORTEST_PASSWORD,
    check_user,
)
from services.desk.domain.incident_plans import Plan, Plans, check_all, read_plan
from services.desk.domain.sign_in_paces import SignInPaces
from services.desk.domain.sources import KnownSystem
from services.desk.domain.staff import SHORTEST_KEY, Role, Seed
from shared.contracts.fields import Email, Id, Line, Phone, Zone
from shared.errors import RuleError
from shared.firm.setting_source import FirmSettings, SettingError
from shared.process.settings import SystemLimit
from shared.requests.actors import ActorSigner, read_signer
from shared.yaml_text import loaded

PACES = SignInPaces()
SHIPPED_PLANS = Path(__file__).parent / "incidents"


class DeskSettings(FirmSettings):
    """The desk's own settings."""

    model_config = SettingsConfigDict(env_prefix="DESK_", extra="ignore")

    api_keys_file: Path | None = None
    actor_signing_key_file: Path | None = None  # 64 hex digits: signs in whose name the desk asks
    time_zone: Zone = Field(default="Europe/Berlin", validation_alias="CLIENTELE_FIRM_ZONE")
    # the firm's zone: whose midnight ends "today", and how timelines say instants

    system_grants: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, validation_alias="CLIENTELE_SYSTEM_GRANTS"
    )  # what each system of the firm may publish, to be shown; NATS decides it
    system_limits: dict[str, SystemLimit] = Field(
        default_factory=dict, validation_alias="CLIENTELE_SYSTEM_LIMITS"
    )
    incidents_dir: Path | None = None  # the firm's own plans, each in the place of the shipped one

    fallback_language: str = "en"  # of pages, for browsers that ask for none the desk has

    take_back_seconds: int = Field(default=10, ge=0, le=60)
    # how long a decision may be taken back before its service hears of it; 0: not at all

    review_locations: dict[str, str] = Field(default_factory=dict)
    # what staff read instead of a location's id at its review site

    accessibility_contact: str = ""  # whom staff tell of a barrier: an e-mail address, a number

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret_file: Path | None = None
    passwords: bool = True  # off: people come in through the single sign-on alone
    oidc_name: str = "the firm's single sign-on"  # as the sign-in page calls it
    sign_ins_per_user: str = PACES.person  # failed ones, from one device or one address
    sign_ins_per_address: str = PACES.address
    sign_ins_per_user_elsewhere: str = PACES.elsewhere

    second_factor_roles: Annotated[tuple[Role, ...], NoDecode] = ()
    # who may not do without one beside a password, with commas; any other person may have one

    def known_systems(self) -> dict[str, KnownSystem]:
        """The systems of the firm with a log-in of their own, by name."""
        none = SystemLimit()
        return {
            name: KnownSystem(
                name=name,
                types=tuple(sorted(types)),
                kib=self.system_limits.get(name, none).kib,
                per_minute=self.system_limits.get(name, none).per_minute,
            )
            for name, types in self.system_grants.items()
        }

    @field_validator("second_factor_roles", mode="before")
    @classmethod
    def _are_roles(cls, given: Any) -> Any:
        named = given.split(",") if isinstance(given, str) else given
        return [role.strip() for role in named if role.strip()]

    @field_validator("sign_ins_per_user", "sign_ins_per_address", "sign_ins_per_user_elsewhere")
    @classmethod
    def _is_a_pace(cls, pace: str) -> str:
        parse(pace)
        return pace

    @model_validator(mode="after")
    def _oidc_is_whole_or_absent(self) -> "DeskSettings":
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret_file)
        if any(given) and not all(given):
            raise ValueError("set DESK_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET_FILE together")
        if not self.passwords and not all(given):
            raise ValueError("DESK_PASSWORDS=off needs DESK_OIDC_…: else nobody could sign in")
        return self

    @model_validator(mode="after")
    def _has_a_plan_for_every_incident(self) -> Self:
        try:
            self.plans()
        except ValueError as wrong:
            raise SettingError("incidents_dir", str(wrong)) from wrong
        return self

    def plans(self) -> Plans:
        """The plan of each kind of incident; ValueError names the file to be mended."""
        found = _plans_in(SHIPPED_PLANS)
        if self.incidents_dir is not None:
            found |= _plans_in(self.incidents_dir)
        return check_all(found)

    @property
    def zone(self) -> ZoneInfo:
        """The firm's time zone."""
        return ZoneInfo(self.time_zone)

    def sign_in_paces(self) -> SignInPaces:
        """How many wrong passwords are too many."""
        return SignInPaces(
            self.sign_ins_per_user, self.sign_ins_per_address, self.sign_ins_per_user_elsewhere
        )

    def signer(self) -> ActorSigner | None:
        """What signs requests in a person's name; None where no key is named."""
        if self.actor_signing_key_file is None:
            return None
        try:
            return read_signer(self.actor_signing_key_file)
        except (OSError, ValueError):
            raise BadKeyFileError("DESK_ACTOR_SIGNING_KEY_FILE must hold 64 hex digits.") from None

    def seeds(self) -> tuple[Seed, ...] | None:
        """The lines of the key file; None where no file is named: then nobody changes."""
        return None if self.api_keys_file is None else read_seeds(self.api_keys_file)


def _plans_in(folder: Path) -> dict[str, Plan]:
    plans: dict[str, Plan] = {}
    for file in sorted(folder.glob("*.yaml")):
        place = f"{folder.name}/{file.name}"
        plan = _plan(file, place)
        if plan.incident in plans:
            raise ValueError(f"{place}: there is a plan for {plan.incident} in this folder already")
        plans[plan.incident] = plan
    return plans


def _plan(file: Path, place: str) -> Plan:
    try:
        return read_plan(loaded(file.read_text(encoding="utf-8")))
    except ValidationError as invalid:
        wrong = invalid.errors(include_url=False, include_input=False)[0]
        at = ".".join(str(part) for part in wrong["loc"]) or "the file"
        problem = wrong["msg"].removeprefix("Value error, ")
        raise ValueError(f"{place}: {at}: {problem}") from invalid
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as broken:
        raise ValueError(f"{place}: {broken}") from broken


class BadKeyFileError(SystemExit):
    """The key file cannot be used; the desk does not start with half of its staff."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    staff_id: Id
    roles: tuple[Role, ...] = Field(min_length=1)
    key: str | None = Field(default=None, min_length=SHORTEST_KEY, max_length=256)
    user: str | None = Field(default=None, min_length=1, max_length=LONGEST_USER)
    password: str | None = Field(
        default=None, min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD
    )
    name: str | None = Field(default=None, max_length=200)
    email: Email | None = None
    phone: Phone | None = None
    title: Line | None = None
    leads: tuple[Role, ...] = ()

    @field_validator("user")
    @classmethod
    def _is_kept_as_it_is_written(cls, user: str | None) -> str | None:
        try:
            return user if user is None else check_user(user) and user
        except RuleError as no:
            raise ValueError(no.message) from None


_LINES = TypeAdapter(list[_Line])


def read_seeds(path: Path) -> tuple[Seed, ...]:
    """Staff and keys from a file; says which line to mend, never what stands in it."""
    try:
        lines = _LINES.validate_json(path.read_bytes())
    except OSError as failure:
        raise BadKeyFileError(f"Cannot read {path}: {failure.strerror}.") from None
    except ValidationError as invalid:
        first = invalid.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadKeyFileError(f"{path}: {place}: {first['msg']}.") from None
    return tuple(Seed(**line.model_dump()) for line in lines)
