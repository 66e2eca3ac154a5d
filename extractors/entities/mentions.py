"""Finds what a text names: drugs, targets, diseases and effects.

Five steps, sentence by sentence:

1. find every known name (`dictionary.py`) and every name that the language model recognises (`merging.py`);
2. leave out what only describes a drug named beside it (`generic_descriptions.py`: "the TNF inhibitor adalimumab");
3. of overlapping names keep the longest, of equally long ones the first found;
4. extend names: a head noun takes in its modifiers and its complement (`boundaries/`: "T-cell activation",
   "dephosphorylation of NFAT"), a disease its severity ("severe allergic asthma");
5. find the names within these phrases (`inner_names.py`: TNF in "TNF secretion").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.annotations import HEAD_SCORE, VOCABULARY, FoundMention, InnerMention, is_read
from extractors.entities.boundaries.attachment import is_cause
from extractors.entities.boundaries.by_parse import begins_with_its_verb
from extractors.entities.boundaries.expansion import HeadNouns
from extractors.entities.dictionary import ArticleNames, KnownNames
from extractors.entities.generic_descriptions import ADMINISTRATION_ADJECTIVES, is_description
from extractors.entities.head_lexicon import complement_prepositions, heads
from extractors.entities.inner_names import InnerNames
from extractors.entities.merging import mark_adverse_effects, recognised_names
from extractors.entities.no_names import is_no_name, support_of
from extractors.entities.organisms import of_its_species, species_of, unknown_genes
from extractors.entities.overlaps import longest_first, without_overlaps
from extractors.entities.second_types import with_second_types
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.linking.grounder import Grounder, with_concept
from extractors.linking.vocabulary.lookup import Vocabulary, bundled_vocabulary
from extractors.linking.vocabulary.supplement import USER_PREFIX, read_supplement
from extractors.records import ENTITY_SUBTYPES

_ADMINISTRATION_WORDS = word_list("entities", "administration_words")
_ANTIGEN_PREPOSITIONS = word_list("entities", "antigen_prepositions")
_AUTOANTIGENS = word_list("entities", "autoantigens")
_BEFORE_VERB_LEFT = word_list("entities", "before_verb_left")
_CELL_TRANSFER_NOUNS = word_list("entities", "cell_transfer_nouns")
_COMPOUND_SECOND_PARTS = word_list("language", "compound_second_parts")
_DISEASE_ATTRIBUTES = word_list("language", "disease_attributes")
_GENE_PRODUCT_NOUNS = word_list("entities", "gene_product_nouns")
_MOLECULE_NOUNS = word_list("entities", "molecule_nouns")
_NOT_FIRST_IN_SEVERITY = word_list("entities", "not_first_in_severity")
_OF_RECIPIENT = word_list("entities", "of_recipient")
_ADMINISTRATION_WINDOW = 9
_TYPE_NUMBER = re.compile(r"(?:[IVX]{1,4}|\d{1,2})(?:[A-Ea-e]|/[IVX]+)?")
_LONG_FORM_SHARE = 0.6
"""Least share of a long form's tokens that a mention must have for the abbreviation to mean it."""

_GIVEN_SUBTYPES: Mapping[str, str] = {"protein": "biologic", "microbiota": "microbe", "cell_type": "cell_therapy"}
"""Subtype of a target -> subtype of the drug that it is where someone is given it."""

_BENEFICIAL_VERB = re.compile(
    r"(protect|ameliorat|attenuat|alleviat|mitigat|prevent|improv|restor|inhibit|suppress|revers|counteract)(s|es|ed|d)$"
)


class _Found(NamedTuple):
    """The mentions of a sentence, none overlapping another, and all names that were found, the surest first."""

    mentions: list[FoundMention]
    names: list[FoundMention]


