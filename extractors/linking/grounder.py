"""Finds which concept a name means, or the reason why there is none.

A name is looked up as it is written, then in other forms, from the surest to the least sure: its words in another
order, without salt or species, as the noun that an adjective derives from, without modifiers, with one letter changed.
The first form that the vocabulary knows decides; the mention keeps by which form it was found and how far that can be
trusted. A name whose forms are all unknown stays ungrounded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from extractors.annotations import FoundMention
from extractors.language.lexicon import word_list
from extractors.language.name_forms import inn_subtype
from extractors.language.normalisation import words
from extractors.linking.vocabulary.lookup import Candidate, Namespace, Vocabulary


class Grounding(NamedTuple):
    """What a name means: the number of a concept, or -1; how it was found, or why not; a score from 0 to 1.

    Found: as one of `FORM_SCORE`, or by an `abbreviation` that the article defines. Not found: `not_in_vocabulary`,
    `ambiguous` (several concepts have the name equally), `other_type` (known, but of another entity type),
    `abbreviation_of_unknown` (stands for a long form that is not known), `undefined_abbreviation` (three letters that
    only the language model takes for a name).
    """

    concept_no: int
    method: str
    score: float


_RANK_SCORE = (1.0, 1.0, 0.98, 0.95, 0.9, 0.85, 0.8, 0.75)
"""Score of a name as it is written, by its rank (see `vocabulary.entry.RANK`)."""

FORM_SCORE = {
    "exact": 1.0,
    "word_order": 0.9,
    "derived": 0.85,
    "salt": 0.85,
    "species": 0.85,
    "fuzzy": 0.75,
    "member": 0.7,
    "broader": 0.7,
}
"""Kind of form -> factor of its score."""

_SYNONYM_RANK = 2
"""From this rank on, a name is no concept's own label, and what else the article names tells which is meant."""

_AMBIGUOUS_RANK = 3
"""From this rank on, a name that several concepts have equally is ambiguous."""

_OTHER_TYPE = 2
"""Ranks that a candidate loses for each entity type preferred to its own."""

FLOOR = 0.5
"""Lowest score of a grounding."""

SURE_FORMS = ("exact", "word_order", "derived", "salt", "species")
"""Kinds of form that mean exactly what the name does."""

_SALT_WORDS = word_list("linking", "salt_words")
_SPECIES_WORDS = word_list("linking", "species_words")
_SPECIES_LETTER = re.compile(r"(?:rh|p-|[hmrsp])(?=[A-Z][A-Za-z]*\d*)")
"""What stands before a target and says of which species it is, or that it is soluble or phosphorylated ("sFas")."""

_ISOFORM = re.compile(
    r"(?<=[A-Za-z0-9])(?:[ -]?(?:[αβγδ]|alpha|beta|gamma|delta|isoform|variant)|v\d|(?<=\d)[A-Za-z])$"
)

_GREEK_LETTER = re.compile(r"(?<=\d)[abgd]$|(?<![A-Za-z])[abgd](?=-[a-z]{3})|(?<=[A-Z]-)[abgd](?=\d?$)")
"""A letter that stands for a Greek one where the text has lost these ("IL-1b", "b-catenin", "TGF-b1")."""

_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta"}

_ISOMER = re.compile(
    r"^(?:(?:\[[^\]]+\]|\((?:[+±RSrs/,-]|alpha|beta|\+/-)+\)|all-trans|cis|trans)-?|(?:[LD]|DL|dl)-)(?=\w)"
)
"""What stands before a chemical's name and says which of its isomers, or which isotope in it, is meant."""

_BRACKET = re.compile(r"\s*\([^()]*\)")
"""A short form within a name ("Janus kinase (JAK) inhibitors")."""

_ANTI = re.compile(
    r"[Aa]nti-(\S+(?: receptor)?)(?:(?<=[A-Z0-9])s|[ ](?:[Aa]ntibod(?:y|ies)|mAbs?|agents?|drugs?|biologics))"
)
"""A drug against a target; it is looked up as the target's inhibitors."""

