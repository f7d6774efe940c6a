"""What is installed is what is here: every module and data file, and every library that the code imports."""

import ast
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from tests.repository.paths import ROOT, SOURCE, our_files
from tests.repository.test_locks import canonical, wanted


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    """The names in a wheel built from a copy, so that nothing of an earlier build can slip in."""
    project = tmp_path_factory.mktemp("project")
    leave = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", project / "src", ignore=leave)
    shutil.copytree(ROOT / "requirements", project / "requirements")
    for path in ROOT.glob("*"):
        if path.name in {"pyproject.toml", "README.md", "LICENCE"}:
            shutil.copy(path, project)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", project / "wheels", project], check=True, capture_output=True)
    (built,) = (project / "wheels").glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_every_module_and_data_file(wheel):
    here = {str(path.relative_to(ROOT / "src")) for path in our_files() if SOURCE in path.parents}
    assert here - wheel == set(), "give the folder an __init__.py, or the ending a place in package-data"


def test_the_wheel_holds_the_licence_and_nothing_of_the_tests(wheel):
    assert any(name.endswith("/LICENCE") for name in wheel)
    assert {Path(name).parts[0].partition("-")[0] for name in wheel} == {"footprint"}


def imported_libraries() -> set[str]:
    """The top-level names that our source imports and that neither Python nor we bring along."""
    trees = [ast.parse(path.read_text()) for path in our_files(".py") if SOURCE in path.parents]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"footprint"}


def test_every_library_that_the_code_imports_is_named_among_what_it_needs():
    # Otherwise it works here, where the tools of development are installed too, and nowhere else.
    packages = metadata.packages_distributions()
    named = {canonical(requirement.name) for name in ("runtime", "spark") for requirement in wanted(name)}
    providers = {
        name: {canonical(package) for package in packages.get(name, [])} for name in imported_libraries()
    }
    assert {name for name, packages in providers.items() if not packages & named} == set()
