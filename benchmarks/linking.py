"""peyer's grounding against scispaCy's linker: the same vocabulary, the same gold mentions, one run.

Usage: python benchmarks/linking.py [CORPORA] [--names N] [--repeats N] [--quick]   (Linux: reads /proc for memory)

Three tables. Speed: both sides in processes of their own, taking turns, over the gold mentions of BC5CDR test (Li et
al., 2016), NCBI disease test (Doğan et al., 2014) and BioRED dev (Luo et al., 2022). scispaCy's index is built here
with scispaCy's own parameters and opened by its unmodified classes. At tens of names per second the whole vocabulary
would take hours, so this table is over N names for both sides: those of the concepts that the mentions mean, the most
frequent first, with their ancestors, then others at random.

Accuracy and the fuzzy step alone: over the whole vocabulary. The unmodified CandidateGenerator gets an exact search
in place of the approximate one, which is slow to query but quick to build, and finds all that the other could.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie

from extractors.grounding import FORM_SCORE, SURE_FORMS, Grounder, Grounding
from extractors.vocabulary.index import RECORD_FORMAT
from extractors.vocabulary.lookup import CONCEPTS_FILE as CONCEPTS_TABLE
from extractors.vocabulary.lookup import DATA, NAMES_FILE, SOURCES_FILE, VERSION_FILE, Vocabulary

if TYPE_CHECKING:
    from scispacy.candidate_generation import CandidateGenerator

    from extractors.evaluation.grounding import GroundingScore
    from extractors.records import Concept

Splits = Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]

ROOT = Path(__file__).parent.parent
TEST: Splits = {
    ("NCBI disease", "test"): ("ncbi_disease/NCBItestset_corpus.txt", ("disease",)),
    ("BC5CDR", "test"): ("bc5cdr/CDR_TestSet.PubTator.txt.gz", ("chemical", "disease")),
    ("BioRED", "dev"): ("biored/Dev.PubTator", ("gene", "chemical", "disease")),
}
TRAINING: Splits = {
    ("NCBI disease", "dev"): ("ncbi_disease/NCBIdevelopset_corpus.txt", ("disease",)),
    ("NCBI disease", "train"): ("ncbi_disease/NCBItrainset_corpus.txt.gz", ("disease",)),
    ("BC5CDR", "train"): ("bc5cdr/CDR_TrainingSet.PubTator.txt.gz", ("chemical", "disease")),
    ("BC5CDR", "dev"): ("bc5cdr/CDR_DevelopmentSet.PubTator.txt.gz", ("chemical", "disease")),
    ("BioRED", "train"): ("biored/Train.PubTator.gz", ("gene", "chemical", "disease")),
}
NEIGHBOURS, THRESHOLD = 30, 0.7  # the defaults of scispaCy's EntityLinker
FLOORS = (0.7, 0.8, 0.85, 0.9, 0.95)
KNOWLEDGE_BASE_FILE = "knowledge_base.jsonl"
DOCUMENTS_FILE = "documents.json"


# What both sides get


def documents(corpora: Path, splits: Splits) -> list[dict[str, Any]]:
    """Return text, defined abbreviations and gold mentions (start, end, types, identifiers), none overlapping."""
    from extractors.corpora.pubtator import read_pubtator
    from extractors.evaluation.grounding import KINDS, defined_abbreviations

    found = []
    for file, kinds in splits.values():
        for document in read_pubtator(corpora / file):
            mentions, end = [], 0
            for mention in document.spans:
                for labels, types, namespace in (KINDS[kind] for kind in kinds):
                    if mention.label in labels and mention.start >= end:
                        gold = [i if ":" in i else f"{namespace}{i}" for i in mention.identifiers]
                        mentions.append((mention.start, mention.end, types, gold))
                        end = mention.end
            found.append({"text": document.text, "defined": defined_abbreviations(document.text), "mentions": mentions})
    return found


def chosen_concepts(vocabulary: Vocabulary, wanted: Counter[str], names: int) -> list[int]:
    """Return lines of the vocabulary that together have about `names` names, what is above each among them."""
    lines = gzip.decompress((DATA / CONCEPTS_TABLE).read_bytes()).decode("utf-8").splitlines()[1:]
    weight: Counter[int] = Counter()
    for number, line in enumerate(lines):
        concept_id, _, _, _, xrefs, _, _ = line.split("\t")
        weight[number] = sum(wanted[curie] for curie in {concept_id, *xrefs.split("|")})
    order = list(range(len(lines)))
    random.Random(0).shuffle(order)
    order.sort(key=lambda number: -weight[number])
    chosen: set[int] = set()
    size = 0
    for number in order:
        if size >= names:
            break
        size += add_with_ancestors(vocabulary, number, chosen)
    return sorted(chosen)


def add_with_ancestors(vocabulary: Vocabulary, number: int, chosen: set[int]) -> int:
    """Add a concept and all above it to `chosen`; return how many names that brings."""
    if number in chosen:
        return 0
    chosen.add(number)
    concept = vocabulary.concept(number)
    above = map(vocabulary.number, concept.parents)
    return len(names_of(concept)) + sum(add_with_ancestors(vocabulary, parent, chosen) for parent in above)


def names_of(concept: Concept) -> dict[str, None]:
    return dict.fromkeys((concept.name, *(synonym.text for synonym in concept.synonyms)))


def write_vocabulary(folder: Path, numbers: Sequence[int]) -> None:
    """Write the lines `numbers` of the bundled vocabulary, and their names, as a compiled vocabulary."""
    header, *lines = gzip.decompress((DATA / CONCEPTS_TABLE).read_bytes()).split(b"\n")
    (folder / CONCEPTS_TABLE).write_bytes(gzip.compress(b"\n".join([header, *(lines[number] for number in numbers)])))
    place = {number: new for new, number in enumerate(numbers)}
    trie = marisa_trie.RecordTrie(RECORD_FORMAT).mmap(str(DATA / NAMES_FILE))
    items = ((key, (place[number], *rest)) for key, (number, *rest) in trie.iteritems() if number in place)
    marisa_trie.RecordTrie(RECORD_FORMAT, items).save(str(folder / NAMES_FILE))
    (folder / VERSION_FILE).write_text("benchmark\n", encoding="utf-8")
    shutil.copyfile(DATA / SOURCES_FILE, folder / SOURCES_FILE)


# scispaCy's side


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
        forms: Collection[str] = (),
        is_typed: bool = True,
    ) -> None:
        super().__init__(vocabulary)
        self._neighbours, self._floor, self._forms_first, self._is_typed = neighbours, floor, forms, is_typed

    def ground(
        self,
        name: str,
        types: Sequence[str],
        *,
        long_forms: Mapping[str, str] | None = None,
        namespace: str = "",
        forms: Collection[str] = (),
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

    def _order(self, near: Near, types: Sequence[str], namespace: str) -> tuple[float, bool, int]:
        has_identifier = bool(self.vocabulary.identifiers(near.concept_no, namespace))
        return -round(near.score, 4), not has_identifier, types.index(near.entity_type)


# One side in a process of its own


def serve(side: str, folder: Path, documents_file: Path) -> None:
    """Load a side, say how long that took; for every line on standard input run once, say how long; then say memory."""
    docs = json.loads(documents_file.read_text(encoding="utf-8"))
    start = time.perf_counter()
    if side == "peyer":
        vocabulary = Vocabulary(folder)
        vocabulary.concept(0)
    else:
        from scispacy.candidate_generation import CandidateGenerator, LinkerPaths
        from scispacy.linking_utils import KnowledgeBase

        aliases, vectorizer, index = LinkerPaths.from_directory(folder).load()
        generator = CandidateGenerator(index, vectorizer, aliases, KnowledgeBase(folder / KNOWLEDGE_BASE_FILE))
    print(time.perf_counter() - start, flush=True)

    names = [[(doc["text"][s:e], types) for s, e, types, _ in doc["mentions"]] for doc in docs]
    if side == "component":
        from scispacy.linking import EntityLinker

        component = EntityLinker(candidate_generator=generator, filter_for_definitions=False)
        spacy_docs = with_entities(docs)
    batch = [doc["defined"].get(name, name) for doc, each in zip(docs, names, strict=True) for name, _ in each]
    for _ in sys.stdin:
        start = time.perf_counter()
        if side == "peyer":
            grounder = Grounder(vocabulary)  # anew, so that no turn profits from the one before
            for doc, each in zip(docs, names, strict=True):
                for name, types in each:
                    grounder.ground(name, tuple(types), long_forms=doc["defined"])
        elif side == "component":
            for spacy_doc in spacy_docs:
                component(spacy_doc)
        else:
            generator(batch, NEIGHBOURS)
        print(time.perf_counter() - start, flush=True)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024, flush=True)


def with_entities(docs: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return spaCy's Docs with the gold mentions as entities and their long forms where scispaCy looks for them."""
    import spacy
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    Doc.set_extension("abbreviations", default=[])
    Span.set_extension("long_form", default=None)
    tokenize = spacy.blank("en")
    made = []
    for doc in docs:
        spacy_doc = tokenize(doc["text"])
        spans = [spacy_doc.char_span(s, e, label="X", alignment_mode="expand") for s, e, _, _ in doc["mentions"]]
        spacy_doc.ents = filter_spans(span for span in spans if span is not None)
        for entity in spacy_doc.ents:
            entity._.long_form = doc["defined"].get(entity.text)
        made.append(spacy_doc)
    return made


