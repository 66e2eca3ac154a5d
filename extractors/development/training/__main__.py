"""Trains the bundled model from the corpora: `make train`, or `python -m extractors.development.training CORPORA`.

Every step writes into its own folder in the work folder, with a file DONE that holds a hash of its config and of the
steps that it depends on. A step that is done is skipped, so an interrupted training resumes with the first unfinished
step. Changes of code or corpora are not detected: `--redo STEP` repeats a step and those that depend on it. The result
depends on the corpora, the configs beside this file, the code and the seed, and on nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import shutil
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from extractors.data import model_file
from extractors.development.corpora.annotated import CorpusError
from extractors.development.training import documents, raw_text
from extractors.development.training.assemble import assemble
from extractors.development.training.sources import SOURCES
from extractors.development.training.word_crf import FILE as LEXICAL
from extractors.development.training.word_crf import learn_lexical
from extractors.entities.ner.word_crf import LexicalScores

CONFIGS = Path(__file__).parent / "configs"
MODEL = model_file("peyer_en")
PAIRS = model_file("pairs")
STATEMENTS = model_file("statements")
WORK = Path("training")
PROGRAM = "python -m extractors.development.training"
_CARD = "README.md"
_ROUNDS = 8
_THREADS = 1  # with more threads, floret's result depends on their timing

logger = logging.getLogger("extractors.development.training")


class Step(NamedTuple):
    """A step: the steps that it depends on, and the function that runs it. A config of the same name belongs to it."""

    name: str
    after: tuple[str, ...]
    run: Callable[[Path, Path], None]
    """Takes the folder of the corpora and that of the step; the folders of other steps are beside it."""


def _write_documents(corpora: Path, folder: Path) -> None:
    report = documents.write_documents(corpora, folder)
    (folder / "overlaps.md").write_text(report.table() + "\n", encoding="utf-8")


def _write_text(corpora: Path, folder: Path) -> None:
    logger.info("%d paragraphs", raw_text.write_raw_text(corpora, folder / "text.txt"))


def _write_vectors(corpora: Path, folder: Path) -> None:
    """Train floret vectors (Bojanowski et al., 2017; Boyd and Warmerdam, 2022) and write a pipeline with them."""
    import floret
    import spacy
    from spacy.training.initialize import convert_vectors

    model = floret.train_unsupervised(
        str(folder.parent / "text" / "text.txt"),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=20_000,
        dim=128,
        minn=3,
        maxn=6,
        minCount=2,
        epoch=_ROUNDS,
        thread=_THREADS,
    )
    model.save_floret_vectors(str(folder / "vectors.floret"))
    nlp = spacy.blank("en")
    convert_vectors(nlp, folder / "vectors.floret", truncate=0, prune=-1, mode="floret", attr="LOWER")
    nlp.to_disk(folder)


def _learn(corpora: Path, folder: Path) -> None:
    """Train as `spacy train` does, but with NumPy's matrix product, which is up to twice as fast as that of BLIS."""
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config
    from thinc.api import use_ops

    paths = {name: str(folder.parent / name) for name in ("documents", "vectors")}
    config = load_config(CONFIGS / "components.cfg", overrides={f"paths.{name}": path for name, path in paths.items()})
    with use_ops("numpy", use_blis=False):
        train(init_nlp(config), folder)


def _learn_lexical(corpora: Path, folder: Path) -> None:
    learn_lexical(folder.parent / "documents", folder).to_disk(folder / LEXICAL)


def _assemble(corpora: Path, folder: Path) -> None:
    lexical = LexicalScores.from_disk(folder.parent / "lexical" / LEXICAL)
    assemble(folder.parent / "components" / "model-last", lexical, folder)


def _write_pairs(corpora: Path, folder: Path) -> None:
    from extractors.development.training.pair_classifiers import write_classifiers
    from extractors.pipeline import finding_pipeline

    write_classifiers(corpora, finding_pipeline(folder.parent / "model"), folder)


def _write_statements(corpora: Path, folder: Path) -> None:
    from extractors.development.training.statement_reader import write_reader
    from extractors.pipeline import finding_pipeline

    write_reader(corpora, finding_pipeline(folder.parent / "model"), folder)


STEPS = (
    Step("documents", (), _write_documents),
    Step("text", (), _write_text),
    Step("vectors", ("text",), _write_vectors),
    Step("components", ("documents", "vectors"), _learn),
    Step("lexical", ("documents",), _learn_lexical),
    Step("model", ("components", "lexical"), _assemble),
    Step("pairs", ("model",), _write_pairs),
    Step("statements", ("model",), _write_statements),
)


def run_steps(corpora: Path, work: Path, steps: Sequence[Step] = STEPS, redo: Collection[str] = ()) -> None:
    """Run every step that is not done or is named in `redo`, and those that depend on it, in order.

    Raises CorpusError if a corpus is missing.
    """
    missing = sorted({source.folder for source in SOURCES if not (corpora / source.folder).exists()})
    if missing:
        raise CorpusError(f"{corpora} lacks {', '.join(missing)}; expected the folder of the annotated corpora")
    hashes: dict[str, str] = {}
    redone: set[str] = set()
    for step in steps:
        config = CONFIGS / f"{step.name}.cfg"
        digest = hashlib.sha256(config.read_bytes() if config.is_file() else b"")
        for name in step.after:
            digest.update(hashes[name].encode())
        hashes[step.name] = digest.hexdigest()
        folder = work / step.name
        done = folder / "DONE"
        if step.name in redo or any(name in redone for name in step.after):
            redone.add(step.name)
        elif done.is_file() and done.read_text(encoding="utf-8") == hashes[step.name]:
            logger.info("%s: done before", step.name)
            continue
        logger.info("%s: begins, in %s", step.name, folder)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        step.run(corpora, folder)
        done.write_text(hashes[step.name], encoding="utf-8")
        logger.info("%s: done", step.name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the training from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpora", type=Path, help="the folder with a folder for each corpus")
    parser.add_argument("--work", type=Path, default=WORK, help="where the steps' results go [default: %(default)s]")
    parser.add_argument("--install", action="store_true", help=f"then replace the bundled model, {MODEL.name}")
    parser.add_argument(
        "--redo", action="append", default=[], choices=[step.name for step in STEPS], help="do this step again"
    )
    chosen = parser.parse_args(arguments)
    chosen.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(chosen.work / "train.log", encoding="utf-8")],
    )
    try:
        run_steps(chosen.corpora, chosen.work, redo=chosen.redo)
    except CorpusError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    if chosen.install:
        _install(chosen.work / "model", MODEL)
        _install(chosen.work / "pairs", PAIRS)
        _install(chosen.work / "statements", STATEMENTS)
    return 0


def _install(made: Path, place: Path) -> None:
    """Replace a bundled folder by the new one as a whole, keeping the model card in it."""
    beside = place.with_name(f"{place.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(made, beside, ignore=shutil.ignore_patterns("DONE"))
    if (place / _CARD).is_file():
        shutil.copy(place / _CARD, beside / _CARD)
    shutil.rmtree(place, ignore_errors=True)
    beside.rename(place)


if __name__ == "__main__":
    sys.exit(main())
