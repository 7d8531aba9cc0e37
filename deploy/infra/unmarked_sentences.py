"""Which strings of a module are sentences or labels for people, although nothing marks them?"""

import ast
import re
from collections.abc import Iterator

# what is called with a sentence
SAYING = re.compile(r"(Error|Refused|Why|Reason|Finding|Hint|Step)$")
TABLES = (ast.Dict, ast.Tuple, ast.Constant)
SAID = frozenset(
    ("message", "text", "title", "why", "reason", "detail", "problem", "said", "words")
)
KEPT = re.compile(r"(?i)(^|_)(message|text|title|why|reason|detail|problem|said|words)s?$")


def saying(tree: ast.Module) -> Iterator[ast.AST]:
    """What is handed to an error or a reason, or kept under a name that says it is a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if SAYING.search(called):
                yield from node.args
            yield from (each.value for each in node.keywords if each.arg in SAID)
        elif isinstance(node, ast.Assign):
            if any(KEPT.search(getattr(each, "id", "")) for each in node.targets):
                yield node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.value, TABLES):
            if KEPT.search(getattr(node.target, "id", "")):
                yield node.value
        elif isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
            yield from (each.value for each in node.body[:1] if isinstance(each, ast.Expr))


def unread(tree: ast.Module) -> set[int]:
    """Docstrings, keys, annotations: strings that nobody is shown."""
    parts = (part for node in ast.walk(tree) for part in _parts_unread(node))
    return {id(each) for part in parts for each in ast.walk(part)}


def _parts_unread(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()):
            return [node.value]
        case ast.Subscript():
            return [node.slice]
        case ast.Compare():
            return [node]
        case ast.Dict():
            return [each for each in node.keys if each is not None]
        case (
            ast.keyword(arg="code" | "field" | "kind")
            | ast.Assign(targets=[ast.Name(id="__all__")])
        ):
            return [node.value]
        case ast.Call(func=ast.Attribute(attr="compile") | ast.Name(id="RequestType")):
            return [node]
    return []


def sentences(tree: ast.AST, left: set[int]) -> Iterator[str]:
    within = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for value in node.values
        for part in (ast.walk(value) if isinstance(value, ast.Constant) else ())
    }
    for node in ast.walk(tree):
        if id(node) in left or id(node) in within:
            continue
        if isinstance(node, ast.JoinedStr):
            yield with_holes(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def with_holes(node: ast.JoinedStr) -> str:
    """An f-string as a message: each value is a hole, named after what fills it."""
    text, names = "", []
    for value in node.values:
        if isinstance(value, ast.Constant):
            text += str(value.value)
            continue
        words = (
            re.findall(r"[a-z]\w*", ast.unparse(value.value))
            if isinstance(value, ast.FormattedValue)
            else []
        )
        name = words[-1] if words else "value"
        names.append(name)
        seen = names.count(name)
        text += f"{{{name}{seen if seen > 1 else ''}}}"
    return text


def is_prose(text: str) -> bool:
    """Whether a text is for people: it begins with a capital, or has words beside each other."""
    if "\n" in text or re.fullmatch(r"[A-Z][a-z]+(-[A-Z][a-z]+)+", text) or text.isupper():
        return False
    if re.search(r"\}: \{", text):
        return True
    plain = re.sub(r"\{\w*\}", "", text)
    if re.search(r"[a-z][A-Z]|^[a-z_]+\.[a-z_]+$|^[/$%^]|\\", plain):
        return False
    return bool(re.search(r"[a-zA-Z,;)] [a-zA-Z(]", plain) or re.match(r"\W*[A-Z][a-z]+", plain))


def is_whole(text: str) -> bool:
    """Whether it is a sentence from its first word to its stop, wherever it is kept."""
    begins = text[:1].isupper() or text.startswith("{")
    return is_prose(text) and begins and text.endswith((".", "?", "!")) and " " in text
