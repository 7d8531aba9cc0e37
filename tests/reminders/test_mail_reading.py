"""Is a mail read for what it says, whatever its sender made of it, and in bounded time?"""

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.delivery_reports import Verdict, verdict_of
from services.reminders.domain.incoming_mail import message_in
from services.reminders.domain.mail_address import read_address
from services.reminders.domain.mail_sorting import first_look, seems_automatic, wishes_to_end
from services.reminders.gateways.html_text import text_of_html
from services.reminders.gateways.mail_format import message_id
from services.reminders.gateways.mail_reading import TOO_DEEP, TOO_LARGE, TOO_MANY, read_mail
from services.reminders.gateways.mailbox import mail_words
from services.reminders.ports import OutgoingMessage
from tests.reminders.incoming import CONTACT, KINDS, names, ours, read, sample
from tests.reminders.over_memory import MONDAY

PLAIN = b"From: Ada <ada@muster.example>\r\nSubject: %s\r\n%s\r\n\r\n%s\r\n"
NEW = {
    "reply-apple-de": "Ja, das passt.\n\nVon meinem iPhone gesendet",
    "reply-apple-en": "Yes, that works.\n\nSent from my iPhone",
    "reply-apple-fr": "Oui, cela convient.\n\nEnvoyé de mon iPhone",
    "reply-gmail-de": "Vielen Dank, am Montag kann ich nicht.",
    "reply-gmail-en": "Thank you, I cannot come on Monday.\nIs Tuesday possible?\n\nAda",
    "reply-gmail-fr": "Merci, je ne peux pas venir lundi.",
    "reply-html-outlook": "Ich komme später.\nAda\nMuster",
    "reply-outlook-de": "Ich bringe den Vertrag mit.\n\nMit freundlichen Grüßen\nAda Muster",
    "reply-outlook-en": "I will bring the contract.\n\nKind regards\nAda Muster",
    "reply-outlook-fr": "J’apporte le contrat.\n\nCordialement\nAda Muster",  # noqa: RUF001 - French
    "reply-that-ends": "STOP",
}


@pytest.mark.parametrize("name", names())
def test_every_sample_is_of_its_kind(name: str) -> None:
    assert first_look(read(sample(name))) is KINDS.get(name)


@pytest.mark.parametrize(("name", "text"), NEW.items())
def test_what_is_new_is_apart_from_what_it_repeats(name: str, text: str) -> None:
    mail = read(sample(name))
    assert mail.text == text
    assert "Ada Muster" in mail.quoted or "Madame" in mail.quoted or "Frau Muster" in mail.quoted


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("bounce-postfix", Verdict("failed", "hard", "5.1.1", "ada@muster.example")),
        ("bounce-exchange", Verdict("failed", "hard", "5.1.10", "ada@muster.example")),
        ("bounce-full", Verdict("failed", "soft", "5.2.2", "ada@muster.example")),
        ("bounce-qmail", Verdict("failed", "hard", "5.1.1")),
        ("bounce-yahoo", Verdict("failed", "hard")),
        ("delayed-postfix", Verdict("delayed", "soft", "4.4.1", "ada@muster.example")),
        ("delivered-receipt", None),
        ("absent-en", None),
    ],
)
def test_a_report_says_what_became_of_a_message(name: str, verdict: Verdict | None) -> None:
    assert verdict_of(read(sample(name))) == verdict


def test_an_answer_names_our_message_and_so_does_a_report() -> None:
    assert read(sample("reply-gmail-en")).answers == (CONTACT,)
    assert read(sample("bounce-gmail")).returned == (CONTACT,)
    assert read(sample("bounce-postfix")).named == CONTACT


def test_our_message_ids_are_read_as_they_are_made() -> None:
    sent = OutgoingMessage(
        contact_id=CONTACT, number=2, address="a@b.example", subject_line="", text="", html="",
        locale="en",
    )  # fmt: skip
    made = message_id(sent, read_address("office@firm.example"))
    assert message_in(made, "firm.example") == CONTACT
    assert message_in(made, "else.example") is None
    assert message_in("<x@firm.example>", "firm.example") is None


def test_an_attachment_is_named_and_never_opened() -> None:
    mail = read(sample("reply-with-attachments"))
    assert mail.text == "Here is the contract, über all."
    assert [(each.name, each.type) for each in mail.attached] == [
        ("contract.pdf", "application/pdf"), ("Beläge.zip", "application/zip"),
    ]  # fmt: skip


def test_a_subject_alone_is_a_hint_and_an_answer_to_one_is_none() -> None:
    words = mail_words()
    assert seems_automatic(read(sample("absent-by-subject-alone")), words)
    assert not seems_automatic(read(PLAIN % (b"Re: Out of office", b"X: y", b"hello")), words)


