"""Names of a corpus found in its raw text, by place and type, misses counted and told apart by kind.

Every mention counts, one within another too. A name is strictly right if its characters and its type are those of the
corpus, right by overlap if it shares a character with one of the same type there. A mention whose own type is effect
is no name, and of targets only proteins and their families are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.evaluation.counts import NameScore
from extractors.development.evaluation.measure import Lost, Measure, share
from extractors.development.evaluation.reading import Read, ReadMention, ReadText
from extractors.development.training.sources import source
from extractors.records import PROTEINS

SAMPLE = 100
"""Abstracts of a training split that are read in place of the scored ones."""

TYPES: Mapping[str, str] = {
    "ChemicalEntity": "drug",
    "GeneOrGeneProduct": "target",
    "DiseaseOrPhenotypicFeature": "disease",
}
"""Label in BioRED -> our entity type."""

WAYS_TO_MISS = ("within longer", "other type", "other span", "not found")
"""What is missed stands within a longer mention, is found with another type, overlaps with a mention, or with none."""

_GENES = frozenset({"GeneOrGeneProduct", "Gene", "FamilyName"})
_REACH = 30
"""Characters of the text beside a name that an example shows."""


def documents(corpora: Path, name: str, split: str, most: int = 0) -> dict[str, AnnotatedText]:
    """Return the documents of a split; with `most` so many of them, evenly spread."""
    texts = list(source(name).texts(corpora, split))
    step = max(1, len(texts) // most) if most else 1
    return {f"{name} {text.document_id}": text for text in (texts[::step][:most] if most else texts)}


def read_documents(chosen: Mapping[str, AnnotatedText], read: Read) -> Mapping[str, ReadText]:
    """Return what is found in the raw text of each document."""
    return read({name: document.text for name, document in chosen.items()})


@dataclass(slots=True)
class SpanScore:
    """Counts of names by exact place, and how many of the corpus and of the found ones overlap with their like."""

    strict: NameScore = field(default_factory=NameScore)
    gold_overlapped: int = 0
    found_overlapped: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    """What stands in place of those that are not strictly found -> how many."""

    def __iadd__(self, other: SpanScore) -> SpanScore:
        self.strict += other.strict
        self.gold_overlapped += other.gold_overlapped
        self.found_overlapped += other.found_overlapped
        self.missed += other.missed
        return self

    def figures(self) -> dict[str, int | float]:
        """Return counts, and precision, recall and F1 of both ways to count."""
        precision = share(self.found_overlapped, self.strict.found)
        recall = share(self.gold_overlapped, self.strict.gold)
        return {
            "names": self.strict.gold,
            "found": self.strict.found,
            "precision": self.strict.precision,
            "recall": self.strict.recall,
            "strict F1": self.strict.f1,
            "overlap precision": precision,
            "overlap recall": recall,
            "overlap F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
            **{f"missed: {way}": self.missed[way] for way in WAYS_TO_MISS},
        }


def score_names(corpora: Path, read: Read, sample: bool) -> Measure:
    """Score drugs, targets and diseases on BioRED's development split, or on a sample of its training split."""
    chosen = documents(corpora, "biored", "train", SAMPLE) if sample else documents(corpora, "biored", "scored")
    texts = read_documents(chosen, read)
    scores = {entity_type: SpanScore() for entity_type in TYPES.values()}
    lost: list[Lost] = []
    for name, document in chosen.items():
        for entity_type, score in scores.items():
            lost += _count(score, entity_type, document, texts[name])
    total = SpanScore()
    for score in scores.values():
        total += score
    rows = {name: score.figures() for name, score in {"all": total, **scores}.items()}
    about = f"{_called(sample)}, raw text, {len(chosen)} abstracts, {failed(texts.values())}"
    return Measure("names", about, rows, lost)


def _called(sample: bool) -> str:
    return "BioRED training, a sample" if sample else "BioRED development"


def failed(texts: Iterable[ReadText]) -> str:
    """Return how many texts could not be read; what they name is missed."""
    return f"{sum(bool(text.failure) for text in texts)} not read"


def named_type(mention: ReadMention) -> str | None:
    """Return drug, target or disease, or None if it does not count as a name of one."""
    record = mention.record
    if record.entity_type == "target":
        return "target" if record.subtype in PROTEINS else None
    return record.entity_type if record.entity_type in TYPES.values() else None