_MEMBERS = re.compile(r"(?:\s*[,/]\s*|\s+(?:and/or|and|or)\s+)")
_GENERIC_DISEASE_HEADS = word_list("linking", "generic_disease_heads")
_DAMAGE_NOUNS = word_list("linking", "damage_nouns")
_COMMON_SALTS = ("hydrochloride", "sodium")

_DISEASE_HEADS = ("syndrome", "disease", "disorder", "1", "type 1")
"""What a disease's name may lack, tried in this order; of a numbered series the first has the plain name."""

_DERIVATIONS = (  # ending of an adjective, ending of its noun
    ("toxic", "toxicity"), ("ptic", "psy"), ("sive", "sion"), ("sed", "sion"), ("otic", "osis"), ("etic", "esia"),
    ("etic", "esis"), ("ic", "ia"), ("ic", "y"), ("ic", "es"), ("ic", "e"), ("ic", "itis"), ("itic", "itis"),
    ("ic", ""), ("ent", "ency"), ("al", ""), ("ian", "ism"), ("ian", ""), ("ese", "esity"), ("ive", "ion"),
    ("ed", "ion"), ("ing", ""), ("ous", ""), ("ar", "e"), ("ness", ""), ("genic", "genesis"), ("lytic", "lysis"),
    ("plegic", "plegia"), ("ical", "y"), ("sarcomatous", "sarcoma"), ("matous", "ma"), ("ant", "ance"),
    ("ent", "ence"), ("ate", "ic acid"),
)  # fmt: skip

_MAX_WORDS = 10
_REMEMBERED = 1 << 16
_LONGEST_COMMON_WORD = 4
_SHORTEST_FUZZY = 7
_SHORTEST_STEM = 3


