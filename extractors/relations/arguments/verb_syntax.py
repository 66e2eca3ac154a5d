"""Verb syntax around a trigger, told from the order of words: passive, attribute, coordinated verbs, a plan."""

from __future__ import annotations

from extractors.language.clauses import BE_FORMS
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list
from extractors.relations.sentence import Trigger, TriggeredSentence

_CONCESSIVE_CONJUNCTIONS = word_list("relations", "concessive_conjunctions")
_HAVE_FORMS = word_list("relations", "have_forms")
_INDUCING_PARTICIPLES = word_list("relations", "inducing_participles")
_LIST_LINKS = word_list("relations", "list_links")
_OBSERVATION_WORDS = word_list("relations", "observation_words")
_PARENTHETICAL_PARTICIPLES = word_list("relations", "parenthetical_participles")
_PLAN_NOUNS = word_list("relations", "plan_nouns")
_SHOWING_VERBS = word_list("relations", "showing_verbs")

_PURPOSE_PREPOSITIONS = frozenset({"to", "for", "of", "in", "on", "at"})
_PURPOSE_PARTICIPLES = frozenset({"focused", "aimed", "designed", "intended", "directed", "aiming"})


def end_of_coordinated_verbs(sentence: TriggeredSentence, trigger: Trigger) -> int:
    """Return the token behind a verb and those that share its object ("neither increased nor decreased B")."""
    end = trigger.end
    alike = {other.start: other.end for other in sentence.triggers if other.form == trigger.form != "phrase"}
    while sentence.word(end) in ("and", "or", "nor") and end + 1 in alike:
        end = alike[end + 1]
    return end


def is_attributive(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form behind a comma is an attribute of the noun behind it ("hyperlipidemia, delayed healing").

    It is a verb where the comma closes a parenthetical or a denied member, and in a series of verbs.
    """
    comma = trigger.start - 1
    if trigger.rule.frame != "verb" or trigger.form != "past" or sentence.word(comma) != ",":
        return False
    if any(aside[1] == comma for aside in sentence.clauses.asides):
        return False
    if _is_in_series(sentence, trigger) or _closes_denied_member(sentence, comma):
        return False
    opening = next((at for at in range(comma - 1, sentence.span.start - 1, -1) if sentence.word(at) == ","), None)
    # "A, given off-label, eliminated B"
    return opening is None or sentence.word(opening + 1) not in _PARENTHETICAL_PARTICIPLES


def _is_in_series(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form stands between others ("depleted A, reduced B and improved C")."""
    past = [other for other in sentence.triggers if other.rule.frame == "verb" and other.form == "past"]
    start, end = sentence.clauses.bounds(trigger.start)
    before = [other for other in past if start <= other.start < trigger.start and not is_passive(sentence, other)]
    after = [other for other in past if trigger.end < other.start < end]
    has_last = any(sentence.word_before(other.start) in ("and", "or") for other in after)
    return bool(before) and has_last and any(group.start < before[0].start for group in sentence.clauses.groups)


def _closes_denied_member(sentence: TriggeredSentence, comma: int) -> bool:
    """Whether a comma ends what is denied of a list's last member ("A, but not B, reduced ...")."""
    return any(group.negated and group.end == comma for group in sentence.clauses.groups)


def is_observed_attribute(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form describes what was found ("cells showed reduced A", "reduced A and more B were seen").

    It follows a verb of showing, or opens a clause that ends in a verb of observation.
    """
    if trigger.form != "past":
        return False
    first = _start_of_attributes(sentence, trigger)
    if _opens_clause(sentence, trigger, first):
        return not _OBSERVATION_WORDS.isdisjoint(sentence.words(trigger.end, sentence.span.end))
    return sentence.word_before(first) in _SHOWING_VERBS


def _start_of_attributes(sentence: TriggeredSentence, trigger: Trigger) -> int:
    """Return the first token of the noun phrases in a list that a past form goes on ("A production and reduced B")."""
    mentioned = {place for group in sentence.clauses.groups for place in range(group.start, group.end)}
    place = trigger.start
    while place > sentence.span.start and (
        place - 1 in mentioned
        or place - 1 in sentence.verbs
        or sentence.word_before(place) in _LIST_LINKS | DETERMINERS
    ):
        place -= 1
    return place


def _opens_clause(sentence: TriggeredSentence, trigger: Trigger, place: int) -> bool:
    """Whether a token is the first of a trigger's clause, behind a conjunction or leading phrase if there is one."""
    start, _ = sentence.clauses.bounds(trigger.start)
    return (
        place == sentence.span.start
        or place - 1 < sentence.clauses.leading_phrase_end(start)  # "in treated mice, reduced A was"
        or (place - 1 == start and sentence.word(start) in _CONCESSIVE_CONJUNCTIONS)
    )


def is_planned(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a trigger only says what a plan is for ("strategies to prevent", "trials aimed at treating")."""
    words = sentence.words(trigger.start - 4, trigger.start)
    while words and (words[-1].endswith("ly") or words[-1] in ("and", "or") or words[-1] in verb_forms()):
        words.pop()
    if not words or words.pop() not in _PURPOSE_PREPOSITIONS:
        return False
    if words and words[-1] in _PURPOSE_PARTICIPLES:
        words.pop()
    return bool(words) and words[-1] in _PLAN_NOUNS


def is_passive(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether a past form is passive: "by" follows, or a form of "be" stands up to three words before."""
    if sentence.word(trigger.end) == "by":
        return True
    for word in reversed(sentence.words(trigger.start - 3, trigger.start)):
        if word in BE_FORMS:
            return True
        if word in _HAVE_FORMS or not (word.endswith("ly") or word in ("not", "also", "often")):
            return False
    return False


def inducing_hyphen(sentence: TriggeredSentence, trigger: Trigger) -> int | None:
    """Return the token of the hyphen in "X-induced" before a noun of change ("the X-induced large increase in")."""
    place = trigger.start - 1
    while place > sentence.span.start and looks_like_modifier(sentence.word(place)):
        place -= 1
    is_compound = sentence.word(place) in _INDUCING_PARTICIPLES and sentence.has_hyphen_at(place - 1)
    return place - 1 if is_compound else None
