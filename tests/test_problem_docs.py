"""Every problem code is explained in docs/problems.md, and nothing is explained there that is not said.

How the codes are found. A pattern match over all strings would take media types and paths for codes
and would miss codes that are put together (``f"art/{name}"``). So the search starts at each call of
``Problem`` in handbill/ and works out what its first argument can be, in the source alone:

- a string stands for itself; an f-string, a sum or a choice for what its parts can be;
- a name that a loop over written-out tuples or an assignment binds is each of those values;
- a parameter of the function around it (the helpers ``refuse``, ``_report``, ``_fatal`` ...) is what
  each call of that function in the same file passes there. Such a helper has to be private or
  local, so that no other file can call it;
- the ids of style rules come from content/style.yaml; ``NAMED`` gives them one name;
- make_pdfs.py speaks before Handbill can be imported, so it prints its codes in brackets: these
  are taken from its strings.

Whatever else a first argument may be is an error here, not a gap: a new way of making codes has to be
taught to ``Source`` before the tests pass again.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

CODE = re.compile(r"[a-z]+/(?:[a-z0-9-]+|gN)")
NAMED = {"rule.id.lower()": "gN", "self.check": "id"}
"""Parts of codes that come from content/, as docs/problems.md names them."""

HEADING = re.compile(r"## `([a-z]+)`")
ROW = re.compile(r"\| `([^`|]+)` \|([^|]*)\|([^|]*)\|")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """One file of Python and the problem codes that it can give."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.tree = ast.parse(text)
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def codes(self) -> set[str]:
        return {
            code
            for call in self.calls("Problem")
            for code in self.values(call.args[0] if call.args else _keyword(call, "code"))
        }

    def calls(self, name: str) -> Iterator[ast.Call]:
        """Calls of ``name`` or ``anything.name``."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _last_name(node.func) == name:
                yield node

    def values(self, node: ast.expr | None) -> set[str]:
        """Every text that the expression can be."""
        if node is not None and ast.unparse(node) in NAMED:
            return {NAMED[ast.unparse(node)]}
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.JoinedStr(values=parts):
                return self.joined(parts)
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                return self.values(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.joined([left, right])
            case ast.IfExp(body=body, orelse=other):
                return self.values(body) | self.values(other)
            case ast.Call(func=ast.Attribute(value=value, attr="replace"), args=[old, new]):
                (before,), (after,) = self.values(old), self.values(new)
                return {text.replace(before, after) for text in self.values(value)}
            case ast.Starred(value=ast.Name() as row):
                return {text for item in self.bound(row) for text in self.values(_item(item, 0))}
            case ast.Name():
                return {text for value in self.bound(node) for text in self.values(value)}
        raise self.unknown(node)

    def joined(self, parts: list[ast.expr]) -> set[str]:
        texts = {""}
        for part in parts:
            texts = {text + more for text in texts for more in self.values(part)}
        return texts

    def bound(self, name: ast.Name) -> list[ast.expr]:
        """What a name can stand for, from the innermost function around it outwards."""
        scope: ast.AST = name
        while scope is not self.tree:
            scope = self.parents[scope]
            if isinstance(scope, Function | ast.Module) or hasattr(scope, "generators"):
                if found := [value for node in self.own(scope) for value in self.binding(node, name.id)]:
                    return found
                if isinstance(scope, Function) and name.id in _parameters(scope):
                    return self.passed(scope, name.id)
        raise self.unknown(name)

    def own(self, scope: ast.AST) -> Iterator[ast.AST]:
        """The nodes of a scope without those of the functions inside it."""
        for child in ast.iter_child_nodes(scope):
            if not isinstance(child, Function | ast.Lambda):
                yield child
                yield from self.own(child)

    def binding(self, node: ast.AST, name: str) -> list[ast.expr]:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                return [value]
            case ast.For(target=target, iter=rows) | ast.comprehension(target=target, iter=rows):
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                for index, part in enumerate(names):
                    if isinstance(part, ast.Name) and part.id == name:
                        items = self.items(rows)
                        return [_item(item, index) for item in items] if part is not target else items
        return []

    def items(self, rows: ast.expr) -> list[ast.expr]:
        """The items of a written-out tuple or list, or of a list that a function appends them to."""
        if isinstance(rows, ast.Tuple | ast.List):
            return rows.elts
        if isinstance(rows, ast.Name):
            appended = [
                call.args[0]
                for call in self.calls("append")
                if isinstance(call.func, ast.Attribute)
                and ast.unparse(call.func.value) == rows.id
                and self.function(call) is self.function(rows)
            ]
            return appended + [item for value in self.bound(rows) for item in self.items(value)]
        raise self.unknown(rows)

    def passed(self, helper: Function, name: str) -> list[ast.expr]:
        """What the calls of a helper pass for its parameter."""
        local = self.function(helper) is not None
        assert local or helper.name.startswith("_"), (
            f"{self.name}:{helper.lineno}: {helper.name} makes codes of what it is given, so it has to be "
            "private: this test looks for its calls in its own file only"
        )
        index = _parameters(helper).index(name)
        found: list[ast.expr] = []
        for call in self.calls(helper.name):
            at = index - (isinstance(call.func, ast.Attribute) and _parameters(helper)[0] == "self")
            found += [call.args[at]] if at < len(call.args) else [_keyword(call, name)]
        assert found, f"{self.name}:{helper.lineno}: nothing calls {helper.name}"
        return found

    def function(self, node: ast.AST) -> Function | None:
        """The function that a node stands in."""
        while node is not self.tree:
            node = self.parents[node]
            if isinstance(node, Function):
                return node
        return None

    def unknown(self, node: ast.expr | None) -> AssertionError:
        where = f"{self.name}:{node.lineno}" if node is not None else self.name
        said = ast.unparse(node) if node is not None else "a call without a code"
        return AssertionError(f"{where}: cannot tell which problem codes this gives: {said}")


def _last_name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _parameters(function: Function) -> list[str]:
    return [given.arg for given in (*function.args.posonlyargs, *function.args.args)]


def _keyword(call: ast.Call, name: str) -> ast.expr:
    found = [keyword.value for keyword in call.keywords if keyword.arg == name]
    assert found, f"line {call.lineno}: no “{name}” in {ast.unparse(call)}"
    return found[0]


def _item(node: ast.expr, index: int) -> ast.expr:
    assert isinstance(node, ast.Tuple), f"line {node.lineno}: not a written-out tuple: {ast.unparse(node)}"
    return node.elts[index]


def printed_codes(text: str) -> set[str]:
    """The codes in brackets in the strings of a file that cannot make a Problem."""
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return {
        code
        for string in strings
        if isinstance(string, str)
        for code in re.findall(rf"\[({CODE.pattern})\]", string)
    }


def collect_codes(root: Path) -> set[str]:
    found = printed_codes((root / "make_pdfs.py").read_text("utf-8"))
    for path in sorted((root / "handbill").rglob("*.py")):
        found |= Source(path.read_text("utf-8"), path.relative_to(root).as_posix()).codes()
    return found


@pytest.fixture(scope="module")
def said(root):
    return collect_codes(root)


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs" / "problems.md").read_text("utf-8")


@pytest.fixture(scope="module")
def rows(page):
    """(area of the heading above, code, meaning, remedy) of each row of the page."""
    found, area = [], ""
    for line in page.splitlines():
        if heading := HEADING.match(line):
            area = heading[1]
        elif line.startswith("| `"):
            row = ROW.fullmatch(line)
            assert row, f"not a row of code, meaning and remedy: {line}"
            found.append((area, *(cell.strip() for cell in row.groups())))
    return found


def test_every_code_is_explained(said, rows):
    """Who looks up a code from a message finds it."""
    assert sorted(said - {code for _, code, _, _ in rows}) == []


def test_nothing_is_explained_that_is_never_said(said, rows):
    """A code that was renamed must not leave its old name behind."""
    assert sorted({code for _, code, _, _ in rows} - said) == []


def test_each_code_is_explained_once_below_its_area(rows):
    """One place to look, and the heading's word on what is stopped holds for the code."""
    codes = [code for _, code, _, _ in rows]
    assert len(codes) == len(set(codes))
    assert [code for area, code, _, _ in rows if code.split("/")[0] != area] == []


