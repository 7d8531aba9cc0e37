"""The book of a firm that starts: sixty clients with ten years behind them, as its lists say it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from services.gateway.domain.imports.judging import Judged
from services.gateway.domain.imports.mapping_files import ImportMapping, mapping_from
from services.gateway.domain.imports.rows import read_rows
from services.gateway.domain.imports.tables import read_table
from services.gateway.workflow.importing import Batch, needs_of_importing, take_in
from shared.yaml_text import loaded
from tests.fakes.memory import MemoryService
from tests.test_shape import ROOT

MAPPINGS = ROOT / "examples" / "firm" / "imports"
ZONE = "Europe/Berlin"
CLIENTS = 60
LISTS = ("mandanten", "akten", "beteiligte", "termine", "rechnungen")


def mapping(name: str) -> ImportMapping:
    """A mapping of the example firm."""
    return mapping_from(name, loaded((MAPPINGS / f"{name}.yaml").read_text("utf-8")))


def import_list(
    office: MemoryService, name: str, content: bytes, news_since: datetime | None = None
) -> list[Judged]:
    """Take a list in as the command line does; every row of it must be one that can be read."""
    reads = list(read_rows(read_table(content), mapping(name), ZONE))
    assert [each for each in reads if each.problems] == []
    entries = [each.entry for each in reads if each.entry is not None]
    batch = Batch(name, ZONE, entries, news_since)
    return office.ask(partial(take_in, batch), partial(needs_of_importing, batch))


def book(today: date) -> dict[str, bytes]:
    """The five lists, as a German spreadsheet saves them."""
    numbers = range(1, CLIENTS + 1)
    return {
        "mandanten": _list(
            "Mandantennr;Anrede;Vorname;Nachname;E-Mail;Telefon;Geburtsdatum;angelegt;Bemerkung",
            (f"{n};Frau;Vera{_letters(n)};{_name(n)};{n}@client.example;030 {n:05};;"
             f"{_german(_since(n, today))};" for n in numbers),
        ),
        "akten": _list(
            "Aktenzeichen;Mandantennr;Rechtsgebiet;Sachbearbeiter;angelegt;abgelegt;Status",
            (line for n in numbers for line in _matters(n, today)),
        ),
        "beteiligte": _list(
            "Aktenzeichen;Name;Art",
            # the opponent of one client is another client of the firm
            (f"{n}/2;{f'Vera{_letters(2)} {_name(2)}' if n == 1 else f'Otto {_name(n + 100)}'};"
             "Gegner" for n in numbers),
        ),
        "termine": _list(
            "Nr;Mandantennr;Datum;Uhrzeit;Art;Ort",
            (line for n in numbers for line in (
                f"{n}-1;{n};{_german(_since(n, today) + timedelta(7))};10:00;Besprechung;Berlin",
                f"{n}-2;{n};{_german(today - timedelta(1))};10:00;Besprechung;Berlin",
                *([f"{n}-3;{n};{_german(today + timedelta(10))};10:00;Besprechung;Berlin"]
                  if n % 10 == 0 else []))),
        ),
        "rechnungen": _list(
            "Rechnungsnr;Mandantennr;Datum;fällig;Betrag;Status;bezahlt am",
            (line for n in numbers for line in _invoices(n, today)),
        ),
    }  # fmt: skip


def _matters(n: int, today: date) -> Iterable[str]:
    since = _since(n, today)
    yield f"{n}/1;{n};Mietrecht;MM;{_german(since)};{_german(since + timedelta(90))};abgelegt"
    yield f"{n}/2;{n};Mietrecht;AW;{_german(since + timedelta(30))};;offen"
    closed = today - timedelta(3)  # so lately that a closing of today would bring a survey
    yield f"{n}/3;{n};Mietrecht;AW;{_german(since + timedelta(40))};{_german(closed)};abgelegt"


def _invoices(n: int, today: date) -> Iterable[str]:
    since = _since(n, today)
    paid = f"bezahlt;{_german(since + timedelta(20))}"
    yield f"{n}-A;{n};{_german(since)};{_german(since + timedelta(14))};1.250,00;{paid}"
    overdue = today - timedelta(5)
    yield f"{n}-B;{n};{_german(overdue - timedelta(14))};{_german(overdue)};80,50;offen;"
    if n % 15 == 0:
        due = today + timedelta(20)
        yield f"{n}-C;{n};{_german(today - timedelta(2))};{_german(due)};99,00;offen;"


def _since(n: int, today: date) -> date:
    return today - timedelta(60 * n + 45)


def _german(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _letters(n: int) -> str:
    return chr(97 + n % 26) + chr(97 + n // 26)


def _name(n: int) -> str:
    """Names far enough apart that no two are taken for one."""
    syllables = ("ko", "wam", "zir", "tul", "beg", "fox", "hyp", "qua", "mond", "reis")
    return "".join(syllables[int(each)] for each in f"{n * 7919 % 1000:03}").capitalize()


def _list(head: str, lines: Iterable[str]) -> bytes:
    return "\r\n".join([head, *lines, ""]).encode("cp1252")
