"""Are the dashboards what Grafana takes, and does every panel say what it means and what to do?"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.infra.dashboards import FIGURES, HERE, RUNBOOK, dashboards, runbook
from deploy.infra.services import SERVICES
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.task_kinds import TASK_KINDS
from shared.yaml_text import loaded
from tests.expressions import figures_in, labels_grouped, labels_picked
from tests.programs import program

COMPOSE = loaded(Path("docker-compose.yml").read_text("utf-8"))
FILES = {path.name: json.loads(path.read_text("utf-8")) for path in (HERE / "dashboards").glob("*")}
PANELS = [
    (name, panel) for name, each in FILES.items() for panel in each["panels"] if "targets" in panel
]
UNITS = {"none", "short", "s", "bytes", "percentunit", "eps", "ops"}  # of Grafana's own names
of_a_panel = pytest.mark.parametrize(
    ("file", "panel"), PANELS, ids=[f"{file}: {panel['title']}" for file, panel in PANELS]
)


def test_the_files_are_those_that_make_conf_writes() -> None:
    written = {path.name: path.read_text("utf-8") for path in (HERE / "dashboards").glob("*")}
    assert written == dashboards(), "run make conf"


@pytest.mark.parametrize("name", FILES)
def test_a_dashboard_is_one_that_grafana_takes_from_a_file(name: str) -> None:
    told = FILES[name]
    assert isinstance(told["schemaVersion"], int)
    assert told["schemaVersion"] >= 36  # below, Grafana rewrites data sources named by words
    assert f"{told['uid']}.json" == name  # links and bookmarks go by it
    assert len(told["uid"]) <= 40
    assert "id" not in told  # Grafana gives one
    ids = [panel["id"] for panel in told["panels"]]
    assert len(ids) == len(set(ids))
    assert {each["type"] for each in told["templating"]["list"]} == {"datasource"}


@pytest.mark.parametrize("name", FILES)
def test_no_panel_lies_on_another_or_beyond_the_edge(name: str) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in FILES[name]["panels"]:
        place = panel["gridPos"]
        fields = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert fields & taken == set()
        taken |= fields


@of_a_panel
def test_a_panel_says_what_it_means_in_which_unit_and_what_to_do(
    file: str, panel: dict[str, Any]
) -> None:
    assert len(panel["description"].split()) > 5
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
    (link,) = panel["links"]
    number = int(re.fullmatch(rf"/d/{RUNBOOK}\?viewPanel=(\d+)", link["url"]).group(1))  # type: ignore[union-attr]
    entry = next(e for e in FILES[f"{RUNBOOK}.json"]["panels"] if e["id"] == number)
    assert entry["options"]["content"].strip()


@of_a_panel
def test_a_panel_asks_the_data_source_that_was_chosen(file: str, panel: dict[str, Any]) -> None:
    chosen = {"type": "prometheus", "uid": "${datasource}"}
    assert [panel["datasource"], *(each["datasource"] for each in panel["targets"])] == [
        chosen for _ in range(1 + len(panel["targets"]))
    ]


def test_the_runbook_in_grafana_has_every_entry() -> None:
    titles = [panel["title"] for panel in FILES[f"{RUNBOOK}.json"]["panels"]]
    assert titles == ["What the figures mean", *(name for name in runbook() if name != FIGURES)]


def test_prometheus_understands_every_expression(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:{n}:{m}", "expr": line["expr"].replace("$__rate_interval", "5m")}
        for n, (_, panel) in enumerate(PANELS)
        for m, line in enumerate(panel["targets"])
    ]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}), "utf-8")
    answer = subprocess.run(
        [program("promtool"), "check", "rules", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr


@of_a_panel
def test_what_a_panel_picks_by_name_is_there(file: str, panel: dict[str, Any]) -> None:
    playbooks = Path("services/reminders/playbooks").glob("*.yaml")
    standards = re.findall(
        r"standard: (\S+)", "".join(each.read_text("utf-8") for each in playbooks)
    )
    known = {"event_type": set(CATALOGUE), "task_kind": set(TASK_KINDS), "standard": set(standards),
             "service": set(SERVICES)}  # fmt: skip
    for line in panel["targets"]:
        for label, names in re.findall(r"(\w+)=~?\"([^\"]*)\"", line["expr"]):
            if label in known:
                assert set(names.split("|")) - known[label] == set()


@of_a_panel
def test_the_legend_names_what_the_figures_are_grouped_by(file: str, panel: dict[str, Any]) -> None:
    for line in panel["targets"]:
        said = set(re.findall(r"{{(\w+)}}", line["legendFormat"]))
        assert said <= labels_grouped(line["expr"])


def test_grafana_is_given_the_dashboards_and_reads_prometheus_beside_it() -> None:
    mounted = COMPOSE["services"]["grafana"]["volumes"]
    provider = loaded((HERE / "provisioning/dashboards/clientele.yml").read_text("utf-8"))
    (where,) = [each["options"]["path"] for each in provider["providers"]]
    assert f"./deploy/infra/grafana/dashboards:{where}:ro" in mounted
    source = loaded((HERE / "provisioning/datasources/prometheus.yml").read_text("utf-8"))
    (prometheus,) = source["datasources"]
    assert (prometheus["type"], prometheus["url"]) == ("prometheus", "http://prometheus:9090")
    assert prometheus["uid"] == "clientele-prometheus"


def test_figures_and_labels_are_found_in_an_expression() -> None:
    told = 'sum by (kind) (rate(done_total{outcome="sent", kind!="x"}[5m])) / on (kind) open > 0.5'
    assert figures_in(told) == {"done_total", "open"}
    assert labels_picked(told) == {("done_total", "outcome"), ("done_total", "kind")}
    assert labels_grouped(told) == {"kind"}