class Grounder:
    """Grounds names, whatever the article; what it has found before is remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known = lru_cache(maxsize=_REMEMBERED)(self._look_up)  # articles repeat their names

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.vocabulary,)  # what is remembered is not pickled

    def ground(
        self,
        name: str,
        types: tuple[str, ...],
        *,
        long_forms: Mapping[str, str] | None = None,
        namespace: Namespace = "",
        forms: tuple[str, ...] = tuple(FORM_SCORE),
    ) -> Grounding:
        """Return what `name` means as one of `types`, the first preferred, by one of the kinds of form in `forms`.

        `long_forms` are the abbreviations that the article defines, short -> long; they take precedence over the
        vocabulary. With `namespace` (a prefix with its colon, such as "MESH:", or several) a concept that has an
        identifier there is preferred among those that are found equally surely.
        """
        expanded = _expand(name, long_forms or {})
        known = self._known(name, types, namespace, forms)
        if expanded == name:
            return known or self._ungrounded(name)
        found = self._known(expanded, types, namespace, forms)
        is_sure = found is not None and found.method in SURE_FORMS
        if found is not None and (is_sure or known is None or not self._is_akin(known.concept_no, expanded)):
            return found._replace(method="abbreviation", score=min(found.score, 0.98))
        if known is not None and self._is_akin(known.concept_no, expanded):
            return known
        return Grounding(-1, "abbreviation_of_unknown", 0.0)

    def as_written(self, name: str, types: tuple[str, ...], *, namespace: Namespace = "") -> Grounding:
        """Return what `name` means, looked up only as it is written."""
        return self._known(name, types, namespace, ("exact",)) or Grounding(-1, "not_in_vocabulary", 0.0)

    def choose(self, candidates: Sequence[Candidate], certain: Collection[int] = ()) -> Grounding:
        """Return which of a name's candidates is meant; of equals the one that is `certain`: named elsewhere too."""
        best = candidates[0]
        equals = [each for each in candidates if each.rank == best.rank]
        named = [each for each in equals if each.concept_no in certain]
        if named and best.rank >= _SYNONYM_RANK:
            best = named[0]
        elif len(equals) > 1 and best.rank >= _AMBIGUOUS_RANK:
            return Grounding(-1, "ambiguous", 0.0)
        return Grounding(best.concept_no, "exact", _RANK_SCORE[best.rank])

    def _look_up(
        self, name: str, types: tuple[str, ...], namespace: Namespace, forms: tuple[str, ...]
    ) -> Grounding | None:
        above = None  # only a broader concept of it is in the namespace
        for method, candidates in self._readings(name, types):
            if method not in forms:
                continue
            if above is not None and method not in SURE_FORMS:
                return above
            for candidate in self._fitting(candidates, types):
                score = round(FORM_SCORE[method] * _RANK_SCORE[candidate.rank], 2)
                if score < FLOOR:
                    continue
                found = Grounding(candidate.concept_no, method, score)
                if not namespace or self.vocabulary.identifiers(candidate.concept_no, namespace):
                    return found
                if above is None and self.vocabulary.nearest_identifier(candidate.concept_no, namespace):
                    above = found
        return above

    def _is_akin(self, concept_no: int, long_form: str) -> bool:
        """Whether a name of a concept has a long word of the long form, so that the abbreviation may mean it."""
        concept = self.vocabulary.concept(concept_no)
        wanted = {word.folded for word in words(long_form) if len(word.folded) > _LONGEST_COMMON_WORD}
        names = (concept.name, *(synonym.text for synonym in concept.synonyms))
        return any(word.folded in wanted for name in names for word in words(name))

    def _ungrounded(self, name: str) -> Grounding:
        is_known = self.vocabulary.candidates(name) or self.vocabulary.by_words(name)
        return Grounding(-1, "other_type" if is_known else "not_in_vocabulary", 0.0)

    def _readings(self, name: str, types: Sequence[str]) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        """Yield the kinds of form in which a name can be read, the surest first, each with its candidates."""
        by_words = self.vocabulary.by_words

        def look_up(form: str) -> tuple[Candidate, ...]:
            return (*self.vocabulary.candidates(form), *by_words(form))

        yield "exact", self.vocabulary.candidates(name)
        yield "word_order", by_words(name)
        bare = _BRACKET.sub("", name)
        if bare and bare != name:
            yield "word_order", look_up(bare)
        kind = types[0]
        for form in _members(name):
            yield "member", look_up(form)
        for method, form in _forms(name, kind):
            yield method, look_up(form)
        if kind == "drug" and len(name) >= _SHORTEST_FUZZY and not inn_subtype(name.lower()):
            yield "fuzzy", self.vocabulary.similar(name)
        if kind in ("disease", "effect"):
            for form in _broader(name):
                yield "broader", look_up(form)

    def _fitting(self, candidates: Sequence[Candidate], types: Sequence[str]) -> list[Candidate]:
        """Return the candidates of the wanted types, best first: by rank, which a less wanted type lowers."""
        of_type = {candidate: self.vocabulary.entity_type(candidate.concept_no) for candidate in candidates}
        fitting = [candidate for candidate in candidates if of_type[candidate] in types]
        wanted = {candidate: types.index(of_type[candidate]) for candidate in fitting}
        return sorted(fitting, key=lambda each: (each.rank + _OTHER_TYPE * wanted[each], wanted[each]))


def _expand(name: str, long_forms: Mapping[str, str]) -> str:
    """Return a name with its abbreviations written out ("HCC recurrence", "NSAIDs")."""
    if name in long_forms:
        return long_forms[name]
    for short in (f"{name}s", name.removesuffix("s")):
        if short in long_forms and len(name) > 2:
            return long_forms[short]
    parts = re.split(r"([\s/-]+)", name)
    return "".join(long_forms.get(part, part) for part in parts) if len(parts) > 1 else name