class Side:
    """A process that runs `serve`."""

    def __init__(self, side: str, folder: Path, documents_file: Path) -> None:
        command = [sys.executable, __file__, "--serve", side, str(folder), str(documents_file)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.load_seconds = self._answer()

    def _answer(self) -> float:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a side of the comparison has ended; what it said stands above")
        return float(line)

    def run(self) -> float:
        """Go over all mentions once; return seconds."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> float:
        """Return the peak memory in MB."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        peak = self._answer()
        self._process.wait()
        return peak


# The tables


def speed_table(folder: Path, mentions: int, repeats: int) -> Iterator[str]:
    """Let the sides take turns over the same mentions; the first turn of each does not count."""
    sides = {
        "scispaCy CandidateGenerator, all mentions in one call": Side("generator", folder, folder / DOCUMENTS_FILE),
        "scispaCy EntityLinker as a component, Doc by Doc": Side("component", folder, folder / DOCUMENTS_FILE),
        "peyer Grounder.ground, one by one": Side("peyer", folder, folder / DOCUMENTS_FILE),
        "peyer, its whole vocabulary": Side("peyer", DATA, folder / DOCUMENTS_FILE),
    }
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(repeats + 1):
        for name, side in sides.items():
            taken = side.run()
            if turn:
                seconds[name].append(taken)
    component = seconds["scispaCy EntityLinker as a component, Doc by Doc"]
    yield "| side | mentions/s, median | times EntityLinker: min | median | max | load s | peak MB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, side in sides.items():
        ratios = sorted(theirs / ours for theirs, ours in zip(component, seconds[name], strict=True))
        yield (
            f"| {name} | {mentions / statistics.median(seconds[name]):,.0f} | {ratios[0]:.1f} | "
            f"{statistics.median(ratios):.1f} | {ratios[-1]:.1f} | {side.load_seconds:.2f} | {side.end():.0f} |"
        )


def accuracy_table(corpora: Path, vocabulary: Vocabulary, neighbours: Neighbours, splits: Splits) -> Iterator[str]:
    """Score both by the rule of extractors/evaluation/grounding.py."""
    from extractors.evaluation.grounding import evaluate_grounding

    columns = [
        evaluate_grounding(corpora, grounder, splits)
        for grounder in (
            Grounder(vocabulary),
            NeighbourGrounder(vocabulary, neighbours, is_typed=False),
            NeighbourGrounder(vocabulary, neighbours, floor=0.95, is_typed=False),
            NeighbourGrounder(vocabulary, neighbours),
        )
    ]
    yield (
        "| corpus | split | kind | mentions | peyer | scispaCy, first above 0.7 | first above 0.95 | first of the type "
        "above 0.7 | wrong: peyer | scispaCy 0.7 | 0.95 | typed |"
    )
    yield "| --- | --- | --- |" + " ---: |" * 9
    for scores in zip(*columns, strict=True):
        one = scores[0]
        cells = [f"{score.accuracy:.3f}" for score in scores]
        wrong = [str(score.mentions - score.right - score.ungrounded) for score in scores]
        yield f"| {one.corpus} | {one.split} | {one.kind} | {one.mentions} | {' | '.join(cells + wrong)} |"


def fuzzy_table(corpora: Path, vocabulary: Vocabulary, neighbours: Neighbours, splits: Splits) -> Iterator[str]:
    """What a fuzzy step adds to mentions that the steps before it leave ungrounded."""
    from extractors.evaluation.grounding import evaluate_grounding

    yield "| after | step | missed before | right | wrong | left ungrounded | right share | by kind: right/wrong |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |"
    every = tuple(FORM_SCORE)
    for name, first, own in (("exact and normalised forms", SURE_FORMS, "fuzzy"), ("all of Grounder", every, "")):
        before = evaluate_grounding(corpora, NeighbourGrounder(vocabulary, forms=first), splits)
        if own:
            after = evaluate_grounding(corpora, NeighbourGrounder(vocabulary, forms=(*first, own)), splits)
            yield f"| {name} | Vocabulary.similar (one letter) | {added(before, after)} |"
        for floor in FLOORS:
            grounder = NeighbourGrounder(vocabulary, neighbours, floor=floor, forms=first)
            after = evaluate_grounding(corpora, grounder, splits)
            yield f"| {name} | CandidateGenerator above {floor} | {added(before, after)} |"


def added(before: Sequence[GroundingScore], after: Sequence[GroundingScore]) -> str:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for old, new in zip(before, after, strict=True):
        right[new.kind] += new.right - old.right
        wrong[new.kind] += old.ungrounded - new.ungrounded - (new.right - old.right)
    missed = sum(score.ungrounded for score in before)
    left = sum(score.ungrounded for score in after)
    share = right.total() / (missed - left) if missed > left else 0.0
    kinds = ", ".join(f"{kind} {right[kind]}/{wrong[kind]}" for kind in right)
    return f"{missed} | {right.total()} | {wrong.total()} | {left} | {share:.0%} | {kinds}"


def main() -> int:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--names", type=int, default=20_000, help="names in the vocabulary of the speed table")
    parser.add_argument("--repeats", type=int, default=5, help="turns of each side")
    parser.add_argument("--quick", action="store_true", help="a smoke test: 1,000 names, NCBI disease alone")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve[0], Path(given.serve[1]), Path(given.serve[2]))
        return 0
    splits: list[Splits] = [TEST, TRAINING]
    if given.quick:
        splits = [dict(list(each.items())[:1]) for each in splits]
        given.names, given.repeats = 1000, 2
    absent = [file for each in splits for file, _ in each.values() if not (given.corpora / file).is_file()]
    if absent:
        print(f"skipped: {given.corpora} lacks {', '.join(absent)}; name the folder that holds the corpora")
        return 0
    with tempfile.TemporaryDirectory() as name:
        measure(given.corpora, Path(name), splits, given)
    return 0