class MentionFinder:
    """Sets `doc._.mentions`, a list of FoundMention in reading order, none overlapping another, and `doc.ents`.

    `doc._.inner_mentions` gets the names within them.

    `doc.ents` holds the same mentions as Spans, in place of the names that the recogniser has put there: `label_` is
    the entity type, `kb_id_` the CURIE of the concept, "" where the mention is not grounded.
    """

    labels = tuple(ENTITY_SUBTYPES)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._grounder = Grounder(vocabulary)
        self._known_names = KnownNames(vocabulary, self._grounder)
        self._head_nouns = HeadNouns(self._grounder)
        self._inner_names = InnerNames(self._grounder)

    def __call__(self, doc: Doc) -> Doc:
        sentences = [sentence for sentence in doc.sents if is_read(sentence)]
        matches = {sentence.start: self.vocabulary.names_in(sentence.text) for sentence in sentences}
        certain: dict[int, set[str]] = defaultdict(set)
        for sentence in sentences:
            text = sentence.text.lower()
            for match in matches[sentence.start]:
                if len(match.candidates) == 1:
                    certain[match.candidates[0].concept_no].add(text[match.start : match.end])
        article = ArticleNames(
            self._defined_abbreviations(doc), certain, matches, support_of(doc, certain), species_of(sentences)
        )
        mentions: list[FoundMention] = []
        inner: list[InnerMention] = []
        for sentence in sentences:
            found = self._find(sentence, article)
            typed = with_second_types(found.mentions, sentence)
            outermost, within = self._inner_names(sentence, typed, found.names)
            mentions += outermost
            inner += within
        doc._.mentions, doc._.inner_mentions = mentions, inner
        doc.ents = [self._entity(doc, mention) for mention in doc._.mentions]
        return doc

    def _entity(self, doc: Doc, mention: FoundMention) -> Span:
        curie = self.vocabulary.concept_id(mention.concept_no) if mention.concept_no >= 0 else ""
        return Span(doc, mention.start, mention.end, label=mention.entity_type, kb_id=curie)

    def _defined_abbreviations(self, doc: Doc) -> dict[int, tuple[int, FoundMention | None]]:
        """Return first token of an abbreviation -> (end, what its long form names, None where that is no mention)."""
        meanings: dict[tuple[str, int], FoundMention | None] = {}
        defined = {}
        for short in doc._.abbreviations:
            long_form = _without_its_head(short)
            at = short.text, long_form.start
            if at not in meanings:
                meanings[at] = self._meaning(short.text, long_form)
            defined[short.start] = short.end, meanings[at]
        return defined

    def _meaning(self, short: str, long_form: Span) -> FoundMention | None:
        """Return what a long form names: as a whole, or by a mention at its end that covers most of it.

        What ends in a noun for a molecule is a target, also where nothing knows it ("zinc finger gene").
        """
        long_form = _without_unspelled_head(short, long_form)
        in_sentence = self._find(long_form.sent, ArticleNames()).mentions
        named = self._named_by(long_form, in_sentence)
        while named is None and len(long_form) > 1 and long_form[-1].lower_ in _GENE_PRODUCT_NOUNS:
            long_form = long_form[:-1]
            named = self._named_by(long_form, in_sentence) or _unknown_target(long_form)
        if named is None and len(long_form) > 1 and long_form[-1].lower_ in _MOLECULE_NOUNS:
            named = _unknown_target(long_form)
        if named is None:  # at least its kind is known: that of the name that ends it
            ending = next((mention for mention in in_sentence if mention.end == long_form.end), None)
            return ending and ending._replace(concept_no=-1, method="abbreviation_of_unknown", score=0.0)
        if named.concept_no >= 0 and named.method != "head":
            return named
        found = self._grounder.ground(short, (named.entity_type,), long_forms={short: long_form.text})
        return named if found.concept_no < 0 else with_concept(named, found, self.vocabulary)

    def _named_by(self, long_form: Span, mentions: Sequence[FoundMention]) -> FoundMention | None:
        """Return what a long form names, among the mentions of its sentence or as it is written."""
        doc = long_form.doc
        in_sentence = [m for m in mentions if m.method == "exact" or not _is_complement(doc[m.start : long_form.start])]
        as_written = self._known_names.find_as_written(long_form, ArticleNames())
        for mention in (*in_sentence, *as_written):  # preferably one that reaches further than the long form
            if mention.end == long_form.end and mention.start <= long_form.start and mention.concept_no >= 0:
                return mention
        for mention in in_sentence:
            shared = mention.end - max(mention.start, long_form.start)
            if mention.end == long_form.end and shared >= _LONG_FORM_SHARE * len(long_form):
                return mention
        return None

    def _find(self, sentence: Span, article: ArticleNames) -> _Found:
        known = mark_adverse_effects(self._known_names(sentence, article), sentence.doc)
        recognised = recognised_names(sentence, known, self._grounder)
        antibodies = self._known_names.find_antibodies(known, sentence)
        greek = self._known_names.find_greek(sentence)
        found = [*known, *greek, *recognised, *KnownNames.find_by_form(sentence), *antibodies]
        names = [
            of_its_species(name, sentence, article.species)
            for name in found
            if not begins_with_its_verb(name, sentence) and not is_no_name(name, sentence, article.support)
        ]
        names += unknown_genes(sentence, names, article.species)
        kept = _keep_longest([name for name in names if not is_description(sentence, name, names)])
        built = [
            mention
            for mention in self._head_nouns.phrases(sentence, kept)
            if not is_description(sentence, mention, names)
        ]
        sure = [mention for mention in kept if mention.detector == VOCABULARY or mention.concept_no >= 0]
        extended = _keep_longest([*sure, *built, *kept])  # of equal length, what only the model has found comes last
        by_end = {mention.end: mention for mention in kept}
        severe = [_with_severity(mention, sentence, by_end) for mention in extended]
        given = [_with_mended_ends(_as_administered_drug(mention, sentence), sentence) for mention in severe]
        return _Found(_keep_longest([*given, *_autoantibodies(given, sentence)]), [*given, *kept, *built, *names])


