"""Merges what the language model recognises with the names that the vocabulary knows.

The policy, name by name, where the model and the vocabulary meet:

1. the same tokens: the vocabulary's, with its type and identifier; a process that the model takes for a disease
   ("tachycardia") is an adverse effect;
2. the model's name reaches further and holds known names of its own type, and no list of them: the model's, grounded as
   a whole, or a disease or target by the known name that ends it ("waxing psoriasis": psoriasis);
3. any other overlap: the vocabulary's, for it knows what it names;
4. no overlap: the model's, grounded where some sure form of it is known, else without an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Span, Token

from extractors.found import HEAD_SCORE, FoundMention
from extractors.grounding import SURE_FORMS, Grounder
from extractors.ner.models import Recognised
from extractors.phrases import names_a_trial, valence_of, words_of

_SHORTEST = 2
_LONGEST = 200
_MOST_TOKENS = 20
_SHORTEST_CAPITALS = 3
_LINKS = frozenset({"and", "or", ",", "/"})
_BARE_NOUNS = frozenset("cell gene protein receptor molecule factor compound chemical kinase enzyme antibody".split())
_PROCESS_NOUN = re.compile(
    r"(?:tion|sion|sis|ment|ance|ence|ity|[sc]y|growth|death|cycle|transport|release|response|signall?ing|pathway|uptake"
    r"|repair|survival|splicing|turnover)s?$"
)


def as_recognised(known: Sequence[FoundMention], doc: Doc) -> list[FoundMention]:
    """Return the known names, with the processes that the model takes for diseases as adverse effects."""
    diseases = {(name.start, name.end) for name in doc._.recognised if name.entity_type == "disease"}
    return [
        mention._replace(subtype="adverse_effect", valence=valence_of("adverse_effect", ""))
        if mention.entity_type == "effect" and mention.subtype == "process" and (mention.start, mention.end) in diseases
        else mention
        for mention in known
    ]


def recognised_names(sentence: Span, known: Sequence[FoundMention], grounder: Grounder) -> Iterator[FoundMention]:
    """Yield the names of a sentence that the model recognises and that go beside or before the `known` ones.

    An abbreviation that the article defines is what its long form is, and none where that is no name; one of two
    letters that it does not define is not guessed.
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
        reaches_further = all(
            mention.entity_type == name.entity_type
            and name.start <= mention.start
            and mention.end <= name.end
            and (mention.start, mention.end) != (name.start, name.end)
            for mention in met
        )
        is_list = bool(met) and any(token.lower_ in _LINKS for token in doc[name.start : name.end])
        if reaches_further and not is_list:
            mention = _grounded(name, (long_form or doc[name.start : name.end]).text, met, grounder)
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
        and text.lower() not in words_of("contentless")
        and not all(_says_nothing(token) for token in span)
        and not names_a_trial(text, doc[name.end : name.end + 1].text)
    )


def _says_nothing(token: Token) -> bool:
    word = token.lower_
    lists = ("generic", "bearers", "drug_pronouns", "disease_pronouns", "plans")
    is_listed = any(each in words_of(name) for name in lists for each in (word, f"{word}s"))
    return is_listed or word.removesuffix("s") in _BARE_NOUNS or word in STOP_WORDS or token.is_punct


def _is_recognised(long_form: Span, short: Recognised) -> bool:
    return any(
        name.end == long_form.end and name.start <= long_form.start and name.entity_type == short.entity_type
        for name in long_form.doc._.recognised
    )


def _grounded(name: Recognised, text: str, met: Sequence[FoundMention], grounder: Grounder) -> FoundMention:
    """Return the mention of a recognised name; what is taken for a disease may be known as an effect ("toxicity")."""
    entity_type, subtype = name.entity_type, name.subtype
    types = (entity_type, "effect") if entity_type == "disease" else (entity_type,)
    concept_no, method, score = grounder.ground(text, types, forms=SURE_FORMS)
    heads = [m for m in met if m.end == name.end and m.concept_no >= 0 and m.entity_type in ("disease", "target")]
    if concept_no >= 0:
        concept = grounder.vocabulary.concept(concept_no)
        subtype = "adverse_effect" if concept.entity_type != entity_type else concept.subtype or ""
        entity_type = concept.entity_type
    elif heads:
        subtype, concept_no, method, score = heads[0].subtype, heads[0].concept_no, "head", HEAD_SCORE
    valence = valence_of(subtype, text)
    return FoundMention(name.start, name.end, entity_type, subtype, concept_no, method, score, valence, name.model)
