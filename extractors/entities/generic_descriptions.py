"""What only describes: "the TNF inhibitor adalimumab" names one drug, "a monoclonal antibody against TNF" none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extractors.annotations import FoundMention
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, word_list

CLASS_NOUNS = word_list("entities", "class_nouns")
ADMINISTRATION_ADJECTIVES = word_list("entities", "administration_adjectives")
_COPULAS = word_list("entities", "copulas")
_COUNTS = frozenset({"two", "three", "both"})
_ARTICLES = ("a", "an")
_FARTHEST_DETERMINER = 6
"""Most tokens between a description and the word that opens its noun phrase."""


def is_description(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> bool:
    """Whether a mention such as "JAK inhibitor" only says what a drug named beside it is.

    `names` are the names found in the sentence. The first of the tests that can tell decides; where none can, the
    mention is a name.
    """
    for test in _TESTS_OF_WORDS:
        if (answer := test(sentence, mention, names)) is not None:
            return answer
    phrase = _noun_phrase(sentence, mention, names)
    if phrase is None:
        return False
    return next((answer for test in _TESTS_OF_PHRASE if (answer := test(phrase)) is not None), False)


def is_named_drug(mention: FoundMention) -> bool:
    """Whether a mention is a drug with a name of its own, no class."""
    return mention.entity_type == "drug" and mention.subtype not in ("drug_class", "cell_therapy")


_WordTest = Callable[[Span, FoundMention, Sequence[FoundMention]], bool | None]


def _by_biologic(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> bool | None:
    """Read "the first biologic approved for": never a name."""
    return True if _text(sentence, mention) == "biologic" else None


def _by_class_noun(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> bool | None:
    """Read "this cytokine": a description behind a determiner, else a name."""
    if _text(sentence, mention) not in CLASS_NOUNS:
        return None
    return mention.start > sentence.start and sentence.doc[mention.start - 1].lower_ in DETERMINERS


def _by_target(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> bool | None:
    """Read "an IL-1 receptor antagonist": what a drug does, not the protein so named."""
    if mention.entity_type != "target":
        return None
    if not _ends_in_agent_noun(sentence, mention):
        return False
    before = [token.lower_ for token in sentence.doc[max(mention.start - 2, sentence.start) : mention.start]]
    if before and before[-1] in ADMINISTRATION_ADJECTIVES:
        before.pop()
    is_one_of_many = _is_plural(sentence, mention) or (bool(before) and before[-1] in _ARTICLES)
    return is_one_of_many or any(name.start == mention.end for name in names if is_named_drug(name))


def _by_type(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> bool | None:
    """Keep everything else that is no class of drugs."""
    return False if mention.entity_type != "drug" or is_named_drug(mention) else None


def _by_following_name(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> bool | None:
    """Read "the TNF inhibitor adalimumab" and "an IL-17A inhibitor, secukinumab, ..."."""
    if not _ends_in_agent_noun(sentence, mention) or _is_plural(sentence, mention):
        return None
    doc, named = sentence.doc, {name.start for name in names if is_named_drug(name)}
    if mention.end in named:
        return True
    is_apposed = doc[mention.end : mention.end + 1].text == "," and mention.end + 1 in named
    has_article = mention.start > sentence.start and doc[mention.start - 1].lower_ in _ARTICLES
    return True if is_apposed and has_article else None


_TESTS_OF_WORDS: tuple[_WordTest, ...] = (_by_biologic, _by_class_noun, _by_target, _by_type, _by_following_name)
"""What the mention and the words right beside it tell, in this order."""


class _NounPhrase(NamedTuple):
    """A class of drugs with what opens its noun phrase: a determiner, a count or a copula.

    `opener` is that word, `before` the one before it ("" at the start of the sentence), `at` its token, `drug_ends`
    where the drugs named in the sentence end; `is_agent` and `is_plural` are about the last word of the mention.
    """

    opener: str
    before: str
    at: int
    drug_ends: frozenset[int]
    is_agent: bool
    is_plural: bool


def _noun_phrase(sentence: Span, mention: FoundMention, names: Sequence[FoundMention]) -> _NounPhrase | None:
    """Return the noun phrase of a mention; None where nothing opens it near enough in the sentence."""
    doc = sentence.doc
    at = mention.start - 1
    while at >= sentence.start and _is_in_phrase(doc, at):
        if at < mention.start - _FARTHEST_DETERMINER:
            return None
        at -= 1
    if at < sentence.start:
        return None
    return _NounPhrase(
        opener=doc[at].lower_,
        before=doc[at - 1].lower_ if at > sentence.start else "",
        at=at,
        drug_ends=frozenset(name.end for name in names if is_named_drug(name)),
        is_agent=_ends_in_agent_noun(sentence, mention),
        is_plural=_is_plural(sentence, mention),
    )


def _is_in_phrase(doc: Doc, index: int) -> bool:
    token = doc[index]
    is_word = token.text[0].isalnum() or is_hyphen(token) or token.text == "/"
    return is_word and token.lower_ not in DETERMINERS | _COPULAS | _COUNTS


def _by_copula(phrase: _NounPhrase) -> bool | None:
    """Read "acts as TNF inhibitor"; of a plural only "A and B are JAK inhibitors", behind the name of a drug."""
    if phrase.opener not in _COPULAS:
        return None
    names_none = phrase.opener != "as" and any(end <= phrase.at for end in phrase.drug_ends)
    return phrase.is_agent and (not phrase.is_plural or names_none)


def _by_count(phrase: _NounPhrase) -> bool | None:
    """Read "etanercept and adalimumab, two TNF inhibitors": a plural is a description only there."""
    if not phrase.is_plural:
        return None
    is_apposed = phrase.opener in _COUNTS and phrase.before == ","
    return phrase.is_agent and is_apposed and phrase.at - 1 in phrase.drug_ends


def _by_reference(phrase: _NounPhrase) -> bool | None:
    """Read "this inhibitor", and "The inhibitor ..." at the start of a sentence: what was named before."""
    is_reference = phrase.opener == "this" or (phrase.opener in ("the", "that") and not phrase.before)
    return phrase.is_agent if is_reference else None


def _by_determiner(phrase: _NounPhrase) -> bool | None:
    """Read "voclosporin, a calcineurin inhibitor, ..." and "tofacitinib is the first JAK inhibitor"."""
    if phrase.opener not in DETERMINERS or not phrase.before:
        return None
    is_predicate = phrase.is_agent and phrase.before in _COPULAS
    is_apposed = phrase.before in (",", "(") and not phrase.drug_ends.isdisjoint((phrase.at - 1, phrase.at - 4))
    return is_predicate or is_apposed


_TESTS_OF_PHRASE: tuple[Callable[[_NounPhrase], bool | None], ...] = (
    _by_copula,
    _by_count,
    _by_reference,
    _by_determiner,
)
"""What the word that opens the noun phrase tells, in this order."""


def _text(sentence: Span, mention: FoundMention) -> str:
    return sentence.doc[mention.start : mention.end].text.lower()


def _is_plural(sentence: Span, mention: FoundMention) -> bool:
    return sentence.doc[mention.end - 1].lower_.endswith("s")


def _ends_in_agent_noun(sentence: Span, mention: FoundMention) -> bool:
    return sentence.doc[mention.end - 1].lower_.removesuffix("s") in AGENT_NOUNS
