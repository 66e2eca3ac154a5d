"""Finds the triggers of a sentence: the words for which a relation rule looks for a subject and an object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token
from spacy.vocab import Vocab

from extractors.annotations import FoundMention
from extractors.language.inflection import forms_of, verb_forms
from extractors.language.lexicon import DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.language.parse import is_no_verb
from extractors.language.patterns import PhraseMatcher
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Trigger

_GENERIC = word_list("language", "generic")
_BEFORE_BASE_FORM = word_list("relations", "before_base_form")
_IRREGULAR_PAST = word_list("relations", "irregular_past_forms")

_BEFORE_NOUN = DETERMINERS | frozenset("of in with no any some an by for from".split())
"""Words behind which a form that can be a verb or a noun is a noun ("a decrease", "with increased")."""
_OVERLAPPING_FRAMES = frozenset({"agent", "suffix", "prefix"})
"""Frames whose triggers count also within a longer one: a description states something of its own."""


class TriggerFinder:
    """Finds the triggers of a set of rules; the rules of the frame "in_disease" have none."""

    def __init__(self, vocab: Vocab, rules: Sequence[RelationRule]) -> None:
        self._phrases = PhraseMatcher(vocab)
        self._rule_of: dict[int, RelationRule] = {}
        self._words: dict[str, list[tuple[RelationRule, str]]] = {}
        for rule in rules:
            if rule.frame == "verb":
                for verb in rule.words:
                    base, third, *past, ing = forms_of(verb)
                    for form, kind in ((base, "base"), (third, "third"), *((p, "past") for p in past), (ing, "ing")):
                        self._words.setdefault(form, []).append((rule, kind))
            elif rule.frame == "link":
                for word in rule.words:
                    self._words.setdefault(f"-{word}", []).append((rule, "past"))
            elif rule.frame != "in_disease":
                for phrase in rule.words:
                    self._phrases.add(rule.id, phrase)
                self._rule_of[vocab.strings[rule.id]] = rule

    def find(self, span: Span, mentions: Sequence[FoundMention], *, is_well_parsed: bool = False) -> list[Trigger]:
        """Return the triggers of a sentence in order; of a phrase within a longer one the longer.

        No trigger lies within a mention. The tags of a well parsed sentence tell nouns from verbs of the same form
        ("a decrease in").
        """
        inside = {place for mention in mentions for place in range(mention.start, mention.end)}
        found = [*self._in_phrases(span, inside), *self._in_words(span, inside, is_well_parsed=is_well_parsed)]
        longest = [
            trigger
            for trigger in found
            if trigger.rule.frame in _OVERLAPPING_FRAMES or not any(_is_within(trigger, other) for other in found)
        ]
        return sorted(longest, key=lambda trigger: (trigger.start, trigger.end, trigger.rule.id))

    def _in_phrases(self, span: Span, inside: set[int]) -> Iterator[Trigger]:
        for match, start, end in self._phrases(span):
            rule = self._rule_of[match]
            is_meant = rule.frame != "nominal" or _is_noun(span[start])
            if is_meant and inside.isdisjoint(range(span.start + start, span.start + end)):
                yield Trigger(rule, span.start + start, span.start + end, "phrase")

    def _in_words(self, span: Span, inside: set[int], *, is_well_parsed: bool) -> Iterator[Trigger]:
        """Yield the verbs, and the participles behind a hyphen ("A-induced B"), which can be one token with it."""
        for token in span:
            if token.i in inside:
                continue
            is_link = _follows_hyphen(span, token.i)
            named = self._words.get(f"-{token.lower_}" if is_link else token.lower_, [])
            if named and not is_link and is_well_parsed and is_no_verb(token):
                continue
            for rule, form in named:
                if is_link or _is_verb(span, token.i, form, follows_mention=token.i - 1 in inside):
                    yield Trigger(rule, token.i, token.i + 1, form)


def _follows_hyphen(span: Span, place: int) -> bool:
    """Whether a word hangs on a hyphen before it, without a blank between them."""
    before = span.doc[place - 1] if place > span.start else None
    return before is not None and is_hyphen(before) and not before.whitespace_


def _is_within(trigger: Trigger, other: Trigger) -> bool:
    """Whether a trigger lies within another that is longer."""
    is_inside = other.start <= trigger.start and trigger.end <= other.end
    return is_inside and other.end - other.start > trigger.end - trigger.start


def _is_noun(token: Token) -> bool:
    """Whether a word names a change: by its tag, or, in a text without tags, if no verb is spelled like it."""
    return token.tag_ in ("NN", "NNS", "VBG") if token.tag_ else token.lower_ not in verb_forms()


def _is_verb(span: Span, place: int, form: str, *, follows_mention: bool) -> bool:
    """Tell a verb from a noun or an adjective of the same form by the words around it."""
    before = span.doc[place - 1].lower_ if place > span.start else ""
    if form == "base":
        return follows_mention or _is_base_form(before)
    if form == "past":
        return _is_past_form(span, place, before)
    if form == "third":
        return before not in DETERMINERS - {"that"}
    return before not in ("a", "an", "the", "of") or _word_behind(span, place) != "of"


def _is_base_form(before: str) -> bool:
    """Whether a base form is a verb behind a word that is no name ("to increase", "we block"; not "an increase")."""
    if before in _BEFORE_BASE_FORM or before.endswith("ly"):
        return True
    return bool(before) and not (before in _BEFORE_NOUN or looks_like_modifier(before) or before in _GENERIC)


def _is_past_form(span: Span, place: int, before: str) -> bool:
    """Whether a past form is a verb, not an adjective ("A reduced B"; not "the reduced B").

    Behind "and" or "or" it is one where it goes on a verb by the parse, where an article follows, or where another verb
    in the past tense stands before ("A bound B and reduced C").
    """
    if before not in ("and", "or"):
        return before not in _BEFORE_NOUN and not (before in verb_forms() and not before.endswith("ed"))
    token = span.doc[place]
    is_listed = token.dep_ == "conj" and token.head.tag_.startswith("VB") and token.head.tag_ != "VBN"
    return (
        is_listed
        or _word_behind(span, place) in DETERMINERS
        or any(other.lower_.endswith("ed") or other.lower_ in _IRREGULAR_PAST for other in span.doc[span.start : place])
    )


def _word_behind(span: Span, place: int) -> str:
    """Return the word behind a token as it is written; "" where the token ends the sentence."""
    return span.doc[place + 1].text if place + 1 < span.end else ""
