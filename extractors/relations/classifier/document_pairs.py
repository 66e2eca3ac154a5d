"""Features of a drug and a disease in a document, for the document-level classifier.

A third of the harms that annotators find in an abstract are stated by no single sentence ("A patient received X. ...
She developed Y"). So the document-level classifier sees the probabilities that the sentence-level one gives to each
sentence with both names, where in the document the names stand, the words around them where no sentence has both, and
the broader concepts of drug and disease.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from extractors.relations.classifier.features import Name, PairInSentence
from extractors.relations.classifier.linear import LinearClassifier

DRUG, DISEASE = "drug", "disease"
_STEPS = (0.02, 0.05, 0.1, 0.17, 0.25, 0.33, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_SHARES = (0.2, 0.4, 0.6, 0.99)
_PLACES = (0, 0.2, 0.5, 0.8)
_COUNTS = range(6)
_CONCEPTS = (1, 2, 3, 5, 8, 12)
_STEM = 6
_MOST_PAIRS = 60

Key = Hashable
Pair = tuple[Key, Key]


class Meaning(NamedTuple):
    """A concept: its CURIE, empty where it is not known, and the CURIEs of all broader concepts."""

    curie: str
    above: frozenset[str]


UNKNOWN = Meaning("", frozenset())


class NamedConcept(NamedTuple):
    """A name in a text, and the key of its concept, which all names of the concept share."""

    name: Name
    key: Key


class Cooccurrence(NamedTuple):
    """Two names in one sentence: how probable their relation is there, and the number of the sentence."""

    probability: float
    sentence: int
    first: Name
    second: Name


class ArticlePairs:
    """The pairs of a drug and a disease in an article, with their features.

    `sentences` are those of title and abstract, the title first; `names` are all names in them, also of other kinds
    than drug and disease; `meanings` maps keys to concepts; `classifier` is the sentence-level one.
    """

    def __init__(
        self,
        sentences: Sequence[Span],
        names: Sequence[NamedConcept],
        meanings: Mapping[Key, Meaning],
        classifier: LinearClassifier,
    ) -> None:
        self._words = [[token.lower_[:_STEM] for token in sentence if token.is_alpha] for sentence in sentences]
        self._meanings = meanings
        self._texts: dict[Key, set[str]] = defaultdict(set)
        self.places: dict[str, dict[Key, list[tuple[int, Name]]]] = {DRUG: {}, DISEASE: {}}
        """Kind -> key -> number of the sentence and name, in reading order."""
        self.cooccurrences: dict[Pair, list[Cooccurrence]] = defaultdict(list)
        """Drug and disease -> their names in the sentences that have both."""
        for number, sentence in enumerate(sentences):
            inside = [each for each in names if sentence.start <= each.name.start and each.name.end <= sentence.end]
            for name, key in inside:
                if name.kind in self.places:
                    self.places[name.kind].setdefault(key, []).append((number, name))
                    self._texts[key].add(sentence.doc[name.start : name.end].text.lower())
            self._read(number, sentence, inside, classifier)
        self._best_of = {
            kind: {
                key: self._best(pair for pair in self.cooccurrences if pair[side] == key) for key in self.places[kind]
            }
            for side, kind in enumerate((DRUG, DISEASE))
        }
        self._rank = {
            kind: {key: rank for rank, key in enumerate(sorted(places, key=lambda key: -len(places[key])))}
            for kind, places in self.places.items()
        }

    def _read(self, number: int, sentence: Span, inside: Sequence[NamedConcept], classifier: LinearClassifier) -> None:
        names = [name for name, _ in inside]
        pairs = [
            (first, second)
            for first in inside
            for second in inside
            if (first.name.kind, second.name.kind) == (DRUG, DISEASE)
            and (first.name.end <= second.name.start or second.name.end <= first.name.start)
        ]
        for first, second in pairs if len(pairs) <= _MOST_PAIRS else ():
            features = PairInSentence(sentence, names, first.name, second.name).features()
            probability = 1 - float(classifier.probabilities(features)[0])
            self.cooccurrences[first.key, second.key].append(Cooccurrence(probability, number, first.name, second.name))

    def pairs(self) -> Iterator[Pair]:
        """Yield every drug with every disease."""
        for drug in self.places[DRUG]:
            for disease in self.places[DISEASE]:
                yield drug, disease

    def nearest(self, pair: Pair) -> tuple[Name, Name]:
        """Return the two names that best show a pair: the most probable ones in a sentence, else the nearest two."""
        if said := self.cooccurrences.get(pair):
            best = max(said, key=lambda one: one.probability)
            return best.first, best.second
        return min(
            (abs(one - other), first, second)
            for one, first in self.places[DRUG][pair[0]]
            for other, second in self.places[DISEASE][pair[1]]
        )[1:]

    def features(self, pair: Pair) -> list[str]:
        """Return the features of a pair, as strings."""
        return [*self._of_sentences(pair), *self._of_places(pair), *self._of_words(pair), *self._of_meanings(pair)]

    def _best(self, pairs: Iterator[Pair]) -> float:
        return max((one.probability for pair in pairs for one in self.cooccurrences[pair]), default=0.0)

    def _sentences(self, pair: Pair) -> tuple[set[int], set[int]]:
        drug, disease = pair
        return {at for at, _ in self.places[DRUG][drug]}, {at for at, _ in self.places[DISEASE][disease]}

    def _of_sentences(self, pair: Pair) -> Iterator[str]:
        said = self.cooccurrences.get(pair, [])
        own = sorted((one.probability for one in said), reverse=True)
        none = 1.0
        for probability in own:
            none *= 1 - probability
        best = own[0] if own else 0.0
        last = len(self._words) - 2
        rival = self._best(each for each in self.cooccurrences if each[1] == pair[1] and each[0] != pair[0])
        other = self._best(each for each in self.cooccurrences if each[0] == pair[0] and each[1] != pair[1])
        of_drug, of_disease = self._best_of[DRUG][pair[0]], self._best_of[DISEASE][pair[1]]
        for name, value in (
            ("best", best),
            ("second", own[1] if len(own) > 1 else 0.0),
            ("any", 1 - none),
            ("mean", sum(own) / len(own) if own else 0.0),
            ("title", max((one.probability for one in said if one.sentence == 0), default=0.0)),
            ("end", max((one.probability for one in said if one.sentence >= last), default=0.0)),
            ("rival", rival),
            ("other", other),
            ("drug", of_drug),
            ("disease", of_disease),
        ):
            yield from _above(name, value, _STEPS)
        yield from _above("together", len({one.sentence for one in said}), _COUNTS)
        yield f"tenth|{int(10 * best)}"
        yield from (f"drug|{int(5 * of_drug)}|{bool(own)}", f"disease|{int(5 * of_disease)}|{bool(own)}")
        yield from (f"rival|{int(5 * rival)}|{int(5 * best)}", f"other|{int(5 * other)}|{int(5 * best)}")
        drugs, diseases = self._sentences(pair)
        away = min(abs(one - two) for one in drugs for two in diseases)
        yield from (f"both|{int(4 * of_drug)}|{int(4 * of_disease)}|{min(away, 3)}", f"away|{min(away, 4)}|{bool(own)}")

    def _of_places(self, pair: Pair) -> Iterator[str]:
        drugs, diseases = self._sentences(pair)
        nearest = min((two - one for one in drugs for two in diseases), key=lambda step: (abs(step), step))
        yield f"order|{(nearest > 0) - (nearest < 0)}"
        yield from _above("away", abs(nearest), _COUNTS)
        yield f"title|{0 in drugs}|{0 in diseases}"
        count = len(self._words)
        for kind, key, sentences in ((DRUG, pair[0], drugs), (DISEASE, pair[1], diseases)):
            times = {each: len(places) for each, places in self.places[kind].items()}
            yield from _above(f"{kind}|times", times[key], _COUNTS)
            yield from _above(f"{kind}|share", times[key] / max(times.values()), _SHARES)
            yield from _above(f"{kind}|rank", self._rank[kind][key], _COUNTS)
            yield from _above(f"{kind}|many", len(times), _CONCEPTS)
            yield from _above(f"{kind}|first", min(sentences) / count, _PLACES)
            yield from (f"{kind}|title|{0 in sentences}", f"{kind}|end|{max(sentences) >= count - 2}")
        yield f"ranks|{min(self._rank[DRUG][pair[0]], 3)}|{min(self._rank[DISEASE][pair[1]], 3)}"

    def _of_words(self, pair: Pair) -> Iterator[str]:
        for text in sorted(self._texts[pair[0]]):
            yield from (f"A|{text}", f"A|suf|{text[-4:]}")
        for text in sorted(self._texts[pair[1]]):
            yield f"B|{text}"
            yield from (f"B|w|{word[:_STEM]}" for word in text.split())
        yield from (f"T|{stem}" for stem in sorted(set(self._words[0])))
        drugs, diseases = self._sentences(pair)
        away = min(abs(one - two) for one in drugs for two in diseases)
        if away:
            near = {each for one in drugs for two in diseases if abs(one - two) == away for each in (one, two)}
            yield from (f"NA|{stem}" for stem in sorted({s for at in near & drugs for s in self._words[at]}))
            yield from (f"NB|{stem}" for stem in sorted({s for at in near & diseases for s in self._words[at]}))

    def _of_meanings(self, pair: Pair) -> Iterator[str]:
        """Yield the broader concepts of the two, and whether the article also names a narrower or broader one."""
        drug, disease = (self._meanings.get(key, UNKNOWN) for key in pair)
        yield from (f"A|is|{curie}" for curie in sorted(drug.above))
        yield from (f"B|is|{curie}" for curie in sorted(disease.above))
        others = {key: self._meanings.get(key, UNKNOWN) for key in self.places[DISEASE] if key != pair[1]}
        narrower = [key for key, other in others.items() if disease.curie in other.above]
        yield f"narrower|{bool(narrower)}"
        yield f"broader|{any(other.curie in disease.above for other in others.values())}"
        drugs = (self._meanings.get(key, UNKNOWN) for key in self.places[DRUG] if key != pair[0])
        yield f"narrower drug|{any(drug.curie in other.above for other in drugs)}"
        if narrower:
            best = self._best((pair[0], key) for key in narrower if (pair[0], key) in self.cooccurrences)
            own = self._best(iter([pair] if pair in self.cooccurrences else []))
            yield from (f"narrower|more|{best > own}", f"narrower|{int(4 * best)}")


def _above(name: str, value: float, steps: Sequence[float]) -> Iterator[str]:
    """Yield a feature for each step that a value exceeds."""
    return (f"{name}>{step}" for step in steps if value > step)
