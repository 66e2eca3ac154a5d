"""Finds what a text names: drugs, targets, diseases and effects.

Four steps, sentence by sentence:

1. every known name (`vocabulary`), and every abbreviation that the article itself defines, which goes before;
2. of overlapping ones the longest is kept, the leftmost of equals: the overlap policy, also for what follows;
3. a head noun takes the words before it and an "of" phrase after it into one mention ("T-cell activation",
   "dephosphorylation of NFAT"), a disease its severity ("severe allergic asthma");
4. a singular agent noun that says what a named drug is ("the TNF inhibitor adalimumab") is no mention; its target is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extractors.descriptions import (
    ADMINISTERED,
    AGENT_NOUNS,
    BARE_NOUNS,
    DETERMINERS,
    is_description,
    is_hyphen,
)
from extractors.found import HEAD_SCORE, VOCABULARY, FoundMention
from extractors.grounding import SURE_FORMS, Grounder, Grounding
from extractors.phrases import (
    Head,
    heads,
    inn_subtype,
    looks_like_modifier,
    names_a_trial,
    names_disease,
    valence_of,
    words_of,
)
from extractors.pipeline import is_read
from extractors.recognised import as_recognised, recognised_names
from extractors.vocabulary.keys import words
from extractors.vocabulary.lookup import Candidate, NameMatch, Vocabulary, bundled_vocabulary
from extractors.vocabulary.supplement import USER_PREFIX, read_supplement

_ANTIBODIES = frozenset("antibody antibodies mab mabs nanobody nanobodies".split())
_NAME_OTHERS = frozenset("family families superfamily superfamilies subfamily subfamilies ligand ligands".split())
"""Nouns that make a protein's name the name of others ("the TNF superfamily", "a PD-1 ligand")."""
_LOWERINGS = frozenset({"depression", "depressions"})
"""Names of a disease that mean a lowering, where it is one of an organ or a function."""
_LOWERED = frozenset("st st-segment segment marrow cns".split())
_RECEPTOR = re.compile(r"[ -]?(?:r\d*|receptor.*)")
_PLURAL_PROTEIN = re.compile(r"[A-Z0-9]s$")
_CAUSED = frozenset("induced associated related triggered".split())
_MAX_MODIFIERS = 3


class _Article(NamedTuple):
    """What the whole article says of its names.

    `defined`: first token of an abbreviation that it defines -> (end, what the long form names). `certain`: concepts
    that it names without ambiguity -> these names. `matches`: first token of a sentence -> the known names in it.
    """

    defined: Mapping[int, tuple[int, FoundMention | None]] = MappingProxyType({})
    certain: Mapping[int, Collection[str]] = MappingProxyType({})
    matches: Mapping[int, Sequence[NameMatch]] = MappingProxyType({})


if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())


