"""Does a link made of what somebody typed lead there, and do nothing more?"""

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.fields import EMAIL_PATTERN
from shared.web.outward_links import mail_link, phone_link, web_link

ROOT = Path(__file__).parents[2]
MADE_BY_HAND = re.compile(r"(?:mailto|tel):")
FROM_VALUES = re.compile(r'href="\{\{(?![^}]*_link)[^}]*values\.')


@pytest.mark.parametrize(
    "typed",
    [
        "x?bcc=evil%40evil.example@client.example",
        "x@client.example?bcc=evil%40evil.example",
        "x&cc=evil%40evil.example@client.example",
        "x%0Abcc=evil@client.example",
        "x#y@client.example",
        "x/y@client.example",
    ],
)
def test_an_address_adds_no_recipient_and_no_words(typed: str) -> None:
    assert re.fullmatch(EMAIL_PATTERN, typed), "the form takes it"
    parts = urlsplit(mail_link(typed, "Your inquiry", "Dear Zoe,\n\nwe"))
    assert unquote(parts.path) == typed
    assert parts.path.count("@") == 1
    assert parts.fragment == ""
    assert parse_qs(parts.query) == {"subject": ["Your inquiry"], "body": ["Dear Zoe,\r\n\r\nwe"]}


ODD = st.text("ab?&=%#/+;'*!äß-_.", min_size=1, max_size=20)


@given(ODD, ODD, st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_whatever_address_and_words_come_back_out_of_the_link(
    box: str, domain: str, subject: str, body: str
) -> None:
    parts = urlsplit(mail_link(f"{box}@{domain}", subject, body))
    assert unquote(parts.path) == f"{box}@{domain}"
    assert set(parse_qs(parts.query, keep_blank_values=True)) == {"subject", "body"}


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("+49 30 123456", "+4930123456"),
        ("+49 (0)30 12-34", "+49301234"),
        ("030/1234", "0301234"),
        ("1;phone-context=evil", "1"),
        ("*21*0900123#", "210900123"),
        ("0?x=1&y", "01"),
    ],
)
def test_a_number_dials_its_digits_only(typed: str, dialled: str) -> None:
    assert phone_link(typed) == f"tel:{dialled}"


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "http://reviews.example/1",
        "https://reviews.example@evil.example/1",
        "https://",
        "https://[::1",
        "",
    ],
)
def test_what_only_looks_like_a_page_is_no_link(typed: str) -> None:
    assert web_link(typed) == ""


def test_the_address_of_a_page_is_left_as_it_is() -> None:
    assert web_link("https://reviews.example/a?b=c&d=e") == "https://reviews.example/a?b=c&d=e"


def test_no_template_makes_a_link_of_what_was_typed_by_hand() -> None:
    templates = [*ROOT.glob("services/**/*.html"), *ROOT.glob("shared/**/*.html")]
    assert len(templates) > 50
    for each in templates:
        text = each.read_text(encoding="utf-8")
        assert not MADE_BY_HAND.search(text), each
        assert not FROM_VALUES.search(text), each
