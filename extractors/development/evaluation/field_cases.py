"""Field cases: short texts that users met, each with the statements and mentions that it should yield, and no others.

Every expected statement must be there with its flags, and no other; every expected mention with its type and
identifier ("-" for none). In kinds of false names no mention besides is right. NONE expects no statement.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.files import read_lines
from extractors.development.evaluation.measure import Figures, Lost, Measure, share
from extractors.development.evaluation.reading import Read, ReadMention, ReadText
from extractors.development.evaluation.relations import names_same
from extractors.records import Relation

FILE = "gold/field_cases.tsv"
"""The file beside the corpora."""

OF_NAMES = frozenset({"FG1", "FG2", "FH1", "FK1", "FM1", "FO1", "FI2", "FF3", "FL1"})
"""Kinds that are about names and their types; they are also counted together."""

_OF_FALSE_NAMES = ("FG", "FH", "FL")
_COLUMNS = frozenset({"case_id", "text", "expected"})


@dataclass(frozen=True, slots=True)
class FieldCase:
    """A text with its expected statements and mentions, each as its fields; `is_silent`: it states nothing."""

    case_id: str
    text: str
    statements: tuple[tuple[str, ...], ...]
    mentions: tuple[tuple[str, ...], ...]
    is_silent: bool

    @property
    def kind(self) -> str:
        """What the identifier begins with: letters and a number."""
        return self.case_id.partition("-")[0]

    @property
    def forbids_others(self) -> bool:
        """Whether mentions that are not expected make it wrong."""
        return self.case_id.startswith(_OF_FALSE_NAMES)


def read_cases(path: Path) -> list[FieldCase]:
    """Read the cases. Raises CorpusError for a missing column, and for an expectation of another number of fields."""
    rows = csv.DictReader(read_lines(path, "the field cases"), delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := _COLUMNS.difference(rows.fieldnames or ()):
        raise CorpusError(f"{path.name} lacks the column {', '.join(sorted(missing))}")
    cases = []
    for row in rows:
        expected = [part.strip() for part in row["expected"].split(" ; ") if part.strip()]
        fields = [tuple(each.split("|")) for each in expected if each != "NONE"]
        if wrong := [each for each in fields if len(each) not in (3, 5)]:
            raise CorpusError(
                f"{path.name}: {row['case_id']} expects {'|'.join(wrong[0])!r}; expected subject|predicate|object|"
                "negated|hedged, or text|type|identifier"
            )
        cases.append(
            FieldCase(
                row["case_id"],
                row["text"],
                tuple(each for each in fields if len(each) == 5),
                tuple(each for each in fields if len(each) == 3),
                expected == ["NONE"],
            )
        )
    return cases


def score_field_cases(corpora: Path, read: Read, sample: bool) -> Measure:
    """Return how many cases of each kind are right. There is no sample of them: all are read."""
    cases = read_cases(corpora.resolve().parent / FILE)
    texts = read({case.case_id: case.text for case in cases})
    right: dict[str, list[bool]] = defaultdict(list)
    lost = []
    for case in cases:
        is_right = passes(case, texts[case.case_id])
        for kind in ("all", *(["kinds of names"] if case.kind in OF_NAMES else []), case.kind):
            right[kind].append(is_right)
        if not is_right:
            lost.append(Lost(case.kind, _shown(case, texts[case.case_id])))
    rows: dict[str, Figures] = {
        kind: {"cases": len(right[kind]), "right": sum(right[kind]), "share": share(sum(right[kind]), len(right[kind]))}
        for kind in ("all", "kinds of names", *sorted(right.keys() - {"all", "kinds of names"}))
        if kind in right
    }
    return Measure("field", "texts that users met, each wholly right or not", rows, lost)


def passes(case: FieldCase, text: ReadText) -> bool:
    """Whether a text yields what the case expects and nothing that it forbids."""
    if case.is_silent and text.relations:
        return False
    if case.forbids_others and any(not _is_expected(each, case) for each in text.mentions):
        return False
    named = all(any(_is(mention, expected) for mention in text.mentions) for expected in case.mentions)
    return named and (not case.statements or _states(case.statements, text))


def _is_expected(mention: ReadMention, case: FieldCase) -> bool:
    texts = [each[0] for each in case.mentions] + [each[end] for each in case.statements for end in (0, 2)]
    return any(names_same(text, [mention.record.text]) for text in texts)


def _is(mention: ReadMention, expected: tuple[str, ...]) -> bool:
    text, entity_type, identifier = expected
    record = mention.record
    return (
        record.text == text and entity_type in ("", record.entity_type) and identifier in ("", record.concept_id or "-")
    )


def _states(expected: Sequence[tuple[str, ...]], text: ReadText) -> bool:
    """Whether the text yields each expected statement once, and no other."""
    names = {each.record.mention_id: each.names for each in text.mentions}
    unused = list(text.relations)
    for wanted in expected:
        found = next((relation for relation in unused if _says(relation, wanted, names)), None)
        if found is None:
            return False
        unused.remove(found)
    return not unused


def _says(relation: Relation, wanted: tuple[str, ...], names: Mapping[str, tuple[str, str]]) -> bool:
    subject, predicate, object_, negated, hedged = wanted
    return (
        relation.predicate == predicate
        and names_same(subject, names[relation.subject.mention_id])
        and names_same(object_, names[relation.object.mention_id])
        and (relation.is_negated, relation.is_hedged) == (negated == "1", hedged == "1")
    )


def _shown(case: FieldCase, text: ReadText) -> str:
    wanted = [*("|".join(each) for each in (*case.statements, *case.mentions)), *(["NONE"] if case.is_silent else [])]
    stated = [
        f"{r.subject.text} {r.predicate} {r.object.text}{' negated' * r.is_negated}{' hedged' * r.is_hedged}"
        for r in text.relations
    ]
    names = [f"{each.record.text}:{each.record.entity_type}:{each.record.concept_id or '-'}" for each in text.mentions]
    return (
        f"{case.case_id}  {case.text} | wanted {'; '.join(wanted)} | got {'; '.join(stated) or 'nothing'} "
        f"| names {', '.join(names) or 'none'}"
    )
