"""Scores the relations that the pipeline finds in annotated passages, end to end, with misses counted."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.development.corpora.annotated import CorpusError
from extractors.development.evaluation.counts import NameScore
from extractors.extract import extract
from extractors.records import Article, Extraction, Failure, Relation, Section

HELD_OUT = "passages_heldout*.tsv"
"""Files of passages that are scored for releases only. No rule is written and nothing is chosen with them in view."""

_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """One expected relation of a passage. Any of `predicates` is accepted."""

    passage: str
    subject: str
    predicates: frozenset[str]
    object: str
    is_negated: bool
    is_hedged: bool
    predicate: str = ""
    """The first of `predicates`."""
    subject_type: str = ""
    object_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationScore:
    """Counts over all passages; `flags_right` is the number of found relations with both flags as expected."""

    passages: int
    expected: int
    returned: int
    found: int
    flags_right: int
    missed: tuple[GoldRelation, ...]
    spurious: tuple[tuple[str, Relation], ...]

    @property
    def precision(self) -> float:
        """Share of the returned relations that were expected."""
        return self.found / self.returned if self.returned else 0.0

    @property
    def recall(self) -> float:
        """Share of the expected relations that were returned."""
        return self.found / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.expected + self.returned
        return 2 * self.found / total if total else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """The figures, for JSON."""
        return {
            "passages": self.passages,
            "expected": self.expected,
            "returned": self.returned,
            "found": self.found,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "flags_right": self.flags_right,
        }


@dataclass(frozen=True, slots=True)
class RelationScores:
    """The score of the passages, if there are any, and name, published figure and counts of each corpus."""

    passages: RelationScore | None
    corpora: Sequence[tuple[str, str, NameScore]]

    def as_dict(self) -> dict[str, Any]:
        """The figures, for JSON: those of the passages, and `corpora`."""
        rows = [
            {
                "corpus": name,
                "published": published,
                "gold": score.gold,
                "found": score.found,
                "right": score.right,
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
                "f1": round(score.f1, 4),
            }
            for name, published, score in self.corpora
        ]
        return {**(self.passages.as_dict() if self.passages else {}), "corpora": rows}


_COLUMNS = (
    "doc subject_text predicate object_text negated hedged evidence_sentence alt_predicates".split()
)  # others may follow


def read_passages(path: Path) -> tuple[dict[str, str], list[GoldRelation]]:
    """Read passages and expected relations (tab-separated, one row per relation, predicate NONE for none).

    Raises CorpusError when the file is missing or lacks a column.
    """
    if not path.is_file():
        raise CorpusError(f"no file {path}; expected the annotated passages sentences.tsv there")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise CorpusError(f"{path.name} lacks the column {', '.join(missing)}")
        passages: dict[str, str] = {}
        expected = []
        for row in rows:
            passages[row["doc"]] = row["evidence_sentence"]
            if row["predicate"] == "NONE":
                continue
            others = [] if row["alt_predicates"] == "-" else row["alt_predicates"].split(",")
            expected.append(
                GoldRelation(
                    passage=row["doc"],
                    subject=row["subject_text"],
                    predicates=frozenset([row["predicate"], *others]),
                    object=row["object_text"],
                    is_negated=row["negated"] == "1",
                    is_hedged=row["hedged"] == "1",
                    predicate=row["predicate"],
                    subject_type=row.get("subject_type") or "",
                    object_type=row.get("object_type") or "",
                )
            )
    return passages, expected


def names_same(gold: str, found: Iterable[str]) -> bool:
    """Whether one of the found names contains the gold text as whole words, or the other way round.

    >>> names_same("plaque psoriasis", ["moderate-to-severe plaque psoriasis"]), names_same("TNF", ["TNFSF4"])
    (True, False)
    """
    wanted = f" {_PUNCTUATION.sub(' ', gold.lower()).strip()} "
    for name in found:
        given = f" {_PUNCTUATION.sub(' ', name.lower()).strip()} "
        if given.strip() and (wanted in given or given in wanted):
            return True
    return False


def score_relations(gold: Sequence[GoldRelation], found: dict[str, Extraction]) -> RelationScore:
    """Score whole passages. A returned relation matches at most one gold row; gold rows without a match are misses."""
    unused: list[tuple[str, Relation]] = [
        (passage, relation) for passage, extraction in found.items() for relation in extraction.relations
    ]
    returned = len(unused)
    names: dict[str, list[str]] = {}
    for extraction in found.values():
        preferred = {concept.concept_id: concept.name for concept in extraction.concepts}
        for mention in extraction.mentions:
            names[mention.mention_id] = [mention.text, preferred.get(mention.concept_id or "", "")]
    missed = []
    flags_right = 0
    for row in gold:
        fitting = [
            (passage, relation)
            for passage, relation in unused
            if passage == row.passage
            and relation.predicate in row.predicates
            and names_same(row.subject, names[relation.subject.mention_id])
            and names_same(row.object, names[relation.object.mention_id])
        ]
        if not fitting:
            missed.append(row)
            continue
        best = max(
            fitting,
            key=lambda hit: (hit[1].is_negated == row.is_negated) + (hit[1].is_hedged == row.is_hedged),
        )
        unused.remove(best)
        flags_right += best[1].is_negated == row.is_negated and best[1].is_hedged == row.is_hedged
    return RelationScore(
        passages=len(found),
        expected=len(gold),
        returned=returned,
        found=len(gold) - len(missed),
        flags_right=flags_right,
        missed=tuple(missed),
        spurious=tuple(unused),
    )


def extract_passages(passages: dict[str, str]) -> dict[str, Extraction]:
    """Extract each passage as a separate article. Raises CorpusError if one fails."""
    articles = [
        Article(
            article_id=name,
            text=text,
            sections=(Section(section_no=0, kind="body", heading=None, start_char=0, end_char=len(text)),),
            source_uri=f"passage:{name}",
            source_format="passage",
            content_sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
        for name, text in passages.items()
    ]
    found = {}
    for outcome in extract(articles):
        if isinstance(outcome, Failure):
            raise CorpusError(f"{outcome.source_uri}: {outcome.message}")
        found[outcome.article.article_id] = outcome
    return found


def evaluate_relations(corpora: Path) -> RelationScores:
    """Score a file of passages, or the passages and the corpora of relations in a folder.

    Passages are gold/sentences.tsv in the folder or beside it, or sentences.tsv. Raises CorpusError when there is
    nothing to score, when it is malformed, and when the file is one of the held-out ones, whose misses are not shown.
    """
    from extractors.development.evaluation.related import related_rows

    if corpora.match(HELD_OUT):
        raise CorpusError(f"{corpora.name} is held out: for a release, name its folder and add --heldout")
    if not corpora.is_dir():
        return RelationScores(_score_file(corpora), [])
    tried = [corpora / "gold" / "sentences.tsv", corpora / "sentences.tsv", corpora.parent / "gold" / "sentences.tsv"]
    path = next((path for path in tried if path.is_file()), None)
    rows = related_rows(corpora)
    if path is None and not rows:
        raise CorpusError(
            f"no annotated passages: {' and '.join(map(str, tried[:2]))} do not exist, and {corpora} holds none of the "
            "corpora drugprot, bc5cdr, phee and biored; name a folder that has one"
        )
    return RelationScores(_score_file(path) if path else None, rows)


def score_held_out(folder: Path) -> dict[str, RelationScore]:
    """Score the held-out passages in a folder: file name -> counts. Raises CorpusError when there are none."""
    if not (paths := sorted(folder.glob(HELD_OUT))):
        raise CorpusError(f"no held-out passages: {folder / HELD_OUT} matches no file; name the folder that has them")
    return {path.name: _score_file(path) for path in paths}


def held_out_report(scores: Mapping[str, RelationScore]) -> str:
    """Return the figures as a table, a row for each file; no miss is listed, so that nobody writes a rule for it."""
    lines = [
        "| file | passages | expected | returned | found | precision | recall | F1 | flags right |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    return "\n".join([*lines, *(f"| {name} {_figures(score)}" for name, score in scores.items())])


def _score_file(path: Path) -> RelationScore:
    passages, gold = read_passages(path)
    return score_relations(gold, extract_passages(passages))


def report(scores: RelationScores) -> str:
    """Return the figures as tables, followed by every miss and every spurious relation of the passages."""
    lines = [_passage_report(scores.passages)] if scores.passages else []
    if scores.corpora:
        lines += ["| corpus | relations | found | precision | recall | F1 | published |"]
        lines += ["| --- | ---: | ---: | ---: | ---: | ---: | --- |"]
        lines += [
            f"| {name} | {score.gold} | {score.found} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} "
            f"| {published} |"
            for name, published, score in scores.corpora
        ]
    return "\n".join(lines)


def _passage_report(score: RelationScore) -> str:
    lines = [
        "| passages | expected | returned | found | precision | recall | F1 | flags right |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        _figures(score),
    ]
    for row in score.missed:
        lines.append(f"missed    {row.passage}  {row.subject} | {'/'.join(sorted(row.predicates))} | {row.object}")
    rules = Counter(relation.method for _, relation in score.spurious)
    for passage, relation in score.spurious:
        lines.append(
            f"spurious  {passage}  {relation.subject.text} | {relation.predicate} | {relation.object.text} "
            f"({relation.method}, {rules[relation.method]} in all)"
        )
    return "\n".join(lines)


def _figures(score: RelationScore) -> str:
    return (
        f"| {score.passages} | {score.expected} | {score.returned} | {score.found} | {score.precision:.3f} | "
        f"{score.recall:.3f} | {score.f1:.3f} | {score.flags_right}/{score.found} |"
    )
