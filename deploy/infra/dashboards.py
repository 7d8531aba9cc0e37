"""What does Grafana show? ``make conf`` writes its dashboards from the panels and the runbook.

The panels are said in ``grafana/panels``, one file per dashboard. Each leads to its entry in the
runbook of ``docs/operations.md``, which Grafana shows as a dashboard of its own, so that the link
works wherever Grafana runs.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from shared.yaml_text import loaded

HERE = Path(__file__).parent / "grafana"
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
SCHEMA_VERSION = 41  # of Grafana 12
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH, HEIGHT, ACROSS = 24, 8, {"stat": 6, "timeseries": 12}
RUNBOOK, FIGURES = "clientele-runbook", "figures"
ENTRY = re.compile(r"^### (\w+)\n((?:.+\n)+)", re.MULTILINE)
INNER_LINK = re.compile(r"\[([^]]+)\]\([^)]*\)")
CHOICE = {
    "name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus",
    "current": {}, "hide": 0, "includeAll": False, "multi": False, "options": [], "refresh": 1,
    "regex": "", "skipUrlSync": False,
}  # fmt: skip


def dashboards() -> dict[str, str]:
    """Every dashboard, as JSON, by the name of its file."""
    entries = runbook()
    told = [loaded(path.read_text("utf-8")) for path in sorted(HERE.glob("panels/*.yaml"))]
    places = {name: _number(name) for name in entries}
    made = [_dashboard(each, _panels(each["panels"], places)) for each in told]
    made.append(_dashboard(SHOWN_RUNBOOK, _texts(entries), tags=["clientele", "runbook"]))
    return {
        f"{each['uid']}.json": json.dumps(each, indent=1, ensure_ascii=False) + "\n"
        for each in made
    }


SHOWN_RUNBOOK = {
    "uid": RUNBOOK,
    "title": "Clientele: what to do",
    "about": "What the figures mean, and the first three steps for every alert.",
}


def runbook() -> dict[str, str]:
    """What the figures mean, and what to do for each alert, as ``docs/operations.md`` says it."""
    text = OPERATIONS.read_text("utf-8")
    figures = text[text.index("| Figure | Look when |") : text.index("The ledger of each service")]
    steps = text[text.index("## What to do when an alert goes off") : text.index("## Logs")]
    return {FIGURES: figures, **dict(ENTRY.findall(steps))}


def _dashboard(
    told: Mapping[str, Any],
    panels: Iterable[Mapping[str, Any]],
    tags: Sequence[str] = ("clientele",),
) -> dict[str, Any]:
    return {
        "uid": told["uid"],
        "title": told["title"],
        "description": told["about"],
        "tags": list(tags),
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "refresh": "1m",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": [CHOICE]},
        "annotations": {"list": []},
        "links": [
            {"title": "Clientele", "type": "dashboards", "tags": ["clientele"], "asDropdown": True,
             "includeVars": True, "keepTime": True, "targetBlank": False, "icon": "external link",
             "tooltip": "", "url": ""},
        ],
        "panels": list(panels),
    }  # fmt: skip


def _panels(
    told: Sequence[Mapping[str, Any]], places: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """Rows and panels, from the left to the right and downwards."""
    x = y = 0
    for number, each in enumerate(told, start=1):
        width = WIDTH if "row" in each else ACROSS[each.get("show", "timeseries")]
        if x + width > WIDTH:
            x, y = 0, y + HEIGHT
        if "row" in each:
            place = {"h": 1, "w": WIDTH, "x": 0, "y": y}
            yield {"id": number, "type": "row", "title": each["row"], "collapsed": False,
                   "gridPos": place, "panels": []}  # fmt: skip
            x, y = 0, y + 1
            continue
        place = {"h": HEIGHT, "w": width, "x": x, "y": y}
        yield {"id": number, "gridPos": place, **_panel(each, places[each["runbook"]])}
        x += width


def _panel(told: Mapping[str, Any], entry: int) -> dict[str, Any]:
    kind = told.get("show", "timeseries")
    return {
        "type": kind,
        "title": told["title"],
        "description": told["says"],
        "datasource": SOURCE,
        "fieldConfig": {"defaults": _defaults(told, kind), "overrides": []},
        "options": STAT if kind == "stat" else SERIES,
        "targets": [
            {"refId": chr(ord("A") + place), "datasource": SOURCE, "editorMode": "code",
             "expr": expression, "legendFormat": legend, "range": True}
            for place, (legend, expression) in enumerate(told["lines"].items())
        ],
        "links": [
            {"title": "What to do", "targetBlank": True, "url": f"/d/{RUNBOOK}?viewPanel={entry}"}
        ],
    }  # fmt: skip


STAT = {
    "colorMode": "value", "graphMode": "area", "justifyMode": "auto", "orientation": "auto",
    "textMode": "auto", "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
}  # fmt: skip
SERIES = {
    "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
    "tooltip": {"mode": "multi", "sort": "desc"},
}


def _defaults(told: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Unit and colours; where a bound is said, what is beyond it is red."""
    steps: list[dict[str, Any]] = [{"color": "text" if kind == "stat" else "green", "value": None}]
    if "red-from" in told:
        steps = [{"color": "green", "value": None}, {"color": "red", "value": told["red-from"]}]
    if "red-below" in told:
        steps = [{"color": "red", "value": None}, {"color": "green", "value": told["red-below"]}]
    mode = "thresholds" if kind == "stat" else "palette-classic"
    return {
        "unit": told["unit"],
        "color": {"mode": mode},
        "thresholds": {"mode": "absolute", "steps": steps},
        "custom": {}
        if kind == "stat"
        else {"lineWidth": 1, "fillOpacity": 10, "showPoints": "auto"},
    }


def _texts(entries: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The runbook, one panel per entry; its links lead into a file that Grafana does not have."""
    for number, (name, words) in enumerate(entries.items(), start=1):
        first = number == 1
        yield {
            "id": _number(name),
            "type": "text",
            "title": "What the figures mean" if first else name,
            "gridPos": {"h": 2 * HEIGHT if first else HEIGHT, "w": WIDTH, "x": 0,
                        "y": 0 if first else number * HEIGHT},
            "options": {"mode": "markdown", "content": INNER_LINK.sub(r"\1", words)},
        }  # fmt: skip


def _number(name: str) -> int:
    """By which a panel of the runbook is linked to, whatever stands before it."""
    return crc32(name.encode()) % 1_000_000


def write() -> None:
    """Write every dashboard where Grafana is given them."""
    for name, content in dashboards().items():
        (HERE / "dashboards" / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write()
