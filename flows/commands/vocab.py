"""`peyer vocab build`: compile the vocabulary, optionally from current releases; `check`: look for twins in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.refusal import NothingDone, WrongArgument

if TYPE_CHECKING:
    from extractors.linking.vocabulary.build.releases import Fetched, Release

SOURCES = Path("../shared/vocab")

vocab_app = typer.Typer(rich_markup_mode=None)


@vocab_app.callback(invoke_without_command=True)
def vocab(context: typer.Context) -> None:
    """Compile the vocabulary of names that are searched for in articles."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@vocab_app.command("build")
def build_command(
    folder: Annotated[
        Path, typer.Argument(help="Folder with the sources, in the layout of ../shared/vocab.")
    ] = SOURCES,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for the compiled files.  [default: the bundled vocabulary]"),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="First download the owners' current releases into FOLDER.")
    ] = False,
) -> None:
    """Compile the sources in FOLDER, and print what each contributed.

    Nothing is replaced before everything is compiled. With --fetch, files that were fetched earlier and have not
    changed are not fetched again; FETCHED.tsv in FOLDER records what came from where.
    """
    from extractors.linking.vocabulary.lookup import DATA

    out = DATA if out is None else out
    if out.exists() and not out.is_dir():
        raise WrongArgument(f"--out names {out}, which is a file; name a folder")
    if folder.exists() and not folder.is_dir():
        raise WrongArgument(f"FOLDER is {folder}, which is a file; name a folder with the sources")
    if fetch:
        _fetch(folder)
    elif not folder.exists():
        raise WrongArgument(
            f"FOLDER is {folder}, which does not exist; name the folder with the sources, or add --fetch to download "
            "them into it"
        )
    _build(folder, out)


@vocab_app.command("check")
def check_command(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with the compiled files.  [default: the bundled vocabulary]")
    ] = None,
) -> None:
    """List concepts of one type that share a sure name or a reference, and that no reviewed reason explains.

    Exits with 1 if there are any. The reasons are in extractors/data/linking/build/explained_namesakes.tsv.
    """
    from extractors.linking.vocabulary.index import CONCEPTS_FILE
    from extractors.linking.vocabulary.lookup import DATA
    from extractors.linking.vocabulary.shared_identity import read_explanations, shared_identities, unexplained

    folder = DATA if folder is None else folder
    if not (folder / CONCEPTS_FILE).is_file():
        raise WrongArgument(
            f"FOLDER is {folder}, which holds no {CONCEPTS_FILE}; name the folder of a compiled vocabulary"
        )
    shared = list(shared_identities(folder))
    left = unexplained(shared, read_explanations())
    for each in left:
        print(each.entity_type, each.kind, each.what, each.one, each.other, sep="\t")
    print(f"{len(shared):,} pairs share a sure name or a reference; {len(shared) - len(left):,} are explained")
    if left:
        raise typer.Exit(1)


def _fetch(folder: Path) -> None:
    from extractors.linking.vocabulary.build.releases import FetchError, fetch_releases, read_releases

    releases = read_releases()
    try:
        fetch_releases(folder, releases, report=_print_fetched)
    except FetchError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        raise NothingDone(
            f"{len(error.faults)} of {len(releases)} files could not be fetched, see above; the others are in "
            f"{folder}, nothing was compiled"
        ) from error


def _print_fetched(release: Release, fetched: Fetched | None) -> None:
    said = "there since an earlier run" if fetched is None else f"{fetched.bytes:,} bytes from {fetched.url}"
    print(f"{release.path}: {said}", file=sys.stderr, flush=True)


def _build(folder: Path, out: Path) -> None:
    from extractors.linking.vocabulary.build.compile import compile_vocabulary
    from extractors.linking.vocabulary.build.sources.files import SourceError
    from extractors.linking.vocabulary.index import CONCEPTS_FILE, NAMES_FILE
    from extractors.linking.vocabulary.supplement import SupplementError

    try:
        version = compile_vocabulary(folder, out, report=_print_source)
    except (SourceError, SupplementError) as error:
        raise NothingDone(str(error)) from error
    except OSError as error:
        raise NothingDone(
            f"{error.filename or out} cannot be written ({error.strerror}); name another --out"
        ) from error
    size = sum(path.stat().st_size for name in (CONCEPTS_FILE, NAMES_FILE) for path in out.rglob(name))
    print(f"version {version}, {size / 1e6:.1f} MB in {out}")


def _print_source(name: str, concepts: int, names: int) -> None:
    print(f"{name:<28}{concepts:>9,} concepts{names:>11,} names", flush=True)
