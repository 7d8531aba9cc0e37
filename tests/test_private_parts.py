"""Does our code keep to what libraries promise?

An underscore is a library's own business: it may change in any release, and nothing tells. That
holds for FastStream, nats-py, motor and PyMongo above all, and for our own objects as well.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.test_shape import OURS, name_of, trees

ALLOWED = {"os._exit"}  # documented under this name
LIBRARIES = ("faststream", "fast_depends", "nats", "motor", "pymongo", "bson")
BY_NAME = ("getattr", "setattr", "hasattr", "delattr")


def is_private(name: str) -> bool:
    """An underscore at the front, and no special method."""
    return name.startswith("_") and not name.startswith("__")


def private_parts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every use of another object's private attribute, and every private import of a library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in LIBRARIES:
            names = [*(node.module or "").split("."), *(each.name for each in node.names)]
            if any(is_private(name) for name in names):
                yield node.lineno, f"from {node.module}"
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in BY_NAME:
            named = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if any(isinstance(name, str) and is_private(name) for name in named):
                yield node.lineno, ast.unparse(node)


def test_nothing_private_of_another_object_is_used() -> None:
    used = [
        f"{name_of(path)}:{line} {what}"
        for path, tree in trees(*OURS)
        for line, what in private_parts(tree)
        if what not in ALLOWED
    ]
    assert used == []


@pytest.mark.parametrize(
    "planted",
    [
        "subscriber._create_subscription = start",
        "await self._client._connection.close()",
        "from faststream._internal.broker import BrokerUsecase",
        "from nats.aio.client import _parse",
        "setattr(collection, '_codec', None)",
    ],
)
def test_a_planted_use_is_found(planted: str) -> None:
    body = f"async def planted(self):\n    {planted}"
    assert list(private_parts(ast.parse(body)))


def test_nothing_of_ours_counts_as_another_objects() -> None:
    mine = "def step(self):\n    return self._taken, self.__class__, Path('_x')"
    assert list(private_parts(ast.parse(mine))) == []
