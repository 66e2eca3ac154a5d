"""Merges the names that the language model recognises with those that the vocabulary knows.

Which name is kept, where the model's and the vocabulary's

1. are the same tokens: the vocabulary's, with its type and identifier; a process that the model takes for a disease
   ("tachycardia") becomes an adverse effect;
2. differ, the model's being longer, with known names of its own type inside but no list of them (a protein's name may
   also contain that of its substrate): the model's. It is grounded as a whole, or, if it is a disease or a target, by
   the known name at its end ("waxing psoriasis": psoriasis), unless that only says what kind of thing it is ("quinone
   oxidoreductase");
3. overlap in any other way: the vocabulary's;
4. do not overlap: the model's, grounded if one of its sure forms is known, else without an identifier. A process of one
   word is grounded only as it is written, a disease only by synonyms, three capitals that the article does not define
   not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Span, Token

from extractors.annotations import HEAD_SCORE, FoundMention, Recognised
from extractors.entities.head_lexicon import valence_of
from extractors.language.lexicon import AGENT_NOUNS, looks_like_modifier, word_list
from extractors.language.name_forms import names_a_trial
from extractors.language.sentences import token_before
from extractors.linking.grounder import SURE_FORMS, Grounder
from extractors.records import ADVERSE_EFFECT, PROTEINS

_CONTENTLESS_PHRASES = word_list("entities", "contentless_phrases")
_WORDS_NAMING_NOTHING = (
    word_list("language", "generic")
    | word_list("entities", "treatments_in_general")
    | word_list("entities", "drugs_in_general")
    | word_list("entities", "diseases_in_general")
    | word_list("entities", "plans_and_studies")
)

_SHORTEST = 2
_LONGEST = 200
_MOST_TOKENS = 20
_SHORTEST_CAPITALS = 3
_ABBREVIATION = 3
"""Letters of an abbreviation that is too ambiguous to be grounded where the article does not define it."""

_SYNONYM_SCORE = 0.95
"""Grounding score of a full synonym; below it stand related names, which often mean another disease."""

_DEPRESSED_FUNCTIONS = word_list("entities", "depressed_functions")
_DISEASE_KINDS = word_list("entities", "disease_kinds")
_NAME_LIST_LINKS = word_list("entities", "name_list_links")
_UNSPECIFIC_NOUNS = word_list("entities", "unspecific_nouns")
_PROCESS_NOUN = re.compile(
    r"(?:tion|sion|sis|ment|ance|ence|ity|[sc]y|growth|death|cycle|transport|release|response|signall?ing|pathway|uptake"
    r"|repair|survival|splicing|turnover)s?$"
)


def mark_adverse_effects(known: Sequence[FoundMention], doc: Doc) -> list[FoundMention]:
    """Return the known names, of which processes that the model takes for diseases become adverse effects."""
    diseases = {(name.start, name.end) for name in doc._.recognised if name.entity_type == "disease"}
    return [
        mention._replace(subtype=ADVERSE_EFFECT, valence=valence_of(ADVERSE_EFFECT, ""))
        if mention.entity_type == "effect" and mention.subtype == "process" and (mention.start, mention.end) in diseases
        else mention
        for mention in known
    ]


def recognised_names(sentence: Span, known: Sequence[FoundMention], grounder: Grounder) -> Iterator[FoundMention]:
    """Yield the names of a sentence that the model recognises and that are kept beside or instead of the `known` ones.

    An abbreviation that the article defines is what its long form is, and no name where that is none; an undefined one
    of two letters is left out.
    """
    doc = sentence.doc
    defined = {short.start: short._.long_form for short in doc._.abbreviations}
    for name in doc._.recognised:
        if not (sentence.start <= name.start and name.end <= sentence.end):
            continue
        if doc[name.start].lower_ == "anti" and name.end > name.start + 2:  # "anti-thyroid peroxidase"
            name = name._replace(start=name.start + 2)
        long_form = defined.get(name.start) if name.end == name.start + 1 else None
        if not _may_be_mention(name, doc) or (long_form is not None and not _is_recognised(long_form, name)):
            continue
        met = [mention for mention in known if mention.start < name.end and name.start < mention.end]
        is_enzyme = name.subtype == "protein" and any(
            mention.entity_type == "target" and mention.end == name.end for mention in met
        )
        reaches_further = all(
            (mention.entity_type == name.entity_type or (is_enzyme and mention.subtype == "small_molecule"))
            and name.start <= mention.start
            and mention.end <= name.end
            and (mention.start, mention.end) != (name.start, name.end)
            for mention in met
        )
        is_list = bool(met) and any(token.lower_ in _NAME_LIST_LINKS for token in doc[name.start : name.end])
        if reaches_further and not is_list:
            mention = _ground(name, long_form or doc[name.start : name.end], met, grounder)
            if mention.subtype != "process" or mention.concept_no >= 0 or name.end > name.start + 1:  # "its expression"
                yield mention


def _may_be_mention(name: Recognised, doc: Doc) -> bool:
    span = doc[name.start : name.end]
    text = span.text
    if (
        text.isupper()
        and len(text) < _SHORTEST_CAPITALS
        and not any(s.start == name.start for s in doc._.abbreviations)
    ):
        return False
    if name.subtype == "process" and not _PROCESS_NOUN.search(text):
        return False  # the corpora annotate verbs too
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and len(span) <= _MOST_TOKENS
        and text.isprintable()
        and any(char.isalpha() for char in text)
        and text.lower() not in _CONTENTLESS_PHRASES
        and not all(_names_nothing(token) for token in span)
        and not _is_any_agent(span)
        and not names_a_trial(text, doc[name.end : name.end + 1].text)
    )


def _is_any_agent(span: Span) -> bool:
    """Whether a name only describes a drug by what it does ("functional antagonists")."""
    last = span[-1].lower_.removesuffix("s")
    return last in AGENT_NOUNS and all(
        looks_like_modifier(token.lower_) or token.lower_.endswith("ing") for token in span[:-1]
    )


def _names_nothing(token: Token) -> bool:
    word = token.lower_
    is_listed = not _WORDS_NAMING_NOTHING.isdisjoint((word, f"{word}s"))
    return is_listed or word.removesuffix("s") in _UNSPECIFIC_NOUNS or word in STOP_WORDS or token.is_punct


def _is_recognised(long_form: Span, short: Recognised) -> bool:
    return any(
        name.end == long_form.end and name.start <= long_form.start and name.entity_type == short.entity_type
        for name in long_form.doc._.recognised
    )


def _ground(name: Recognised, span: Span, met: Sequence[FoundMention], grounder: Grounder) -> FoundMention:
    """Return the mention of a recognised name, grounded by the text of `span`: its own, or that of its long form.

    `met` are the known names within it. What the model takes for a disease may be known as an effect ("toxicity").
    """
    entity_type, subtype, text = name.entity_type, name.subtype, span.text
    types = (entity_type, "effect") if entity_type == "disease" else (entity_type,)
    forms = ("exact",) if subtype == "process" and len(span) == 1 else SURE_FORMS
    concept_no, method, score = grounder.ground(text, types, forms=forms)
    if len(text) == _ABBREVIATION and text.isalpha() and text.isupper():
        concept_no, method, score = -1, "undefined_abbreviation", 0.0
    elif entity_type == "disease" and method == "exact" and score < _SYNONYM_SCORE:
        concept_no, method, score = -1, "not_in_vocabulary", 0.0
    if concept_no >= 0:
        concept = grounder.vocabulary.concept(concept_no)
        subtype = ADVERSE_EFFECT if concept.entity_type != entity_type else concept.subtype or ""
        entity_type = concept.entity_type
    elif heads := [m for m in met if m.end == name.end and _identifies(m, span.doc, grounder)]:
        subtype, concept_no, method, score = heads[0].subtype, heads[0].concept_no, "head", HEAD_SCORE
    valence = valence_of(subtype, text)
    return FoundMention(name.start, name.end, entity_type, subtype, concept_no, method, score, valence, name.model)


def _identifies(head: FoundMention, doc: Doc, grounder: Grounder) -> bool:
    """Whether a known name at the end of a longer one says which disease or target that is, not only of what kind."""
    text = doc[head.start : head.end].text
    if head.concept_no < 0 or head.entity_type not in ("disease", "target"):
        return False
    if head.entity_type == "disease" or head.subtype not in PROTEINS:
        before = token_before(doc[head.start])
        is_lowering = text.lower() == "depression" and before is not None and before.lower_ in _DEPRESSED_FUNCTIONS
        return text.lower() not in _DISEASE_KINDS and not is_lowering
    is_gene = grounder.vocabulary.concept(head.concept_no).concept_id.startswith("HGNC:")
    return is_gene or not text.islower()  # a class of enzymes has a common noun for a name
