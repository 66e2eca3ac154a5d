"""The spaCy component that marks the known names of a text, as features for the recogniser."""

from __future__ import annotations

import numpy as np
from spacy.attrs import LENGTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

import extractors.annotations  # noqa: F401  registers doc._.dictionary
from extractors.linking.vocabulary.lookup import NameMatch, Vocabulary, bundled_vocabulary


class Dictionary:
    """Sets `doc._.dictionary`: for every token two strings, both empty outside known names.

    The first is B- or I- and the type and subtype of the longest name that covers the token, the second the types of
    all names that do.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._kinds: dict[int, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        first = [""] * len(doc)
        types: list[set[str]] = [set() for _ in range(len(doc))]
        for start, end, kind in sorted(self._names(doc), key=lambda name: (name[0] - name[1], name[0])):
            for place in range(start, end):
                types[place].add(kind.partition(":")[0])
            if not any(first[start:end]):
                first[start:end] = [f"{'B' if place == start else 'I'}-{kind}" for place in range(start, end)]
        doc._.dictionary = [(one, "|".join(sorted(all_))) for one, all_ in zip(first, types, strict=True)]
        return doc

    def _names(self, doc: Doc) -> list[tuple[int, int, str]]:
        lengths, spaces = doc.to_array([LENGTH, SPACY]).astype(np.int64).T if len(doc) else ((), ())
        behind = np.cumsum(np.add(lengths, spaces))
        starts = {start: place for place, start in enumerate((behind - lengths - spaces).tolist())}
        ends = {end: place for place, end in enumerate((behind - spaces).tolist(), start=1)}
        found = []
        for sentence in doc.sents if doc.has_annotation("SENT_START") else [doc[:]] if len(doc) else []:
            offset = sentence.start_char
            for match in self._vocabulary.names_in(sentence.text):
                start, end = starts.get(offset + match.start), ends.get(offset + match.end)
                if start is not None and end is not None:
                    found.append((start, end, self._kind(match)))
        return found

    def _kind(self, match: NameMatch) -> str:
        number = match.candidates[0].concept_no
        if number not in self._kinds:
            concept = self._vocabulary.concept(number)
            self._kinds[number] = f"{concept.entity_type}:{concept.subtype or ''}"
        return self._kinds[number]


@Language.factory("peyer_dictionary", assigns=["doc._.dictionary"])
def make_dictionary(nlp: Language, name: str) -> Dictionary:
    """Make the component over the bundled vocabulary."""
    return Dictionary(bundled_vocabulary())
