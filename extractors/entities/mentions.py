"""Finds what a text names: drugs, targets, diseases and effects.

Four steps, sentence by sentence:

1. every known name (`known_names.py`) and every name that the model recognises (`recognised.py`);
2. of overlapping ones the longest is kept, the leftmost of equals: the overlap policy, also for what follows;
3. a head noun takes its modifiers and the phrase that it calls for into one mention (`head_nouns.py`: "T-cell
   activation", "dephosphorylation of NFAT"), a disease its severity ("severe allergic asthma");
4. a singular agent noun that says what a named drug is ("the TNF inhibitor adalimumab") is no mention; its target is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.annotations import HEAD_SCORE, VOCABULARY, FoundMention, is_read
from extractors.entities.boundaries.attachment import is_cause
from extractors.entities.boundaries.by_parse import begins_with_its_verb
from extractors.entities.boundaries.expansion import HeadNouns
from extractors.entities.dictionary import ArticleNames, KnownNames
from extractors.entities.generic_descriptions import ADMINISTERED, is_description
from extractors.entities.head_lexicon import complement_prepositions
from extractors.entities.merging import as_recognised, recognised_names
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.linking.grounder import Grounder, with_concept
from extractors.linking.vocabulary.lookup import Vocabulary, bundled_vocabulary
from extractors.linking.vocabulary.supplement import USER_PREFIX, read_supplement
from extractors.records import ENTITY_SUBTYPES

_ADMINISTERING = word_list("entities", "administering")
_AUTOANTIGENS = word_list("entities", "autoantigens")
_AFFIXES = word_list("language", "affixes")
_SEVERITY = word_list("language", "severity")


class MentionFinder:
    """Sets `doc._.mentions`, a list of FoundMention in reading order, none overlapping another, and `doc.ents`.

    `doc.ents` holds the same mentions as Spans, in place of the names that the recogniser has put there: `label_` is
    the entity type, `kb_id_` the CURIE of the concept, "" where the mention is not grounded.
    """

    labels = tuple(ENTITY_SUBTYPES)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._grounder = Grounder(vocabulary)
        self._known_names = KnownNames(vocabulary, self._grounder)
        self._head_nouns = HeadNouns(self._grounder)

    def __call__(self, doc: Doc) -> Doc:
        sentences = [sentence for sentence in doc.sents if is_read(sentence)]
        matches = {sentence.start: self.vocabulary.names_in(sentence.text) for sentence in sentences}
        certain: dict[int, set[str]] = defaultdict(set)
        for sentence in sentences:
            text = sentence.text.lower()
            for match in matches[sentence.start]:
                if len(match.candidates) == 1:
                    certain[match.candidates[0].concept_no].add(text[match.start : match.end])
        article = ArticleNames(self._defined_abbreviations(doc), certain, matches)
        doc._.mentions = [mention for sentence in sentences for mention in self._find(sentence, article)]
        doc.ents = [self._entity(doc, mention) for mention in doc._.mentions]
        return doc

    def _entity(self, doc: Doc, mention: FoundMention) -> Span:
        curie = self.vocabulary.concept_id(mention.concept_no) if mention.concept_no >= 0 else ""
        return Span(doc, mention.start, mention.end, label=mention.entity_type, kb_id=curie)

    def _defined_abbreviations(self, doc: Doc) -> dict[int, tuple[int, FoundMention | None]]:
        """Return first token -> (end, what its long form names, or None where that is no mention)."""
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
        """Return what a long form names: as a whole, or by the mention that ends it and is most of it."""
        named = self._named_by(long_form)
        if named is None or (named.concept_no >= 0 and named.method != "head"):
            return named
        found = self._grounder.ground(short, (named.entity_type,), long_forms={short: long_form.text})
        return named if found.concept_no < 0 else with_concept(named, found, self.vocabulary)

    def _named_by(self, long_form: Span) -> FoundMention | None:
        doc, in_sentence = long_form.doc, self._find(long_form.sent, ArticleNames())
        in_sentence = [
            m for m in in_sentence if m.method == "exact" or not _is_complement(doc[m.start : long_form.start])
        ]
        as_written = self._known_names.as_written(long_form, ArticleNames())
        for mention in (*in_sentence, *as_written):  # at best more than the long form
            if mention.end == long_form.end and mention.start <= long_form.start and mention.concept_no >= 0:
                return mention
        for mention in in_sentence:
            if mention.end == long_form.end and mention.end - max(mention.start, long_form.start) >= 0.6 * len(
                long_form
            ):
                return mention
        return None

    def _find(self, sentence: Span, article: ArticleNames) -> list[FoundMention]:
        known = as_recognised(self._known_names(sentence, article), sentence.doc)
        recognised = recognised_names(sentence, known, self._grounder)
        found = [*known, *recognised, *KnownNames.by_form(sentence), *self._known_names.antibodies(known, sentence)]
        names = [name for name in found if not begins_with_its_verb(name, sentence)]
        kept = _longest([name for name in names if not is_description(sentence.doc, name, names)])
        built = [
            mention
            for mention in self._head_nouns.phrases(sentence, kept)
            if not is_description(sentence.doc, mention, names)
        ]
        sure = [mention for mention in kept if mention.detector == VOCABULARY or mention.concept_no >= 0]
        all_ = _longest([*sure, *built, *kept])  # what only the model takes for a name goes behind
        by_end = {mention.end: mention for mention in kept}
        severe = [_with_severity(mention, sentence, by_end) for mention in all_]
        given = [_tidied(_as_given(mention, sentence), sentence.doc) for mention in severe]
        return _longest([*given, *_autoantibodies(given, sentence)])


def _is_complement(before: Span) -> bool:
    """Whether the words before a long form, within a mention, make it a complement ("function of | T cells")."""
    return any(token.lower_ in complement_prepositions() for token in before)


def _without_its_head(short: Span) -> Span:
    """Return the long form without what it is a complement of ("the survival of natural killer cells (NKs)")."""
    long_form: Span = short._.long_form
    is_spelled = long_form[1:2].text[:1].lower() == short.text[0].lower()
    if long_form[0].lower_ not in DETERMINERS or is_spelled:
        return long_form
    doc = long_form.doc
    starts = (
        place + 1 for place in range(long_form.end - 2, long_form.start, -1) if _is_complement(doc[place : place + 1])
    )
    return doc[next(starts, long_form.start) : long_form.end]


def _tidied(mention: FoundMention, doc: Doc) -> FoundMention:
    """Take the rest of an ion's name into its mention ("Ca(2" of "Ca(2+)"), and a verb out of it ("but left | B")."""
    first = doc[mention.start]
    if first.lower_ == "left" and mention.end > mention.start + 1 and first.i > 0:
        is_verb = first.nbor(-1).lower_ in _BEFORE_LEFT
        return mention._replace(start=mention.start + 1) if is_verb else mention
    charge = doc[mention.end : mention.end + 2].text
    is_cut = doc[mention.end - 1].text.endswith(("(2", "(3")) and charge in ("+)", "+ )")
    return mention._replace(end=mention.end + 2) if is_cut else mention


