"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.refusal import WrongArgument

if TYPE_CHECKING:
    from extractors.options import ExtractorOptions

WAREHOUSE = Path("peyer.duckdb")
RAW = Path("raw")


def given_path(value: str | Path) -> Path:
    """Return a path as it was given. Raises `BadParameter` if it is empty, which would mean the current folder."""
    if str(value):
        return Path(value)
    raise typer.BadParameter("'' is no path; expected the name of a file or folder, such as . for this folder")


def warehouse_path(value: str | Path) -> Path:
    """Return the path of a warehouse, existing or new. Raises `BadParameter` if no file can be there."""
    path = given_path(value)
    try:
        if not path.resolve().is_dir():
            return path
        reason = "is a folder"
    except (OSError, RuntimeError) as error:  # RuntimeError: a symbolic link that points to itself
        reason = f"cannot be reached ({getattr(error, 'strerror', None) or error})"
    raise typer.BadParameter(f"{str(path)!r} {reason}; expected the path of a file, such as {WAREHOUSE}")


Warehouse = Annotated[
    Path,
    typer.Option("--warehouse", parser=warehouse_path, metavar="FILE", help="The warehouse file.", show_default=True),
]


def process_count(value: str | int) -> int:
    """Return a number of processes. Raises `BadParameter` if `value` is not a positive integer."""
    if str(value).isdecimal() and int(value) >= 1:
        return int(value)
    raise typer.BadParameter(f"{value!r} is no number of processes; expected a whole number from 1")


Workers = Annotated[int, typer.Option("--workers", parser=process_count, metavar="N", help="Processes that extract.")]


def extractor_options(vocabulary: Path | None, linker: str | None, models: list[str] | None) -> ExtractorOptions:
    """Return the options of the extraction. Raises `WrongArgument`, listing every problem with what they name."""
    from extractors.options import DEFAULTS, ExtractorOptions, OptionError

    options = ExtractorOptions(
        vocabulary=vocabulary and vocabulary.absolute(),
        linker=linker,
        models=tuple(dict.fromkeys(_place(name) for name in models or ())),
    )
    if options == DEFAULTS:
        return options
    from extractors.pipeline import require_usable

    try:
        require_usable(options)
    except OptionError as error:
        raise WrongArgument("; ".join(str(error).splitlines())) from error
    return options


def _place(model: str) -> str:
    """Return the absolute path of a model folder, or the name of a model unchanged."""
    return str(Path(model).resolve()) if model and Path(model).is_dir() else model


OwnVocabulary = Annotated[
    Path | None,
    typer.Option(
        "--vocabulary",
        parser=given_path,
        metavar="FILE",
        help="Names of your own (tab-separated; see docs/vocabulary.md), which go before the bundled ones.",
    ),
]
LinkerName = Annotated[
    str | None,
    typer.Option(
        "--linker",
        metavar="NAME",
        help="Ground by scispaCy's linker instead, where its data are installed: umls, mesh, go, hpo or rxnorm.",
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="An installed spaCy or scispaCy model, or a folder with one, whose names go before the bundled model's "
        "for the types that it gives; may be given several times.",
    ),
]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(parser=given_path, metavar="[PATH]...", help="Files and folders with articles.  [default: raw]"),
]
