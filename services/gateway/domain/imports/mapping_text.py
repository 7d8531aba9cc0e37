"""How is a mapping written as a file of the firm's folder?

As a person would write it, in short; read again it is the same mapping, whether somebody chose it
at the desk or wrote it.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from services.gateway.domain.imports.drafts import KEPT, draft_of
from services.gateway.domain.imports.mapping_files import (
    FOLDER,
    ImportMapping,
    MappingError,
    mapping_from,
)
from shared.yaml_text import loaded

LONGEST = 64 * 1024  # of one file, in characters
_ODD_ENDS = re.compile("[\x85\u2028\u2029]")
HEAD = "# What the columns of this list mean: clientele import csv FILE --mapping {name}\n"


class _Exact(yaml.SafeDumper):
    """Writes signs that end a line in some programs so that they are read back as they are."""


def _as_it_is(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ODD_ENDS.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Exact.add_representer(str, _as_it_is)


def text_of(mapping: ImportMapping) -> str:
    """The text of its file, ``imports/<name>.yaml``."""
    draft = draft_of(mapping)
    said = {
        "as": draft["as"],
        **{name: draft[name] for name in KEPT if name in draft and name != "ignore"},
        "columns": {name: _in_short(each) for name, each in draft["columns"].items()},
        **({"ignore": list(draft["ignore"])} if draft.get("ignore") else {}),
    }
    plain = yaml.dump(said, Dumper=_Exact, allow_unicode=True, sort_keys=False, width=100)
    return HEAD.format(name=mapping.name) + plain


def mapping_in(name: str, text: str) -> ImportMapping:
    """The mapping of a file's text; MappingError names each field and its remedy."""
    if len(text) > LONGEST:
        raise MappingError(f"{FOLDER}/{name}.yaml: is longer than a mapping can be")
    try:
        said = loaded(text)
    except yaml.YAMLError:
        raise MappingError(f"{FOLDER}/{name}.yaml: is no YAML in UTF-8") from None
    return mapping_from(name, said)


def same(one: ImportMapping, other: ImportMapping) -> bool:
    """Whether they read lists alike."""
    return draft_of(one) == draft_of(other)


def _in_short(said: Mapping[str, Any]) -> Any:
    names = list(said.get("column", ()))
    if set(said) == {"column"}:
        return names[0] if len(names) == 1 else names
    column = {"column": names[0] if len(names) == 1 else names} if names else {}
    return {**column, **{name: each for name, each in said.items() if name != "column"}}
