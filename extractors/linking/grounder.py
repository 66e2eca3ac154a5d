"""Finds which concept a name means, or says why none.

A name is looked up as it is written, then in forms that mean the same, from the surest to the least: the words in
another order, without salt or species, as the noun of an adjective, without its modifiers, with a slip of the pen.
The first form that the vocabulary knows decides; how it was found and how far it can be trusted stay with the
mention. A name whose forms are all unknown stays ungrounded: nothing is taken for something else because it looks
alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from extractors.annotations import FoundMention
from extractors.language.name_forms import inn_subtype
from extractors.language.normalisation import words
from extractors.linking.vocabulary.lookup import Candidate, Namespace, Vocabulary


class Grounding(NamedTuple):
    """What a name means: a line of the vocabulary, or -1; how that was found, or why not; trust from 0 to 1.

    Found: as one of `FORM_SCORE`, or by an `abbreviation` that the article defines. Not found: `not_in_vocabulary`,
    `ambiguous` (several concepts have the name with equal right), `other_type` (known, but as something else),
    `abbreviation_of_unknown` (stands for a long form that is not known), `undefined_abbreviation` (three letters that
    only the language model takes for a name).
    """

    concept_no: int
    method: str
    score: float


_RANK_SCORE = (1.0, 1.0, 0.98, 0.95, 0.9, 0.85, 0.8, 0.75)
"""Trust in a name as it is written, by its rank (see `vocabulary.entry.RANK`)."""


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
"""Trust in each kind of form."""


_SYNONYM_RANK = 2
"""From this rank on a name is no concept's own label, and what else the article names tells what is meant."""


_AMBIGUOUS_RANK = 3
"""From this rank on a name that several concepts have with equal right means none of them."""


_OTHER_TYPE = 2
"""How many ranks a candidate loses for each type that would be preferred to its own."""


FLOOR = 0.5
"""A grounding that is trusted less is none."""


SURE_FORMS = ("exact", "word_order", "derived", "salt", "species")
"""Forms that say the same as the name."""


_SALTS = frozenset(
    "hydrochloride hcl sodium potassium calcium magnesium sulfate sulphate phosphate acetate citrate maleate fumarate "
    "tartrate mesylate mesilate besylate succinate bromide hydrobromide chloride dihydrochloride monohydrate disodium "
    "nitrate lactate malate bitartrate tosylate gluconate salt".split()
)


_SPECIES = frozenset("human mouse murine rat bovine recombinant protein proteins gene genes mrna wild-type".split())


_SPECIES_LETTER = re.compile(r"(?:rh|[hmr])(?=[A-Z][A-Za-z]*\d*)")


_ISOFORM = re.compile(
    r"(?<=[A-Za-z0-9])(?:[ -]?(?:[αβγδ]|alpha|beta|gamma|delta|isoform|variant)|v\d|(?<=\d)[A-Za-z])$"
)


_GREEK_LETTER = re.compile(r"(?<=\d)([abgd])$")


_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta"}


_LABEL = re.compile(r"^(?:\[[^\]]+\]|\((?:[+±RSrs/,-]|alpha|beta|\+/-)+\)|[LD]|DL|dl|all-trans|cis|trans)-?(?=\w)")
"""What stands before a chemical's name and says which form of it is meant."""


_BRACKET = re.compile(r"\s*\([^()]*\)")
"""A short form within a name ("Janus kinase (JAK) inhibitors")."""


_ANTI = re.compile(
    r"[Aa]nti-(\S+(?: receptor)?)(?:(?<=[A-Z0-9])s|[ ](?:[Aa]ntibod(?:y|ies)|mAbs?|agents?|drugs?|biologics))"
)
"""What is against a target; its class is that of the target's inhibitors."""


_MEMBERS = re.compile(r"(?:\s*[,/]\s*|\s+(?:and/or|and|or)\s+)")


_GENERIC_HEADS = frozenset(
    "disease diseases disorder disorders syndrome syndromes episode episodes attack attacks crisis symptoms symptom "
    "condition conditions reaction reactions event events complication complications lesion lesions tumor tumors "
    "tumour tumours".split()
)


_DAMAGE = frozenset(
    "dysfunction impairment damage injury abnormality abnormalities disturbance disturbances problems failure lesions "
    "lesion toxicity insufficiency alterations changes involvement defect defects hypoplasia anomaly anomalies "
    "malformation malformations symptoms complications disease diseases disorder disorders".split()
)


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


_AKIN = 4


_SHORTEST_FUZZY = 7


