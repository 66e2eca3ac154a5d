"""What the words around a trigger make of it: a passive, an adjective, one of several verbs, a plan."""

from __future__ import annotations

from extractors.language.clauses import BE_FORMS
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import DETERMINERS, is_hyphen, looks_like_modifier, word_list
from extractors.relations.sentence import Trigger, TriggeredSentence

_INDUCING = word_list("relations", "inducing")
_PLANS = word_list("relations", "plans")
_SEEN = word_list("relations", "seen")
_SHOWING = word_list("relations", "showing")

_SUBORDINATORS = word_list("relations", "subordinators")
_PARTICIPLES = word_list("relations", "participles")
_HAVE = word_list("relations", "have")
_LISTING = word_list("relations", "listing")


def end_of_verbs(sentence: TriggeredSentence, trigger: Trigger) -> int:
    """Return where a verb ends, with those that share its object ("neither increased nor decreased B")."""
    doc, end = sentence.doc, trigger.end
    alike = {other.start: other.end for other in sentence.triggers if other.form == trigger.form != "phrase"}
    while end + 1 < sentence.span.end and doc[end].lower_ in ("and", "or", "nor") and end + 1 in alike:
        end = alike[end + 1]
    return end


def is_adjective(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form only describes the noun behind it ("hyperlipidemia, delayed wound healing")."""
    comma = trigger.start - 1
    if trigger.rule.frame != "verb" or trigger.form != "past" or sentence.doc[comma].text != ",":
        return False
    if any(aside[1] == comma for aside in sentence.clauses.asides):
        return False
    if _is_one_of_verbs(sentence, trigger) or _follows_denied(sentence, comma):
        return False
    opening = next((t.i for t in reversed(sentence.doc[sentence.span.start : comma]) if t.text == ","), None)
    return opening is None or sentence.doc[opening + 1].lower_ not in _PARTICIPLES  # "A, given off-label, eliminated B"


def _is_one_of_verbs(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form stands between others ("depleted A, reduced B and improved C")."""
    past = [other for other in sentence.triggers if other.rule.frame == "verb" and other.form == "past"]
    is_first = {group.start for group in sentence.clauses.groups}
    start, end = sentence.clauses.bounds(trigger.start)
    before = [other for other in past if start <= other.start < trigger.start and not is_passive(sentence, other)]
    after = [other for other in past if trigger.end < other.start < end]
    is_listed = any(sentence.doc[other.start - 1].lower_ in ("and", "or") for other in after)
    return bool(before) and is_listed and any(place < before[0].start for place in is_first)


def _follows_denied(sentence: TriggeredSentence, comma: int) -> bool:
    """Whether a comma closes ", but not A,"."""
    return any(group.negated and group.end == comma for group in sentence.clauses.groups)


def is_shown(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form describes what was found ("cells showed reduced A", "reduced A and more B were seen")."""
    if trigger.form != "past":
        return False
    doc, first = sentence.doc, sentence.span.start
    listed = {place for group in sentence.clauses.groups for place in range(group.start, group.end)}
    place = trigger.start
    while place > first and (
        place - 1 in listed or place - 1 in sentence.verbs or doc[place - 1].lower_ in _LISTING | DETERMINERS
    ):
        place -= 1
    start, _ = sentence.clauses.bounds(trigger.start)
    opens = place == first or place - 1 < sentence.clauses.leading_phrase_end(start)  # "in treated mice, reduced A was"
    opens = opens or (place - 1 == start and doc[start].lower_ in _SUBORDINATORS)
    if not opens:
        return doc[place - 1].lower_ in _SHOWING
    return any(token.lower_ in _SEEN for token in doc[trigger.end : sentence.span.end])


def is_planned(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether the trigger only says what some unnamed plan is for ("strategies to prevent", "aimed at treating")."""
    words = [token.lower_ for token in sentence.doc[max(sentence.span.start, trigger.start - 4) : trigger.start]]
    while words and (words[-1].endswith("ly") or words[-1] in ("and", "or") or words[-1] in verb_forms()):
        words.pop()
    if not words or words[-1] not in ("to", "for", "of", "in", "on", "at"):
        return False
    words.pop()
    if words and words[-1] in ("focused", "aimed", "designed", "intended", "directed", "aiming"):
        words.pop()
    return bool(words) and words[-1] in _PLANS


def is_passive(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form is a passive, by the auxiliary before it or "by" behind it."""
    doc, start = sentence.doc, trigger.start
    after = doc[trigger.end].lower_ if trigger.end < sentence.span.end else ""
    if after == "by":
        return True
    for place in range(start - 1, max(start - 4, sentence.span.start - 1), -1):
        word = doc[place].lower_
        if word in BE_FORMS:
            return True
        if word in _HAVE or not (word.endswith("ly") or word in ("not", "also", "been", "being", "often")):
            return False
    return False


def inducing_hyphen(sentence: TriggeredSentence, trigger: Trigger) -> int | None:
    """Return the hyphen of "X-induced" before a noun of change ("the X-induced large increase in ...")."""
    doc, place = sentence.doc, trigger.start - 1
    while place > sentence.span.start and looks_like_modifier(doc[place].lower_):
        place -= 1
    is_induced = place > sentence.span.start and doc[place].lower_ in _INDUCING
    return place - 1 if is_induced and is_hyphen(doc[place - 1]) else None