def _autoantibodies(mentions: Sequence[FoundMention], sentence: Span) -> Iterator[FoundMention]:
    """Yield "autoantibodies against X", "antibodies to X" for every autoantigen X: they act, not X."""
    doc = sentence.doc
    for mention in mentions:
        place = mention.start
        while place > sentence.start and doc[place - 1].lower_ in DETERMINERS:
            place -= 1
        if mention.entity_type != "target" or place - 2 < sentence.start or doc[place - 1].lower_ not in _AGAINST:
            continue
        place -= 2 if doc[place - 2].lower_ != "directed" else 3
        noun = doc[max(place, sentence.start)].lower_
        is_own = doc[mention.start : mention.end].text.lower() in _AUTOANTIGENS
        if noun.startswith("autoantibod") or (noun == "antibodies" and is_own):
            yield FoundMention(place, mention.end, "target", "protein", -1, "not_in_vocabulary", 0.0, "")


def _with_severity(mention: FoundMention, sentence: Span, by_end: Mapping[int, FoundMention]) -> FoundMention:
    """Take words such as "severe" or "steroid-refractory" before a disease into its mention."""
    doc, start = sentence.doc, mention.start
    if mention.entity_type != "disease":
        return mention
    while start > sentence.start:
        word = doc[start - 1].lower_
        after_hyphen = word in _AFFIXES and start - 3 >= sentence.start and is_hyphen(doc[start - 2])
        after_hyphen = after_hyphen and doc[start - 3].text[0].isalnum()
        if after_hyphen and start - 2 in by_end and is_cause(by_end[start - 2], doc[start - 1]):
            break
        if after_hyphen:
            start -= 3
        elif word in _SEVERITY or (word in ("to", "and") and doc[start - 2].lower_ in _SEVERITY):
            start -= 1
        else:
            break
    while start < mention.start and doc[start].lower_ in ("to", "and", "moderately", "severely"):
        start += 1
    if start == mention.start or mention.concept_no < 0:
        return mention._replace(start=start)
    return mention._replace(start=start, method="head", score=min(mention.score, HEAD_SCORE))


