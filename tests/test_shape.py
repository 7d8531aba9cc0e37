"""Does the code keep the shape that CONTRIBUTING.md describes?

What a reader relies on everywhere (sizes, names, cards, literals) is checked here, so that nobody
has to remember it. Who may import whom is checked in test_imports.py.
"""

import ast
import importlib
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from deploy.infra.services import SERVICES
from shared.contracts.catalogue import CATALOGUE, PUBLISHED_BY
from shared.contracts.task_kinds import TASK_KINDS
from shared.process.app import App

ROOT = Path(__file__).parents[1]
OURS = ("services", "shared", "deploy")
MAX_FILE, MAX_FUNCTION = 300, 40
REASON = "# reason: "
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "service", "manager"}
NO_CLASSES = re.compile(r"(Service|Manager|Helper|Util|Utils|Base|Impl)$")
OF_ONE_MACHINE = re.compile(r"(?<![\w.}~-])/(?:home|root|Users|work)/\w")
PACKAGE_HOSTS = ("py" + "pi.org", "python" + "hosted", "npm" + "js", "arti" + "factory")
UNREAD = re.compile(r"(^|/)(\.(?!ci/)[^/]+|__pycache__|dist|[^/]+\.egg-info)/|^\.git$")
# the second never connects
BROKERS = {"shared/bus/request_reply.py", "shared/process/asyncapi.py"}

TIMED = re.compile(
    r"assert (?:time\.)?(?:monotonic|perf_counter|process_time)\(\) - \w+ < ([\w.]+)\b(?! \*)"
)
MEASURES = ("tests/faults/", "tests/bench/")  # how long something takes is what they ask
WAITS = re.compile(  # five seconds or less, where nothing else is said
    r"[\w.]+\.jetstream|httpx\.(AsyncClient|Client|get|post|request)|socket\.create_connection"
)
PATIENT_SECONDS = 10.0  # what a moment takes where everything else runs beside it

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """The path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    """Every Python file below these folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def lines_of(path: Path) -> list[str]:
    """The file, line by line."""
    return path.read_text("utf-8").splitlines()


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every module, parsed."""
    for path in modules(*folders):
        yield path, ast.parse(path.read_text("utf-8"))


def number_of(path: Path, written: str) -> float:
    """The number, or what the module calls by that name; without end where it is reckoned."""
    if written[0].isdigit():
        return float(written)
    named = re.search(rf"^{written} = ([\d.]+)", path.read_text("utf-8"), re.MULTILINE)
    return float(named.group(1)) if named else math.inf


def calls(tree: ast.AST, besides_those_inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last part of the name that is called."""
    for node in ast.iter_child_nodes(tree):
        called = node.func if isinstance(node, ast.Call) else None
        name = getattr(called, "attr", getattr(called, "id", ""))
        if isinstance(node, ast.Call):
            yield name, node
        if not name or name != besides_those_inside:
            yield from calls(node, besides_those_inside)


def text_files() -> Iterator[Path]:
    """Every file of the project that is text, whatever tool keeps its history."""
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and not UNREAD.search(name_of(path)) and b"\0" not in path.read_bytes():
            yield path


def built(service: str) -> App:
    """A service, wired."""
    app: App = importlib.import_module(f"services.{service}.app").build()
    return app


def card_of(service: str, heading: str) -> set[str]:
    """The names with hyphens or alone in backticks under one heading; ``every event`` as it is."""
    card = importlib.import_module(f"services.{service}").__doc__ or ""
    found = re.search(rf"^{heading}: (.*?)(?=^[A-Z][a-z ]+: |\Z)", card, re.MULTILINE | re.DOTALL)
    assert found, f"the card of {service} says nothing under {heading}"
    return set(re.findall(r"every event|(?<=``)[a-z]+(?=``)|[a-z]+(?:-[a-z]+)+", found[1]))


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {
        name_of(path): len(lines)
        for path in modules(*OURS, "tests")
        if len(lines := lines_of(path)) > MAX_FILE and not lines[0].startswith(REASON)
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name_of(path)}:{node.lineno} {node.name}": size
        for path, tree in trees(*OURS)
        for node in ast.walk(tree)
        if isinstance(node, Function)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION
        and REASON not in lines_of(path)[node.lineno - 1]
    }
    assert long == {}


def test_every_module_says_which_question_it_answers() -> None:
    silent = [
        name_of(path)
        for path, tree in trees(*OURS, "tests")
        if not ast.get_docstring(tree) and (tree.body or "tests" not in path.parts)
    ]
    assert silent == []


