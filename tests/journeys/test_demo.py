"""Does the demo end well by itself, and do its figures equal what everybody holds?"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from deploy.infra.ports import is_free, ports
from deploy.infra.secrets import STAFF
from deploy.infra.services import SERVICES
from deploy.trial import connection
from deploy.trial.demo.caught_mails import read_all
from deploy.trial.demo.expectations import EXPECTATIONS
from services.desk.pages.report_words import NAMES, REPORTS
from services.feedback.domain.figures import FIGURES, figures_of
from services.feedback.domain.measures import SATISFACTION
from tests.browser.chromium import chromium, opened
from tests.conftest import free_base
from tests.fakes.trace_receiver import Receiver, receiving
from tests.journeys.newcomer import Newcomer, pressing

pytestmark = pytest.mark.xdist_group("demo")  # both demos run one after the other

TOLD = re.compile(r"\d\d:\d\d  ")
LAST_LINE = "Stop with Ctrl-C"
Stop = Callable[[], int]

LONGEST_SECONDS = 240  # of a machine that also runs the other tests


def command(folder: Path, base: int, *options: str) -> list[str]:
    """The demo, as a shell would start it."""
    program = [sys.executable, "-m", "deploy.cli.main", "demo", *options]
    return [*program, "--data-dir", str(folder), "--port-base", str(base)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo runs."""
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def base() -> int:
    """The demo's ports."""
    return free_base()


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    """Where the first demo's services send their traces."""
    with receiving() as found:
        yield found


@pytest.fixture(scope="module")
def ended(folder: Path, base: int, receiver: Receiver) -> subprocess.CompletedProcess[str]:
    """A demo that has ended by itself."""
    return subprocess.run(
        command(folder, base, "--once", "--json"),
        env={**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url},
        capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS,
    )  # fmt: skip


