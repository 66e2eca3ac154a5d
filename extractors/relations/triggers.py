"""The words that make a rule look for a statement, and the sentence they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.matcher import Matcher
from spacy.tokens import Span, Token
from spacy.vocab import Vocab

from extractors.annotations import FoundMention
from extractors.language.inflection import forms_of, verb_forms
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list
from extractors.language.parse import is_no_verb
from extractors.language.patterns import phrase_patterns
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Trigger

_GENERIC = word_list("language", "generic")

_BEFORE_BASE = word_list("relations", "before_base")


_PAST = word_list("relations", "past")


_NOUN_SIGNS = DETERMINERS | frozenset("of in with no any some an by for from".split())


class TriggerFinder:
    """Finds the triggers of a set of rules; the rules of the frame "in_disease" have none."""

    def __init__(self, vocab: Vocab, rules: Sequence[RelationRule]) -> None:
        self._phrases = Matcher(vocab)
        self._rule_of: dict[int, RelationRule] = {}
        self._verbs: dict[str, list[tuple[RelationRule, str]]] = {}
        for rule in rules:
            if rule.frame == "verb":
                for verb in rule.words:
                    base, third, *past, ing = forms_of(verb)
                    for form, kind in ((base, "base"), (third, "third"), *((p, "past") for p in past), (ing, "ing")):
                        self._verbs.setdefault(form, []).append((rule, kind))
            elif rule.frame == "link":
                for word in rule.words:
                    self._verbs.setdefault(f"-{word}", []).append((rule, "past"))
            elif rule.frame != "in_disease":
                self._phrases.add(rule.id, [pattern for phrase in rule.words for pattern in phrase_patterns(phrase)])
                self._rule_of[vocab.strings[rule.id]] = rule

    def find(self, span: Span, mentions: Sequence[FoundMention], *, is_well_parsed: bool = False) -> list[Trigger]:
        """Return the triggers of a sentence in order; of a phrase within a longer one the longer.

        The tags of a well parsed sentence tell nouns from verbs of the same form ("a decrease in").
        """
        inside = {place for mention in mentions for place in range(mention.start, mention.end)}
        found = []
        for match, start, end in self._phrases(span):
            rule = self._rule_of[match]
            is_meant = rule.frame != "nominal" or _is_noun(span[start])
            if is_meant and inside.isdisjoint(range(span.start + start, span.start + end)):
                found.append(Trigger(rule, span.start + start, span.start + end, "phrase"))
        for token in span:
            if token.i in inside:
                continue
            is_suffix = (
                token.i > span.start
                and span.doc[token.i - 1].text in ("-", "‐", "‑", "–")
                and not span.doc[token.i - 1].whitespace_
            )
            named = self._verbs.get(f"-{token.lower_}" if is_suffix else token.lower_, [])
            if named and not is_suffix and is_well_parsed and is_no_verb(token):
                continue
            for rule, form in named:
                if is_suffix or _is_verb(span, token.i, form, follows_mention=token.i - 1 in inside):
                    found.append(Trigger(rule, token.i, token.i + 1, form))
        longest = [
            trigger
            for trigger in found
            if trigger.rule.frame in ("agent", "suffix", "prefix")
            or not any(
                other.start <= trigger.start
                and trigger.end <= other.end
                and other.end - other.start > trigger.end - trigger.start
                for other in found
            )
        ]
        return sorted(longest, key=lambda trigger: (trigger.start, trigger.end, trigger.rule.id))


def _is_noun(token: Token) -> bool:
    """Whether a word names a change: by its tag, or, in a text without tags, if no verb is spelled like it."""
    return token.tag_ in ("NN", "NNS", "VBG") if token.tag_ else token.lower_ not in verb_forms()


def _is_verb(span: Span, place: int, form: str, *, follows_mention: bool) -> bool:
    """Tell a verb from a noun or an adjective of the same form by the word before it."""
    before = span.doc[place - 1].lower_ if place > span.start else ""
    if form == "base":
        if follows_mention or before in _BEFORE_BASE or before.endswith("ly"):
            return True
        return bool(before) and not (before in _NOUN_SIGNS or looks_like_modifier(before) or before in _GENERIC)
    if form == "past":
        if before in ("and", "or"):
            token = span.doc[place]
            is_listed = token.dep_ == "conj" and token.head.tag_.startswith("VB") and token.head.tag_ != "VBN"
            return (
                is_listed
                or span.doc[place + 1 : place + 2].text in DETERMINERS
                or any(token.lower_.endswith("ed") or token.lower_ in _PAST for token in span.doc[span.start : place])
            )
        return before not in _NOUN_SIGNS and not (before in verb_forms() and not before.endswith("ed"))
    if form == "third":
        return before not in DETERMINERS - {"that"}
    return before not in ("a", "an", "the", "of") or span.doc[place + 1 : place + 2].text != "of"