def _unknown_target(name: Span) -> FoundMention:
    return FoundMention(name.start, name.end, "target", "protein", -1, "not_in_vocabulary", 0.0, "")


def _is_complement(before: Span) -> bool:
    """Whether the words before a long form, within a mention, make it a complement ("function of | T cells")."""
    return any(token.lower_ in complement_prepositions() for token in before)


def _without_unspelled_head(short: str, long_form: Span) -> Span:
    """Return the long form without a head noun that the short form lacks ("LIF receptor | expression (LIFR)")."""
    if len(long_form) < 3 or not getattr(heads().get(long_form[-1].lower_), "aspect", ""):
        return long_form
    last = short.lower().rstrip("0123456789")[-1:]
    is_unspelled = long_form[-1].lower_[:1] != last and long_form[-2].lower_[:1] == last
    return long_form[:-1] if is_unspelled else long_form


def _without_its_head(short: Span) -> Span:
    """Return the long form without the noun whose complement it is ("the survival of | natural killer cells (NKs)")."""
    long_form: Span = short._.long_form
    is_spelled = long_form[1:2].text[:1].lower() == short.text[0].lower()
    if long_form[0].lower_ not in DETERMINERS or is_spelled:
        return long_form
    doc = long_form.doc
    starts = (
        place + 1 for place in range(long_form.end - 2, long_form.start, -1) if _is_complement(doc[place : place + 1])
    )
    return doc[next(starts, long_form.start) : long_form.end]


def _with_mended_ends(mention: FoundMention, sentence: Span) -> FoundMention:
    """Extend a mention to the charge of its ion ("Ca(2" to "Ca(2+)"), and cut a verb off it ("but left | B")."""
    doc = sentence.doc
    if doc[mention.start].lower_ == "left" and mention.end > mention.start + 1 and mention.start > sentence.start:
        is_verb = doc[mention.start - 1].lower_ in _BEFORE_VERB_LEFT
        return mention._replace(start=mention.start + 1) if is_verb else mention
    charge = doc[mention.end : mention.end + 2].text
    is_cut = doc[mention.end - 1].text.endswith(("(2", "(3")) and charge in ("+)", "+ )")
    return mention._replace(end=mention.end + 2) if is_cut else mention


def _autoantibodies(mentions: Sequence[FoundMention], sentence: Span) -> Iterator[FoundMention]:
    """Yield "autoantibodies against X" and "antibodies to X" for every autoantigen X: what acts is the antibody."""
    doc = sentence.doc
    for mention in mentions:
        if mention.entity_type != "target":
            continue
        start = mention.start
        while start > sentence.start and doc[start - 1].lower_ in DETERMINERS:
            start -= 1
        before = [token.lower_ for token in doc[max(start - 3, sentence.start) : start]]
        if before[-2:-1] == ["directed"]:
            del before[-2]
            start -= 1
        if len(before) < 2 or before[-1] not in _ANTIGEN_PREPOSITIONS:
            continue
        is_own = doc[mention.start : mention.end].text.lower() in _AUTOANTIGENS
        if before[-2].startswith("autoantibod") or (before[-2] == "antibodies" and is_own):
            yield FoundMention(start - 2, mention.end, "target", "protein", -1, "not_in_vocabulary", 0.0, "")


def _with_severity(mention: FoundMention, sentence: Span, by_end: Mapping[int, FoundMention]) -> FoundMention:
    """Extend the mention of a disease to words such as "severe", "familial" or "type IIb" beside it."""
    doc, start = sentence.doc, mention.start
    if mention.entity_type != "disease":
        return mention
    while (tokens := _severity_before(start, sentence, by_end)) > 0:
        start -= tokens
    while start < mention.start and doc[start].lower_ in _NOT_FIRST_IN_SEVERITY:
        start += 1
    end = mention.end + 2 if _is_type(doc[mention.end : min(mention.end + 2, sentence.end)]) else mention.end
    if (start, end) == (mention.start, mention.end) or mention.concept_no < 0:
        return mention._replace(start=start, end=end)
    return mention._replace(start=start, end=end, method="head", score=min(mention.score, HEAD_SCORE))


