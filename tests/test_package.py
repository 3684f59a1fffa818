"""The package as users get it: what it exports, what it ships, how it starts, what it depends on."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, requires
from pathlib import Path

import pytest

FLOORS = {"models": 0, "classifier": 1, "corpus": 2, "cli": 3, "web": 3}
"""A floor imports only what lies below it; errors and messages lie under all."""

SHARED = {
    "web": ("cli.render", "cli.results"),
    "cli/serving.py": ("web.guard", "web.server"),
    "cli/serve.py": ("web.app", "web.guard"),
    "cli/annotate.py": ("web.annotation.app", "web.guard"),
}
"""What faces may import of each other: the page says an ad as the reports do, and two commands start pages."""

HEAVY = ("spacy", "sklearn", "numpy", "scipy", "rich", "bs4")


def modules(repository: Path) -> list[Path]:
    return [
        file
        for file in sorted(repository.rglob("*.py"))
        if file.relative_to(repository).parts[0]
        in {*FLOORS, "messages", "atomic.py", "errors.py", "__init__.py", "__main__.py"}
    ]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, cwd="/")


def test_package_lists_every_folder(repository: Path) -> None:
    settings = tomllib.loads((repository / "pyproject.toml").read_text())["tool"]["setuptools"]
    folders = {".".join(["jobclass", *file.relative_to(repository).parent.parts]) for file in modules(repository)}
    assert set(settings["packages"]) == folders


def test_package_imports_without_warnings_or_heavy_libraries() -> None:
    code = f"import jobclass, sys; jobclass.__version__; print([m for m in {HEAVY} if m in sys.modules])"
    result = python("-W", "error", "-c", code)
    assert (result.stderr, result.stdout.strip()) == ("", "[]")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["label", "--help"],
        ["train", "--help"],
        ["explain", "--help"],
        ["measure", "--help"],
        ["agree", "--help"],
        ["annotate", "--help"],
        ["serve", "--help"],
    ],
)
def test_package_help_loads_no_heavy_library(arguments: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['jobclass', *{arguments}]\n"
        "from jobclass.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded', [m for m in {HEAVY[:4]} if m in sys.modules], file=sys.stderr)"
    )
    result = python("-c", code)
    assert "Usage" in result.stdout
    assert result.stderr.strip() == "loaded []"


@pytest.mark.parametrize(("duty", "loaded"), [("Pflege der Website", []), ("Läufe über 10km", ["spacy"])])
def test_package_labelling_loads_spacy_for_units_and_never_scikit_learn(duty: str, loaded: list[str]) -> None:
    ad = f"Ihre Aufgaben:\n- {duty} und Beratung unserer Kunden"
    code = f"import jobclass, sys; jobclass.label({ad!r}); print([m for m in ('spacy', 'sklearn') if m in sys.modules])"
    assert python("-c", code).stdout.strip() == str(loaded)


def test_package_public_names() -> None:
    import jobclass

    assert all(getattr(jobclass, name) is not None for name in jobclass.__all__)
    with pytest.raises(AttributeError):
        _ = jobclass.nothing


def test_package_every_public_function_has_a_docstring(repository: Path) -> None:
    missing = [
        f"{file.relative_to(repository)}:{node.lineno} {node.name}"
        for file in modules(repository)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if not ast.get_docstring(node) and not _is_nested(node, file)
    ]
    assert missing == []


def _is_nested(node: ast.FunctionDef | ast.ClassDef, file: Path) -> bool:
    """Whether a function stands inside another one or in a private class."""
    return any(
        outer.lineno < node.lineno <= (outer.end_lineno or 0)
        for outer in ast.walk(ast.parse(file.read_text()))
        if isinstance(outer, ast.FunctionDef) or (isinstance(outer, ast.ClassDef) and outer.name.startswith("_"))
    )


def test_package_every_module_says_its_idea_in_the_first_line(repository: Path) -> None:
    assert [
        str(file)
        for file in modules(repository)
        if not ast.get_docstring(ast.parse(file.read_text())) and file.read_text()
    ] == []


def test_package_floors_import_only_what_lies_below(repository: Path) -> None:
    wrong = []
    for file in modules(repository):
        own = FLOORS.get(file.relative_to(repository).parts[0])
        if own is None:
            continue
        depth = len(file.relative_to(repository).parts) - 1
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.level == depth + 1 and node.module:
                other = FLOORS.get(node.module.split(".")[0])
                if (
                    other is not None
                    and other >= own
                    and not _is_shared(str(file.relative_to(repository)), node.module)
                ):
                    wrong.append(f"{file.relative_to(repository)} imports {node.module}")
    assert wrong == []


def _is_shared(file: str, module: str) -> bool:
    """Whether a face may import a module of another."""
    names = (name for face, shared in SHARED.items() if file == face or file.startswith(f"{face}/") for name in shared)
    return any(module == name or module.startswith(f"{name}.") for name in names)


def test_package_ships_its_data() -> None:
    from importlib.resources import files

    root = files("jobclass")
    shared = ("py.typed", "messages/errors.toml", "classifier/verdict.schema.json")
    for name in (*shared, "classifier/profile/cm.toml", "classifier/profile/concepts/actions.toml"):
        assert root.joinpath(name).is_file()
    for name in ("model.json", "weights.npz", "MODEL_CARD.md"):
        assert root.joinpath("models/bvcm-de", name).is_file()
    assert root.joinpath("corpus/training/DATASHEET.md").is_file()
    assert root.joinpath("cli/jobclass.toml").is_file()
    for name in ("base.html", "findings.html", "ad.html", "findings.css", "report.css"):
        assert root.joinpath("cli/render/pages", name).is_file()
    for name in (
        "templates/frame.html",
        "templates/start.html",
        "templates/coding.html",
        "static/coding.css",
        "static/coding.js",
        "static/page.css",
        "static/page.js",
        "static/icon.svg",
    ):
        assert root.joinpath("web", name).is_file()
    assert root.joinpath("models/bvcm-de/figures.json").is_file()
    assert root.joinpath("corpus/readers/boilerplate.toml").is_file()


FORBIDDEN = ("AGPL", "GNU AFFERO", "GPL", "GNU GENERAL", "CC BY-NC", "NONCOMMERCIAL")
LESSER = ("LGPL", "LESSER")


def test_package_no_dependency_has_a_forbidden_licence() -> None:
    seen, open_names = set(), ["jobclass"]
    while open_names:
        name = open_names.pop()
        for requirement in requires(name) or ():
            if "extra ==" in requirement and name != "jobclass":  # our own extras count, those of others do not
                continue
            found = _name_of(requirement)
            if found not in seen and _installed(found):
                seen.add(found)
                open_names.append(found)
    assert {"spacy", "scikit-learn", "typer", "matplotlib", "datasketch", "pyarrow", "starlette", "uvicorn"} <= seen
    assert [name for name in sorted(seen) if _forbidden(name)] == []


def _name_of(requirement: str) -> str:
    from re import match

    found = match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return found.group().lower().replace("_", "-")


def _installed(name: str) -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        distribution(name)
    except PackageNotFoundError:  # needed on other systems or versions of Python only
        return False
    return True


def _forbidden(name: str) -> bool:
    metadata = distribution(name).metadata
    said = [metadata.get("License-Expression") or metadata.get("License") or ""]
    said += [value for value in metadata.get_all("Classifier") or () if value.startswith("License")]
    text = " ".join(said)[:2000].upper()
    own = text.replace("LGPL", "").replace("LESSER GENERAL", "") if any(word in text for word in LESSER) else text
    # Binary wheels of numpy and scipy list the licences of compiled parts; the GPL there carries the runtime exception.
    return (
        any(word in own for word in FORBIDDEN)
        and "WITH-GCC-EXCEPTION" not in own
        and "RUNTIME LIBRARY EXCEPTION" not in own
    )
