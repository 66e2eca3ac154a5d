"""Grounds names by scispaCy's linker instead of the compiled vocabulary, for users who have scispaCy's data.

The candidates are scispaCy's (`CandidateGenerator`: nearest names by the cosine of their character 3-grams). Of these
only a concept of the mention's entity type is taken, and none below a similarity of `FLOOR`. Nothing is ever
downloaded: the data are opened where scispaCy keeps them, or reported as missing.

Importing this module loads nmslib and scikit-learn; import it only where a linker was asked for.
"""

from __future__ import annotations

import csv
import inspect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scispacy import file_cache
from scispacy.candidate_generation import (
    DEFAULT_KNOWLEDGE_BASES,
    DEFAULT_PATHS,
    CandidateGenerator,
    LinkerPaths,
    MentionCandidate,
)
from scispacy.linking_utils import Entity, KnowledgeBase

from extractors.data import data_file
from extractors.options import OptionError
from extractors.records import Concept, Synonym

SEMANTIC_TYPES = data_file("linking/umls_semantic_types.tsv")

LINKERS = ("umls", "mesh", "go", "hpo", "rxnorm")
"""The linkers that scispaCy has data for."""

FLOOR = 0.85
"""Least similarity of a candidate. scispaCy's own threshold is 0.7."""

NEIGHBOURS = 30
"""Names looked at for each mention, as many as by scispaCy's linker."""

_GIVEN = frozenset({"T121", "T127", "T195", "T200"})
"""Semantic types of what is given to patients and hence a drug, whatever else it is: insulin is also a hormone."""

_DEFAULT_TYPES = {"go": "effect", "hpo": "disease", "rxnorm": "drug"}
"""Linker -> entity type of concepts without a semantic type, where all concepts of the knowledge base are of one."""

_PREFIXES = {"umls": "UMLS", "mesh": "MESH", "go": "GO", "hpo": "HP", "rxnorm": "RXNORM"}
_UMLS_IDENTIFIER = re.compile(r"C\d{7}")


class LinkerError(OptionError):
    """A linker is unknown, or its data are not there; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a name was linked to, how similar the best name is (0 to 1), and why it was linked to nothing.

    `reason` is None where there is a concept; else `no_candidate` (no name shares a 3-gram with it), `other_type`
    (similar enough, but only to concepts of another type) or `below_threshold`.
    """

    concept: Concept | None
    score: float
    reason: str | None = None


class Linker:
    """Links names to the concepts of one of scispaCy's knowledge bases; `name` is one of `LINKERS`.

    Raises LinkerError when `name` is none of `LINKERS`, or scispaCy's data for it are not in its cache.
    """

    def __init__(self, name: str, *, floor: float = FLOOR) -> None:
        files = data_files(name)
        aliases, vectorizer, index = LinkerPaths(*files[:-1]).load()
        self.name = name
        self._prefix = _PREFIXES[name]
        self._default_type = _DEFAULT_TYPES.get(name, "")
        self._floor = floor
        self._kb = KnowledgeBase(files[-1])
        self._candidates = CandidateGenerator(index, vectorizer, aliases, self._kb)

    def link(self, texts: Sequence[str], entity_types: Sequence[str]) -> list[Linked]:
        """Return what each of `texts` means as the entity type at the same place of `entity_types`.

        Many at once are faster than one by one.
        """
        found = self._candidates(list(texts), NEIGHBOURS)
        return [self._choose(*each) for each in zip(texts, entity_types, found, strict=True)]

    def _choose(self, text: str, entity_type: str, candidates: Sequence[MentionCandidate]) -> Linked:
        if not candidates:
            return Linked(None, 0.0, "no_candidate")

        def order(candidate: MentionCandidate) -> tuple[float, bool, str]:
            is_its_name = self._kb.cui_to_entity[candidate.concept_id].canonical_name.lower() == text.lower()
            return (-_score(candidate), not is_its_name, candidate.concept_id)

        best_first = sorted(candidates, key=order)
        highest = _score(best_first[0])
        if highest < self._floor:
            return Linked(None, highest, "below_threshold")
        for candidate in best_first:
            score = _score(candidate)
            if score < self._floor:
                break
            concept = self._concept(self._kb.cui_to_entity[candidate.concept_id], entity_type)
            if concept is not None:
                return Linked(concept, score)
        return Linked(None, highest, "other_type")

    def _concept(self, entity: Entity, entity_type: str) -> Concept | None:
        """Return the record of an entity; None where it is not of `entity_type`. An entity has one type."""
        allowed = [_subtypes()[each] for each in entity.types if each in _subtypes()]
        is_given = not _GIVEN.isdisjoint(entity.types)
        of_type = "drug" if is_given else next((kind for each in allowed for kind in each), self._default_type)
        if of_type != entity_type:
            return None
        subtypes = [each[entity_type] for each in allowed if entity_type in each]
        curie = self._curie(entity.concept_id)
        return Concept(
            concept_id=curie,
            entity_type=entity_type,
            subtype=subtypes[0] if subtypes else None,
            name=entity.canonical_name,
            vocabulary=curie.partition(":")[0],
            synonyms=tuple(
                Synonym(alias, "exact") for alias in dict.fromkeys(entity.aliases) if alias != entity.canonical_name
            ),
        )

    def _curie(self, concept_id: str) -> str:
        """Write an identifier as a CURIE; scispaCy's smaller knowledge bases have UMLS identifiers in some versions."""
        if _UMLS_IDENTIFIER.fullmatch(concept_id):
            return f"UMLS:{concept_id}"
        return concept_id if concept_id.startswith(f"{self._prefix}:") else f"{self._prefix}:{concept_id}"


def _score(candidate: MentionCandidate) -> float:
    return min(1.0, float(max(candidate.similarities)))


def data_files(name: str) -> list[str]:
    """Return where the files of a linker lie in scispaCy's cache: index, vectorizer, vectors, aliases, concepts.

    They are found here, as scispaCy asks their owner over the network which version is current even when it has one.
    Raises LinkerError when `name` is none of `LINKERS`, or files are missing.
    """
    if name not in LINKERS:
        raise LinkerError(f"linker is {name!r}; expected one of {', '.join(LINKERS)}")
    concepts = inspect.signature(DEFAULT_KNOWLEDGE_BASES[name]).parameters["file_path"].default
    folder = Path(file_cache.DATASET_CACHE)
    found: list[str] = []
    missing = []
    for address in (*DEFAULT_PATHS[name], concepts):
        plain = Path(file_cache.url_to_filename(address))
        file_name = plain.name.partition(".")[2]
        versions = [path for path in folder.glob(f"{plain.name.partition('.')[0]}*") if path.name.endswith(file_name)]
        if versions:
            found.append(str(max(versions, key=lambda path: path.stat().st_mtime)))
        else:
            missing.append(file_name)
    if missing:
        raise LinkerError(
            f"linker {name!r} needs scispaCy's data, and {folder} lacks {', '.join(missing)}; let scispaCy fetch them "
            f'once where there is a network (python -c "from scispacy.candidate_generation import CandidateGenerator; '
            f"CandidateGenerator(name='{name}')\"), or set SCISPACY_CACHE to the folder whose datasets/ has them"
        )
    return found


@cache
def _subtypes() -> Mapping[str, Mapping[str, str]]:
    """Return semantic type of UMLS -> the entity types it may be -> its subtype as each."""
    types: dict[str, dict[str, str]] = {}
    with SEMANTIC_TYPES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            types.setdefault(row["semantic_type"], {})[row["entity_type"]] = row["subtype"]
    return types
