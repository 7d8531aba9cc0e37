"""Which sections has a firm's ``firm.toml``, and which keys each, by the setting they fill?

What a value may be is checked by the services that have the setting.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Days = int
Clock = Any  # a time of TOML (09:00:00) or a text ("09:00"): the setting reads both


def fills(setting: str, means: str, like: JsonValue = None) -> Any:
    """A key of ``firm.toml``: the setting it fills, what it means, and how it may look."""
    return Field(
        default=None,
        description=means,
        examples=[like] if like is not None else None,
        json_schema_extra={"setting": setting},
    )


class Section(BaseModel):
    """A part of the file: what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Firm(Section):
    """Who the firm is: on pages and below messages."""

    name: str | None = fills("firm_name", "on every page and in every message", "Muster & Partner")
    contact: str | None = fills(
        "firm_contact", "at the foot of clients' pages", "office@firm.example"
    )
    address: str | None = fills("firm_address", "below every message", "Hauptstr. 1, 10115 Berlin")
    phone: str | None = fills(
        "firm_phone",
        "below every message; whom to call when a deadline is running",
        "+49 30 555 0100",
    )
    imprint: str | None = fills(
        "imprint_url", "below every message", "https://firm.example/imprint"
    )
    privacy: str | None = fills(
        "privacy_url", "the privacy notice, below every message", "https://firm.example/privacy"
    )


class LooksOfTheFirm(Section):
    """How clients' pages, mails and letters look."""

    logo: str | None = fills("firm_logo", "a PNG picture in this folder, up to 64 KiB", "logo.png")
    colour: str | None = fills(
        "firm_colour", "of links and buttons, by light; text in it must be readable", "#1d4a78"
    )
    colour_dark: str | None = fills("firm_colour_dark", "the same in the dark", "#93bff0")


class Calendar(Section):
    """When the firm is at work: whatever is due is due by this calendar."""

    zone: str | None = fills("firm_zone", "the firm's clock")
    holidays: str | None = fills("firm_holidays", "country, or country and part (DE-BE, US-NY)")
    closed_days: tuple[str, ...] | None = fills(
        "firm_closed_days", "further closed days: every year, or once", ["12-24", "2026-05-15"]
    )
    opens: Clock | None = fills("firm_opens", "from when on anything can be due")
    closes: Clock | None = fills("firm_closes", "until when")


class Law(Section):
    """Whose law holds, and who decides where there is no second person."""

    profile: str | None = fills("profile", "general, us, england-and-wales or germany")
    sole_practice: bool | None = fills(
        "sole_practice", "one lawyer is the whole firm: time and a reason for a second person"
    )
    cooling_off_hours: int | None = fills("cooling_off_hours", "how long that lawyer has to wait")


class Mail(Section):
    """In whose name mail is sent; the server itself and its password are no part of this file."""

    sender: str | None = fills("mail_from", "the address mail comes from", "office@firm.example")
    reply_to: str | None = fills(
        "mail_reply_to", "where answers go, if not there", "clients@firm.example"
    )
    bounce_domain: str | None = fills(
        "mail_bounce_domain", "where mail comes back to", "bounces.firm.example"
    )
    mailbox_folder: str | None = fills(
        "mailbox_folder", "the folder in which answers and bounces arrive", "INBOX"
    )
    mailbox_kept_folder: str | None = fills(
        "mailbox_kept_folder",
        "where mail goes once it was taken in; empty: it stays, marked as read",
        "Clientele",
    )
    hold_after_refusals: int | None = fills(
        "hold_after_refusals", "refusals in a row, for our sake, that hold everything; 0: never"
    )


class TextMessages(Section):
    """The second way to clients; the provider, its log-in and address are no part of this file."""

    sender: str | None = fills(
        "sms_from", "the number text messages come from; empty: none go", "+49 30 555 0100"
    )
    parts: int | None = fills("sms_parts", "in so many parts one text may travel")
    order: dict[str, tuple[str, ...]] | None = fills(
        "channel_order",
        "which way first, by class of message, where the client wishes nothing else",
        {"service": ["sms", "email"]},
    )


class Contact(Section):
    """When and how often clients are written to."""

    quiet_from: Clock | None = fills(
        "quiet_from", "nothing is sent from then, by the client's clock"
    )
    quiet_until: Clock | None = fills("quiet_until", "until then")
    letters_at: Clock | None = fills(
        "letters_at", "when what waited for the next day's letter goes"
    )
    minutes_to_join: int | None = fills(
        "minutes_to_join", "how long a message waits for a planned one"
    )
    hours_between_asks: int | None = fills(
        "hours_between_asks", "surveys and review asks to one client"
    )
    answer_within_days: Days | None = fills(
        "answer_clients_within", "business days to answer a client who got in touch"
    )
    call_days: Days | None = fills(
        "call_days", "business days to call a client whom no message reaches"
    )
    settle_message_days: Days | None = fills(
        "settle_message_days", "business days to say whether a message of unknown fate went"
    )
    wish_days: Days | None = fills(
        "wish_days", "business days to see to a wish that messages cannot meet"
    )
    approve_letter_days: Days | None = fills(
        "approve_letter_days", "business days to approve a letter"
    )
    post_letter_days: Days | None = fills(
        "post_letter_days", "business days to post an approved letter"
    )
    channels: tuple[str, ...] | None = fills("offered_channels", "what clients may choose")