def _forms(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield forms of a name that mean the same, each after the kind of form that it is (see `FORM_SCORE`)."""
    cut = [name[word.start : word.end] for word in words(name)][: _MAX_WORDS + 1]
    if not cut or len(cut) > _MAX_WORDS:
        return
    if kind == "drug":
        yield from _drug_forms(name, cut)
    if kind == "target":
        yield from _target_forms(name, cut)
    last, before = cut[-1].lower(), name[: name.rfind(cut[-1])]
    for suffix, other in _DERIVATIONS:
        if last.endswith(suffix) and len(last) - len(suffix) >= _SHORTEST_STEM:
            yield "derived", f"{before}{last[: -len(suffix)]}{other}"
    if kind == "disease":
        for head in _DISEASE_HEADS:
            yield "derived", f"{name} {head}"
        if last in _GENERIC_DISEASE_HEADS and len(cut) > 1:
            yield "derived", before.strip()


def _drug_forms(name: str, cut: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a drug without its salt or isomer and with a common salt; of what is against a target its inhibitors."""
    bare = [word for word in cut if word.lower() not in _SALT_WORDS]
    if bare and len(bare) < len(cut):
        yield "salt", " ".join(bare)
    for salt in _COMMON_SALTS:
        yield "salt", f"{name} {salt}"
    if found := _ISOMER.match(name):
        yield "salt", name[found.end() :]
    if found := _ANTI.fullmatch(name):
        yield "derived", f"{found[1]} inhibitors"


def _target_forms(name: str, cut: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a target without its species or isoform, and with its Greek letter spelled out."""
    bare = [word for word in cut if word.lower() not in _SPECIES_WORDS]
    if bare and len(bare) < len(cut):
        yield "species", " ".join(bare)
    if found := _SPECIES_LETTER.match(name):
        yield "species", name[found.end() :]
    if greek := with_greek(name):
        yield "species", greek
    if found := _ISOFORM.search(name):
        yield "species", name[: found.start()]


def with_greek(name: str) -> str | None:
    """Return a target's name with its lost Greek letter spelled out; None if it has none.

    >>> with_greek("IL-1b"), with_greek("b-catenin"), with_greek("TGF-b1"), with_greek("TNF")
    ('IL-1beta', 'beta-catenin', 'TGF-beta1', None)
    """
    found = _GREEK_LETTER.search(name)
    return name[: found.start()] + _GREEK[found[0]] + name[found.end() :] if found else None


def _members(name: str) -> Iterator[str]:
    """Yield the members of a coordination ("breast and ovarian cancer": "breast cancer"), the last first."""
    parts = _MEMBERS.split(name)
    if not 1 < len(parts) < 4 or not all(parts):
        return
    head = parts[-1].split()
    yield parts[-1]
    for part in parts[:-1]:
        for kept in range(1, min(len(head), 3) + 1):
            yield f"{part} {' '.join(head[-kept:])}"
        yield part


def _broader(name: str) -> Iterator[str]:
    """Yield names of broader concepts: without modifiers, and with "disease" for a noun of damage."""
    cut = words(name)
    if len(cut) > _MAX_WORDS:
        return
    last = name[cut[-1].start :].lower() if cut else ""
    if last in _DAMAGE_NOUNS and len(cut) > 1:
        yield f"{name[: cut[-1].start].strip()} disease"
    for word in cut[1:]:
        if word is cut[-1] and last in _GENERIC_DISEASE_HEADS:
            return
        yield name[word.start :]
        if last in _DAMAGE_NOUNS and word is not cut[-1]:
            yield f"{name[word.start : cut[-1].start].strip()} disease"


def with_concept(mention: FoundMention, found: Grounding, vocabulary: Vocabulary) -> FoundMention:
    """Return a mention with the concept found, and with its entity type and subtype."""
    concept = vocabulary.concept(found.concept_no)
    return mention._replace(
        entity_type=concept.entity_type,
        subtype=concept.subtype or "",
        concept_no=found.concept_no,
        method=found.method,
        score=found.score,
    )