def test_nothing_is_named_after_nothing() -> None:
    vague = [name_of(path) for path in modules(*OURS, "tests") if path.stem in NO_NAMES]
    vague += [
        f"{name_of(path)} {node.name}"
        for path, tree in trees(*OURS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and NO_CLASSES.search(node.name)
    ]
    assert vague == []


def test_nothing_names_one_machine_or_a_package_host() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in text_files()
        for number, line in enumerate(lines_of(path), start=1)
        if OF_ONE_MACHINE.search(line) or any(host in line for host in PACKAGE_HOSTS)
    ]
    assert found == []


def test_no_test_passes_only_where_the_machine_is_quick() -> None:
    timed = [
        (name_of(path), found.group(1), number_of(path, found.group(1)))
        for path in modules("tests")
        if not name_of(path).startswith(MEASURES)
        for found in TIMED.finditer(path.read_text("utf-8"))
    ]
    assert timed, "the search itself finds nothing any more"
    assert not [each for each in timed if each[2] < PATIENT_SECONDS]


def test_no_test_waits_for_an_answer_as_short_as_a_library_does_by_itself() -> None:
    asked = [
        (name_of(path), call.lineno, {each.arg: each.value for each in call.keywords})
        for path, tree in trees("tests")
        if not name_of(path).startswith(MEASURES)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and WAITS.fullmatch(ast.unparse(call.func))
    ]
    assert asked, "the search itself finds nothing any more"
    assert [(name, line) for name, line, said in asked if not is_patient(said)] == []


def is_patient(said: Mapping[str | None, ast.expr]) -> bool:
    """Whether this says how long it waits, and long enough; what goes over no network waits not."""
    if "transport" in said or None in said:
        return True
    seconds = said.get("timeout")
    if isinstance(seconds, ast.Constant):
        return isinstance(seconds.value, int | float) and seconds.value >= PATIENT_SECONDS
    return seconds is not None


@pytest.mark.parametrize("service", SERVICES)
def test_a_card_names_what_its_service_hears(service: str) -> None:
    app, card = built(service), card_of(service, "Hears")
    if app.hears_all:
        assert "every event" in card
        return
    assert card & CATALOGUE.keys() == {listener.event.TYPE for listener in app.listeners}


@pytest.mark.parametrize("service", SERVICES)
def test_a_card_names_what_its_service_asks_people(service: str) -> None:
    asked = {decider.kind for decider in built(service).deciders}
    assert card_of(service, "Asks people") & TASK_KINDS.keys() == asked


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_says_what_the_broker_lets_it_say(service: str) -> None:
    assert set(built(service).says) <= PUBLISHED_BY[service]
    assert card_of(service, "Says") & CATALOGUE.keys() <= PUBLISHED_BY[service]


def test_an_event_is_made_only_by_a_service_that_may_publish_it() -> None:
    types = {event.__name__: event.TYPE for event in CATALOGUE.values()}
    foreign = [
        f"{name_of(path)} {name}"
        for service in SERVICES
        for path, tree in trees(f"services/{service}")
        for name, _ in calls(tree, besides_those_inside="Event")  # heard, not announced
        if name in types and types[name] not in PUBLISHED_BY[service]
    ]
    assert foreign == []


def test_whoever_says_what_a_step_needs_sees_only_what_has_been_read() -> None:
    """A look that is not recorded leaves a need unread: ``ReadSoFar`` offers none."""
    seeing_more = [
        f"{name_of(path)}: {node.name}"
        for path, tree in trees("services", "shared/requests", "shared/tasks")
        for node in ast.walk(tree)
        if isinstance(node, Function) and node.returns and "Need" in ast.unparse(node.returns)
        for each in (*node.args.args, *node.args.kwonlyargs)
        if each.annotation and ast.unparse(each.annotation) == "UnitOfWork"
    ]
    assert seeing_more == []


def test_services_open_documents_where_their_keys_are_read_too() -> None:
    """A process that has just begun has none of them: ``Store.opened`` reads them first."""
    opening = [
        name_of(path)
        for path, tree in trees("services")
        if any(name == "to_value" for name, _ in calls(tree))
    ]
    assert opening == []


def test_subscribers_are_made_in_one_place() -> None:
    makers = {name_of(path) for path, tree in trees(*OURS)
              if any(name == "subscriber" for name, _ in calls(tree))}  # fmt: skip
    assert makers == BROKERS


def test_the_name_of_every_durable_is_a_literal() -> None:
    literal = {
        service: [
            keyword.value.value
            for name, call in calls(ast.parse((ROOT / f"services/{service}/app.py").read_text()))
            if name == "App"
            for keyword in call.keywords
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
        ]
        for service in SERVICES
    }
    assert literal == {service: [service] for service in SERVICES}


def test_no_durable_was_ever_renamed() -> None:
    assert set(SERVICES) >= {"intake", "reminders", "feedback", "reputation", "desk", "gateway"}
