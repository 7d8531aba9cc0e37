"""How is a YAML text read: safely, and by libyaml where it is there?

libyaml reads ten times as fast as PyYAML's own parser and finds the same nodes at the same lines.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import yaml

_RAW = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def loaded(text: str) -> Any:
    """What the text says as plain values; None for an empty one, yaml.YAMLError for no YAML."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader either way


def composed(text: str) -> yaml.Node | None:
    """The same as nodes that know their lines."""
    node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    return node


def line_of(text: str, keys: Iterable[object]) -> int | None:
    """On which line the innermost of these keys stands, as far as they are there; None where not
    even the first is.
    """
    try:
        node = composed(text)
    except yaml.YAMLError:
        return None
    line: int | None = None
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            break
        found = next((each for each in node.value if each[0].value == str(key)), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def quoted(said: Any) -> str:
    """A text, or a list of some, so that YAML and TOML read the same: no sign of it stands raw that
    they take for a line end or do not take at all.
    """
    text = json.dumps(said, ensure_ascii=False)
    return _RAW.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