def test_each_code_has_a_meaning_and_a_remedy(rows):
    """An empty cell helps nobody: both are sentences."""
    for _, code, meaning, remedy in rows:
        for words in (meaning, remedy):
            assert len(words.split()) >= 3, f"{code}: “{words}” explains nothing"
            assert words.endswith("."), f"{code}: “{words}” is not a sentence"


def test_each_area_tells_what_it_stops(page):
    """Below each heading stands, before the table, whether all stops or one piece is kept out."""
    areas = re.split(r"^## ", page, flags=re.M)[1:]
    for area in areas:
        before = area.split("| code", 1)[0].split("\n", 1)[1]
        assert re.search(r"exit code [012]|warning", before), f"{area.splitlines()[0]}: {before!r}"


def test_codes_are_well_formed(said):
    """``area/name`` in small letters, so that a code can be searched for and quoted over the telephone."""
    assert {code for code in said if not CODE.fullmatch(code)} == set()


def test_the_style_rules_are_called_as_the_page_calls_them(root):
    """``style/gN`` on the page stands for ``style/g1``, ``style/g2`` ... and no rule is called otherwise."""
    rules = yaml.safe_load((root / "content" / "style.yaml").read_text("utf-8"))["rules"]
    assert [rule["id"] for rule in rules if not re.fullmatch(r"G\d+", rule["id"])] == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("Problem('a/b', what)", {"a/b"}),
        ("problems.Problem(what='x', code='a/b')", {"a/b"}),
        ("Problem('a/b' if x else f'a/{\"c\"}')", {"a/b", "a/c"}),
        ("CODE = 'a/b'\ndef f(x):\n    return Problem(CODE, x)", {"a/b"}),
        ("class R:\n def _p(self, n): return Problem(f'a/{n}')\n def f(self): self._p('b')", {"a/b"}),
        ("def _u(k): return Problem(f'a/no-{k.replace(\" \", \"-\")}')\n_u('old cat')\n_u(k='dog')",
         {"a/no-old-cat", "a/no-dog"}),
        ("def f():\n for x, n in ((1, 'b'), (2, 'c')):\n  def no(n): return Problem(f'a/{n}')\n  no(n)",
         {"a/b", "a/c"}),
        ("def f():\n w = []\n w.append(('a/b', 1))\n return [Problem(*p) for p in w]", {"a/b"}),
        ("text = 'text/html'", set()),
    ],
)  # fmt: skip
def test_codes_are_found_however_they_are_put_together(source, codes):
    """A collector that overlooked a helper would let its codes go unexplained."""
    assert Source(source, "sample.py").codes() == codes


@pytest.mark.parametrize(
    "source",
    [
        "Problem(code_of(error), what)",
        "def _f(n): return Problem(f'a/{n}')",
        "def f(n): return Problem(f'a/{n}')\nf('b')",
        "def _f(n): return Problem(f'a/{n}')\n_f(table['b'])",
        "Problem(what='no code')",
    ],
)
def test_a_code_that_cannot_be_told_is_an_error(source):
    """Silence here would be a gap in the page."""
    with pytest.raises(AssertionError):
        Source(source, "sample.py").codes()