_GIVEN: Mapping[str, str] = {"protein": "biologic", "microbiota": "microbe", "cell_type": "cell_therapy"}
"""Subtype of a target -> that of the drug it is where someone is given it."""

_TRANSFERRED = frozenset("transfer infusion transplantation".split())


def _as_given(mention: FoundMention, sentence: Span) -> FoundMention:
    """Make a target that is given to someone a drug ("low-dose interleukin-2"), without the target's identifier."""
    if mention.entity_type != "target" or mention.subtype not in _GIVEN:
        return mention
    is_given = mention.start > sentence.start and sentence.doc[mention.start - 1].lower_ in ADMINISTERED
    is_given = (is_given and mention.subtype == "protein") or _is_administered(mention, sentence)
    is_given = is_given or (mention.subtype == "microbiota" and _does_good(mention, sentence))
    after = sentence.doc[mention.end : mention.end + 1].text.lower().removesuffix("s")
    acts_on_it = after in AGENT_NOUNS | {"receptor"} or "receptor" in sentence.doc[mention.start : mention.end].text
    if not is_given or acts_on_it:
        return mention
    return mention._replace(
        entity_type="drug", subtype=_GIVEN[mention.subtype], concept_no=-1, method="given_as_drug", score=0.0
    )


_BEFORE_LEFT = word_list("entities", "before_left")
_AGAINST = word_list("entities", "against")
_DOING_GOOD = re.compile(
    r"(protect|ameliorat|attenuat|alleviat|mitigat|prevent|improv|restor|inhibit|suppress|revers|counteract)(s|es|ed|d)$"
)


def _does_good(mention: FoundMention, sentence: Span) -> bool:
    """Whether a species acts like a drug ("Bacteroides fragilis protected mice from colitis")."""
    behind = sentence.doc[mention.end : min(mention.end + 2, sentence.end)]
    words = [token.lower_ for token in behind if not token.lower_.endswith("ly")]
    return mention.end > mention.start + 1 and bool(words) and bool(_DOING_GOOD.match(words[0]))


def _is_administered(mention: FoundMention, sentence: Span) -> bool:
    """Whether a name stands behind a word of giving ("gavage with A", "adoptive transfer of A")."""
    doc, place = sentence.doc, mention.start
    while place > sentence.start and (
        doc[place - 1].lower_ in DETERMINERS or looks_like_modifier(doc[place - 1].lower_)
    ):
        place -= 1
    if place - 1 <= sentence.start or doc[place - 1].lower_ not in ("with", "of"):
        return False
    before = [token.lower_ for token in doc[max(place - 9, sentence.start) : place - 1]]
    if mention.subtype == "cell_type":
        return doc[place - 1].lower_ == "of" and before[-1] in _TRANSFERRED
    if doc[place - 1].lower_ == "of":
        return before[-1] in _ADMINISTERING - {"treatment", "colonisation", "colonization", "treated"}
    return not _ADMINISTERING.isdisjoint(before if mention.subtype == "microbiota" else before[-1:])


def _longest(mentions: Sequence[FoundMention]) -> list[FoundMention]:
    """Keep the longest of overlapping mentions, of equals the first given; return them in reading order."""
    taken: set[int] = set()
    kept = []
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        tokens = range(mention.start, mention.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(mention)
    return sorted(kept)


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
    assigns=["doc._.mentions", "doc.ents"],
)
def make_mention_finder(nlp: Language, name: str, added: str | None) -> MentionFinder:
    """Make the component over the bundled vocabulary and the user's in the file `added`."""
    entries = read_supplement(Path(added), prefix=USER_PREFIX) if added else ()
    return MentionFinder(Vocabulary(added=entries) if entries else bundled_vocabulary())