class MentionFinder:
    """Sets `doc._.mentions`: a list of FoundMention in reading order, none overlapping another."""

    def __init__(self, vocabulary: Vocabulary, verbs: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self._grounder = Grounder(vocabulary)
        self._verbs = verbs

    def __call__(self, doc: Doc) -> Doc:
        sentences = [sentence for sentence in doc.sents if is_read(sentence)]
        matches = {sentence.start: self.vocabulary.names_in(sentence.text) for sentence in sentences}
        certain: dict[int, set[str]] = defaultdict(set)
        for sentence in sentences:
            text = sentence.text.lower()
            for match in matches[sentence.start]:
                if len(match.candidates) == 1:
                    certain[match.candidates[0].concept_no].add(text[match.start : match.end])
        article = _Article(self._defined_abbreviations(doc), certain, matches)
        doc._.mentions = [mention for sentence in sentences for mention in self._find(sentence, article)]
        return doc

    def _defined_abbreviations(self, doc: Doc) -> dict[int, tuple[int, FoundMention | None]]:
        """Return first token -> (end, what its long form names, or None where that is no mention)."""
        meanings: dict[tuple[str, int], FoundMention | None] = {}
        defined = {}
        for short in doc._.abbreviations:
            long_form = short._.long_form
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
        return named if found.concept_no < 0 else self._grounded(named, found)

    def _named_by(self, long_form: Span) -> FoundMention | None:
        in_sentence = self._find(long_form.sent, _Article())
        for mention in (*in_sentence, *self._known_names(long_form, _Article())):  # at best more than the long form
            if mention.end == long_form.end and mention.start <= long_form.start and mention.concept_no >= 0:
                return mention
        for mention in in_sentence:
            if mention.end == long_form.end and mention.end - max(mention.start, long_form.start) >= 0.6 * len(
                long_form
            ):
                return mention
        return None

    def _grounded(self, mention: FoundMention, found: Grounding) -> FoundMention:
        concept = self.vocabulary.concept(found.concept_no)
        return mention._replace(
            entity_type=concept.entity_type,
            subtype=concept.subtype or "",
            concept_no=found.concept_no,
            method=found.method,
            score=found.score,
        )

    def _find(self, sentence: Span, article: _Article) -> list[FoundMention]:
        names_as_written = self._known_names(sentence, article)
        by_start = {name.start: name for name in names_as_written}
        known = [self._by_head_noun(name, sentence, by_start) for name in names_as_written]
        known = as_recognised(known, sentence.doc)
        recognised = recognised_names(sentence, known, self._grounder)
        names = [*known, *recognised, *self._names_by_form(sentence), *self._antibodies(known, sentence)]
        kept = _longest([name for name in names if not is_description(sentence.doc, name, names)])
        by_start = {mention.start: mention for mention in kept}
        by_end = {mention.end: mention for mention in kept}
        built = [
            mention
            for token in sentence
            for mention in self._built_on(token, sentence, by_start, by_end)
            if not is_description(sentence.doc, mention, names)
        ]
        sure = [mention for mention in kept if mention.detector == VOCABULARY or mention.concept_no >= 0]
        all_ = _longest([*sure, *built, *kept])  # what only the model takes for a name goes behind
        found = [self._with_severity(mention, sentence, by_end) for mention in all_]
        return _longest([_as_given(mention, sentence) for mention in found])

    # --- known names -------------------------------------------------------------------------------------------

    def _known_names(self, sentence: Span, article: _Article) -> list[FoundMention]:
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
        for match in self.vocabulary.find(text, words(text)) if matches is None else matches:
            start, behind = first_at.get(match.start), end_at.get(match.end)
            if behind is not None and names_a_trial(
                text[match.start : match.end], sentence.doc[behind : behind + 1].text
            ):
                continue
            if start is None or behind is None or (start in defined and defined[start][0] >= behind):
                continue
            found.append(self._known_name(start, behind, text[match.start : match.end], match.candidates, article))
        return found

    def _known_name(
        self, start: int, end: int, text: str, candidates: Sequence[Candidate], article: _Article
    ) -> FoundMention:
        named = {each.concept_no for each in candidates if _is_named(each.concept_no, text, article.certain)}
        chosen = self._grounder.choose(candidates, named)
        concept = self.vocabulary.concept(candidates[0].concept_no if chosen.concept_no < 0 else chosen.concept_no)
        return FoundMention(
            start,
            end,
            concept.entity_type,
            concept.subtype or "",
            *chosen,
            valence_of(concept.subtype or "", text),
        )

    def _by_head_noun(self, known: FoundMention, sentence: Span, by_start: Mapping[int, FoundMention]) -> FoundMention:
        """Return a known name as what the noun that it stands with makes it."""
        doc, end = sentence.doc, known.end
        names_others = end < sentence.end and doc[end].lower_ in _NAME_OTHERS
        is_named = doc[known.start : end].text.lower() not in BARE_NOUNS
        if names_others and is_named and known.subtype in ("protein", "protein_family"):
            return self._grounded_anew(known._replace(end=end + 1, subtype="protein_family"), doc)
        is_lowering = known.entity_type == "disease" and doc[known.start : end].text.lower() in _LOWERINGS
        if is_lowering and (lowered := self._lowered_end(known, sentence, by_start)):
            unknown = -1, "not_in_vocabulary", 0.0
            effect = FoundMention(known.start, lowered, "effect", "function", *unknown, "bad")
            return effect if lowered == end else self._grounded_anew(effect, doc)
        return known

    def _grounded_anew(self, mention: FoundMention, doc: Doc) -> FoundMention:
        name = doc[mention.start : mention.end].text
        found = self._grounder.ground(name, (mention.entity_type,), forms=SURE_FORMS)
        if found.concept_no >= 0:
            return self._grounded(mention, found)
        return mention._replace(concept_no=-1, method=found.method, score=0.0)

    def _lowered_end(
        self, depression: FoundMention, sentence: Span, by_start: Mapping[int, FoundMention]
    ) -> int | None:
        """Return where the name of a lowering ends ("depression of cardiac output"), None where it is the disorder."""
        doc, end = sentence.doc, depression.end
        if depression.start > sentence.start and doc[depression.start - 1].lower_ in _LOWERED:
            return end
        if end + 1 >= sentence.end or doc[end].lower_ != "of":
            return None
        first = place = end + 1 + (doc[end + 1].lower_ in DETERMINERS)
        while place < min(sentence.end, first + _MAX_MODIFIERS) and place not in by_start:
            if not self._is_modifier(doc[place]) or doc[place].lower_ in words_of("severity"):
                break
            place += 1
        named = by_start.get(place)
        if named is not None and named.entity_type in ("target", "effect"):
            return named.end
        if place == first:
            return None
        is_noun = place < sentence.end and doc[place].is_alpha and doc[place].lower_ not in STOP_WORDS
        return place + is_noun

    def _names_by_form(self, sentence: Span) -> list[FoundMention]:
        """Type words by their form: INN stems (WHO, The use of stems in INN, 2018) and endings of disease names."""
        found = []
        for token in sentence:
            if len(token) > 6 and token.is_alpha:
                if subtype := inn_subtype(token.lower_):
                    found.append(FoundMention(token.i, token.i + 1, "drug", subtype, -1, "inn_stem", 0.0, ""))
                elif names_disease(token.lower_):
                    found.append(
                        FoundMention(token.i, token.i + 1, "disease", "disease", -1, "disease_ending", 0.0, "")
                    )
        return found

    def _antibodies(self, known: Sequence[FoundMention], sentence: Span) -> Iterator[FoundMention]:
        """Yield "anti-X antibody" and "anti-Xs" for each known protein X that is no autoantigen: they are given."""
        doc = sentence.doc
        for target in known:
            first, last = target.start - 2, target.end
            if target.entity_type != "target" or first < sentence.start:
                continue
            if doc[first].lower_ != "anti" or not is_hyphen(doc[first + 1]):
                continue
            protein = doc[target.start : last].text
            if protein.lower() in words_of("autoantigens"):
                continue
            while last + 1 < sentence.end and doc[last].text == "/" and doc[last + 1].text[0].isdigit():
                last += 2  # "anti-IL-12/23"
            if last < sentence.end and doc[last].lower_ in _ANTIBODIES:
                last += 1
            elif not _PLURAL_PROTEIN.search(doc[last - 1].text):
                continue
            antibody = FoundMention(first, last, "drug", "drug_class", -1, "not_in_vocabulary", 0.0, "")
            yield self._grounded_anew(antibody, doc)

    # --- built on a head noun ------------------------------------------------------------------------------------

    def _built_on(
        self, token: Token, sentence: Span, by_start: dict[int, FoundMention], by_end: dict[int, FoundMention]
    ) -> Iterator[FoundMention]:
        head = heads().get(token.lower_)
        if head is None or any(m.start < token.i < m.end - 1 for m in by_start.values()):
            return
        known = next((m for m in by_start.values() if m.end == token.i + 1), None)
        first = known.start if known is not None and known.entity_type == head.entity_type else token.i
        start = self._modifiers_start(first, sentence, by_end, head)
        if known is not None and start == first < token.i:
            return
        end = token.i + 1
        if head.takes_of:
            end = self._complement_end(end, sentence, by_start)
        if start == token.i and end == token.i + 1 and not head.stands_alone:
            return
        name = sentence.doc[start:end].text
        if name.lower() in words_of("contentless"):
            return
        mention = FoundMention(start, end, head.entity_type, head.subtype, -1, "not_in_vocabulary", 0.0, head.valence)
        found = self._grounder.ground(name, (head.entity_type,), forms=SURE_FORMS)
        if found.concept_no >= 0:
            yield self._grounded(mention, found)
            return
        if (
            known is not None
            and known.concept_no >= 0
            and known.entity_type in ("disease", "target")
            and end == known.end
        ):
            yield known._replace(start=start, method="head", score=HEAD_SCORE)  # "ileal Crohn's disease"
            return
        yield mention._replace(method=found.method)

    def _modifiers_start(self, first: int, sentence: Span, by_end: dict[int, FoundMention], head: Head) -> int:
        """Return where the name whose head noun (or known name) begins at `first` begins with its modifiers."""
        doc, start, modifiers = sentence.doc, first, 0
        while start > sentence.start:
            previous = doc[start - 1]
            if start in by_end:
                if not _can_be_absorbed(by_end[start], head.entity_type):
                    break
                start = by_end[start].start
            elif previous.lower_ in words_of("affixes") and start - 2 > sentence.start and is_hyphen(doc[start - 2]):
                before = start - 2
                if before in by_end and _is_cause(by_end[before], previous):
                    break
                start = by_end[before].start if before in by_end else before - 1
            elif previous.text == "/" and start - 1 in by_end:
                start = by_end[start - 1].start
            elif (
                previous.lower_ in ("and", "or")
                and start == first - 1
                and start - 2 >= sentence.start
                and self._is_modifier(doc[start - 2])
                and start - 1 not in by_end
                and looks_like_modifier(doc[start].lower_)
                and doc[start - 2].lower_ not in words_of("severity")
            ):
                start -= 2
            elif previous.text == ")" and start == first and (opened := _bracket_start(doc, start)) in by_end:
                start = by_end[opened].start
            elif self._is_modifier(previous) and modifiers < _MAX_MODIFIERS:
                start, modifiers = start - 1, modifiers + 1
            elif start == first and head.entity_type == "effect" and self._may_be_noun(previous, sentence):
                return start - 1
            else:
                break
        while start < first and doc[start].lower_ in words_of("generic"):
            start += 1
        return start

    def _is_modifier(self, token: Token) -> bool:
        word = token.lower_
        if word in STOP_WORDS or word in self._verbs or not (token.is_alpha or "-" in word):
            return False
        return looks_like_modifier(word)

    def _may_be_noun(self, token: Token, sentence: Span) -> bool:
        """Whether an unknown word right before a head noun reads as part of its name ("disability progression")."""
        word = token.lower_
        has_verb_ending = word.endswith(("ed", "ing", "ly")) or (word.endswith("s") and not word.endswith(("us", "ss")))
        return (
            token.is_alpha
            and (len(word) > 3 or token.is_upper)
            and not has_verb_ending
            and token.i > sentence.start
            and sentence.doc[token.i - 1].lower_ != "to"
            and word not in STOP_WORDS | self._verbs
            and not any(word in words_of(name) for name in ("generic", "transparent", "affixes"))
        )

    def _complement_end(self, end: int, sentence: Span, by_start: dict[int, FoundMention]) -> int:
        doc = sentence.doc
        is_loss = doc[end - 1].lower_ in ("decline", "deterioration", "loss")
        if end >= sentence.end or (doc[end].lower_ != "of" and not (is_loss and doc[end].lower_ == "in")):
            return end
        place = end + 1
        while place < sentence.end and place < end + 5:
            if place in by_start and by_start[place].entity_type != "disease":
                place = by_start[place].end
                while place in by_start and by_start[place].entity_type == "target":
                    place = by_start[place].end
                return place
            if not (
                doc[place].lower_ in DETERMINERS
                or self._is_modifier(doc[place])
                or doc[place].lower_ in words_of("generic")
            ):
                break
            place += 1
        return end

    def _with_severity(self, mention: FoundMention, sentence: Span, by_end: Mapping[int, FoundMention]) -> FoundMention:
        """Take words such as "severe" or "steroid-refractory" before a disease into its mention."""
        doc, start = sentence.doc, mention.start
        if mention.entity_type != "disease":
            return mention
        while start > sentence.start:
            word = doc[start - 1].lower_
            after_hyphen = word in words_of("affixes") and start - 3 >= sentence.start and is_hyphen(doc[start - 2])
            if after_hyphen and start - 2 in by_end and _is_cause(by_end[start - 2], doc[start - 1]):
                break
            if after_hyphen:
                start -= 3
            elif word in words_of("severity") or (
                word in ("to", "and") and doc[start - 2].lower_ in words_of("severity")
            ):
                start -= 1
            else:
                break
        while start < mention.start and doc[start].lower_ in ("to", "and", "moderately", "severely"):
            start += 1
        if start == mention.start or mention.concept_no < 0:
            return mention._replace(start=start)
        return mention._replace(start=start, method="head", score=min(mention.score, HEAD_SCORE))


def _is_named(concept_no: int, alias: str, certain: Mapping[int, Collection[str]]) -> bool:
    """Whether an article names a concept otherwise too, and not as the receptor of what the alias names ("C5aR1")."""
    names = certain.get(concept_no, ())
    return any(not (name.startswith(alias.lower()) and _RECEPTOR.fullmatch(name, len(alias))) for name in names)


def _as_given(mention: FoundMention, sentence: Span) -> FoundMention:
    """Make a protein that is administered a drug ("low-dose interleukin-2"), without the protein's identifier."""
    is_given = mention.start > sentence.start and sentence.doc[mention.start - 1].lower_ in ADMINISTERED
    after = sentence.doc[mention.end : mention.end + 1].text.lower().removesuffix("s")
    acts_on_it = after in AGENT_NOUNS | {"receptor"} or "receptor" in sentence.doc[mention.start : mention.end].text
    if is_given and not acts_on_it and mention.entity_type == "target" and mention.subtype == "protein":
        return mention._replace(
            entity_type="drug", subtype="biologic", concept_no=-1, method="given_as_drug", score=0.0
        )
    return mention


def _can_be_absorbed(mention: FoundMention, head_type: str) -> bool:
    """Whether a mention may become part of a longer name ("butyrate production", but not "infliximab responses")."""
    if mention.entity_type == "drug":
        return head_type in ("effect", "disease", "drug") and mention.subtype not in (
            "biologic",
            "cell_therapy",
            "procedure",
        )
    return not (mention.entity_type == "disease" and head_type == "target")


def _is_cause(mention: FoundMention, affix: Token) -> bool:
    """Whether a mention and the word after its hyphen say what caused something ("lithium-induced"): no part of it."""
    return mention.entity_type == "drug" and affix.lower_ in _CAUSED


def _bracket_start(doc: Doc, end: int) -> int:
    """Return the token where the short bracket that closes before `end` opens."""
    for place in range(end - 2, max(end - 6, 0), -1):
        if doc[place].text == "(":
            return place
    return end


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


@Language.factory("mention_finder", default_config={"added": None}, requires=["doc.sents"], assigns=["doc._.mentions"])
def make_mention_finder(nlp: Language, name: str, added: str | None) -> MentionFinder:
    """Make the component over the bundled vocabulary and the user's in the file `added`."""
    from extractors.rules import verb_forms

    entries = read_supplement(Path(added), prefix=USER_PREFIX) if added else ()
    return MentionFinder(Vocabulary(added=entries) if entries else bundled_vocabulary(), verb_forms())
