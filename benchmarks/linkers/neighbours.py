"""scispaCy's side: the vocabulary as its knowledge base, its index, its candidates as a `Grounder`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.linking.grounder import Grounder, Grounding
from extractors.linking.vocabulary.lookup import Namespace, Vocabulary
from linkers.processes import KNOWLEDGE_BASE_FILE, NEIGHBOURS
from linkers.shared import names_of

if TYPE_CHECKING:
    from scispacy.candidate_generation import CandidateGenerator

THRESHOLD = 0.7  # the default of scispaCy's EntityLinker


def write_knowledge_base(file: Path, vocabulary: Vocabulary, numbers: Iterable[int]) -> None:
    """Write concepts as scispaCy's entities, one JSON object per line."""
    with file.open("w", encoding="utf-8") as lines:
        for concept in map(vocabulary.concept, numbers):
            entity = {
                "concept_id": concept.concept_id,
                "canonical_name": concept.name,
                "aliases": list(names_of(concept)),
                "types": [concept.entity_type],
            }
            lines.write(json.dumps(entity) + "\n")


def embedded(aliases: Sequence[str]) -> tuple[list[str], Any, Any]:
    """Return the names that have a vector, the vectorizer and the vectors, as scispaCy makes them."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=10, dtype=np.float32)
    vectors = vectorizer.fit_transform(aliases)
    is_filled = np.diff(vectors.indptr) > 0
    return [alias for alias, kept in zip(aliases, is_filled, strict=True) if kept], vectorizer, vectors[is_filled]


def write_index(folder: Path) -> int:
    """Index the names of the knowledge base in `folder` as scispaCy does; return how many they are.

    The parameters and files are those of `create_tfidf_ann_index` of scispaCy 0.6.2, which refuses to run with a
    scipy that cannot save half-precision vectors; they are saved here by numpy, in the form that scispaCy reads.
    """
    import joblib
    import nmslib
    import numpy as np
    from scispacy.candidate_generation import LinkerPaths
    from scispacy.linking_utils import KnowledgeBase

    paths = LinkerPaths.from_directory(folder)
    aliases, vectorizer, vectors = embedded(list(KnowledgeBase(folder / KNOWLEDGE_BASE_FILE).alias_to_cuis))
    joblib.dump(vectorizer, paths.tfidf_vectorizer)
    Path(paths.concept_aliases_list).write_text(json.dumps(aliases), encoding="utf-8")
    np.savez_compressed(
        paths.tfidf_vectors,
        format=b"csr",
        shape=vectors.shape,
        data=vectors.data.astype(np.float16),
        indices=vectors.indices,
        indptr=vectors.indptr,
    )
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectors)
    index.createIndex({"M": 100, "indexThreadQty": 60, "efConstruction": 2000, "post": 0})
    index.saveIndex(paths.ann_index)
    return len(aliases)


class ExactIndex:
    """Nearest neighbours by cosine, without approximation, called as scispaCy calls nmslib."""

    def __init__(self, vectors: Any) -> None:
        self._by_gram = vectors.T.tocsr()

    def knnQueryBatch(self, vectors: Any, k: int) -> Iterator[tuple[Any, Any]]:
        import numpy as np

        for vector in vectors:
            similar = vector @ self._by_gram
            most = min(k, similar.nnz)  # at least one: every 3-gram of the vectorizer is from some name
            nearest = np.argpartition(-similar.data, most - 1)[:most]
            nearest = nearest[np.argsort(-similar.data[nearest], kind="stable")]
            yield similar.indices[nearest], 1.0 - similar.data[nearest]


class Near(NamedTuple):
    concept_no: int
    entity_type: str
    score: float


class Neighbours:
    """The candidates that scispaCy's CandidateGenerator has for a name, best first."""

    def __init__(self, generator: CandidateGenerator, vocabulary: Vocabulary) -> None:
        self._generator = generator
        self._vocabulary = vocabulary
        self.of = cache(self._of)

    def _of(self, name: str) -> list[Near]:
        [candidates] = self._generator([name], NEIGHBOURS)
        entities = self._generator.kb.cui_to_entity
        near = [
            Near(self._vocabulary.number(each.concept_id), entities[each.concept_id].types[0], max(each.similarities))
            for each in candidates
        ]
        return sorted(near, key=lambda each: -round(each.score, 4))


class NeighbourGrounder(Grounder):
    """peyer's forms first, where there are any; then scispaCy's nearest name above a floor.

    With `is_typed` only concepts of the types asked for count, and of equals those that the namespace has; without,
    the first counts, as in scispaCy's EntityLinker.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        neighbours: Neighbours | None = None,
        *,
        floor: float = THRESHOLD,
        forms: tuple[str, ...] = (),
        is_typed: bool = True,
    ) -> None:
        super().__init__(vocabulary)
        self._neighbours, self._floor, self._forms_first, self._is_typed = neighbours, floor, forms, is_typed

    def ground(
        self,
        name: str,
        types: tuple[str, ...],
        *,
        long_forms: Mapping[str, str] | None = None,
        namespace: Namespace = "",
        forms: tuple[str, ...] = (),
    ) -> Grounding:
        first = forms or self._forms_first
        if first:
            found = super().ground(name, types, long_forms=long_forms, namespace=namespace, forms=first)
            if found.concept_no >= 0 or self._neighbours is None:
                return found
        near = self._neighbours.of((long_forms or {}).get(name, name)) if self._neighbours else []
        near = [each for each in near if each.score > self._floor]
        if self._is_typed:
            near = [each for each in near if each.entity_type in types]
            near.sort(key=lambda each: self._order(each, types, namespace))
        return (
            Grounding(near[0].concept_no, "neighbour", near[0].score)
            if near
            else Grounding(-1, "not_in_vocabulary", 0.0)
        )

    def _order(self, near: Near, types: Sequence[str], namespace: Namespace) -> tuple[float, bool, int]:
        has_identifier = bool(self.vocabulary.identifiers(near.concept_no, namespace))
        return -round(near.score, 4), not has_identifier, types.index(near.entity_type)
