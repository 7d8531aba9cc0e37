"""Is the service put together as its contracts say?"""

from datetime import datetime

import msgspec

from services.reputation.app import build
from services.reputation.domain.response import Response
from services.reputation.storage import MAPPINGS
from shared.contracts.catalogue import PUBLISHED_BY
from shared.contracts.task_kinds import REVIEW_POSTING, REVIEW_RESPONSE
from tests.reputation.office import ASSISTANT, LAWYER, approve, heard_office, the_response, the_task

NATIVE = (datetime, bytes)


def test_it_may_publish_whatever_it_says() -> None:
    assert set(build().says) <= PUBLISHED_BY["reputation"]


def test_what_reviewers_and_staff_write_is_sealed() -> None:
    sealed = {mapping.collection: set(mapping.sealed) for mapping in MAPPINGS if mapping.sealed}
    assert sealed == {
        "reviews": {"text", "author_name", "url", "site", "location_id"},
        "responses": {"text", "reason", "site"},
        "review_reports": {"words", "site"},
        "publications": {"name"},
        "testimonials": {"text", "name", "elsewhere", "reason"},
    }


def test_it_is_sealed_under_the_review_s_own_key_never_a_client_s() -> None:
    office = heard_office()
    sealing = [mapping for mapping in MAPPINGS if mapping.sealed]
    owners = [mapping.owner(each) or "" for mapping in sealing for each in office.all(mapping.kind)]
    assert len(owners) == 2
    assert all(owner.startswith("review:") for owner in owners)


def test_a_reply_with_history_survives_storage() -> None:
    office = heard_office()
    approve(office)
    response = the_response(office)
    stored = msgspec.to_builtins(response, builtin_types=NATIVE)
    assert msgspec.convert(stored, Response, builtin_types=NATIVE) == response


def test_the_views_fill_every_field_the_tasks_show() -> None:
    office = heard_office()
    shown = office.view(the_task(office).task_id, LAWYER)
    wanted = {field.name for field in REVIEW_RESPONSE.fields if field.kind == "display"}
    assert wanted | {"text", "reason"} <= shown.keys()
    approve(office)
    shown = office.view(the_task(office, "review-posting").task_id, ASSISTANT)
    wanted = {field.name for field in REVIEW_POSTING.fields if field.kind == "display"}
    assert wanted <= shown.keys()
