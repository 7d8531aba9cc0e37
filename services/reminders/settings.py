"""What does reminders need to be told before it starts?"""

from datetime import time, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import Field, field_validator, model_validator

from services.reminders.domain.channel_order import TextLaw
from services.reminders.domain.contact_hours import ContactHours
from services.reminders.domain.gate import Policy
from services.reminders.domain.last_moments import Firm
from services.reminders.domain.letter_for_approval import SolePractice
from services.reminders.domain.mail_address import UnusableAddressError, in_ascii, read_address
from services.reminders.domain.message_texts import FRAME
from services.reminders.domain.playbook import MessageClass
from services.reminders.workflow.firm_config import DueDays
from shared.firm.folder import FirmFolderError
from shared.firm.languages import languages_in
from shared.firm.setting_source import SettingError
from shared.process.settings import SAMPLE, Settings

TEXTS = Path(__file__).parent / "templates"
MESSAGES = "messages"  # in the folder of a language, in the firm's own
LONGEST_NAME = 200  # of the firm, as mail programs show it


class RemindersSettings(Settings):
    """The mail server, the firm's sender address, its hours."""

    firm_address: str = ""  # at the foot of every message, with what follows
    firm_phone: str = ""
    imprint_url: str = ""
    privacy_url: str = ""  # the privacy notice
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=8125, ge=1, le=65535)
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    smtp_log_in: Literal["password", "token"] = "password"
    smtp_security: Literal["auto", "none", "starttls", "tls"] = "auto"
    smtp_connections: int = Field(default=8, ge=1, le=100)
    mail_from: str = Field(default="office@example.com", json_schema_extra=SAMPLE)
    mail_reply_to: str | None = None
    mail_bounce_domain: str | None = None  # where mail comes back to, each message by an address
    mailbox_host: str = ""  # where answers and bounces come; empty: nobody reads them here
    mailbox_port: int = Field(default=993, ge=1, le=65535)
    mailbox_user: str = ""
    mailbox_password_file: Path | None = None
    mailbox_log_in: Literal["password", "token"] = "password"
    mail_app_id: str = ""  # of the firm's app, where servers of mail take tokens alone (XOAUTH2)
    mail_app_secret_file: Path | None = None
    mail_app_refresh_token_file: Path | None = None  # none: the app logs in by its own right
    mail_app_scope: str = ""
    mail_app_token_url: str = ""
    mailbox_security: Literal["tls", "starttls", "none"] = "tls"
    mailbox_folder: str = Field(default="INBOX", min_length=1, max_length=100)
    mailbox_kept_folder: str = Field(default="Clientele", max_length=100)  # empty: marked as read
    mailbox_largest_mib: int = Field(default=10, ge=1, le=50)  # of one mail, read at all
    hold_after_refusals: int = Field(default=10, ge=0)  # in a row, for our sake; 0: never
    sms_url: str = ""  # where the provider of text messages takes them
    sms_user: str = ""
    sms_password_file: Path | None = None
    sms_knows_repeats: bool = False  # it takes a request of one Idempotency-Key once
    sms_parts: int = Field(default=3, ge=1, le=10)  # of one text message
    channel_order: dict[MessageClass, tuple[Literal["email", "sms"], ...]] = Field(
        default_factory=dict
    )  # which way first, by class of message, where the client wishes nothing else
    quiet_from: time = time(20)  # nothing is sent to clients from then …
    quiet_until: time = time(8)  # … until then, by their own clock
    letters_at: time = time(10)  # by their clock: what waited for the next day's letter goes then
    minutes_to_join: int = Field(default=15, ge=0, le=120)  # a message waits so long for a planned
    hours_between_asks: int = Field(default=24, ge=0)  # surveys and review asks to one client
    answer_clients_within: int = Field(default=1, ge=0, le=30)  # business days, when they write
    call_days: int = Field(default=1, ge=1, le=30)  # business days to call whom no message reaches
    settle_message_days: int = Field(default=1, ge=1, le=30)  # … to say whether a message went
    wish_days: int = Field(default=2, ge=1, le=30)  # … to see to a wish that cannot be met
    approve_letter_days: int = Field(default=1, ge=1, le=30)
    post_letter_days: int = Field(default=1, ge=1, le=30)
    approve_edition_days: int = Field(default=2, ge=1, le=30)  # … a change of rules and words
    fallback_language: str = "en"  # for whom we do not write in their own
    playbooks_dir: Path | None = None  # the firm's own playbooks instead of the shipped ones
    simulate_before_approval: bool = False  # no change of rules is approved without a simulation

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        try:
            found = read_address(parseaddr(address)[1])
        except UnusableAddressError:
            raise ValueError("must be one e-mail address") from None
        if found.needs_smtputf8:
            raise ValueError("must have only ASCII letters before the @")
        return address

    @field_validator("mail_bounce_domain")
    @classmethod
    def _is_a_domain(cls, domain: str | None) -> str | None:
        try:
            found = in_ascii(domain) if domain else None
        except UnusableAddressError:
            found = ""
        if found is not None and "." not in found:
            raise ValueError("must be a domain of its own, like bounces.firm.example")
        return found

    @field_validator("mailbox_folder", "mailbox_kept_folder")
    @classmethod
    def _is_a_folder(cls, name: str) -> str:
        if not name.isprintable() or any(each in name for each in '"\\*%'):
            raise ValueError('must be the name of a folder, without ", \\, * and %')
        return name.strip()

    @model_validator(mode="after")
    def _may_log_in_to_the_mailbox(self) -> Self:
        if self.mailbox_host and not self.mailbox_user:
            raise SettingError("mailbox_user", "must be set where mailbox_host is")
        by_password = self.mailbox_log_in == "password"
        if self.mailbox_host and by_password and self.mailbox_password_file is None:
            raise SettingError("mailbox_password_file", "must be set where mailbox_host is")
        if self.mailbox_kept_folder == self.mailbox_folder:
            said = "must be another one than mailbox_folder, or empty: mail then stays, read"
            raise SettingError("mailbox_kept_folder", said)
        return self

    @model_validator(mode="after")
    def _can_get_a_token_if_one_is_needed(self) -> Self:
        if "token" not in (self.smtp_log_in, self.mailbox_log_in):
            return self
        if self.smtp_log_in == "token" and not self.smtp_user:
            raise SettingError("smtp_user", "must be set where smtp_log_in is token")
        for name in ("mail_app_id", "mail_app_token_url"):
            if not getattr(self, name):
                raise SettingError(name, "must be set where a log-in is by token")
        if self.mail_app_secret_file is None and self.mail_app_refresh_token_file is None:
            said = "must be set where a log-in is by token and there is no refresh token"
            raise SettingError("mail_app_secret_file", said)
        if not self.mail_app_token_url.startswith("https://") and not self.trial:
            raise SettingError("mail_app_token_url", "must begin with https://")
        return self

    @model_validator(mode="after")
    def _falls_back_on_a_language_there_is(self) -> Self:
        there = self.message_folders()
        wanted = self.fallback_language
        if wanted not in there:
            said = f"there is no language {wanted}; there are: {', '.join(there)}"
            raise SettingError("fallback_language", said)
        return self

    @model_validator(mode="after")
    def _may_send_texts_if_it_says_so(self) -> Self:
        if self.sms_from and self.law().text_messages is None:
            said = f"the profile {self.profile} says nothing of text_messages; add that point"
            raise SettingError("sms_from", said)
        return self

    @field_validator("firm_name")
    @classmethod
    def _fits_a_header(cls, name: str) -> str:
        if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
            raise ValueError(f"must be one line of at most {LONGEST_NAME} characters")
        return name

    @field_validator("firm_address", "firm_phone", "imprint_url", "privacy_url")
    @classmethod
    def _is_one_line(cls, text: str) -> str:
        if len(text) > LONGEST_NAME or (text and not text.isprintable()):
            raise ValueError(f"must be one line of at most {LONGEST_NAME} characters")
        return text.strip()

    def message_folders(self) -> dict[str, list[tuple[Path, bool]]]:
        """Where the texts of each language are, and whether they are the firm's own: these last."""
        found = {name: [(folder, False)] for name, folder in shipped_languages().items()}
        for language, folder in languages_in(self.firm_dir).items():
            if (folder / MESSAGES).is_dir():
                check_habits(language)
                found.setdefault(language, []).append((folder / MESSAGES, True))
        return found

    def signature(self) -> dict[str, str]:
        """What stands at the foot of a message beside the firm's name."""
        said = {
            "firm_address": self.firm_address,
            "firm_phone": self.firm_phone,
            "imprint": self.imprint_url,
            "privacy": self.privacy_url,
        }
        return {name: text for name, text in said.items() if text}

    def due_days(self) -> DueDays:
        """Within how many business days people do what no rule gives a time for."""
        return DueDays(
            call=self.call_days, settle=self.settle_message_days, wish=self.wish_days,
            approve=self.approve_letter_days, post=self.post_letter_days,
            edition=self.approve_edition_days,
        )  # fmt: skip

    def lacking_notices(self) -> tuple[str, ...]:
        """The settings of what law asks below a message that say nothing yet."""
        notices = ("firm_address", "imprint_url", "privacy_url")
        return tuple(f"CLIENTELE_{name}".upper() for name in notices if not getattr(self, name))

    def firm(self) -> Firm:
        """Where the firm is, and when it is at work."""
        return Firm(calendar=self.calendar())

    def policy(self) -> Policy:
        """What the firm decided about contacting its clients."""
        return Policy(
            review_ask_purpose=self.law().review_asks.purpose,
            consent_first=self.law().consent_first,
            contact_hours=(ContactHours(opens=self.quiet_until, closes=self.quiet_from),),
            letters_at=self.letters_at,
            join_within=timedelta(minutes=self.minutes_to_join),
            asks_apart=timedelta(hours=self.hours_between_asks),
            zone=self.firm_zone,
            channel_order=self.channel_order,
            texts=self.text_law(),
        )

    def text_law(self) -> TextLaw | None:
        """What the law says of text messages, where the firm sends any."""
        said = self.law().text_messages
        if said is None or not self.sms_from:
            return None
        return TextLaw(
            by_wish=said.basis == "wish",
            consent=frozenset(said.consent),
            hours=ContactHours(opens=said.opens, closes=said.closes),
            facts=frozenset(said.facts),
        )

    def alone(self) -> SolePractice | None:
        """What stands for the second person, where there is none."""
        if not self.sole_practice:
            return None
        return SolePractice(cooling_off=timedelta(hours=self.cooling_off_hours))

    def smtp_password(self) -> str | None:
        """The mail server's password, from its file."""
        return _secret_in(self.smtp_password_file)

    def mailbox_password(self) -> str:
        """The password of the mailbox, from its file."""
        return _secret_in(self.mailbox_password_file) or ""

    def sms_password(self) -> str:
        """The secret of the log-in at the provider of text messages, from its file."""
        return _secret_in(self.sms_password_file) or ""


def _secret_in(file: Path | None) -> str | None:
    return file.read_text(encoding="utf-8").strip() if file else None


def shipped_languages() -> dict[str, Path]:
    """The folder of each language that clients are written to in."""
    return {each.name: each for each in sorted(TEXTS.iterdir()) if (each / FRAME).is_dir()}


def check_habits(language: str) -> None:
    """Whether anybody knows how days are said in it; FirmFolderError where not."""
    try:
        Locale(language)
    except UnknownLocaleError:
        raise FirmFolderError(
            f"languages/{language}: is no language; name a folder by its code, such as fr"
        ) from None
