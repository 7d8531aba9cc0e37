"""Does the demo's client fill a survey as a browser would?"""

from pathlib import Path

import pytest

from deploy.trial.demo.caught_mails import read, read_all
from deploy.trial.demo.client_forms import FormError, fill, read_form

PAGE = """<html><body><form method="post" action="/s/abc">
<input type="hidden" name="once" value="7">
<label><input type="radio" name="score" value="0">0</label>
<label><input type="radio" name="score" value="1">1</label>
<textarea name="comment"></textarea><button>Send</button></form>
<form action="/other"><input name="q"></form></body></html>"""

MESSAGE = """From: office@example.com
To: anna@example.com
Subject: =?utf-8?q?R=C3=BCckmeldung?=
Date: Mon, 02 Mar 2026 09:00:00 +0000
Message-ID: <1@example.com>
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Guten Tag, bitte: http://127.0.0.1:8103/s/abc123.
Mehr unter https://example.com/hilfe
"""


@pytest.fixture
def mail_file(tmp_path: Path) -> Path:
    (tmp_path / "mail").mkdir()
    file = tmp_path / "mail" / "2.eml"
    file.write_text(MESSAGE, encoding="utf-8")
    return file


def test_the_first_form_of_a_page_is_read() -> None:
    form = read_form(PAGE)
    assert (form.action, form.method) == ("/s/abc", "post")
    assert form.choices == {"score": ["0", "1"]}


def test_a_filled_form_holds_its_hidden_fields_too() -> None:
    assert fill(read_form(PAGE), {"score": 1}, "no") == {"once": "7", "score": "1", "comment": "no"}


def test_a_score_the_form_does_not_offer_cannot_be_chosen() -> None:
    with pytest.raises(FormError):
        fill(read_form(PAGE), {"score": 5}, "")


def test_a_question_the_form_does_not_ask_cannot_be_answered() -> None:
    with pytest.raises(FormError):
        fill(read_form(PAGE), {"score": 1, "ease": 3}, "")


def test_a_page_without_a_form_is_no_survey() -> None:
    with pytest.raises(FormError):
        read_form("<html><body>Thank you</body></html>")


def test_a_message_is_read_in_its_own_letters(mail_file: Path) -> None:
    assert read(mail_file).subject == "Rückmeldung"
    assert read(mail_file).to == "anna@example.com"


def test_a_link_is_found_without_the_full_stop_behind_it(mail_file: Path) -> None:
    assert read(mail_file).link("/s/") == "http://127.0.0.1:8103/s/abc123"


def test_a_link_that_is_not_there_is_not_found(mail_file: Path) -> None:
    assert read(mail_file).link("/unsubscribe") is None


def test_messages_come_in_the_order_of_their_numbers(mail_file: Path) -> None:
    for number in (10, 1):
        (mail_file.parent / f"{number}.eml").write_text(MESSAGE, encoding="utf-8")
    assert [mail.number for mail in read_all(mail_file.parents[1])] == [1, 2, 10]
