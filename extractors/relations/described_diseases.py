"""What is said of an effect in a disease, and so of the disease: who reduces exacerbations in asthma treats it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.lexicon import word_list
from extractors.language.parse import FINITE
from extractors.records import PREDICATES
from extractors.relations.arguments.search import REACH
from extractors.relations.corrections import ArgumentPair, note_pair, valence_in
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Statement, Trigger, TriggeredSentence

_PATIENTS = word_list("relations", "patients")

_BENEFIT_STEMS = ("improv", "restor", "preserv")
"""How verbs begin whose effect on any object is a benefit to the patient ("improved survival in A")."""


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
                note_pair(pair, "predicate", predicate, "implied by what is said of an effect in the disease")
                yield implied


def _effect_on(sentence: TriggeredSentence, statement: Statement) -> str:
    """Return whether a change of an effect is "good" or "bad" for the patient; "" where that is not known."""
    direction = PREDICATES[statement.predicate].direction
    valence = valence_in(sentence, statement.object)
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
