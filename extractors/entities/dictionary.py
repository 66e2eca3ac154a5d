"""Finds the names that the vocabulary knows, and those whose form or context says what they name.

An abbreviation that the article itself defines takes precedence over the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Span, Token

from extractors.annotations import HEAD_SCORE, FoundMention
from extractors.entities.boundaries.by_pattern import MAX_MODIFIERS, is_modifier
from extractors.entities.generic_descriptions import CLASS_NOUNS
from extractors.entities.head_lexicon import heads, valence_of
from extractors.entities.no_names import Support
from extractors.entities.organisms import Species
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, word_list
from extractors.language.name_forms import inn_subtype, names_a_trial, names_compound, names_disease
from extractors.language.normalisation import words
from extractors.language.sentences import token_after, token_before
from extractors.linking.grounder import SURE_FORMS, Grounder, with_concept, with_greek
from extractors.linking.vocabulary.lookup import Candidate, NameMatch, Vocabulary
from extractors.records import PROTEINS

_ANTIBODY_NOUNS = word_list("entities", "antibody_nouns")
_AUTOANTIGENS = word_list("entities", "autoantigens")
_BEFORE_DRUG = (
    word_list("entities", "treatment_words")
    | word_list("entities", "drugs_in_general")
    | word_list("entities", "administration_words")
)
_DISEASE_ATTRIBUTES = word_list("language", "disease_attributes")
_FAMILY_AND_LIGAND_NOUNS = word_list("entities", "family_and_ligand_nouns")
_LOWERED_MEASUREMENTS = word_list("entities", "lowered_measurements")
_NOUNS_BEFORE_CODES = AGENT_NOUNS | word_list("entities", "nouns_before_codes")
_GENE_WORDS = frozenset({"gene", "genes", "mrna", "protein", "polymorphism", "polymorphisms", "mutations", "mutation"})
_LOWERINGS = frozenset({"depression", "depressions"})
"""Names of a disease that mean a lowering, where it is one of an organ or a function."""

_MEMBER_NUMBERS = re.compile(r"\d{1,2}[A-Z]?(?:/\d{1,2}[A-Z]?)*")
_TAXON_RANKS = word_list("language", "taxon_ranks")
_OTHER_ORGANISMS = word_list("entities", "other_organisms")

_RECEPTOR = re.compile(r"[ -]?(?:r\d*|receptor.*)")
_PLURAL_PROTEIN = re.compile(r"[A-Z0-9]s$")


class ArticleNames(NamedTuple):
    """What the whole article says of its names.

    `defined`: first token of an abbreviation that the article defines -> (end, what the long form names). `certain`:
    concept that it names unambiguously -> these names. `matches`: first token of a sentence -> the known names in it.
    `support`: what it says of capitals, `species`: whose genes it names; None while abbreviations are looked up.
    """

    defined: Mapping[int, tuple[int, FoundMention | None]] = MappingProxyType({})
    certain: Mapping[int, Collection[str]] = MappingProxyType({})
    matches: Mapping[int, Sequence[NameMatch]] = MappingProxyType({})
    support: Support | None = None
    species: Species | None = None


class KnownNames:
    """Finds the known names of a sentence."""

    def __init__(self, vocabulary: Vocabulary, grounder: Grounder) -> None:
        self._vocabulary = vocabulary
        self._grounder = grounder

    def __call__(self, sentence: Span, article: ArticleNames) -> list[FoundMention]:
        """Return the known names of a sentence, overlapping ones too, each as the noun beside it lets it be read."""
        as_written = self.find_as_written(sentence, article)
        by_start = {name.start: name for name in as_written}
        return [self._with_following_noun(name, sentence, by_start) for name in as_written]

    def find_as_written(self, sentence: Span, article: ArticleNames) -> list[FoundMention]:
        """Return the known names of a sentence as they are written, overlapping ones too."""
        found, defined = [], article.defined
        for token in sentence:
            if token.i in defined:
                end, meaning = defined[token.i]
                if meaning is not None:
                    method = "abbreviation" if meaning.concept_no >= 0 else meaning.method
                    found.append(meaning._replace(start=token.i, end=end, method=method))
        offset, text = sentence.start_char, sentence.text
        first_at = {token.idx - offset: token.i for token in sentence}
        end_at = {token.idx + len(token) - offset: token.i + 1 for token in sentence}
        for token in sentence:
            if len(token) > 1 and token.text.endswith("."):  # "hepatitis C." has a token "C."
                end_at.setdefault(token.idx + len(token) - 1 - offset, token.i + 1)
        matches = article.matches.get(sentence.start)
        for match in self._vocabulary.find(text, words(text)) if matches is None else matches:
            start, behind = first_at.get(match.start), end_at.get(match.end)
            if behind is not None and names_a_trial(
                text[match.start : match.end], sentence.doc[behind : behind + 1].text
            ):
                continue
            if start is None or behind is None or (start in defined and defined[start][0] >= behind):
                continue
            found.append(self._mention_of(start, behind, text[match.start : match.end], match.candidates, article))
        return found

    def _mention_of(
        self, start: int, end: int, text: str, candidates: Sequence[Candidate], article: ArticleNames
    ) -> FoundMention:
        named = {each.concept_no for each in candidates if _is_named(each.concept_no, text, article.certain)}
        chosen = self._grounder.choose(candidates, named)
        concept = self._vocabulary.concept(candidates[0].concept_no if chosen.concept_no < 0 else chosen.concept_no)
        return FoundMention(
            start,
            end,
            concept.entity_type,
            concept.subtype or "",
            *chosen,
            valence_of(concept.subtype or "", text),
        )

    def _with_following_noun(
        self, known: FoundMention, sentence: Span, by_start: Mapping[int, FoundMention]
    ) -> FoundMention:
        """Return a known name, changed where a noun beside it changes what it means ("the TNF superfamily")."""
        doc, end = sentence.doc, known.end
        if known.subtype in PROTEINS and (slashed := _slashed_end(known, sentence)) > end:
            members = known._replace(end=slashed, subtype="protein_family")
            found = self._reground(members, doc)
            return found if found.subtype == "protein_family" else _ungrounded(members)  # "CD4/8" is not CD48
        if known.subtype == "microbiota" and (ranked := _ranked_end(known, sentence)) > end:
            return known._replace(end=ranked, method="head", score=min(known.score, HEAD_SCORE))
        if known.entity_type == "effect" and doc[end - 1].lower_.removesuffix("s") in AGENT_NOUNS:
            agents = known._replace(entity_type="drug", subtype="drug_class", valence="")
            return self._reground(agents, doc)  # some vocabularies have drugs among what they do
        if known.entity_type == "disease" and end == known.start + 1 and doc[known.start].is_upper:
            behind = doc[end].lower_ if end < sentence.end else ""
            if behind in _GENE_WORDS:  # "the ALD gene"
                return self._reground(known._replace(entity_type="target", subtype="protein", valence=""), doc)
        names_others = end < sentence.end and doc[end].lower_ in _FAMILY_AND_LIGAND_NOUNS
        is_named = doc[known.start : end].text.lower() not in CLASS_NOUNS
        if names_others and is_named and known.subtype in PROTEINS:
            return self._reground(known._replace(end=end + 1, subtype="protein_family"), doc)
        is_lowering = known.entity_type == "disease" and doc[known.start : end].text.lower() in _LOWERINGS
        if is_lowering and (lowered := self._lowered_end(known, sentence, by_start)):
            unknown = -1, "not_in_vocabulary", 0.0
            effect = FoundMention(known.start, lowered, "effect", "function", *unknown, "bad")
            return effect if lowered == end else self._reground(effect, doc)
        return known

    def _reground(self, mention: FoundMention, doc: Doc) -> FoundMention:
        name = doc[mention.start : mention.end].text
        found = self._grounder.ground(name, (mention.entity_type,), forms=SURE_FORMS)
        if found.concept_no >= 0:
            return with_concept(mention, found, self._vocabulary)
        return mention._replace(concept_no=-1, method=found.method, score=0.0)

    def _lowered_end(
        self, depression: FoundMention, sentence: Span, by_start: Mapping[int, FoundMention]
    ) -> int | None:
        """Return where the name of a lowering ends ("depression of cardiac output"); None where it is the disorder."""
        doc, end = sentence.doc, depression.end
        if depression.start > sentence.start and doc[depression.start - 1].lower_ in _LOWERED_MEASUREMENTS:
            return end
        if end + 1 >= sentence.end or doc[end].lower_ != "of":
            return None
        first = place = end + 1 + (doc[end + 1].lower_ in DETERMINERS)
        while place < min(sentence.end, first + MAX_MODIFIERS) and place not in by_start:
            if not is_modifier(doc[place]) or doc[place].lower_ in _DISEASE_ATTRIBUTES:
                break
            place += 1
        named = by_start.get(place)
        if named is not None and named.entity_type in ("target", "effect"):
            return named.end + (named.end < sentence.end and doc[named.end].lower_ in heads())  # "T-cell function"
        if place == first:
            return None
        is_noun = place < sentence.end and doc[place].is_alpha and doc[place].lower_ not in STOP_WORDS
        return place + is_noun

    @staticmethod
    def find_by_form(sentence: Span) -> list[FoundMention]:
        """Type words by their form: INN stems (WHO, The use of stems in INN, 2018) and endings of disease names."""
        found = []
        for token in sentence:
            if names_compound(token.text) and _stands_like_drug(token):
                found.append(
                    FoundMention(token.i, token.i + 1, "drug", "small_molecule", -1, "not_in_vocabulary", 0.0, "")
                )
            elif len(token) > 6 and token.is_alpha:
                if subtype := inn_subtype(token.lower_):
                    found.append(FoundMention(token.i, token.i + 1, "drug", subtype, -1, "inn_stem", 0.0, ""))
                elif names_disease(token.lower_) and token.lower_ not in _OTHER_ORGANISMS:
                    found.append(
                        FoundMention(token.i, token.i + 1, "disease", "disease", -1, "disease_ending", 0.0, "")
                    )
        return found

    def find_greek(self, sentence: Span) -> Iterator[FoundMention]:
        """Yield proteins whose Greek letter is written as a Latin one ("TNF-a", "TGF-b1", "b-catenin")."""
        for token in sentence:
            greek = with_greek(token.text) if "-" in token.text else None
            known = self._grounder.ground(greek, ("target",), forms=("exact",)) if greek else None
            if known is not None and known.concept_no >= 0:
                unknown = FoundMention(token.i, token.i + 1, "target", "protein", -1, "", 0.0, "")
                yield with_concept(unknown, known._replace(method="derived"), self._vocabulary)

    def find_antibodies(self, known: Sequence[FoundMention], sentence: Span) -> Iterator[FoundMention]:
        """Yield "anti-X antibody" and "anti-Xs" for each known protein X that is no autoantigen: these are drugs."""
        doc = sentence.doc
        for target in known:
            first, last = target.start - 2, target.end
            if target.entity_type != "target" or first < sentence.start:
                continue
            if doc[first].lower_ != "anti" or not is_hyphen(doc[first + 1]):
                continue
            protein = doc[target.start : last].text
            if protein.lower() in _AUTOANTIGENS:
                continue
            while last + 1 < sentence.end and doc[last].text == "/" and doc[last + 1].text[0].isdigit():
                last += 2  # "anti-IL-12/23"
            if last < sentence.end and doc[last].lower_ in _ANTIBODY_NOUNS:
                last += 1
            elif not _PLURAL_PROTEIN.search(doc[last - 1].text):
                continue
            antibody = FoundMention(first, last, "drug", "drug_class", -1, "not_in_vocabulary", 0.0, "")
            yield self._reground(antibody, doc)


def _ungrounded(mention: FoundMention) -> FoundMention:
    return mention._replace(concept_no=-1, method="not_in_vocabulary", score=0.0)


def _slashed_end(known: FoundMention, sentence: Span) -> int:
    """Return where the numbers of further members of a family end ("JAK1/2/3"): one mention for all of them."""
    doc, end = sentence.doc, known.end
    if not doc[end - 1].text[-1].isdigit() or (known.start > sentence.start and doc[known.start - 1].text == "/"):
        return end
    while end + 1 < sentence.end and doc[end].text == "/" and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
        if not _MEMBER_NUMBERS.fullmatch(doc[end + 1].text):
            break
        end += 2
    return end


def _ranked_end(known: FoundMention, sentence: Span) -> int:
    """Return where the name of a subspecies ends ("Pseudomonas syringae pv. tabaci")."""
    doc, end = sentence.doc, known.end
    if end >= sentence.end or doc[end].lower_.rstrip(".") not in _TAXON_RANKS:
        return end
    place = end + 1 + (doc[end + 1 : end + 2].text == ".")
    is_named = place < sentence.end and doc[place].is_alpha and doc[place].is_lower and len(doc[place]) > 3
    return place + 1 if is_named else end


def _stands_like_drug(token: Token) -> bool:
    """Whether a code stands where a drug does: behind a noun for it or its use, or before a verb."""
    before, behind = token_before(token), token_after(token)
    if before is not None and before.lower_.removesuffix("s") in _NOUNS_BEFORE_CODES:
        return True
    if before is not None and before.lower_ in ("with", "of", "by"):
        giving = token_before(before)
        if giving is not None and giving.lower_ in _BEFORE_DRUG:
            return True
    return behind is not None and behind.lower_ in verb_forms() and not behind.lower_.endswith("ing")


def _is_named(concept_no: int, alias: str, certain: Mapping[int, Collection[str]]) -> bool:
    """Whether an article also names a concept unambiguously, and not only as the receptor of its alias ("C5aR1")."""
    names = certain.get(concept_no, ())
    return any(not (name.startswith(alias.lower()) and _RECEPTOR.fullmatch(name, len(alias))) for name in names)
