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
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from linkers.neighbours import (
    ExactIndex,
    NeighbourGrounder,
    Neighbours,
    embedded,
    write_index,
    write_knowledge_base,
)
from linkers.processes import KNOWLEDGE_BASE_FILE, Side
from linkers.shared import Splits, chosen_concepts, concept_count, documents, write_vocabulary

from extractors.development.evaluation.grounding import SPLITS, GroundingScore, evaluate_grounding
from extractors.linking.grounder import FORM_SCORE, SURE_FORMS, Grounder
from extractors.linking.vocabulary.lookup import DATA, Vocabulary

ROOT = Path(__file__).parent.parent
TEST: Splits = {split: SPLITS[split] for split in (("NCBI disease", "test"), ("BC5CDR", "test"), ("BioRED", "dev"))}
TRAINING: Splits = {
    ("NCBI disease", "dev"): SPLITS["NCBI disease", "dev"],
    ("NCBI disease", "train"): ("ncbi_disease/NCBItrainset_corpus.txt.gz", ("disease",)),
    ("BC5CDR", "train"): ("bc5cdr/CDR_TrainingSet.PubTator.txt.gz", ("chemical", "disease")),
    ("BC5CDR", "dev"): SPLITS["BC5CDR", "dev"],
    ("BioRED", "train"): ("biored/Train.PubTator.gz", ("gene", "chemical", "disease")),
}
FLOORS = (0.7, 0.8, 0.85, 0.9, 0.95)
DOCUMENTS_FILE = "documents.json"


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
    """Score both by the rule of extractors/development/evaluation/grounding.py."""
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
    given = parser.parse_args()
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
        write_knowledge_base(folder / KNOWLEDGE_BASE_FILE, whole, range(concept_count()))
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


if __name__ == "__main__":
    raise SystemExit(main())
