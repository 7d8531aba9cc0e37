"""Does the catcher of text messages do what a provider does, over real HTTP?"""

import json
import signal
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from deploy.infra.ports import answers
from deploy.trial.child_process import ChildProcess
from services.reminders.domain.text_status import SIGNATURE
from services.reminders.gateways.text_reports import is_signed
from tests.deploy.waiting import until
from tests.reminders.provider_server import ProviderServer, provider_server

SECRET, USER, NUMBER = "s3cret", "ACtrial", "+49301234567"
PLACE = f"/2010-04-01/Accounts/{USER}/Messages.json"


@pytest.fixture
def firm() -> Iterator[ProviderServer]:
    with provider_server() as running:
        yield running


@pytest.fixture
def catcher(tmp_path: Path, port_base: int, firm: ProviderServer) -> Iterator[ChildProcess]:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    env = {
        "TEXT_FOLDER": str(tmp_path / "texts"), "TEXT_PORT": str(port_base), "TEXT_USER": USER,
        "TEXT_SECRET_FILE": str(tmp_path / "secret"), "TEXT_ANSWERS_URL": firm.url,
    }  # fmt: skip
    program = [sys.executable, "-m", "deploy.trial.text_catcher"]
    process = ChildProcess("sms", program, log=tmp_path / "sms.log", env=env)
    process.start()
    until(lambda: answers(port_base), "the catcher of text messages")
    yield process
    process.stop()


def post(port: int, place: str, secret: str = SECRET, **form: str) -> tuple[int, Any]:
    key = form.pop("key", "")
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{place}", urlencode(form).encode(), method="POST",
        headers={"Authorization": f"Basic {b64encode(f'{USER}:{secret}'.encode()).decode()}"}
        | ({"Idempotency-Key": key} if key else {}),
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own catcher
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def text(port: int, **more: str) -> tuple[int, Any]:
    return post(port, PLACE, **{"To": NUMBER, "From": "+15005550006", "Body": "Grüße", **more})


def test_a_text_is_kept_before_it_is_taken(
    catcher: ChildProcess, tmp_path: Path, port_base: int
) -> None:
    assert catcher.alive
    status, said = text(port_base)
    assert (status, said["status"]) == (HTTPStatus.CREATED, "queued")
    kept = (tmp_path / "texts" / "1.txt").read_text()
    assert kept == f"To: {NUMBER}\nFrom: +15005550006\n\nGrüße\n"


@pytest.mark.usefixtures("catcher")
def test_a_request_that_is_repeated_under_its_key_is_one_text(
    tmp_path: Path, port_base: int
) -> None:
    first, second = text(port_base, key="k-1"), text(port_base, key="k-1")
    assert first == second
    assert len(list((tmp_path / "texts").iterdir())) == 1


@pytest.mark.usefixtures("catcher")
@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"secret": "wrong"}, HTTPStatus.UNAUTHORIZED, 20003),
        ({"To": "+15005550001"}, HTTPStatus.BAD_REQUEST, 21211),
        ({"To": "+15005550009"}, HTTPStatus.BAD_REQUEST, 21614),
    ],
)
def test_what_it_refuses_it_refuses_as_a_provider_does(
    more: dict[str, str], status: int, code: int, port_base: int
) -> None:
    assert text(port_base, **more) == (status, {"code": code, "message": more_said(code)})


def more_said(code: int) -> str:
    return "authenticate" if code == 20003 else "refused"


@pytest.mark.usefixtures("catcher")
@pytest.mark.parametrize(
    ("number", "status"), [(NUMBER, "delivered"), ("+15005550003", "undelivered")]
)
def test_what_became_of_it_is_reported_and_signed(
    number: str, status: str, port_base: int, firm: ProviderServer
) -> None:
    text(port_base, To=number, StatusCallback=firm.url)
    until(lambda: bool(firm.forms), "the report")
    (form,), (headers,) = firm.forms, firm.headers
    assert form["MessageStatus"] == status
    assert is_signed(headers[SIGNATURE.title()] if SIGNATURE.title() in headers
                     else headers[SIGNATURE], firm.url, form.items(), SECRET)  # fmt: skip


@pytest.mark.usefixtures("catcher")
def test_what_a_client_writes_reaches_the_firm_and_its_answer_is_a_text_to_them(
    tmp_path: Path, port_base: int, firm: ProviderServer
) -> None:
    firm.answers = [(200, b"<Response><Message>Ended &amp; noted.</Message></Response>")]
    status, said = post(port_base, "/answers", From=NUMBER, Body="STOP")
    assert (status, said) == (HTTPStatus.OK, {"answer": "Ended & noted."})
    assert firm.forms[0]["Body"] == "STOP"
    assert "Ended & noted." in (tmp_path / "texts" / "1.txt").read_text()


def test_the_catcher_ends_cleanly(catcher: ChildProcess) -> None:
    catcher.signal(signal.SIGTERM)
    until(lambda: not catcher.alive, "the end of the catcher")
    assert catcher.exit_code == 0
