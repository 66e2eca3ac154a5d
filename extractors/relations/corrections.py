"""Constructions that turn the predicate of a rule: "associated with a lower risk of A" is no harm.

Or they leave nothing to state: "protects neurons" activates none. `CORRECTIONS` lists them in the order in which they
apply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.annotations import FoundMention
from extractors.language.lexicon import looks_like_modifier, word_list
from extractors.records import ASPECTS, PREDICATES
from extractors.relations.polarity import opposite
from extractors.relations.sentence import Trigger, TriggeredSentence

_CAUSAL_WORDS = word_list("relations", "causal_words")
_DECREASE_WORDS = word_list("relations", "decrease_words")
_DEGRADATION_NOUNS = word_list("relations", "degradation_nouns")
_IMPAIRING_MODIFIERS = word_list("relations", "impairing_modifiers")
_IMPROVEMENT_NOUNS = word_list("relations", "improvement_nouns")
_LOSS_OF_FUNCTION = word_list("relations", "loss_of_function")
_OCCURRENCE_MEASURES = word_list("relations", "occurrence_measures")
_PREVENTABLE_EVENTS = word_list("relations", "preventable_events")
_VARIANT_NOUNS = word_list("relations", "variant_nouns")

_IMPROVING_STEMS = ("improv", "rescu", "revers", "correct", "heal", "restor")
"""How verbs begin that make something bad better ("improved pruritus")."""
_PROTECTING_STEMS = ("protect", "rescu", "afford")
"""How verbs begin whose object is kept from harm, not activated ("protects neurons")."""

_CAUSING_FRAMES = frozenset({"verb", "link", "nominal", "possessed"})
_MEASURED_ASPECTS = frozenset(
    name
    for name, aspect in ASPECTS.items()
    if "target" in aspect.of and aspect.biolink_qualifier == "aspect_qualifier"  # no form of it, as a variant is
)
"""Aspects of a target of which there is more or less, without harm to a patient."""


class ArgumentPair(NamedTuple):
    """A subject and an object that a trigger relates.

    `is_loss_of_function`: what acts is the loss of the subject, not the subject itself ("A deficiency reduced B").
    """

    sentence: TriggeredSentence
    trigger: Trigger
    subject: FoundMention
    object: FoundMention
    is_loss_of_function: bool = False


class Correction(NamedTuple):
    """A construction that changes a predicate: what it is, in words, and what it makes of the predicate.

    `apply` returns the predicate as it came where the construction is not there, None where nothing is stated.
    """

    said: str
    apply: Callable[[ArgumentPair, str], str | None]


def note_pair(pair: ArgumentPair, stage: str, link: str, said: str) -> None:
    """Record a decision on two mentions ("A treats B: ...")."""
    sentence = pair.sentence
    if sentence.decisions is not None:
        subject, target = (sentence.doc[name.start : name.end].text for name in (pair.subject, pair.object))
        sentence.note(pair.trigger, stage, f"{subject} {link} {target}: {said}")


def prevented_events(pair: ArgumentPair, predicate: str) -> str:
    """Turn "treats" into "prevents" where a disease becomes rarer, not milder: "A reduced infections"."""
    is_rarer = predicate == "treats" and pair.trigger.rule.lessens_occurrence
    return "prevents" if is_rarer and _is_counted_by_events(pair.sentence, pair.object) else predicate


def improvement_of_disease(pair: ArgumentPair, predicate: str) -> str:
    """Turn "causes" into "treats" where what is caused is that a disease gets better: "A led to remission of B"."""
    is_caused = predicate == "causes" and pair.object.entity_type == "disease"
    return "treats" if is_caused and _follows_improvement_noun(pair.sentence, pair.object) else predicate


def less_of_object(pair: ArgumentPair, predicate: str) -> str | None:
    """Correct "causes" where less of the object follows: "A was associated with less pain", "with a lower risk of B".

    Less of an effect is decreased. A disease that comes less often is prevented; of one that is only less severe, or
    that is compared with another ("a lower risk of B than of C"), nothing is stated.
    """
    if predicate != "causes" or not _is_decreased(pair.sentence, pair.trigger, pair.object):
        return predicate
    if pair.object.entity_type == "effect":
        return "decreases"
    return "prevents" if _occurs_less_often(pair.sentence, pair.trigger, pair.object) else None


def caused_measure(pair: ArgumentPair, predicate: str) -> str | None:
    """Correct "causes" where the object is what is measured of a target: "A-induced TNF secretion", not a harm.

    Who causes it increases it; what goes with it modulates it; where it was only seen in those who were given a drug,
    nothing is stated.
    """
    if predicate != "causes" or pair.object.entity_type != "effect" or pair.object.aspect not in _MEASURED_ASPECTS:
        return predicate
    rule = pair.trigger.rule
    if rule.frame in _CAUSING_FRAMES:
        return "increases"
    return "modulates" if rule.is_association else None


def caused_benefit(pair: ArgumentPair, predicate: str) -> str:
    """Turn "causes" into "increases" where the object is good for the patient: "A led to remission".

    Into "decreases" where a modifier says that it got worse: "A led to impaired renal function".
    """
    if predicate != "causes" or pair.object.entity_type != "effect" or pair.object.valence != "good":
        return predicate
    return "increases" if valence_in(pair.sentence, pair.object) == "good" else "decreases"


def improved_harm(pair: ArgumentPair, predicate: str) -> str:
    """Turn "increases" into "decreases" where something bad is made better: "A improved pruritus"."""
    is_improving = predicate == "increases" and _begins_with(pair, _IMPROVING_STEMS)
    return "decreases" if is_improving and valence_in(pair.sentence, pair.object) == "bad" else predicate


def ameliorated_benefit(pair: ArgumentPair, predicate: str) -> str:
    """Turn "decreases" into "increases" where something good is ameliorated: "A ameliorated renal function"."""
    is_good = predicate == "decreases" and pair.object.valence == "good"
    return "increases" if is_good and _begins_with(pair, ("ameliorat",)) else predicate


def loss_of_subject(pair: ArgumentPair, predicate: str) -> str:
    """Return the opposite where what acts is the loss of a target: "loss of A increased B", "A-deficient mice"."""
    return opposite(predicate) if pair.is_loss_of_function and pair.subject.entity_type == "target" else predicate


def causal_association(pair: ArgumentPair, predicate: str) -> str:
    """Turn "modulates" into "increases" where a trigger of association says that one brings the other: "A leads to"."""
    is_open = predicate == "modulates" and pair.trigger.rule.is_association
    words = {token.lower_ for token in pair.sentence.doc[pair.trigger.start : pair.trigger.end]}
    return "increases" if is_open and not words.isdisjoint(_CAUSAL_WORDS) else predicate


def variant_of_target(pair: ArgumentPair, predicate: str) -> str:
    """Drop the direction where a variant of a target acts, which may do more or less: "A mutations increase B"."""
    is_of_target = pair.subject.entity_type == "target" and PREDICATES[predicate].direction != 0
    return "modulates" if is_of_target and _is_variant(pair.sentence, pair.subject) else predicate


def protection_of_target(pair: ArgumentPair, predicate: str) -> str | None:
    """State nothing where a target is protected, not activated: "A protects neurons", "rescued cells"."""
    return None if predicate == "activates" and _begins_with(pair, _PROTECTING_STEMS) else predicate


def loss_of_object(pair: ArgumentPair, predicate: str) -> str:
    """Return the opposite where a noun behind a target says that there is less of it: "A induces B degradation".

    Not where that noun is the trigger itself.
    """
    target, trigger = pair.object, pair.trigger
    if target.entity_type != "target" or trigger.start <= target.end < trigger.end:
        return predicate
    is_lost = word_behind(pair.sentence, target) in _LOSS_OF_FUNCTION | _DEGRADATION_NOUNS
    return opposite(predicate) if is_lost else predicate


CORRECTIONS: tuple[Correction, ...] = (
    Correction("fewer events of the disease: it is prevented", prevented_events),
    Correction("that the disease gets better is caused", improvement_of_disease),
    Correction("less of the object follows", less_of_object),
    Correction("what is caused is a measure of a target, no harm", caused_measure),
    Correction("what is caused is good for the patient, or the loss of it", caused_benefit),
    Correction("something bad is made better", improved_harm),
    Correction("something good is ameliorated", ameliorated_benefit),
    Correction("what acts is the loss of the subject", loss_of_subject),
    Correction("the words of the association say that one causes the other", causal_association),
    Correction("what acts is a variant of the subject: the direction is not known", variant_of_target),
    Correction("the object is protected, not activated", protection_of_target),
    Correction("a noun behind the object says that it is lost", loss_of_object),
)
"""The corrections in the order in which they apply; each gets the predicate that those before it have left."""


def _begins_with(pair: ArgumentPair, stems: tuple[str, ...]) -> bool:
    return pair.sentence.doc[pair.trigger.start].lower_.startswith(stems)


def word_behind(sentence: TriggeredSentence, mention: FoundMention) -> str:
    """Return the word behind a mention, in lower case; "" where the mention ends its sentence."""
    doc, end = sentence.doc, mention.end
    is_last = end in (sentence.span.end, len(doc)) or doc[end].is_sent_start
    return "" if is_last else doc[end].lower_


def _is_counted_by_events(sentence: TriggeredSentence, disease: FoundMention) -> bool:
    """Whether less of a disease means that it occurs less often ("reduced infections", "reduced A risk")."""
    is_event = sentence.doc[disease.end - 1].lower_ in _PREVENTABLE_EVENTS
    return is_event or word_behind(sentence, disease) in _OCCURRENCE_MEASURES


def _follows_improvement_noun(sentence: TriggeredSentence, disease: FoundMention) -> bool:
    """Whether a disease stands behind "remission of" or the like, adjectives between them left out."""
    place = disease.start
    while place > sentence.span.start and looks_like_modifier(sentence.doc[place - 1].lower_):
        place -= 1
    before = [token.lower_ for token in sentence.doc[max(place - 2, sentence.span.start) : place]]
    return len(before) == 2 and before[1] == "of" and before[0] in _IMPROVEMENT_NOUNS


def _occurs_less_often(sentence: TriggeredSentence, trigger: Trigger, disease: FoundMention) -> bool:
    """Whether it is how often a disease occurs that is lower, and no other disease is compared with it."""
    between = {token.lower_ for token in sentence.doc[trigger.start : disease.start]}
    is_compared = word_behind(sentence, disease) == "than"
    return "fewer" in between or (not between.isdisjoint(_OCCURRENCE_MEASURES) and not is_compared)


def _is_variant(sentence: TriggeredSentence, subject: FoundMention) -> bool:
    """Whether a target's name stands for a variant of it ("mutations in the A gene", "A polymorphisms").

    A subject that is inherited is looked at in the sentence in which it stands.
    """
    around = sentence.doc[max(subject.start - 4, sentence.span.start) : subject.start]
    before = [token.lower_ for token in around if token.lower_ not in ("the", "gene", "human")]
    behind = {token.lower_ for token in sentence.doc[subject.end : min(subject.end + 2, sentence.span.end)]}
    is_of = len(before) > 1 and before[-1] in ("of", "in") and before[-2] in _VARIANT_NOUNS
    return is_of or not behind.isdisjoint(_VARIANT_NOUNS)


def _is_decreased(sentence: TriggeredSentence, trigger: Trigger, target: FoundMention) -> bool:
    """Whether less of an object follows: "associated with less A", "with reduced progression of A", "A reductions"."""
    doc = sentence.doc
    trigger_words = {token.lower_ for token in doc[max(trigger.start - 1, sentence.span.start) : trigger.end]}
    between = [token.lower_ for token in doc[trigger.end : max(target.start, trigger.end)]]
    return (
        word_behind(sentence, target) in _DECREASE_WORDS
        or not _DECREASE_WORDS.isdisjoint(trigger_words)
        or signals_decrease(between)
    )


def signals_decrease(words: Sequence[str]) -> bool:
    """Whether the words before a name say that there is less of it.

    In a list a modifier goes for the first member ("reduced A and B"), a noun with a preposition for all ("a drop in A
    and B").

    >>> signals_decrease(["a", "drop", "in", "blood", "pressure", "and"])
    True
    >>> signals_decrease(["reduced", "appetite", "and"])
    False
    """
    for place in range(len(words) - 1, -1, -1):
        if words[place] == ",":
            return False
        if words[place] in _DECREASE_WORDS:
            rest = words[place + 1 :]
            link = next((at for at, word in enumerate(rest) if word in ("and", "or")), len(rest))
            return link == len(rest) or not {"of", "in"}.isdisjoint(rest[:link])
    return False


def valence_in(sentence: TriggeredSentence, effect: FoundMention) -> str:
    """Return an effect's valence; less of something good ("decreased renal function") is bad."""
    before = sentence.doc[effect.start - 1].lower_ if effect.start > sentence.span.start else ""
    return "bad" if effect.valence == "good" and before in _IMPAIRING_MODIFIERS else effect.valence


# Exclusions, in the order of EXCLUSIONS.
