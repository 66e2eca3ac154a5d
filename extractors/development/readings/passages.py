"""The project's own annotated passages as read texts, so that the statement reader can learn from them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from extractors.development.evaluation.relations import HELD_OUT, read_passages
from extractors.development.readings.texts import Abstract, Argument, Statement

FOLDER = Path(__file__).parents[3] / "tests" / "golden"
"""In a checkout; an installed package has no passages."""

NOT_ASKED = frozenset({("target", "target")})
"""Types of subject and object of which the passages' guidelines (version 1) did not ask for statements."""


def read_as_texts(folder: Path = FOLDER) -> Iterator[Abstract]:
    """Yield each passage that is not held out as a text of one sentence, with what it states.

    Of several accepted predicates the first is taken. Raises CorpusError if a file lacks a column.
    """
    held_out = set(folder.glob(HELD_OUT))
    for path in sorted(set(folder.glob("passages*.tsv")) - held_out):
        texts, expected = read_passages(path)
        stated: dict[str, list[Statement]] = defaultdict(list)
        for row in expected:
            text = texts[row.passage]
            subject, target = (
                _argument(text, name, kind)
                for name, kind in ((row.subject, row.subject_type), (row.object, row.object_type))
            )
            stated[row.passage].append(
                Statement(
                    sentence_no=0,
                    subject=subject,
                    predicate=row.predicate,
                    object=target,
                    is_negated=row.is_negated,
                    is_hedged=row.is_hedged,
                )
            )
        for name, text in texts.items():
            yield Abstract(document_id=f"{path.stem}:{name}", sentences=(text,), statements=tuple(stated[name]))


def _argument(text: str, name: str, entity_type: str) -> Argument:
    start = max(text.find(name), 0)
    return Argument(texts=(name,), entity_type=entity_type, start=start, end=start + len(name))