def _count(score: SpanScore, entity_type: str, document: AnnotatedText, text: ReadText) -> list[Lost]:
    """Add the counts of one type in one document, and return what is missed and what is wrong."""
    gold = {(span.start, span.end) for span in document.spans if TYPES.get(span.label) == entity_type}
    found = {(each.start, each.end) for each in text.mentions if named_type(each) == entity_type}
    score.strict += NameScore(len(gold), len(found), len(gold & found))
    score.gold_overlapped += sum(_meets_any(place, found) for place in gold)
    score.found_overlapped += sum(_meets_any(place, gold) for place in found)
    lost = []
    for place in sorted(gold - found):
        way, mention = how_missed(place, entity_type, text.mentions)
        score.missed[way] += 1
        lost.append(Lost(f"missed {entity_type}: {_told(way, mention)}", shown(document.document_id, text, place)))
    return lost + [
        Lost(
            f"wrong {entity_type}: {_how_wrong(place, entity_type, document.spans)}",
            shown(document.document_id, text, place),
        )
        for place in sorted(found - gold)
    ]


Place = tuple[int, int]


def meets(one: Place, other: Place) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _meets_any(place: Place, others: Iterable[Place]) -> bool:
    return any(meets(place, other) for other in others)


def how_missed(place: Place, entity_type: str, mentions: Sequence[ReadMention]) -> tuple[str, ReadMention | None]:
    """Return which of WAYS_TO_MISS it is for a name that was not found as it should be, and what is found there."""
    near = [each for each in mentions if meets(place, (each.start, each.end))]
    if not near:
        return "not found", None
    if same := [each for each in near if (each.start, each.end) == place]:
        return "other type", same[0]
    around = [each for each in near if each.start <= place[0] and place[1] <= each.end]
    if around:
        return "within longer", min(around, key=lambda each: each.end - each.start)
    alike = [each for each in near if named_type(each) == entity_type]
    return "other span", (alike or near)[0]


def _told(way: str, mention: ReadMention | None) -> str:
    return way if mention is None else f"{way}, {mention.kind}"


def _how_wrong(place: Place, entity_type: str, spans: Sequence[AnnotatedSpan]) -> str:
    near = [span for span in spans if meets(place, (span.start, span.end))]
    if not near:
        return "nothing annotated"
    if any(TYPES.get(span.label) == entity_type for span in near):
        return "other span"
    return f"annotated as {near[0].label}"


def shown(document_id: str, text: ReadText, place: Place) -> str:
    """Return a place of a text with the words beside it, and the mentions of ours that it meets."""
    start, end = place
    before = " ".join(text.text[max(0, start - _REACH) : start].split())
    after = " ".join(text.text[end : end + _REACH].split())
    ours = ", ".join(
        f"{each.record.text} ({each.kind})" for each in text.mentions if meets(place, (each.start, each.end))
    )
    return f"{document_id}  ... {before} [{text.text[start:end]}] {after} ... | {ours or '-'}"


def score_targets(corpora: Path, read: Read, sample: bool) -> Measure:
    """Return how many genes are found as targets, in sentences that also name a drug or a disease.

    In BioRED the corpus says what a sentence names; NLM-Gene annotates genes alone, and our own mentions say it.
    """
    split = ("train", "train") if sample else ("scored", "dev")
    rows: dict[str, dict[str, int | float]] = {}
    lost: list[Lost] = []
    texts: dict[str, ReadText] = {}
    for name, of_split in zip(("biored", "nlm_gene"), split, strict=True):
        chosen = documents(corpora, name, of_split, SAMPLE if sample else 0)
        here = read_documents(chosen, read)
        texts |= here
        names = found = 0
        for document_id, document in chosen.items():
            for place in _genes_beside(document, here[document_id], by_corpus=name == "biored"):
                names += 1
                over = [each for each in here[document_id].mentions if meets(place, (each.start, each.end))]
                if any(each.record.entity_type == "target" for each in over):
                    found += 1
                else:
                    kind = _told(*how_missed(place, "target", over))
                    lost.append(Lost(f"{name}: {kind}", shown(document.document_id, here[document_id], place)))
        rows[name] = {"genes": names, "found as target": found, "share": share(found, names)}
    called = "training samples" if sample else "BioRED development and NLM-Gene test"
    about = f"genes in sentences that name a drug or disease, {called}, raw text, {failed(texts.values())}"
    return Measure("targets", about, rows, lost)


def _genes_beside(document: AnnotatedText, text: ReadText, *, by_corpus: bool) -> list[Place]:
    """Return where a document names genes in a sentence that also names a drug or disease."""
    places = [(span.start, span.end) for span in document.spans if span.label in _GENES]
    if by_corpus:
        others = [s.start for s in document.spans if TYPES.get(s.label) in ("drug", "disease")]
    else:
        others = [
            each.start
            for each in text.mentions
            if each.record.entity_type in ("drug", "disease") and not _meets_any((each.start, each.end), places)
        ]
    telling = [sentence for sentence in text.sentences if any(sentence[0] <= at < sentence[1] for at in others)]
    return [place for place in places if any(start <= place[0] < end for start, end in telling)]
