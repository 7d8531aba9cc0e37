"""Is the word of the receiving server read as it was written, and nobody else's?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.authentication_results import Said, fields_of, judged

GMAIL = (
    "mx.google.com; dkim=pass header.i=@firm.example header.s=s1 header.b=Q1; "
    "spf=pass (google.com: domain of a=b; office@firm.example designates 192.0.2.1 as permitted "
    "sender) smtp.mailfrom=office@firm.example; "
    "dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=firm.example"
)
OUTLOOK = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=firm.example; dkim=none (message not signed) "
    "header.d=none;dmarc=bestguesspass action=none header.from=firm.example;compauth=pass "
    "reason=109"
)
NAME = "Authentication-Results"


def test_each_method_has_its_result_and_what_it_looked_at() -> None:
    found = judged([(NAME, GMAIL)])
    assert found is not None
    assert found.judge == "mx.google.com"
    assert [(each.method, each.result) for each in found.said] == [
        ("dkim", "pass"), ("spf", "pass"), ("dmarc", "pass"),
    ]  # fmt: skip
    assert found.of("dkim")[0].domain("header.d", "header.i") == "firm.example"
    assert found.of("spf")[0].domain("smtp.mailfrom") == "firm.example"


def test_a_server_that_does_not_name_itself_is_read_all_the_same() -> None:
    found = judged([(NAME, OUTLOOK)])
    assert found is not None
    assert found.judge == ""
    assert found.of("spf")[0].result == "pass"
    assert found.of("dkim")[0].result == "none"


def test_only_the_server_on_top_is_heard() -> None:
    forged = "mx.attacker.example; spf=pass smtp.mailfrom=firm.example; dkim=pass"
    found = judged([(NAME, "mx.firm.example; spf=fail"), (NAME, forged)])
    assert found is not None
    assert [each.result for each in found.said] == ["fail"]


def test_the_same_server_may_say_each_method_in_a_header_of_its_own() -> None:
    said = ["mx.firm.example; spf=pass", "mx.firm.example; dkim=pass", "mx.firm.example; spf=fail"]
    found = judged([(NAME, each) for each in said])
    assert found is not None
    assert [(each.method, each.result) for each in found.said] == [
        ("spf", "pass"),
        ("dkim", "pass"),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("mx.example; none", ()),
        ("mx.example", ()),
        ("mx.example 1; spf/1=pass", (Said("spf", "pass"),)),
        ('mx.example; spf=fail reason="no; (really)" smtp.helo=a.example',
         (Said("spf", "fail", (("reason", "no  (really)"), ("smtp.helo", "a.example"))),)),
        ("mx.example; (a (nested) \\) comment) dkim = pass", (Said("dkim", "pass"),)),
    ],
)  # fmt: skip
def test_blanks_comments_and_quotation_marks_are_as_the_standard_has_them(
    value: str, said: tuple[Said, ...]
) -> None:
    found = judged([(NAME, value)])
    assert found is not None
    assert (found.judge, found.said) == ("mx.example", said)


def test_where_no_server_says_anything_nothing_is_known() -> None:
    arc = ("ARC-Authentication-Results", "i=1; mx.example; spf=pass")
    assert judged([("Received-SPF", "pass"), arc]) is None


def test_a_source_is_read_however_a_mail_program_shows_it() -> None:
    source = (
        "\n\nReceived: from a\n by b\n\nAuthentication-Results: mx.example;\n"
        "dkim=pass header.d=firm.example;\n\tspf=pass\n\n--=_part\nFrom: nobody@else.example\n"
    )
    assert fields_of(source) == [
        ("Received", "from a by b"),
        ("Authentication-Results", "mx.example; dkim=pass header.d=firm.example; spf=pass"),
    ]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_without_an_error(text: str) -> None:
    for name, value in (*fields_of(text), (NAME, text)):
        assert judged([(name, value)]) is None or name.lower() == NAME.lower()
