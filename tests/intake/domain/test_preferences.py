"""What may a client choose, and what holds when they have not chosen?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.clients import Client
from services.intake.domain.preference_form import as_typed, chosen, problems_of
from services.intake.domain.preferences import (
    Hours,
    channels_of,
    clock,
    language_of,
    minutes,
    preferences_of,
    times,
)

FIRM = Hours()
OFFERED = ("email", "phone")


def client(**facts: object) -> Client:
    values = {"email": "a@example.com", "phone": "1", "locale": "de-AT", **facts}
    return Client(client_id="c-1", **values)  # type: ignore[arg-type]


def test_without_a_choice_the_firms_hours_and_the_usual_consents_hold() -> None:
    now = preferences_of(client(), [], OFFERED, FIRM)
    assert (now.channel, now.language, now.hours) == ("email", "de", FIRM)
    assert (now.feedback, now.marketing) == (True, False)


def test_what_the_client_chose_holds_before_what_the_firm_noted() -> None:
    known = client(preferred_channel="email", chosen_channel="phone", chosen_locale="en")
    now = preferences_of(known, [], OFFERED, FIRM)
    assert (now.channel, now.language) == ("phone", "en")


def test_a_channel_that_cannot_be_used_any_more_is_not_shown_as_chosen() -> None:
    now = preferences_of(client(chosen_channel="phone", phone=None), [], OFFERED, FIRM)
    assert now.channel == "email"


@pytest.mark.parametrize(
    ("facts", "offered", "possible"),
    [
        ({}, OFFERED, ("email", "phone")),
        ({}, ("sms", "email"), ("email", "sms")),
        ({"phone": None}, ("email", "phone", "sms"), ("email",)),
        ({"email": None}, OFFERED, ("phone",)),
        ({"email": None, "phone": None}, OFFERED, ()),
    ],
)
def test_only_channels_that_reach_the_client_are_offered(
    facts: dict[str, object], offered: tuple[str, ...], possible: tuple[str, ...]
) -> None:
    assert channels_of(client(**facts), offered) == possible


def test_hours_the_firm_has_given_up_are_cut_to_its_own() -> None:
    known = client(quiet_from="19:00", quiet_to="08:00")
    now = preferences_of(known, [], OFFERED, Hours(earliest="09:00", latest="17:00"))
    assert now.hours == Hours(earliest="09:00", latest="17:00")


def test_a_form_sent_back_as_shown_changes_nothing() -> None:
    now = preferences_of(client(), [], OFFERED, FIRM)
    assert problems_of(as_typed(now), OFFERED, FIRM) == {}
    assert chosen(as_typed(now), now) == now


def test_times_run_from_the_firms_first_to_its_last_half_hour() -> None:
    assert (times(FIRM)[0], times(FIRM)[-1], len(times(FIRM))) == ("08:00", "20:00", 25)


@given(st.integers(0, 24 * 60 - 1))
def test_a_time_of_day_reads_back_as_it_was_written(since_midnight: int) -> None:
    assert minutes(clock(since_midnight)) == since_midnight


@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("de_AT", "de"), ("fr", "en"), (None, "en")]
)
def test_languages_the_firm_does_not_write_become_english(
    locale: str | None, language: str
) -> None:
    assert language_of(locale) == language