@pytest.mark.parametrize("word", ["STOP", "Abmelden!", "unsubscribe", "Me désabonner."])
def test_a_word_alone_reads_like_a_wish_to_hear_no_more(word: str) -> None:
    head = b"Content-Type: text/plain; charset=utf-8"
    assert wishes_to_end(read(PLAIN % (b"Re: x", head, word.encode())), mail_words())
    longer = f"{word} sending me the wrong file, please send the other one".encode()
    assert not wishes_to_end(read(PLAIN % (b"Re: x", head, longer)), mail_words())


def test_answers_between_the_quoted_lines_are_shown_as_a_whole() -> None:
    body = b"See below.\n\n> When do you come?\nOn Tuesday.\n> And who with?\nAlone."
    assert "On Tuesday." in read(PLAIN % (b"Re: x", b"X: y", body)).text


def test_a_sentence_that_begins_like_a_quotation_is_none() -> None:
    body = b"Am Montag schrieb mir der Vermieter folgendes:\nIch soll ausziehen."
    mail = read(PLAIN % (b"Re: x", b"Content-Type: text/plain; charset=utf-8", body))
    assert mail.text.endswith("Ich soll ausziehen.")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "no text at all": lambda: b"\xff\xfe\x00" * 1000,
    "a charset nobody knows": lambda: PLAIN % (
        b"=?x-none?B?//8=?=", b"Content-Type: text/plain; charset=x-none", b"hello \xff"),
    "a charset that is no charset": lambda: PLAIN % (
        b"x", b'Content-Type: text/plain; charset="\x00"', b"hello"),
    "a wrong encoding": lambda: PLAIN % (b"x", b"Content-Transfer-Encoding: base64", b"!!!=a"),
    "many parts": lambda: (
        PLAIN % (b"x", b'Content-Type: multipart/mixed; boundary="b"', b"")
        + b"--b\r\nContent-Type: application/zip\r\n\r\nPK\r\n" * 10_000),
    "parts in parts": lambda: b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(1500)),
    "a header of a megabyte": lambda: PLAIN % (b"x" * 1_000_000, b"X: y", b"hello"),
    "a million recipients": lambda: PLAIN % (b"x", b"To: " + b"a@b.example, " * 80_000, b"hello"),
    "a hundred thousand references": lambda: PLAIN % (
        b"x", b"References: " + b"<a@b.example> " * 100_000, b"hello"),
    "lines without end": lambda: PLAIN % (b"x", b"X: y", b"\n" * 500_000),
    "one line": lambda: PLAIN % (b"x", b"X: y", b"On 1 " * 400_000),
    "quotations": lambda: PLAIN % (b"x", b"X: y", b"From: a\nAm 1. a schrieb \n> " * 100_000),
    "html never closed": lambda: PLAIN % (b"x", b"Content-Type: text/html", b"<a" * 500_000),
    "html in html": lambda: PLAIN % (b"x", b"Content-Type: text/html", b"<ul><li>" * 100_000),
    "html comments": lambda: PLAIN % (b"x", b"Content-Type: text/html", b"<!--" * 200_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mail_keeps_the_reader_busy_or_breaks_it(name: str) -> None:
    raw = HOSTILE[name]()
    began = perf_counter()
    mail = read(raw)
    assert perf_counter() - began < 20.0  # a second at most on a quiet machine
    assert len(mail.text) + len(mail.quoted) < 50_000
    assert len(mail.subject) <= 300


def test_what_could_not_be_read_is_said() -> None:
    assert read(HOSTILE["many parts"]()).lacks == TOO_MANY
    assert read(HOSTILE["html in html"]()).lacks == TOO_DEEP
    assert read_mail(sample("stranger"), ours(), MONDAY, cut=True).lacks == TOO_LARGE


def test_nothing_of_a_header_reaches_another_line_or_turns_what_is_read() -> None:
    mail = read(PLAIN % (b"=?utf-8?B?YQ0KQmNjOiBi4oCuYw==?=", b"X: y", b"x"))  # a, CR LF, Bcc: b
    assert mail.subject == "a Bcc: b c"


def test_two_senders_are_none() -> None:
    raw = b"From: ada@muster.example, bob@else.example\r\nSubject: x\r\n\r\nhello\r\n"
    assert read(raw).sender == ""


def test_a_page_is_text_and_its_script_is_gone() -> None:
    said = text_of_html("<style>p{}</style><p>One<br>two</p><script>x()</script><div>three</div>")
    assert said is not None
    assert said.split() == ["One", "two", "three"]


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(raw: bytes) -> None:
    mail = read_mail(raw, ours(), MONDAY + timedelta(days=1))
    first_look(mail)
    assert mail.mail_id.startswith("mail-")