class Grounder:
    """Grounds names of one article after another; knows no article."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known = lru_cache(maxsize=_REMEMBERED)(self._look_up)  # articles name the same things again and again

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.vocabulary,)  # what is remembered stays here

    def ground(
        self,
        name: str,
        types: tuple[str, ...],
        *,
        long_forms: Mapping[str, str] | None = None,
        namespace: Namespace = "",
        forms: tuple[str, ...] = tuple(FORM_SCORE),
    ) -> Grounding:
        """Return what `name` means as one of `types`, those named first preferred, by one of `forms`.

        `long_forms` are the abbreviations that the article defines: they go before what the vocabulary has under the
        same letters. With `namespace` ("MESH:", or several) a concept that has an identifier there is preferred, where
        the name is found with equal certainty.
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
        """Return what `name` means where only names as they are written count."""
        return self._known(name, types, namespace, ("exact",)) or Grounding(-1, "not_in_vocabulary", 0.0)

    def choose(self, candidates: Sequence[Candidate], certain: Collection[int] = ()) -> Grounding:
        """Return which of a name's candidates is meant; of several by a synonym the one that the article names too."""
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
        above = None  # found in the namespace only by what stands above it
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
        """Whether a concept has a name with a word of the long form, so that an abbreviation may well mean it."""
        concept = self.vocabulary.concept(concept_no)
        wanted = {word.folded for word in words(long_form) if len(word.folded) > _AKIN}
        names = (concept.name, *(synonym.text for synonym in concept.synonyms))
        return any(word.folded in wanted for name in names for word in words(name))

    def _ungrounded(self, name: str) -> Grounding:
        is_known = self.vocabulary.candidates(name) or self.vocabulary.by_words(name)
        return Grounding(-1, "other_type" if is_known else "not_in_vocabulary", 0.0)

    def _readings(self, name: str, types: Sequence[str]) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        """Yield how a name can be read, from the surest on, with what the vocabulary has for it."""
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
        """Return the candidates of the wanted types, best first: by trust, less for a type that is less wanted."""
        of_type = {candidate: self.vocabulary.entity_type(candidate.concept_no) for candidate in candidates}
        fitting = [candidate for candidate in candidates if of_type[candidate] in types]
        wanted = {candidate: types.index(of_type[candidate]) for candidate in fitting}
        return sorted(fitting, key=lambda each: (each.rank + _OTHER_TYPE * wanted[each], wanted[each]))


def _expand(name: str, long_forms: Mapping[str, str]) -> str:
    """Write the abbreviations of a name out ("HCC recurrence", "NSAIDs")."""
    if name in long_forms:
        return long_forms[name]
    for short in (f"{name}s", name.removesuffix("s")):
        if short in long_forms and len(name) > 2:
            return long_forms[short]
    parts = re.split(r"([\s/-]+)", name)
    return "".join(long_forms.get(part, part) for part in parts) if len(parts) > 1 else name


def _forms(name: str, kind: str) -> Iterator[tuple[str, str]]:  # noqa: C901
    cut = [name[word.start : word.end] for word in words(name)][: _MAX_WORDS + 1]
    if not cut or len(cut) > _MAX_WORDS:
        return
    if kind == "drug":
        bare = [word for word in cut if word.lower() not in _SALTS]
        if bare and len(bare) < len(cut):
            yield "salt", " ".join(bare)
        for salt in ("hydrochloride", "sodium"):
            yield "salt", f"{name} {salt}"
        if found := _LABEL.match(name):
            yield "salt", name[found.end() :]
        if found := _ANTI.fullmatch(name):
            yield "derived", f"{found[1]} inhibitors"
    if kind == "target":
        bare = [word for word in cut if word.lower() not in _SPECIES]
        if bare and len(bare) < len(cut):
            yield "species", " ".join(bare)
        if found := _SPECIES_LETTER.match(name):
            yield "species", name[found.end() :]
        if found := _GREEK_LETTER.search(name):
            yield "species", name[: found.start()] + _GREEK[found[1]]
        if found := _ISOFORM.search(name):
            yield "species", name[: found.start()]
    last = cut[-1].lower()
    before = name[: name.rfind(cut[-1])]
    for suffix, other in _DERIVATIONS:
        if last.endswith(suffix) and len(last) - len(suffix) >= 3:
            yield "derived", f"{before}{last[: -len(suffix)]}{other}"
    if kind == "disease":
        for head in ("syndrome", "disease", "disorder", "1", "type 1"):  # of a series the first has the plain name
            yield "derived", f"{name} {head}"
        if last in _GENERIC_HEADS and len(cut) > 1:
            yield "derived", before.strip()


def _members(name: str) -> Iterator[str]:
    """Yield what a coordination names ("breast and ovarian cancer": "breast cancer"), the last first."""
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
    """Yield names of what the name is a kind of: without modifiers, or with a disease for a damage."""
    cut = words(name)
    if len(cut) > _MAX_WORDS:
        return
    last = name[cut[-1].start :].lower() if cut else ""
    if last in _DAMAGE and len(cut) > 1:
        yield f"{name[: cut[-1].start].strip()} disease"
    for word in cut[1:]:
        if word is cut[-1] and last in _GENERIC_HEADS:
            return
        yield name[word.start :]
        if last in _DAMAGE and word is not cut[-1]:
            yield f"{name[word.start : cut[-1].start].strip()} disease"


def with_concept(mention: FoundMention, found: Grounding, vocabulary: Vocabulary) -> FoundMention:
    """Return a mention as naming the concept found, of its type and subtype."""
    concept = vocabulary.concept(found.concept_no)
    return mention._replace(
        entity_type=concept.entity_type,
        subtype=concept.subtype or "",
        concept_no=found.concept_no,
        method=found.method,
        score=found.score,
    )