@pytest.fixture(scope="module")
def result(ended: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What it said at its end."""
    assert ended.stdout, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def test_every_expected_effect_is_seen(result: dict[str, Any]) -> None:
    assert {
        each["name"]: each["missing"] for each in result["expectations"] if not each["met"]
    } == {}


def test_all_who_hold_a_figure_count_the_same(result: dict[str, Any]) -> None:
    assert [each for each in result["figures"] if not each["agrees"]] == []


def test_the_demo_says_so_with_its_exit_code(
    ended: subprocess.CompletedProcess[str], result: dict[str, Any]
) -> None:
    assert result["ok"] is True
    assert ended.returncode == 0


def test_every_message_to_a_client_lies_in_the_mail_catcher(
    folder: Path, result: dict[str, Any]
) -> None:
    own = {person["email"] for person in STAFF}
    to_clients = [mail for mail in read_all(folder) if mail.to not in own]
    (sent,) = (each for each in result["figures"] if each["what"] == "e-mails sent")
    assert set(sent["counts"].values()) == {len(to_clients)}


def test_one_trace_leads_through_every_service_to_the_hand_over_of_a_message(
    ended: subprocess.CompletedProcess[str], receiver: Receiver
) -> None:
    assert ended.returncode == 0
    everyone = {f"clientele-{service}" for service in SERVICES}
    whole = [
        spans
        for spans in receiver.traces.values()
        if {span.service for span in spans} == everyone
        and any(span.name == "hand over" for span in spans)
    ]
    assert whole
    for spans in whole:
        said = {span.span for span in spans if span.name.startswith("publish ")}
        heard = {span.parent for span in spans if span.name.startswith("consume ")}
        assert said & heard  # what one service said, others went on from


def test_no_client_is_named_in_a_trace(
    ended: subprocess.CompletedProcess[str], folder: Path, receiver: Receiver
) -> None:
    assert ended.returncode == 0
    own = {person["email"] for person in STAFF}
    addresses = {mail.to for mail in read_all(folder)} - own
    assert len(addresses) > 3
    for body in receiver.bodies:
        assert [address for address in addresses if address.encode() in body] == []


def test_nothing_of_it_goes_on_running(ended: subprocess.CompletedProcess[str], base: int) -> None:
    assert ended.returncode == 0
    assert all(is_free(port) for port in ports(base).values())


@pytest.fixture(scope="module")
def lasting(folder: Path, base: int, result: dict[str, Any]) -> Iterator[tuple[str, Stop]]:
    """A second demo on the same directory, that stays up; what it printed, and how to end it."""
    del result  # the first one has ended
    with subprocess.Popen(command(folder, base), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = "".join(takewhile(lambda line: LAST_LINE not in line, process.stdout))

        def stop() -> int:
            process.send_signal(signal.SIGINT)
            return process.wait(60)

        yield printed, stop
        if process.poll() is None:
            process.kill()


@pytest.mark.whole
def test_a_demo_begins_with_nothing(folder: Path, lasting: tuple[str, Stop]) -> None:
    assert f"{len(EXPECTATIONS)} of {len(EXPECTATIONS)} expected effects seen" in lasting[0]
    assert connection.read(folder)["data_dir"] == str(folder)


@pytest.mark.whole
def test_a_demo_tells_what_each_service_did_and_who_to_log_in_as(
    folder: Path, lasting: tuple[str, Stop]
) -> None:
    printed, people = lasting[0], connection.read(folder)["logins"]
    told = {line.split()[1] for line in printed.splitlines() if TOLD.match(line)}
    assert told == set(SERVICES) - {"gateway"}  # in the demo nobody comes to its doors
    assert [who for who in people.values() if who["password"] not in printed] == []


@pytest.mark.whole
def test_a_demo_names_nobody(lasting: tuple[str, Stop]) -> None:
    words = {"Brandt", "Okafor", "Weiß", "example.com", "Keller", "Hartley"}
    assert {word for word in words if word in lasting[0]} == set()


NOT_IN_A_GOOD_MONTH = {"failed", "unknown"}  # a message that was refused, or lost from sight
ANYTHING = {"all|1": 1}


def plots_of(report: str) -> set[str]:
    """The titles of the plots that a report has once there is something to draw."""
    counts = {} if report == SATISFACTION else ANYTHING  # it has its three figures in any case
    names = {each.name for each in figures_of(report, counts)} - NOT_IN_A_GOOD_MONTH
    return {f"{NAMES[name]}, month by month" for name in names}


@pytest.mark.whole
async def test_the_month_of_the_demo_fills_every_plot_of_the_reports(
    folder: Path, lasting: tuple[str, Stop]
) -> None:
    del lasting  # it runs
    known, empty = connection.read(folder), {}
    async with chromium() as browser, opened(browser, width=1280, height=900) as page:
        person = Newcomer(page, known["desk"])
        await person.sign_in(known["logins"]["partner"])
        for report in REPORTS:
            await page.goto(f"{known['desk']}/reports/{report}")
            plots = page.locator("svg.plot:has(a) > title")  # each with a bar or a point at least
            empty[report] = plots_of(report) - set(await plots.all_text_contents())
    assert set(REPORTS) == set(FIGURES)
    assert {report: titles for report, titles in empty.items() if titles} == {}


GAP = "Get in touch with a client nobody has spoken to for 30 days"
POSTING = "Post the approved reply on the site"
CALLS = ("Call the client: no message can reach them", "Call the client about a missing document")
SPOKEN = ("Speak with a client who may leave", "Ask how the client is")


async def decline(page: Page) -> None:
    """An inquiry against a client of ours."""
    await expect(page.locator("main")).to_contain_text("Thomas Okafor")
    await page.get_by_label("Grounds").first.select_option("Opposed interests")
    await page.get_by_label("Reason, for the record").first.fill("He is our client.")
    await page.get_by_role("button", name="Decline to act").click()


async def recover(page: Page) -> None:
    """A client who was unhappy has been told what comes of it."""
    form = page.locator("details", has=page.locator("summary", has_text="Resolve"))
    await form.locator("summary").click()
    await form.get_by_label("Outcome").select_option("Explained")
    await form.get_by_label("What it came from").select_option(index=1)
    await form.get_by_label("Yes", exact=True).first.check()
    await form.get_by_role("button", name="Resolve").click()


async def write_to_them(page: Page) -> None:
    """Whoever the firm does not act for is told so."""
    await expect(page.locator("main")).to_contain_text("Erika Sommer")
    await page.get_by_label("How it went").select_option("e-mail")
    await page.get_by_role("button", name="Sent").click()


async def note_what_came_of_it(page: Page) -> None:
    """An appointment was held, and what the client said is written down."""
    understood = page.get_by_label("What we understood, as the client will read it").first
    await understood.fill("You want to stay in the flat.")
    await page.get_by_role("button", name="It was held").click()


async def answer(page: Page) -> None:
    """Somebody asked for help, and was called back."""
    await expect(page.locator("main")).to_contain_text("I was dismissed last Friday")
    await page.get_by_role("button", name="I have been in touch").click()


@pytest.mark.whole
async def test_a_newcomer_finishes_what_is_left_for_each_role_without_a_manual(
    folder: Path, lasting: tuple[str, Stop]
) -> None:
    del lasting  # it runs
    known = connection.read(folder)
    async with chromium() as browser, opened(browser, width=1280, height=900) as page:
        person = Newcomer(page, known["desk"])
        await person.sign_in(known["logins"]["conflicts-officer"])
        await person.do_all("Decide a possible conflict of interest", decline)
        assert await person.titles() == []
        await person.sign_out()
        await person.sign_in(known["logins"]["lawyer"])
        await person.do_all("Make it right with an unhappy client", recover)
        await person.is_refused("Approve the reply to a public review", "Approve this reply",
                                "You wrote this reply or changed it")  # fmt: skip
        await person.sign_out()
        await person.sign_in(known["logins"]["assistant"])
        await person.do_all("Answer an inquiry", answer)
        await person.do_all("Send the letter that the firm does not act", write_to_them)
        await person.do_all(GAP, pressing("Contacted"))
        await person.do_all("Return a call", pressing("Done"))
        for title in CALLS:
            await person.do_all(title, pressing("Reached"))
        await person.do_all("Say what came of an appointment", note_what_came_of_it)
        await person.sign_out()
        await person.sign_in(known["logins"]["partner"])
        await person.do_all("Approve the reply to a public review", pressing("Approve this reply"))
        for _ in range(2):
            await person.comes(POSTING)
            await person.do(POSTING, pressing("Posted"))
        for title in SPOKEN:
            await person.do_all(title, pressing("Spoke with them"))
        await person.do_all("Ask whether it is right now", pressing("It is right now"))
        await person.do_all("Ask a client whether we understood them", pressing("Done"))
        assert await person.titles() == []


@pytest.mark.whole
def test_ctrl_c_ends_a_demo_that_went_well_with_0(base: int, lasting: tuple[str, Stop]) -> None:
    assert lasting[1]() == 0
    assert all(is_free(port) for port in ports(base).values())
