"""Is a letter put into the form in which it travels, whatever its words hold?"""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.mail_address import UnusableAddressError
from services.reminders.gateways.mail_format import CONTROL, UnsafeMessageError, as_mail
from services.reminders.ports import OutgoingMessage
from shared.contracts.fields import EMAIL_PATTERN
from shared.firm.looks import IN_MAIL, Logo
from tests.core.test_looks import picture


def message(**changes: object) -> OutgoingMessage:
    values = {
        "contact_id": "m1", "number": 0, "address": "ada@muster.example",
        "subject_line": "Ihr Termin am Dienstag, 3. März um 14:00 Uhr", "locale": "de-DE",
        "text": "Guten Tag Ada,\n.\n", "html": "<p>Guten Tag Ada</p>", **changes,
    }  # fmt: skip
    return OutgoingMessage(**values)  # type: ignore[arg-type]


def travelled(
    firm: str = "Muster, A.", sender: str = "office@firm.example", **changes: object
) -> EmailMessage:
    raw = as_mail(message(**changes), sender=sender, reply_to=None, firm=firm)
    return message_from_bytes(raw, policy=SMTP)


def test_it_has_a_plain_text_and_an_html_part() -> None:
    parts = [part.get_content_type() for part in travelled().walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_it_says_whom_it_is_from_and_to() -> None:
    mail = travelled()
    assert mail["From"].addresses[0].display_name == "Muster, A."
    assert mail["To"].addresses[0].addr_spec == "ada@muster.example"
    assert mail["Subject"] == "Ihr Termin am Dienstag, 3. März um 14:00 Uhr"


def test_every_attempt_of_one_message_has_the_same_message_id() -> None:
    assert travelled()["Message-ID"] == travelled()["Message-ID"] == "<m1.0@firm.example>"


def test_a_deliberate_repeat_has_another() -> None:
    assert travelled(number=1)["Message-ID"] == "<m1.1@firm.example>"


def test_answers_can_go_elsewhere() -> None:
    raw = as_mail(message(), sender="o@firm.example", reply_to="desk@firm.example", firm="Firm")
    assert message_from_bytes(raw, policy=SMTP)["Reply-To"] == "desk@firm.example"


@pytest.mark.parametrize("field", ["address", "subject_line"])
@given(st.sampled_from("\r\n\x00\x0b\x7f\x85\u2028\u202e"))
def test_a_control_character_in_a_header_sends_nothing(field: str, character: str) -> None:
    value = f"ada@muster.example{character}Bcc: eve@evil.example"
    with pytest.raises(UnsafeMessageError):
        travelled(**{field: value})


@pytest.mark.parametrize(
    "address", ["nobody", "@example.com", "a@", "a@\u2024.example", f"{'a' * 65}@x.example"]
)
def test_what_is_no_address_sends_nothing(address: str) -> None:
    with pytest.raises(UnusableAddressError):
        travelled(address=address)


LONG = "Adams, Baker, Clark, Davis, Evans, Foster, Green, Harris & Jones Attorneys at Law, P.C."
UMLAUTS = "Müller, Schmidt, Weber & Partner Rechtsanwälte, Steuerberater, Wirtschaftsprüfer mbB"


@pytest.mark.parametrize("firm", [LONG, UMLAUTS, 'The "other" firm', "=?utf-8?q?x?= y", "A\\B"])
def test_a_firm_of_any_name_is_one_mailbox(firm: str) -> None:
    (mailbox,) = travelled(firm=firm)["From"].addresses
    assert mailbox.addr_spec == "office@firm.example"
    assert "".join(mailbox.display_name.split()) == "".join(firm.split())


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=150))
def test_a_name_of_any_letters_is_one_mailbox(firm: str) -> None:
    (mailbox,) = travelled(firm=firm)["From"].addresses
    assert mailbox.addr_spec == "office@firm.example"


def test_a_domain_beyond_ascii_travels_as_name_servers_know_it() -> None:
    mail = travelled(sender="kanzlei@müller.example", address="info@Müller-Bau.example")
    assert mail["From"].addresses[0].addr_spec == "kanzlei@xn--mller-kva.example"
    assert mail["To"].addresses[0].addr_spec == "info@xn--mller-bau-q9a.example"
    assert mail["Message-ID"] == "<m1.0@xn--mller-kva.example>"


