"""How is the desk wired? The only place here that knows concrete classes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

from fastapi import FastAPI

from services.desk.api.application import add_api
from services.desk.api.desk import SOURCE, Desk
from services.desk.api.digests import AGENDA_REQUEST, AgendaAsked, agendas
from services.desk.due import held_due
from services.desk.gateways.announcing import Announcing
from services.desk.gateways.cards import NatsCards
from services.desk.gateways.checks import NatsChecks
from services.desk.gateways.concerns import NatsConcerns
from services.desk.gateways.current_clients import NatsCurrentClients
from services.desk.gateways.editions import NatsEditions
from services.desk.gateways.finds import NatsFinds
from services.desk.gateways.imports import NatsImports
from services.desk.gateways.outgoing import NatsOutgoing
from services.desk.gateways.owners import NatsOwners
from services.desk.gateways.records import NatsRecords
from services.desk.gateways.reports import NatsReports
from services.desk.gateways.restrictions import NatsRestrictions
from services.desk.gateways.reviews import NatsReviews
from services.desk.gateways.sender_checks import NatsSenderChecks
from services.desk.gateways.services import NatsServices
from services.desk.gateways.single_sign_on import OpenIdConnect
from services.desk.listeners import listeners
from services.desk.ops.held_figures import HeldFigures
from services.desk.ops.staff_requests import staff_requests
from services.desk.ops.work_figures import keep_counting
from services.desk.pages.application import add_pages
from services.desk.pages.area_words import own_areas
from services.desk.pages.page_context import PageContext
from services.desk.pages.rule_words import kind_label_in
from services.desk.pages.sign_in_limits import SignInLimits
from services.desk.ports.signing_in import ACCOUNTS, SingleSignOn
from services.desk.records import RECORDS
from services.desk.settings import DeskSettings
from services.desk.staff import deciders, views
from services.desk.storage.accesses import MongoAccessBook
from services.desk.storage.diary import MongoDiaryBook
from services.desk.storage.figures import MongoWorkTally
from services.desk.storage.inquiries import MongoInquiryBook
from services.desk.storage.mappings import MAPPINGS
from services.desk.storage.owed import MongoOwedBook
from services.desk.storage.staff import MongoStaffBook
from services.desk.storage.systems import MongoSourceBook
from services.desk.storage.tasks import MongoTaskList
from services.desk.storage.timeline import MongoTimeline
from services.desk.workflow.digesting import digest_needs, tell_all
from services.desk.workflow.incident_declaring import IncidentConfig
from services.desk.workflow.naming import name_all, naming_needs
from services.desk.workflow.seeding import account_needs, open_accounts, seed, seed_needs
from shared.contracts import incidents, restrictions, tasks
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.process.app import AS_TOLD, App, OwnRequest, Told
from shared.process.run import run
from shared.process.settings import Settings
from shared.web.passwords import hash_password

IN_ONE_STEP = 200
SAYS = (
    "client-contact-logged",
    "complaint-received",
    "staff-digest-set",
    "staff-named",
    "handover-completed",
    "inquiry-received",
    incidents.DataBreachDetected.TYPE,
    incidents.IncidentDeclared.TYPE,
    incidents.IncidentUpdated.TYPE,
    incidents.IncidentResolved.TYPE,
    incidents.IncidentDismissed.TYPE,
    incidents.StaffAccountedFor.TYPE,
    restrictions.RestrictionPlaced.TYPE,
    restrictions.RestrictionLifted.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
    "access-requested",
    "erasure-requested",
    "records-confirmed",
)


def build(told: Told = AS_TOLD) -> App:
    """The desk as a service."""
    settings = DeskSettings(**told)
    config = IncidentConfig(
        plans=settings.plans(),
        calendar=Settings(**told).calendar(),
        locations=settings.review_locations,
    )
    figures = HeldFigures()
    return App(
        name="desk",
        title="Clientele: the desk",
        listeners=listeners(settings.zone, config),
        mappings=MAPPINGS,
        deciders=deciders(config),
        views=views(config),
        due=[held_due(Announcing(settings.signer(), figures.count))],
        pages=lambda web, runtime: _pages(web, _desk(runtime, settings, config, figures), settings),
        ops=[staff_requests(MongoStaffBook, desk_url, passwords=settings.passwords)],
        answers=[OwnRequest(AGENDA_REQUEST, _agendas(settings))],
        start=lambda runtime: start(runtime, settings, figures),
        loops=[keep_counting(MongoWorkTally, MongoSourceBook)],
        hears_all=True,
        says=SAYS,
        again=build,
        records=RECORDS,
    )


def _agendas(settings: DeskSettings) -> Callable[[Runtime, AgendaAsked], Awaitable[Answer]]:
    def reports(runtime: Runtime) -> NatsReports:
        return NatsReports(runtime, settings.signer())

    def named(kind: str, language: str) -> str:
        return kind_label_in(language or settings.fallback_language, kind)

    return agendas(MongoTaskList, reports, desk_url, settings.zone, named)


async def start(
    runtime: Runtime, settings: DeskSettings, figures: HeldFigures | None = None
) -> None:
    """Let in whoever works here; say of everybody when they get their digest and what they are
    called.
    """
    if figures is not None:
        figures.show(runtime.metrics.registry)
    await let_in(runtime, settings)
    staff = [each.staff_id for each in await MongoStaffBook(runtime).everybody()]
    for first in range(0, len(staff), IN_ONE_STEP):
        some = staff[first : first + IN_ONE_STEP]
        id = f"start-{uuid4().hex}"
        cause = Cause(SOURCE, id, "start", id, None, runtime.clock.now())
        step = tell_all(some, settings.time_zone)
        await runtime.act(step, digest_needs(*some), cause=cause)
        called = Cause(SOURCE, f"{id}-names", "start", id, None, runtime.clock.now())
        await runtime.act(name_all(some), naming_needs(*some), cause=called)


async def let_in(runtime: Runtime, settings: DeskSettings) -> None:
    """Read the file of staff and keys, if one is named, and let in exactly those."""
    seeds = settings.seeds()
    if seeds is None:
        return
    book = MongoStaffBook(runtime)
    staff, keys = await book.everybody(), await book.keys()
    cause = Cause(SOURCE, "start", "start", "start", None, runtime.clock.now())
    await runtime.act(seed(seeds, staff, keys), seed_needs(seeds, staff, keys), cause=cause)
    unit = await runtime.look(account_needs(seeds))
    accounts = {each.staff_id: unit.get(ACCOUNTS, each.staff_id) for each in seeds}
    have = {staff_id for staff_id, account in accounts.items() if account and account.password}
    hashes = {
        each.staff_id: await hash_password(each.password)
        for each in seeds
        if settings.passwords and each.password and each.staff_id not in have
    }
    await runtime.act(open_accounts(seeds, hashes), account_needs(seeds), cause=cause)


def _desk(
    runtime: Runtime, settings: DeskSettings, config: IncidentConfig, figures: HeldFigures
) -> Desk:
    return Desk(
        runtime=runtime,
        tasks=MongoTaskList(runtime),
        timeline=MongoTimeline(runtime),
        staff=MongoStaffBook(runtime),
        owners=NatsOwners(runtime, settings.signer()),
        services=NatsServices(runtime, settings.signer()),
        sources=MongoSourceBook(runtime),
        checks=NatsChecks(runtime, settings.signer()),
        cards=NatsCards(runtime, settings.signer()),
        concerns=NatsConcerns(runtime, settings.signer()),
        outgoing=NatsOutgoing(runtime, settings.signer()),
        editions=NatsEditions(runtime, settings.signer()),
        senders=NatsSenderChecks(runtime, settings.signer()),
        imports=NatsImports(runtime, settings.signer()),
        records=NatsRecords(runtime, settings.signer()),
        reports=NatsReports(runtime, settings.signer()),
        reviews=NatsReviews(runtime, settings.signer()),
        inquiries=MongoInquiryBook(runtime),
        owed=MongoOwedBook(runtime),
        diary=MongoDiaryBook(runtime),
        calendar=config.calendar,
        incidents=config,
        currents=NatsCurrentClients(runtime, settings.signer()),
        restrictions=NatsRestrictions(runtime, settings.signer()),
        accesses=MongoAccessBook(runtime),
        finds=NatsFinds(runtime, settings.signer()),
        zone=settings.zone,
        locations=settings.review_locations,
        firm_roles=runtime.settings.firm_roles,
        who_decides=runtime.settings.who_decides(),
        sole_practice=runtime.settings.sole_practice,
        take_back=timedelta(seconds=settings.take_back_seconds),
        count_held=figures.count,
    )


def _pages(web: FastAPI, desk: Desk, settings: DeskSettings) -> None:
    runtime = desk.runtime
    add_api(web, desk)
    context = PageContext(
        desk=desk,
        firm=runtime.settings.firm_name,
        form_key=runtime.settings.link_key(),
        url=desk_url(runtime),
        sign_ins=SignInLimits(settings.sign_in_paces()),
        sso=_single_sign_on(settings, desk_url(runtime)),
        sso_name=settings.oidc_name,
        second_factor_roles=settings.second_factor_roles,
        passwords=settings.passwords,
        language=settings.fallback_language,
        systems=settings.known_systems(),
        accessibility_contact=settings.accessibility_contact,
        areas=own_areas(runtime.settings.firm_dir),
    )
    add_pages(web, context)


def desk_url(runtime: Runtime) -> str:
    """Where staff reach the desk, without a slash at the end."""
    own = f"http://{runtime.settings.http_host}:{runtime.settings.http_port}"
    return runtime.settings.public_urls.get("desk", own).rstrip("/")


def _single_sign_on(settings: DeskSettings, url: str) -> SingleSignOn | None:
    issuer, client_id = settings.oidc_issuer, settings.oidc_client_id
    if issuer is None or client_id is None or settings.oidc_client_secret_file is None:
        return None
    secret = settings.oidc_client_secret_file.read_text(encoding="utf-8").strip()
    return OpenIdConnect(issuer, client_id, secret, f"{url}/auth/callback")


if __name__ == "__main__":
    run("desk", build)
