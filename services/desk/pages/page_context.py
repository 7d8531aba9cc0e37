"""What do the pages for people work with?

``PageContext`` is made once, by ``app.py``; every request finds it through its application. The
templates of all pages are here too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from fastapi import Request
from starlette.responses import Response

from services.desk.api.desk import Desk
from services.desk.domain.clients import may_see_clients
from services.desk.domain.conflicts import may_see_conflicts
from services.desk.domain.people import may_keep_staff
from services.desk.domain.reports import may_see_reports
from services.desk.domain.reviews import may_see_reviews
from services.desk.domain.sign_in_paces import CODES
from services.desk.domain.sources import KnownSystem
from services.desk.domain.staff import StaffMember, may_see_operations
from services.desk.domain.studio import may_change_rules
from services.desk.pages.area_words import OwnAreas, area_name
from services.desk.pages.language import (
    ENGLISH,
    N_,
    _,
    day_said,
    days_retold,
    language,
    midway,
    moment,
    names_of_languages,
    ngettext,
    retold,
)
from services.desk.pages.name_differences import beside
from services.desk.pages.rule_words import owed_said, retained_said
from services.desk.pages.sign_in_limits import SignInLimits
from services.desk.ports.signing_in import SingleSignOn
from shared.clock import real_now
from shared.contracts.firm_roles import FirmRoles
from shared.web.limits import Pace
from shared.web.templates import Pages

PAGES = Pages(Path(__file__).parent / "templates")
PAGES.say_in(_, ngettext)
PAGES.add_filters(
    beside=beside, said=retold, midway=midway, moment=moment, day=day_said, owed=owed_said,
    retained=retained_said, area=area_name,
    days=days_retold,
)  # fmt: skip
PAGES.add_globals(reader_language=language, desk_languages=names_of_languages(), N_=N_)
REFUSAL = frozenset({"title", "message"})  # of a page that says no
RARE = frozenset(  # of a menu: what few people open, and not every day
    {"/reports", "/studio", "/people", "/ops", "/systems", "/settings"}
)
LEAST_GROUPED = 3  # fewer need no group
Places = tuple[tuple[str, str], ...]  # address and words of pages
CALENDAR_PACES = {"link": "30/5 minute", "address": "120/5 minute"}  # by link and network address


def nav_for(person: StaffMember, firm: FirmRoles) -> Places:
    """Where the head of each page leads this person."""
    places = (
        ("/inbox", _("Inbox"), True),
        ("/inquiries", _("Inquiries"), may_see_clients(person)),
        ("/promised", _("Promised"), may_see_clients(person)),
        ("/deadlines", _("Deadlines"), may_see_clients(person)),
        ("/clients", _("Clients"), may_see_clients(person)),
        ("/incidents", _("Incidents"), True),
        ("/reviews", _("Reviews"), may_see_reviews(person)),
        ("/reports", _("Reports"), may_see_reports(person)),
        ("/conflicts", _("Checks"), may_see_conflicts(person, firm)),
        ("/studio", _("Studio"), may_change_rules(person)),
        ("/people", _("People"), may_keep_staff(person)),
        ("/ops", _("Operations"), may_see_operations(person)),
        ("/systems", _("Systems"), may_see_operations(person)),
        ("/settings", _("Settings"), True),
    )
    return tuple((place, words) for place, words, open in places if open)


def grouped(nav: Places) -> tuple[Places, Places]:
    """What stands in the head by itself, and what stands in its group of rarely used pages."""
    rare = tuple(each for each in nav if each[0] in RARE)
    if len(rare) < LEAST_GROUPED:
        return nav, ()
    return tuple(each for each in nav if each[0] not in RARE), rare


@dataclass
class FirstDaysSeen:
    """How far the firm was when somebody last looked, for a short while."""

    words: str = ""
    _until: datetime | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether nobody needs to look again yet."""
        return self._until is not None and now < self._until

    def keep(self, words: str, until: datetime) -> None:
        """This was found."""
        self.words, self._until = words, until

    def forget(self) -> None:
        """Something changed: look again."""
        self._until = None


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything the pages for people work with."""

    desk: Desk
    firm: str
    form_key: bytes  # behind the tokens in forms
    url: str  # where staff reach the desk; decides which kind of cookie a browser is given
    sign_ins: SignInLimits
    sso: SingleSignOn | None = None
    sso_name: str = ""
    passwords: bool = True  # False: the single sign-on is the only way in
    codes: SignInLimits = field(default_factory=lambda: SignInLimits(CODES))
    second_factor_roles: Sequence[str] = ()  # who may not do without one beside a password
    calendar_pace: Pace = field(default_factory=lambda: Pace(CALENDAR_PACES))
    systems: Mapping[str, KnownSystem] = field(default_factory=dict)  # with a log-in of their own
    first_days: FirstDaysSeen = field(default_factory=FirstDaysSeen)
    language: str = ENGLISH  # the firm's first: for browsers that ask for none of ours
    areas: OwnAreas = field(default_factory=dict)  # what the firm calls its practice areas
    accessibility_contact: str = ""  # where a barrier is reported
    now: Callable[[], datetime] = real_now  # real time, for sessions; never the business clock's

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the desk through TLS, as they must anywhere but on loopback."""
        return self.url.startswith("https://")

    def page(self, name: str, status: int = 200, /, **values: Any) -> Response:
        """A page for somebody who is not signed in."""
        known = {"firm": self.firm, "visit": None, "nav": ((), ()), "path": ""}
        return PAGES.page(name, status, **(known | in_readers_words(values)))


def in_readers_words(values: dict[str, Any]) -> dict[str, Any]:
    """What a page is given, with the refusals in it as its reader reads them."""
    errors = values.get("errors") or {}
    refused = {name: retold(values[name]) for name in REFUSAL & values.keys()}
    return values | refused | {"errors": {name: retold(said) for name, said in errors.items()}}


def context_of(request: Request) -> PageContext:
    """What the pages of this application work with."""
    return cast("PageContext", request.app.state.context)