def _is_type(words: Span) -> bool:
    """Whether two words say which type of a disease is meant ("type IIb")."""
    return len(words) == 2 and words[0].lower_ == "type" and bool(_TYPE_NUMBER.fullmatch(words[1].text))


def _severity_before(start: int, sentence: Span, by_end: Mapping[int, FoundMention]) -> int:
    """Return how many tokens right before `start` say how severe a disease is; 0 where none do."""
    doc = sentence.doc
    if start <= sentence.start:
        return 0
    word = doc[start - 1].lower_
    is_compound = word in _COMPOUND_SECOND_PARTS and start - 3 >= sentence.start and is_hyphen(doc[start - 2])
    if is_compound and doc[start - 3].text[0].isalnum():  # "steroid-refractory", but not "lithium-induced"
        has_cause = start - 2 in by_end and is_cause(by_end[start - 2], doc[start - 1])
        return 0 if has_cause else 3
    before = doc[start - 2].lower_ if start - 2 >= sentence.start else ""
    if before and _is_type(doc[start - 2 : start]):
        return 2
    return int(word in _DISEASE_ATTRIBUTES or (word in ("to", "and") and before in _DISEASE_ATTRIBUTES))


def _as_administered_drug(mention: FoundMention, sentence: Span) -> FoundMention:
    """Make a target that is administered a drug ("low-dose interleukin-2"), without the target's identifier."""
    if mention.entity_type != "target" or mention.subtype not in _GIVEN_SUBTYPES:
        return mention
    doc = sentence.doc
    has_adjective = mention.start > sentence.start and doc[mention.start - 1].lower_ in ADMINISTRATION_ADJECTIVES
    is_given = (
        (mention.subtype == "protein" and has_adjective)
        or _is_administered(mention, sentence)
        or (mention.subtype == "microbiota" and _is_beneficial(mention, sentence))
    )
    after = doc[mention.end : mention.end + 1].text.lower().removesuffix("s")
    acts_on_it = after in AGENT_NOUNS | {"receptor"} or "receptor" in doc[mention.start : mention.end].text
    if not is_given or acts_on_it:
        return mention
    return mention._replace(
        entity_type="drug", subtype=_GIVEN_SUBTYPES[mention.subtype], concept_no=-1, method="given_as_drug", score=0.0
    )


def _is_beneficial(mention: FoundMention, sentence: Span) -> bool:
    """Whether a species acts like a drug ("Bacteroides fragilis protected mice from colitis")."""
    behind = sentence.doc[mention.end : min(mention.end + 2, sentence.end)]
    words = [token.lower_ for token in behind if not token.lower_.endswith("ly")]
    return mention.end > mention.start + 1 and bool(words) and bool(_BENEFICIAL_VERB.match(words[0]))


def _is_administered(mention: FoundMention, sentence: Span) -> bool:
    """Whether a name follows a word for its administration ("gavage with A", "adoptive transfer of A")."""
    doc, start = sentence.doc, mention.start
    while start > sentence.start and (
        doc[start - 1].lower_ in DETERMINERS or looks_like_modifier(doc[start - 1].lower_)
    ):
        start -= 1
    if start - 1 <= sentence.start:
        return False
    preposition = doc[start - 1].lower_
    before = [token.lower_ for token in doc[max(start - _ADMINISTRATION_WINDOW, sentence.start) : start - 1]]
    if mention.subtype == "cell_type":
        return preposition == "of" and before[-1] in _CELL_TRANSFER_NOUNS
    if preposition == "of":
        return before[-1] in _ADMINISTRATION_WORDS - _OF_RECIPIENT
    is_far_allowed = mention.subtype == "microbiota"
    return preposition == "with" and not _ADMINISTRATION_WORDS.isdisjoint(before if is_far_allowed else before[-1:])


def _keep_longest(mentions: Sequence[FoundMention]) -> list[FoundMention]:
    """Keep the longest of overlapping mentions, of equals the first given; return them in reading order."""
    return sorted(without_overlaps(longest_first(mentions)))


@Language.factory(
    "mention_finder",
    default_config={"added": None},
    requires=[
        "doc.sents",
        "doc._.recognised",
        "doc._.abbreviations",
        "span._.long_form",
        "token.tag",
        "token.dep",
        "token.head",
    ],
    assigns=["doc._.mentions", "doc._.inner_mentions", "doc.ents"],
)
def make_mention_finder(nlp: Language, name: str, added: str | None) -> MentionFinder:
    """Make the component over the bundled vocabulary and the user's in the file `added`."""
    entries = read_supplement(Path(added), prefix=USER_PREFIX) if added else ()
    return MentionFinder(Vocabulary(added=entries) if entries else bundled_vocabulary())