class Languages(Section):
    """Which languages the firm falls back on."""

    fallback: str | None = fills(
        "fallback_language", "of messages and of the desk, for whom we do not write in their own"
    )
    replies: str | None = fills("firm_language", "of replies to reviews whose own is not known")


class Intake(Section):
    """By when people answer those who ask for help."""

    check_days: Days | None = fills("check_days", "business days to decide a conflict check")
    answer_days: Days | None = fills("answer_inquiry_days", "business days to answer an inquiry")
    outcome_days: Days | None = fills(
        "inquiry_outcome_days", "business days to say what came of it"
    )
    answer_story_days: Days | None = fills(
        "answer_story_days", "business days to answer who has told what it is about"
    )
    decline_letter_days: Days | None = fills(
        "decline_letter_days", "business days to write to whom the firm declines"
    )
    attendance_days: Days | None = fills(
        "attendance_days", "business days to note what came of an appointment"
    )
    records_days: Days | None = fills(
        "records_days", "business days to answer a request about records; the law gives a month"
    )
    urgent_within_days: Days | None = fills(
        "urgent_within_days", "so soon a deadline they named makes it urgent"
    )
    soon_within_days: Days | None = fills(
        "soon_within_days", "and so soon it comes before the others"
    )
    claimed_names_weeks: int | None = fills(
        "claimed_names_weeks", "for how long an inquirer's names are kept"
    )
    rescreening_at: Clock | None = fills(
        "rescreening_at", "when checks that stand are searched again, every night"
    )
    history_after_days: Days | None = fills(
        "history_after_days", "what calls itself history is that old"
    )


class Surveys(Section):
    """How often clients are asked how satisfied they are, and what follows."""

    days_between: Days | None = fills(
        "days_between_surveys", "of one client, about whatever matter"
    )
    change_within_hours: int | None = fills(
        "answers_change_within_hours", "for how long a client may change an answer"
    )
    tries: int | None = fills(
        "tries_before_unreachable", "on so many days, before a client counts as unreachable"
    )
    comment_days: Days | None = fills(
        "days_to_read_comments", "business days until a comment is read"
    )
    unhappy: dict[str, int] | None = fills(
        "unhappy_answers",
        "somebody gets in touch from this answer down: nps of 10, csat of 5, ces of 7",
    )
    complaint_words: tuple[str, ...] | None = fills(
        "complaint_words", "further words that make a comment urgent", ["ombudsman"]
    )
    fewest_answers: int | None = fills(
        "fewest_answers", "so many answers before those about one lawyer, area or stage are shown"
    )
    pattern_concerns: int | None = fills(
        "pattern_concerns", "concerns of one cause about which a partner decides"
    )
    pattern_days: Days | None = fills("pattern_days", "within so many days")
    decide_pattern_days: Days | None = fills(
        "days_to_decide_pattern", "business days to decide about such a cause"
    )
    confirm_days: Days | None = fills(
        "days_to_confirm", "business days for each side to say that a dispute is settled"
    )
    verify_days: Days | None = fills(
        "days_to_verify", "business days to ask whether what was closed is right now"
    )


class Reviews(Section):
    """Where clients are asked for a review, and how the firm answers in public."""

    site: str | None = fills("review_site", "where clients are asked for a review")
    page: str | None = fills(
        "review_page_url", "the firm's page there", "https://g.page/r/firm/review"
    )
    locations: dict[str, str] | None = fills(
        "review_locations",
        "what staff read instead of a location's id at its site, by that id or its last part",
        {"accounts/1/locations/2": "Berlin"},
    )
    reply_profile: str | None = fills("reply_profile", "strict, or us-fl")
    answer_days: dict[str, int] | None = fills(
        "answer_review_days", "business days to answer, by severity"
    )
    post_days: Days | None = fills("post_reply_days", "business days to post an approved reply")
    report_days: Days | None = fills(
        "look_after_report_days", "business days until a site's answer to a report is looked at"
    )
    spike_count: int | None = fills(
        "review_spike_count", "so many reviews with at most 2 stars at one location"
    )
    spike_hours: int | None = fills("review_spike_hours", "within so many hours are a spike")
    spike_baseline_days: Days | None = fills(
        "review_spike_baseline_days", "over which it is counted how many are usual"
    )


class Editions(Section):
    """How rules and words are changed."""

    approve_days: Days | None = fills(
        "approve_edition_days", "business days to look at a change, and approve or reject it"
    )
    simulate_first: bool | None = fills(
        "simulate_before_approval",
        "no change of rules is approved without its simulation on the firm's past",
    )


class Desk(Section):
    """What staff need beside their work."""

    accessibility_contact: str | None = fills(
        "accessibility_contact", "whom staff tell of a barrier", "it@firm.example"
    )
    take_back_seconds: int | None = fills(
        "take_back_seconds", "how long a decision may be taken back, 0: not at all", 10
    )
    second_factor_roles: tuple[str, ...] | None = fills(
        "second_factor_roles", "who may not do without one beside a password", ["partner", "ops"]
    )