def measure(corpora: Path, folder: Path, splits: Sequence[Splits], given: argparse.Namespace) -> None:
    from scispacy.candidate_generation import CandidateGenerator
    from scispacy.linking_utils import KnowledgeBase

    docs = documents(corpora, splits[0])
    (folder / DOCUMENTS_FILE).write_text(json.dumps(docs), encoding="utf-8")
    gold = [mention[3] for doc in docs for mention in doc["mentions"]]
    whole = Vocabulary()
    chosen = chosen_concepts(whole, Counter(curie for curies in gold for curie in curies), given.names)
    write_vocabulary(folder, chosen)
    write_knowledge_base(folder / KNOWLEDGE_BASE_FILE, whole, chosen)
    start = time.perf_counter()
    indexed = write_index(folder)
    built = time.perf_counter() - start
    known = {curie for number in chosen for curie in whole.identifiers(number, "")}
    covered = sum(not known.isdisjoint(curies) for curies in gold) / len(gold)
    print(f"{', '.join(' '.join(split) for split in splits[0])}: {len(docs)} documents, {len(gold)} gold mentions")
    print(
        f"\nSpeed: {len(chosen)} concepts, {indexed} names on both sides (a part of the vocabulary, which has what "
        f"{covered:.0%} of the mentions mean); index built in {built:.0f} s; peyer uses one thread, nmslib all cores"
    )
    for line in speed_table(folder, len(gold), given.repeats):
        print(line, flush=True)
    vocabulary = whole
    if given.quick:
        vocabulary = Vocabulary(folder)
    else:
        write_knowledge_base(folder / KNOWLEDGE_BASE_FILE, whole, every_concept())
    knowledge_base = KnowledgeBase(folder / KNOWLEDGE_BASE_FILE)
    aliases, vectorizer, vectors = embedded(list(knowledge_base.alias_to_cuis))
    generator = CandidateGenerator(ExactIndex(vectors), vectorizer, aliases, knowledge_base)
    neighbours = Neighbours(generator, vocabulary)
    print(f"\nAccuracy: {len(knowledge_base.cui_to_entity)} concepts, {len(aliases)} names on both sides")
    for line in accuracy_table(corpora, vocabulary, neighbours, splits[0]):
        print(line, flush=True)
    print(f"\nThe fuzzy step alone, {', '.join(' '.join(split) for split in splits[1])}")
    for line in fuzzy_table(corpora, vocabulary, neighbours, splits[1]):
        print(line, flush=True)


def every_concept() -> range:
    """Return the lines of the bundled vocabulary."""
    return range(gzip.decompress((DATA / CONCEPTS_TABLE).read_bytes()).count(b"\n"))


if __name__ == "__main__":
    raise SystemExit(main())
