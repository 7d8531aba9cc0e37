"""Which values may stand in the fields of an event?"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.fields import REMEDIES, is_day, parse_instant
from tests.contracts.samples import CLIENT, changed, read_data, refused_in

REVIEW: dict[str, Any] = {
    "review_id": "rv-1",
    "site": "google",
    "stars": 4,
    "posted_at": "2026-03-01T19:12:00+01:00",
}


def client(**fields: Any) -> Any:
    """A client with these fields, decoded."""
    return read_data("client-onboarded", changed(CLIENT, fields), "c-1")


def refused(**fields: Any) -> list[str]:
    """The fields refused in a client with these."""
    return refused_in("client-onboarded", changed(CLIENT, fields), "c-1")


def refused_review(**fields: Any) -> list[str]:
    """The fields refused in a review with these."""
    return refused_in("review-received", changed(REVIEW, fields), "rv-1")


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "Ng", "李小龙", "O'Brien-Smith", "X Æ A-12", "أمل"]
)
def test_a_name_may_be_of_any_language(name: str) -> None:
    assert client(name=name).name == name


def test_a_name_is_kept_without_the_spaces_around_it() -> None:
    assert client(name="  Anna Brandt ").name == "Anna Brandt"


@pytest.mark.parametrize(
    "name", ["", "  ", "a\nb", "a\rb", "a\x00b", "a\u202eb", "x" * 201, 5, None]
)
def test_what_is_no_name_is_refused(name: object) -> None:
    assert refused(name=name) == ["name"]


@pytest.mark.parametrize("email", ["a@b.de", "a.b+c@mail.example.com", "jürgen@müller.example"])
def test_an_e_mail_address_may_be_of_any_usual_shape(email: str) -> None:
    assert client(email=email).email == email


def test_blanks_around_an_e_mail_address_refuse_no_client() -> None:
    assert client(email=" anna@example.com\t").email == "anna@example.com"


@pytest.mark.parametrize(
    "email",
    ["a", "a@", "@b.de", "a@b", "a b@c.de", "a@b..de", "a@b.de\nBcc: c@d.de", "A <a@b.de>",
     "a@b.de,c@d.de", "a@b@c.de", "x" * 250 + "@b.de", 5],
)  # fmt: skip
def test_what_is_no_single_e_mail_address_is_refused(email: object) -> None:
    assert refused(email=email) == ["email"]


@pytest.mark.parametrize("phone", ["+49 30 5550117", "(020) 7946-0102 ext. 4", "110", "०३० १२"])
def test_a_phone_number_may_be_of_any_country(phone: str) -> None:
    assert client(phone=phone).phone == phone


@pytest.mark.parametrize("phone", ["", "none", "030\r\n555", 49305550117, "1" * 321])
def test_what_is_no_phone_number_is_refused(phone: object) -> None:
    assert refused(phone=phone) == ["phone"]


@pytest.mark.parametrize(
    "zone", ["Berlin", "europe/berlin", "+01:00", "", "../etc/passwd", 1, None]
)
def test_what_is_no_iana_zone_is_refused(zone: object) -> None:
    assert refused(timezone=zone) == ["timezone"]


@pytest.mark.parametrize("locale", ["de_DE", "", "d", "de-", "de-DE.UTF-8", 1])
def test_what_is_no_bcp_47_locale_is_refused(locale: object) -> None:
    assert refused(locale=locale) == ["locale"]


@pytest.mark.parametrize("id", ["", "a b", "a.b", "ä", "x" * 65, 5])
def test_what_is_no_id_is_refused(id: object) -> None:
    assert refused(matter_id=id) == ["matter_id"]


def test_a_channel_nobody_has_is_refused() -> None:
    assert refused(preferred_channel="telex") == ["preferred_channel"]


def test_the_place_inside_a_list_is_named() -> None:
    assert refused(consents=[{"purpose": "service", "basis": "x"}, {"purpose": "fun"}]) == [
        "consents.1.purpose",
        "consents.1.basis",
    ]


@pytest.mark.parametrize("stars", [0, 6, "5", 4.5, True, None])
def test_stars_are_whole_numbers_from_one_to_five(stars: object) -> None:
    assert refused_review(stars=stars) == ["stars"]


@pytest.mark.parametrize("score", [-1, 11, "9", 9.5])
def test_scores_are_whole_numbers_from_zero_to_ten(score: object) -> None:
    data = {"survey_id": "s", "client_id": "c-1", "matter_id": "m", "has_comment": False}
    assert refused_in("feedback-submitted", {**data, "score": score}, "c-1") == ["score"]


@pytest.mark.parametrize("flag", ["true", 1, None])
def test_yes_or_no_is_nothing_else(flag: object) -> None:
    data = {"survey_id": "s", "client_id": "c-1", "matter_id": "m", "score": 9}
    refused = refused_in("feedback-submitted", {**data, "has_comment": flag}, "c-1")
    assert refused == ["has_comment"]


def test_an_instant_is_kept_in_utc_to_the_millisecond() -> None:
    review = changed(REVIEW, {"posted_at": "2026-03-01T19:12:00.987654+01:00"})
    expected = datetime(2026, 3, 1, 18, 12, 0, 987000, UTC)
    assert read_data("review-received", review, "rv-1").posted_at == expected


@pytest.mark.parametrize(
    "instant",
    ["2026-03-01", "2026-03-01T19:12:00", "2026-03-01T19:12Z", "1772391120", 1772391120, "", None,
     "2026-03-01 19:12:00Z", "2026-W09-7T19:12:00Z", "0000-01-01T00:00:00Z",
     "0001-01-01T00:00:00+10:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-10:00",
     "1799-12-31T23:59:59Z", "2200-01-01T00:00:00Z"],
)  # fmt: skip
def test_what_is_no_instant_with_an_offset_is_refused(instant: object) -> None:
    assert refused_review(posted_at=instant) == ["posted_at"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1799-12-31", "2200-01-01"])
def test_a_day_no_office_counts_with_is_refused(day: str) -> None:
    assert not is_day(day)
    invoice = {"client_id": "c-1", "invoice_id": "i-1", "due_on": day}
    assert "due_on" in refused_in("invoice-issued", invoice, "c-1")


@given(st.datetimes(datetime(1800, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_whatever_instant_is_taken_can_be_said_anywhere_and_counted_from(said: datetime) -> None:
    instant = parse_instant(said.isoformat())
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        for delay in (timedelta(days=3650), -timedelta(days=3650)):
            assert (instant + delay).astimezone(ZoneInfo(zone)).tzinfo is not None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.com", "https://a b", "https://"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert refused_review(url=url) == ["url"]


def test_a_review_may_run_over_several_lines() -> None:
    review = changed(REVIEW, {"text": "One.\n\nTwo 😀."})
    assert read_data("review-received", review, "rv-1").text == "One.\n\nTwo 😀."


def test_a_text_without_end_is_refused() -> None:
    assert refused_review(text="x" * 20_001) == ["text"]


@pytest.mark.parametrize("remedy", REMEDIES.values())
def test_every_remedy_says_what_must_be(remedy: str) -> None:
    assert remedy.startswith("must be ")
