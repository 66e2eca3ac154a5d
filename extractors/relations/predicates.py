"""Predicate assignment: the statements that a trigger makes of its arguments, each with its predicate and its flags.

A rule has a predicate for the types of subject and object. The words around the two can turn it ("associated with a
lower risk of A" is no harm) or leave nothing to state ("protects neurons" activates none): `CORRECTIONS` lists these
constructions in the order in which they apply. `EXCLUSIONS` lists those in which the object is not what the name
alone would be ("reduced the hypotensive effects of").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.lexicon import looks_like_modifier, word_list
from extractors.language.parse import FINITE
from extractors.records import ASPECTS, PREDICATES
from extractors.relations.arguments.coreference import resolve_former_latter
from extractors.relations.arguments.search import REACH
from extractors.relations.assertion.negation_and_hedging import is_hedged, is_negated
from extractors.relations.polarity import is_loss_of_function, opposite
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Arguments, Statement, Trigger, TriggeredSentence

_CAUSAL_WORDS = word_list("relations", "causal_words")
_DECREASE_WORDS = word_list("relations", "decrease_words")
_DEGRADATION_NOUNS = word_list("relations", "degradation_nouns")
_EFFECT_NOUNS = word_list("relations", "effect_nouns")
_HEADS_AFTER_DISEASE = word_list("relations", "heads_after_disease")
_HEADS_AFTER_EFFECT = word_list("relations", "heads_after_effect")
_IMPAIRING_MODIFIERS = word_list("relations", "impairing_modifiers")
_IMPROVEMENT_NOUNS = word_list("relations", "improvement_nouns")
_LOSS_OF_FUNCTION = word_list("relations", "loss_of_function")
_OCCURRENCE_MEASURES = word_list("relations", "occurrence_measures")
_PATIENTS = word_list("relations", "patients")
_PREVENTABLE_EVENTS = word_list("relations", "preventable_events")
_VARIANT_NOUNS = word_list("relations", "variant_nouns")

_IMPROVING_STEMS = ("improv", "rescu", "revers", "correct", "heal", "restor")
"""How verbs begin that make something bad better ("improved pruritus")."""
_PROTECTING_STEMS = ("protect", "rescu", "afford")
"""How verbs begin whose object is kept from harm, not activated ("protects neurons")."""
_BENEFIT_STEMS = ("improv", "restor", "preserv")
"""How verbs begin whose effect on any object is a benefit to the patient ("improved survival in A")."""

INHERITED_SUBJECT_FACTOR = 0.85
"""What a rule's score is multiplied by where the subject is inherited from the sentence before."""


_CAUSING_FRAMES = frozenset({"verb", "link", "nominal", "possessed"})
_MEASURED_ASPECTS = frozenset(ASPECTS) - {
    "exposure",
    "variant",
    "absence",
    "risk",
    "severity",
    "progression",
    "mortality",
}
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


class Exclusion(NamedTuple):
    """A construction in which nothing is stated of two mentions: what it is, in words, and whether it is there."""

    said: str
    applies: Callable[[ArgumentPair], bool]


