"""Who is this client, how do they wish to be met, and what was said last?

On the client's page, and short on top of each task about them: what one knows before one picks up
the phone. Intake is asked; what was said last stands on the desk's own timeline and notes.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from services.desk.domain.clients import may_see_clients
from services.desk.pages.client_concerns import NOTHING, Concerns, concerns_of
from services.desk.pages.dates_said import locale_of
from services.desk.pages.language import N_, Words, _, language, midway, retold
from services.desk.pages.rule_words import said
from services.desk.pages.talks import OUTCOMES, Talk, last_of, meetings_in, talks_with
from services.desk.pages.visitor import Visit
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.cards import CardTold, ConsentTold, MatterTold, NoteTold
from shared.contracts.fields import parse_instant
from shared.errors import TemporaryError

ANSWERS = Words(
    {
        "asked": (N_("The client has not answered yet"), "warn"),
        "confirmed": (N_("The client says it is right"), "ok"),
        "disputed": (N_("The client says something is wrong"), "danger"),
        "settled": (N_("Settled in a talk"), "ok"),
    }
)
CHANNELS = Words(
    {
        "email": N_("e-mail"),
        "phone": N_("a call"),
        "sms": N_("text message"),
        "post": N_("letter"),
    }
)
ROLES = Words(
    {
        "client": N_("client"),
        "prospect": N_("somebody who asked"),
        "adverse": N_("other side"),
        "related": N_("connected"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented:
    """One consent or objection, and where it comes from."""

    words: str
    source: str
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What came of one appointment, and how the client answered."""

    told: NoteTold
    when: str
    by: str
    outcome: str
    answer: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """What a page says of a client; ``away``: intake did not answer."""

    told: CardTold | None = None
    language: str = ""
    interpreter: str = ""  # into which language, where they need one
    wishes: str = ""
    clock: str = ""  # what time it is where they are, where that is another
    consents: Sequence[Consented] = ()
    matters: Sequence[tuple[MatterTold, str]] = ()  # with the lawyer's name
    people: Sequence[tuple[str, str, str, str, str]] = ()  # name, role, matter, phone, e-mail
    talks: Sequence[Talk] = ()
    notes: Sequence[Noted] = ()
    concerns: Concerns = NOTHING
    away: bool = False


async def card_of(visit: Visit, client_id: str, names: Mapping[str, str]) -> ClientCard | None:
    """The card of a client for this person; None for who does not work with clients."""
    if not may_see_clients(visit.person):
        return None
    talks, concerns, told = await asyncio.gather(
        talks_with(visit, client_id, names), concerns_of(visit, client_id, names),
        _told(visit, client_id),
    )  # fmt: skip
    begun = ClientCard(talks=talks, concerns=concerns, away=told is None)
    if told is None or not told.known:
        return begun
    desk = visit.context.desk
    now = desk.runtime.clock.now()
    return replace(
        begun,
        told=told,
        talks=last_of([*talks, *meetings_in(told.notes, desk.zone, now, names)]),
        language=language_of(told.locale),
        interpreter=language_of(told.interpreter),
        wishes=wishes_of(told),
        clock=clock_of(told, now, desk.zone),
        consents=[_consented(each, desk.zone) for each in told.consents],
        matters=[
            (each, names.get(each.owner_id or "", each.owner_id or "")) for each in told.matters
        ],
        people=[
            (p.name, ROLES.get(p.role, p.role), p.matter_id, p.phone or "", p.email or "")
            for p in told.people
        ],
        notes=[_noted(each, names, desk.zone) for each in told.notes],
    )


async def _told(visit: Visit, client_id: str) -> CardTold | None:
    """What intake says; None while it is away."""
    try:
        told = await visit.context.desk.cards.card(client_id, visit.person)
    except TemporaryError:
        return None
    return CardTold(client_id=client_id, known=False) if isinstance(told, Refused) else told


def _noted(told: NoteTold, names: Mapping[str, str], zone: ZoneInfo) -> Noted:
    answer, tone = ANSWERS.get(told.state, ("", ""))
    answer = retold(answer)
    return Noted(
        told=told,
        when=exactly(parse_instant(told.met_at), zone) if told.met_at else _("day not known"),
        by=names.get(told.by, told.by),
        outcome=OUTCOMES[told.outcome],
        answer=answer,
        tone=tone,
    )


def language_of(locale: str | None) -> str:
    """The language of a locale in words: de-AT is German; one we have no word for stays."""
    try:
        code = Locale.parse((locale or "").replace("-", "_")).language
        return str(locale_of(language()).languages.get(code, locale or ""))
    except (UnknownLocaleError, ValueError):
        return locale or ""


def wishes_of(told: CardTold) -> str:
    """By which way and at which hours the client wishes to be contacted; "" for no wish."""
    parts = []
    if told.channel:
        who = "" if told.channel_chosen else _(", as the firm noted")
        channel = CHANNELS.get(told.channel, told.channel)
        parts.append(_("rather {channel}{who}").format(channel=channel, who=who))
    if told.earliest and told.latest:
        parts.append(
            _("between {earliest} and {latest} by their clock").format(
                earliest=told.earliest, latest=told.latest
            )
        )
    return "; ".join(parts)


def clock_of(told: CardTold, now: datetime, firm: ZoneInfo) -> str:
    """What time it is where the client is; "" where it is the firm's own."""
    theirs = ZoneInfo(told.timezone or firm.key)
    if now.astimezone(theirs).utcoffset() == now.astimezone(firm).utcoffset():
        return ""
    return f"{now.astimezone(theirs):%H:%M} ({theirs.key})"


def _consented(told: ConsentTold, zone: ZoneInfo) -> Consented:
    what = _("everything") if told.purpose == "all" else midway(said(told.purpose))
    channel = CHANNELS.get(told.channel, told.channel) if told.channel else ""
    by_channel = _(" by {channel}").format(channel=channel) if channel else ""
    when = f", {exactly(parse_instant(told.at), zone)}" if told.at else _(", date not known")
    who = (
        _("the client")
        if told.by == "client"
        else _("the firm ({source})").format(source=told.source or "not known")
    )
    basis = f", {told.basis}" if told.basis else ""
    verb = _("Agreed") if told.granted else _("Objected")
    return Consented(
        words=f"{verb}: {what}{by_channel}", source=f"{who}{basis}{when}", granted=told.granted
    )
