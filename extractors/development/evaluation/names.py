"""How good names are end to end, from raw text through records: found, typed, with the right identifier, usable.

Each measure reads its texts as a user's are read and counts what is missed. Read `spans.py` first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from extractors.development.corpora.annotated import CorpusError
from extractors.development.evaluation import field_cases
from extractors.development.evaluation.grounding import HUMAN_GENES
from extractors.development.evaluation.identifiers import (
    UNII_AMBIGUOUS,
    UNII_NAMES,
    score_drug_names,
    score_genes,
    score_shares,
)
from extractors.development.evaluation.measure import Measure
from extractors.development.evaluation.reading import Read, read_texts
from extractors.development.evaluation.spans import score_names, score_targets
from extractors.development.evaluation.statement_bound import score_statements


class Task(NamedTuple):
    """What a measure is made by, and the files and folders that it needs: those of the corpora, those beside them."""

    score: Callable[[Path, Read, bool], Measure]
    corpora: Collection[str]
    beside: Collection[str] = ()


_ABSTRACTS = tuple(f"gold/abstracts_{part}.{suffix}" for part in ("dev", "train") for suffix in ("jsonl", "tsv"))

TASKS: Mapping[str, Task] = {
    "names": Task(score_names, ("biored",)),
    "targets": Task(score_targets, ("biored", "nlm_gene")),
    "genes": Task(score_genes, ("nlm_gene",), (HUMAN_GENES,)),
    "drug-names": Task(score_drug_names, ("bc5cdr", "biored", "drugprot"), (*UNII_NAMES, UNII_AMBIGUOUS)),
    "statements": Task(score_statements, (), _ABSTRACTS),
    "identifiers": Task(score_shares, (), _ABSTRACTS),
    "field": Task(field_cases.score_field_cases, (), (field_cases.FILE,)),
}
"""Name of a measure -> how it is made."""


def evaluate_names(
    corpora: Path, only: Sequence[str] = (), *, sample: bool = False, cache: Path | None = None
) -> list[Measure]:
    """Make the measures in `only`, or every one whose texts are there; with `sample` on samples of training texts.

    With `cache` what was read is kept in that folder. Raises CorpusError for a measure that there is not, for files
    that are missing, and if there is nothing to score.
    """
    if unknown := [name for name in only if name not in TASKS]:
        raise CorpusError(f"no measure {', '.join(unknown)}; there are {', '.join(TASKS)}")
    absent = {name: _absent(corpora, task) for name, task in TASKS.items()}
    chosen = only or [name for name in TASKS if not absent[name]]
    if lacking := [f"{name} needs {' and '.join(absent[name])}" for name in chosen if absent[name]]:
        raise CorpusError("; ".join(lacking))
    if not chosen:
        raise CorpusError(f"nothing to score: there is no {', no '.join(next(iter(each)) for each in absent.values())}")
    read = partial(read_texts, cache=cache)
    return [TASKS[name].score(corpora, read, sample) for name in chosen]


def _absent(corpora: Path, task: Task) -> list[str]:
    paths = [corpora / name for name in task.corpora] + [corpora.resolve().parent / name for name in task.beside]
    return [str(path) for path in paths if not path.exists()]


def report(measures: Sequence[Measure], misses: int = 0) -> str:
    """Return the measures as tables, each followed by what was lost by kind, with at most `misses` examples."""
    return "\n\n".join(measure.report(misses) for measure in measures)