def statements_of(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Iterator[Statement]:
    """Yield what a trigger states of every member of its subject list and every member of its object list."""
    is_loss = is_loss_of_function(sentence, found.subjects)
    negated = trigger.rule.is_negated ^ is_negated(
        sentence, trigger, found.objects, subjects=found.subjects, is_loss_of_function=is_loss
    )
    hedged = is_hedged(sentence, trigger)
    score = round(trigger.rule.score * (INHERITED_SUBJECT_FACTOR if found.is_borrowed else 1.0), 3)
    is_paired = _is_paired(sentence, trigger, found)
    meant = resolve_former_latter(sentence, found.subjects, trigger.start - 2, trigger).members
    for subject_no, subject in enumerate(found.subjects.members):
        if subject not in meant:
            continue
        for object_no, target in enumerate(found.objects.members):
            if is_paired and subject_no != object_no:
                continue
            pair = ArgumentPair(sentence, trigger, subject, _as_measured(target), is_loss)
            predicate = assigned_predicate(pair)
            if predicate is None or _is_excluded(pair):
                continue
            denied = negated or subject_no in found.subjects.negated or object_no in found.objects.negated
            yield Statement(sentence.span.start, subject, predicate, target, denied, hedged, score, trigger.rule.id)


def _as_measured(target: FoundMention) -> FoundMention:
    """Return a name that shares the head noun of an effect as that effect: "expression of A and | B"."""
    is_effect = bool(target.aspect) and target.also_type == "effect" and target.subtype != "pathway"
    return target._replace(entity_type="effect", subtype="process") if is_effect else target


def assigned_predicate(pair: ArgumentPair) -> str | None:
    """Return what a trigger states of two mentions: the rule's predicate for their types, corrected.

    None where the rule has none for them, or a correction leaves nothing to state. What each correction changed is
    noted in the sentence.
    """
    stated, subject, target = pair.trigger.rule.predicates, pair.subject, pair.object
    predicate = stated.get((subject.entity_type, target.subtype)) or stated.get(
        (subject.entity_type, target.entity_type)
    )
    if predicate is None:
        _note(pair, "argument", "and", f"the rule relates no {subject.entity_type} to a {target.entity_type}")
        return None
    for said, apply in CORRECTIONS:
        corrected = apply(pair, predicate)
        if corrected is None:
            _note(pair, "suppressed", predicate, said)
            return None
        if corrected != predicate:
            _note(pair, "predicate", corrected, f"not {predicate}, because {said}")
            predicate = corrected
    return predicate


def _is_excluded(pair: ArgumentPair) -> bool:
    if pair.subject == pair.object:
        return True
    for said, applies in EXCLUSIONS:
        if applies(pair):
            _note(pair, "suppressed", "and", said)
            return True
    return False


def _note(pair: ArgumentPair, stage: str, link: str, said: str) -> None:
    """Record a decision on two mentions ("A treats B: ...")."""
    sentence = pair.sentence
    if sentence.decisions is not None:
        subject, target = (sentence.doc[name.start : name.end].text for name in (pair.subject, pair.object))
        sentence.note(pair.trigger, stage, f"{subject} {link} {target}: {said}")


def _is_paired(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> bool:
    """Whether two lists go together member by member ("A and B treat C and D, respectively")."""
    _, end = sentence.clauses.bounds(trigger.start)
    count = len(found.subjects.members)
    says_so = any(token.lower_ == "respectively" for token in sentence.doc[trigger.end : end])
    return says_so and count > 1 and count == len(found.objects.members)


# Corrections, in the order of CORRECTIONS.


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
    return "increases" if _valence(pair.sentence, pair.object) == "good" else "decreases"


def improved_harm(pair: ArgumentPair, predicate: str) -> str:
    """Turn "increases" into "decreases" where something bad is made better: "A improved pruritus"."""
    is_improving = predicate == "increases" and _begins_with(pair, _IMPROVING_STEMS)
    return "decreases" if is_improving and _valence(pair.sentence, pair.object) == "bad" else predicate


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
    is_lost = _word_behind(pair.sentence, target) in _LOSS_OF_FUNCTION | _DEGRADATION_NOUNS
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


def _word_behind(sentence: TriggeredSentence, mention: FoundMention) -> str:
    """Return the word behind a mention, in lower case; "" where the mention ends its sentence."""
    doc, end = sentence.doc, mention.end
    is_last = end in (sentence.span.end, len(doc)) or doc[end].is_sent_start
    return "" if is_last else doc[end].lower_


def _is_counted_by_events(sentence: TriggeredSentence, disease: FoundMention) -> bool:
    """Whether less of a disease means that it occurs less often ("reduced infections", "reduced A risk")."""
    is_event = sentence.doc[disease.end - 1].lower_ in _PREVENTABLE_EVENTS
    return is_event or _word_behind(sentence, disease) in _OCCURRENCE_MEASURES


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
    is_compared = _word_behind(sentence, disease) == "than"
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
        _word_behind(sentence, target) in _DECREASE_WORDS
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


def _valence(sentence: TriggeredSentence, effect: FoundMention) -> str:
    """Return an effect's valence; less of something good ("decreased renal function") is bad."""
    before = sentence.doc[effect.start - 1].lower_ if effect.start > sentence.span.start else ""
    return "bad" if effect.valence == "good" and before in _IMPAIRING_MODIFIERS else effect.valence


# Exclusions, in the order of EXCLUSIONS.


def acts_on_effect_of_another(pair: ArgumentPair) -> bool:
    """Whether what is acted on is what another does to the object: "A attenuates the effect of B on C"."""
    doc = pair.sentence.doc
    for other in pair.sentence.mentions:
        if pair.trigger.end < other.start - 1 and other.end < pair.object.start:
            is_effect = doc[other.start - 1].lower_ == "of" and doc[other.start - 2].lower_ in _EFFECT_NOUNS
            if is_effect and any(token.lower_ in ("on", "upon") for token in doc[other.end : pair.object.start]):
                return True
    return False


def is_part_of_another_name(pair: ArgumentPair) -> bool:
    """Whether a noun behind the object is the head of the phrase: "brain volume loss", "the A model".

    Behind a target only the names of stretches of a sequence are ("A response element").
    """
    kind, behind = pair.object.entity_type, _word_behind(pair.sentence, pair.object)
    if kind == "disease" and behind in _EFFECT_NOUNS | _HEADS_AFTER_DISEASE:
        return True
    return behind in _HEADS_AFTER_EFFECT and (kind == "effect" or behind.startswith(("element", "sequence")))


EXCLUSIONS: tuple[Exclusion, ...] = (
    Exclusion("acted on is what another does to the object", acts_on_effect_of_another),
    Exclusion("the object is only part of the name of another thing", is_part_of_another_name),
)
"""The exclusions; one that applies is enough."""


def implied_disease_statements(
    sentence: TriggeredSentence, rule: RelationRule, trigger: Trigger, objects: Group, stated: Sequence[Statement]
) -> Iterator[Statement]:
    """Yield what statements about effects imply of the disease in which the effects are described.

    `stated` are the statements of `trigger`, `objects` the list of what it acts on, and `rule` is one of the frame
    "in_disease", which has the prepositions that lead to the disease. A drug that does good to an effect in a disease
    treats it: from "A reduced exacerbations in asthma" follows "A treats asthma" ("A prevents B" from "A prevents
    recurrence of B"). A target that does harm is associated with it.
    """
    good = [each for each in stated if each.subject.entity_type == "drug" and _is_benefit(sentence, trigger, each)]
    harmful = [each for each in stated if each.subject.entity_type == "target" and _effect_on(sentence, each) == "bad"]
    if not (good or harmful):
        return
    is_outcome = any(each.predicate != "treats" for each in good)
    disease = _described_disease(sentence, rule, trigger, objects, is_outcome=is_outcome)
    if disease is None:
        return
    predicate = "treats" if good else "associated_with"
    if good and trigger.rule.prevents_recurrence and sentence.doc[objects.end : disease.start][:1].text == "of":
        predicate = "prevents"
    for statement in good or harmful:
        score = round(statement.score * rule.score, 3)
        for member in disease.members:
            if member.entity_type == "disease" and member != statement.object:
                implied = statement._replace(predicate=predicate, object=member, score=score, rule_id=rule.id)
                pair = ArgumentPair(sentence, trigger, statement.subject, member)
                _note(pair, "predicate", predicate, "implied by what is said of an effect in the disease")
                yield implied


def _effect_on(sentence: TriggeredSentence, statement: Statement) -> str:
    """Return whether a change of an effect is "good" or "bad" for the patient; "" where that is not known."""
    direction = PREDICATES[statement.predicate].direction
    valence = _valence(sentence, statement.object)
    if statement.object.entity_type != "effect" or not direction or not valence:
        return ""
    return "good" if (direction > 0) == (valence == "good") else "bad"


def _is_benefit(sentence: TriggeredSentence, trigger: Trigger, statement: Statement) -> bool:
    """Whether a statement is good news for the patient."""
    is_improved = sentence.doc[trigger.start].lower_.startswith(_BENEFIT_STEMS)
    return (
        _effect_on(sentence, statement) == "good"
        or (statement.predicate == "increases" and is_improved)
        or statement.predicate == "treats"
    )


def _described_disease(
    sentence: TriggeredSentence, rule: RelationRule, trigger: Trigger, objects: Group, *, is_outcome: bool
) -> Group | None:
    """Return the diseases in which the objects of a trigger are described, the first that are named.

    They stand behind the objects ("exacerbations | in asthma"), in the phrase that opens the clause ("In asthma, ...")
    or, where an outcome is stated, behind those who have them ("a woman with asthma achieved").
    """
    start, end = sentence.clauses.bounds(trigger.start)
    lead = sentence.clauses.leading_phrase_end(start)
    opens_with_preposition = sentence.doc[start].lower_ in rule.words
    for group in sentence.groups({"disease"}):
        follows = objects.end <= group.start < end and _leads_to_disease(sentence, rule, objects.end, group.start)
        opens = start <= group.start < lead and opens_with_preposition
        is_before = start <= group.start and group.end <= trigger.start
        if follows or opens or (is_outcome and is_before and _is_had_by_patients(sentence, group)):
            return group
    return None


def _leads_to_disease(sentence: TriggeredSentence, rule: RelationRule, start: int, end: int) -> bool:
    """Whether the words between an effect and a disease say that the effect is one in the disease."""
    between = sentence.doc[start:end]
    outside = _outside_brackets(between)
    has_verb = any(token.tag_ in FINITE or token.lower_ in AUXILIARIES for token in between)
    return (
        len(outside) <= REACH
        and any(token.lower_ in rule.words for token in between)
        and not sentence.verb_between(start, end)
        and ("than" in between.text or not has_verb)
        and not any(text in (",", ";", "(") for text in outside)
    )


def _outside_brackets(words: Span) -> list[str]:
    """Return the words that stand in no bracket ("mortality (8 % vs 13 %) in")."""
    kept: list[str] = []
    depth = 0
    for token in words:
        depth += token.text == "("
        if depth == 0:
            kept.append(token.text)
        elif token.text == ")":
            depth -= 1
    return kept if depth == 0 else [*kept, "("]


def _is_had_by_patients(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether those of whom a sentence speaks have a disease ("a woman with A achieved")."""
    words = [token.lower_ for token in sentence.doc[max(group.start - 5, sentence.span.start) : group.start]]
    place = next((at for at in range(len(words) - 1, -1, -1) if words[at] == "with"), 0)
    return place > 0 and words[place - 1] in _PATIENTS
