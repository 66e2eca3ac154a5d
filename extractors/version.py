"""The version that stamps every row."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from extractors.options import DEFAULTS, ExtractorOptions

_PACKAGE = Path(__file__).parent
_BEGIN = ("extractors.extract", "extractors.readers.read")
"""The modules that turn files into articles and articles into records: they import everything that shapes a row."""
_LIBRARIES = ("spacy", "scispacy", "pysbd", "markdown-it-py")


def extractor_version(options: ExtractorOptions = DEFAULTS) -> str:
    """Return the hash of everything that shapes a row, without loading any of it.

    That is our code, the data and models that it reads, the language processing libraries, and the options. Raises
    OSError if the user's vocabulary cannot be read.
    """
    if options == DEFAULTS:
        return _bundled_version()
    models = ", ".join(_model_version(name) for name in options.models)
    digest = hashlib.sha256(f"{_bundled_version()} linker {options.linker} models {models}".encode())
    if options.vocabulary is not None:
        digest.update(options.vocabulary.read_bytes())
    return digest.hexdigest()[:12]


@cache
def row_shaping_files() -> tuple[Path, ...]:
    """Return the files that shape rows, sorted: the modules that a run imports, and the files that these read.

    Found by following the import statements from `extract` and `readers.read`, and the calls of `data_file` and
    `model_file`, whose argument is a string literal. A folder counts with everything in it.
    """
    files: set[Path] = set()
    pending = list(_BEGIN)
    seen = set(pending)
    while pending:
        path = _module_file(pending.pop())
        files.add(path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for place in _places(tree):
            files.update(file for file in place.rglob("*") if _is_content(file)) if place.is_dir() else files.add(place)
        for name in _imported(tree):
            if name not in seen:
                seen.add(name)
                pending.append(name)
    return tuple(sorted(files))


def _is_content(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".md", ".pyc")


def _module_file(name: str) -> Path:
    place = _PACKAGE.joinpath(*name.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield the modules of this package that a module imports, including imports within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == _PACKAGE.name:
            parts = node.module.split(".")
            names = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
            names += [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in names if _module_file(name).is_file())


def _places(tree: ast.Module) -> Iterator[Path]:
    """Yield the data files and folders that a module reads."""
    folders = {"data_file": _PACKAGE / "data", "model_file": _PACKAGE / "models"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in folders:
            [name] = node.args
            if not isinstance(name, ast.Constant):
                raise TypeError(f"{node.func.id} is called without a plain string: {ast.unparse(node)}")
            yield folders[node.func.id] / str(name.value)


@cache
def _bundled_version() -> str:
    digest = hashlib.sha256(", ".join(f"{library} {version(library)}" for library in _LIBRARIES).encode())
    for path in row_shaping_files():
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _model_version(name: str) -> str:
    """Return name and version of an installed model, or the hash of the files of one in a folder, whatever its path."""
    folder = Path(name)
    if not folder.is_dir():
        return f"{name} {version(name)}"
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
