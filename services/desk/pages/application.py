"""How are the pages for people put together?

An application of its own behind everything else the desk answers, so that every error there is a
page. A new page is a router, named here.
"""

from fastapi import FastAPI

from services.desk.api.looks import NotedLooks
from services.desk.pages import (
    absences,
    accessibility,
    calendar,
    calendars_read,
    client_forms,
    client_outgoing,
    client_records,
    client_words,
    clients,
    conflict_record,
    conflict_search,
    conflicts,
    csv_export,
    deadlines,
    deciding,
    first_days,
    flash,
    handover,
    handovers,
    import_columns,
    import_mappings,
    import_run,
    imports,
    inbox,
    incident_clients,
    incident_declaring,
    incidents,
    inquiries,
    inquiry_entry,
    letter_pdf,
    looked,
    operations,
    owed_entry,
    password_links,
    password_sign_in,
    people,
    person,
    presence,
    promised,
    records_file,
    report_files,
    report_learning,
    report_rows,
    report_workload,
    reports,
    restrictions,
    reviews,
    saved_views,
    search,
    second_factor_settings,
    second_factor_sign_in,
    sender_check,
    sent_message,
    settings,
    single_sign_on,
    studio,
    studio_calendar,
    studio_editions,
    studio_files,
    studio_look_previews,
    studio_looks,
    studio_rule,
    studio_simulation,
    studio_text,
    studio_values,
    systems,
    task,
    task_actions,
)
from services.desk.pages.error_pages import add_refusals
from services.desk.pages.page_context import PageContext
from services.desk.pages.reader_language import InReadersLanguage
from shared.web.static import add_static

PARTS = (
    password_sign_in, password_links, second_factor_sign_in, single_sign_on,
    inbox, sender_check, first_days, search, saved_views, settings, second_factor_settings, flash,
    task, presence, task_actions, deciding,  # in this order: an action takes any name
    letter_pdf, records_file, accessibility, clients, client_forms,
    client_outgoing, client_words, client_records, looked, handover, handovers, absences,
    people, person,
    restrictions,
    sent_message,
    csv_export, calendar,
    conflicts, conflict_search, conflict_record,  # the record last: its address takes any id
    inquiry_entry, inquiries, promised, deadlines, owed_entry,
    incident_declaring, incident_clients, incidents,  # one incident last: its address takes any id
    reviews,
    report_learning, report_workload,  # this order: the address of a report takes any name
    report_files, report_rows, reports,
    operations, systems,
    calendars_read, imports, import_mappings, import_columns, import_run,
    studio, studio_calendar, studio_rule, studio_text, studio_editions, studio_simulation,
        studio_values, studio_files, studio_looks, studio_look_previews,
)  # fmt: skip


def add_pages(web: FastAPI, context: PageContext) -> None:
    """Put the pages behind all other addresses."""
    web.mount("/", build_pages(context))


def build_pages(context: PageContext) -> FastAPI:
    """The pages as an application."""
    pages = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    pages.state.context = context
    pages.add_middleware(NotedLooks, desk=context.desk)
    pages.add_middleware(InReadersLanguage, context=context)
    for part in PARTS:
        pages.include_router(part.router, include_in_schema=False)
    add_static(pages)
    add_refusals(pages)
    return pages