def test_a_mailbox_beyond_ascii_travels_as_it_is() -> None:
    raw = as_mail(message(address="jörg@müller.example"), sender="o@f.example", reply_to=None,
                  firm="Firm")  # fmt: skip
    assert "To: jörg@xn--mller-kva.example\r\n".encode() in raw


@given(st.from_regex(EMAIL_PATTERN, fullmatch=True))
def test_whatever_address_an_event_may_carry_becomes_a_mail_or_a_reason(address: str) -> None:
    try:
        mail = travelled(address=address)
    except (UnusableAddressError, UnsafeMessageError):
        return
    assert len(mail["To"].addresses) == 1


def test_blanks_around_an_address_are_taken_away() -> None:
    assert travelled(address="  ada@muster.example ")["To"] == "ada@muster.example"


def test_it_says_its_language_and_that_a_machine_wrote_it() -> None:
    mail = travelled()
    assert mail["Content-Language"] == "de-DE"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"


@given(st.text(min_size=1, max_size=200).filter(lambda text: not CONTROL.search(text)))
def test_a_subject_never_becomes_a_header_of_its_own(subject_line: str) -> None:
    try:
        mail = travelled(subject_line=subject_line)
    except (UnicodeError, UnsafeMessageError):
        return
    assert set(mail.keys()) <= {
        "Subject", "From", "To", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
        "X-Auto-Response-Suppress", "X-Entity-Ref-ID", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert mail["To"] == "ada@muster.example"


LINES = st.lists(st.text(st.characters(exclude_categories=["C", "Z"])), min_size=1, max_size=20)


@given(LINES)
def test_the_text_arrives_as_it_was_written(lines: list[str]) -> None:
    part = travelled(text="\n".join(lines)).get_body(preferencelist=("plain",))
    assert part is not None
    assert part.get_content().split("\r\n")[: len(lines)] == lines


UNSUBSCRIBE = f"https://office.firm.example/intake/u/{'abcdefgh' * 12}feedback.c-1"


def test_unsubscribing_by_one_click_is_offered_in_one_line_each() -> None:
    raw = as_mail(
        message(unsubscribe=UNSUBSCRIBE), sender="o@firm.example", reply_to=None, firm="Firm"
    )
    lines = raw.decode().split("\r\n\r\n", 1)[0].split("\r\n")
    assert f"List-Unsubscribe: <{UNSUBSCRIBE}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_a_message_nobody_can_turn_off_offers_no_unsubscribing() -> None:
    assert travelled()["List-Unsubscribe"] is None
    assert travelled()["List-Unsubscribe-Post"] is None


def test_a_control_character_in_the_link_sends_nothing() -> None:
    with pytest.raises(UnsafeMessageError):
        travelled(unsubscribe=f"{UNSUBSCRIBE}\r\nBcc: eve@evil.example")


def with_logo(html: str) -> EmailMessage:
    logo = Logo(picture(), 64, 32)
    raw = as_mail(message(html=html), sender="o@firm.example", reply_to=None, firm="F", logo=logo)
    return message_from_bytes(raw, policy=SMTP)


def test_a_logo_travels_within_the_mail_beside_the_text_that_shows_it() -> None:
    mail = with_logo(f'<img src="{IN_MAIL}" alt="F">')
    parts = [part.get_content_type() for part in mail.walk()]
    assert parts == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    image = list(mail.walk())[-1]
    assert image["Content-ID"] == "<logo@firm>"
    assert image.get_content_disposition() == "inline"
    assert image.get_content() == picture()


def test_the_same_mail_with_a_logo_is_the_same_bytes_but_for_its_day() -> None:
    one, other = with_logo(IN_MAIL), with_logo(IN_MAIL)
    assert [part.get_boundary() for part in one.walk()] == [
        part.get_boundary() for part in other.walk()
    ]


def test_a_mail_that_shows_no_logo_carries_none() -> None:
    assert "image/png" not in [part.get_content_type() for part in with_logo("<p>x</p>").walk()]
