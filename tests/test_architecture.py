"""What keeps the package readable: rooms in one direction, thin notebooks, no word of the shipped study in the code."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

import discourse

PACKAGE = Path(discourse.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

ROOMS = "_errors _writing _threads measures corpus tokens codebook counts tables plots report cli __main__".split()
EARLIER = {room: set(ROOMS[: ROOMS.index(room) + 1]) for room in ROOMS}
ALLOWED = EARLIER | {
    "measures": {"_errors", "measures"},
    "study": {"_errors", "corpus", "tokens", "codebook", "study"},
    "vectorizers": EARLIER["counts"] | {"vectorizers"},
    "report": EARLIER["report"] | {"study"},
    "cli": EARLIER["cli"] | {"study"},
}
# A specification is a variant of a study, but only its type is named there.
TYPES_ONLY = {("tables/claims.py", "study"), ("tables/recounts.py", "study")}

DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
CODE_LINES = 8
OUTLETS = "Korybko Azernews CACI Novruz Cutler Haider Turgunbaeva DiPirro Bordachev Lavrov TRIPP Zangazur Karabakh"
SENTENCE = re.compile(r"#+ [^a-z]")


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """The room of a module: the folder, or the module itself at the top."""
    return name_of(path).split("/")[0].removesuffix(".py")


def imports(tree: ast.AST, package: str, *, types: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every room that a module of a package imports, anywhere in it, and whether for its types only."""
    for node in ast.iter_child_nodes(tree):
        for_types = types or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
        for name in imported(node, package):
            yield name, for_types
        yield from imports(node, package, types=for_types)


def imported(node: ast.AST, package: str) -> list[str]:
    """The rooms that a statement imports."""
    if isinstance(node, ast.Import):
        dotted = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        home = resolve_name("." * node.level + (node.module or ""), package)
        dotted = [f"{home}.{alias.name}" for alias in node.names]
    else:
        return []
    return [name.split(".")[1] for name in dotted if name.startswith("discourse.")]


@pytest.mark.parametrize("path", [path for path in MODULES if path != PACKAGE / "__init__.py"], ids=name_of)
def test_a_room_imports_from_earlier_rooms_only(path):
    room = room_of(path)
    assert room in ALLOWED, f"{room} has no place in the order of the rooms"
    package = ".".join(path.parent.relative_to(ROOT).parts)
    for other, for_types in imports(ast.parse(path.read_text(encoding="utf-8")), package):
        if for_types and (name_of(path), other) in TYPES_ONLY:
            continue
        assert other in ALLOWED[room], f"{name_of(path)} imports discourse.{other}"


def test_the_check_of_imports_sees_every_form():
    code = """
import discourse.plots
def f():
    from discourse.report import show
if TYPE_CHECKING:
    from discourse import study
from .. import tables
from .cells import csv
"""
    found = list(imports(ast.parse(code), "discourse.report"))
    assert found == [("plots", False), ("report", False), ("study", True), ("tables", False), ("report", False)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_print_and_no_assert_in_the_package(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "print"]


def test_no_exported_name_hides_a_module():
    packages = ["discourse", *(m.name for m in pkgutil.walk_packages(discourse.__path__, "discourse.") if m.ispkg)]
    for name in packages:
        package = importlib.import_module(name)
        modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
        hidden = sorted(modules.intersection(package.__all__))
        assert hidden == [], f"{name} exports what is also a module in it"


def docstring_lines(tree: ast.AST) -> set[int]:
    """The numbers of the lines on which docstrings stand."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, *DEFINITIONS)) and ast.get_docstring(node):
            found |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return found


def shipped_words() -> list[str]:
    """Names of the shipped study, and the keys of its frames."""
    frames = discourse.read_study(ROOT / "seeds").codebook.frames
    return [*OUTLETS.split(), *frames]


def test_nothing_in_the_package_knows_the_shipped_study():
    words = re.compile("|".join(map(re.escape, shipped_words())), re.IGNORECASE)
    for path in (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        text = path.read_text(encoding="utf-8")
        spared = docstring_lines(ast.parse(text)) if path.suffix == ".py" else set()
        lines = [line for number, line in enumerate(text.splitlines(), start=1) if number not in spared]
        assert not [line for line in lines if words.search(line)], name_of(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_nothing_in_a_notebook_knows_the_shipped_study(path):
    words = re.compile("|".join(map(re.escape, shipped_words())), re.IGNORECASE)
    assert not words.findall(path.read_text(encoding="utf-8"))


def cells(path: Path, kind: str) -> list[dict]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def code_lines(code: str) -> int:
    """Count the statements, those in a loop too; one that runs over several lines is one, imports are none."""
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.stmt)]
    return sum(not isinstance(node, ast.Import | ast.ImportFrom) for node in nodes)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_cell_is_short_and_defines_nothing(path):
    for cell in cells(path, "code"):
        tree = ast.parse(source(cell))
        assert not [node for node in ast.walk(tree) if isinstance(node, (ast.Lambda, *DEFINITIONS))], source(cell)
        assert code_lines(source(cell)) <= CODE_LINES, source(cell)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_stored_without_results(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert cell["id"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_says_what_it_asks_before_each_step_and_types_no_result(path):
    prose = [source(cell) for cell in cells(path, "markdown")]
    assert prose[0].startswith("# ")
    for heading in re.findall(r"^#+ .*$", "\n".join(prose), re.MULTILINE):
        words = heading.split()[2:]
        assert SENTENCE.match(heading), heading
        assert not [word for word in words if word[0].isupper()], f"{heading} is not in sentence case"
    assert not re.findall(r"\d+\.\d+|\d{2,}| %", "\n".join(prose)), "the number of a result belongs in an output"


def test_no_regular_expression_has_a_possessive_or_atomic_group():
    """Python 3.11.2 never comes to an end over some of them."""
    found = [path.name for path in MODULES if re.search(r"\)[?*+]\+|\(\?>", path.read_text("utf-8"))]
    assert found == []
