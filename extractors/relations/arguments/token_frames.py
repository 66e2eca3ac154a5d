"""Subject and object of a trigger by the order of words, frame by frame (see `rules.FRAMES`).

Start reading at `arguments`; FRAMES says which function reads which frame. Each returns the two lists that the trigger
relates, or None; why it found none, it notes for `peyer explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import DETERMINERS, looks_like_modifier, word_list
from extractors.relations.arguments import treatment_outcomes as outcomes
from extractors.relations.arguments.appositives import described_drugs
from extractors.relations.arguments.coreference import antecedent_drugs
from extractors.relations.arguments.exposure import drugs_received
from extractors.relations.arguments.search import (
    REACH,
    behind_preposition,
    ending_at,
    is_object_pronoun,
    nearest_left,
    paired,
    right_of,
    starting_near,
)
from extractors.relations.arguments.subjects import contrasted_drugs, subject_of
from extractors.relations.arguments.treatment_outcomes import is_adverse, raises_risk
from extractors.relations.arguments.verb_syntax import (
    end_of_coordinated_verbs,
    inducing_hyphen,
    is_attributive,
    is_observed_attribute,
    is_passive,
    is_planned,
)
from extractors.relations.polarity import composed, direction_of, governing_verb, prevented
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence, Types

_AGENT_NOUN_PREPOSITIONS = word_list("relations", "agent_noun_prepositions")
_OBSERVATION_WORDS = word_list("relations", "observation_words")
_PATIENTS = word_list("relations", "patients")
_RISK_PREPOSITIONS = word_list("relations", "risk_prepositions")
_SAME_LEVEL_ADJECTIVES = word_list("relations", "same_level_adjectives")

_NEAR = 5
"""How many words may stand between a noun of change and the object before a passive verb."""
_NO_OBJECT = "no object of a fitting type follows"


def arguments(sentence: TriggeredSentence, trigger: Trigger) -> Iterator[Arguments]:
    """Yield what a trigger relates: nothing, one pair of lists, or one more for each repeated preposition."""
    subject_types = {pair[0] for pair in trigger.rule.pairs}
    object_types = {pair[1] for pair in trigger.rule.pairs}
    found = FRAMES[trigger.rule.frame](sentence, trigger, subject_types, object_types)
    if found is not None and trigger.rule.frame in ("verb", "phrase"):
        found = _combined_with_noun_of_change(sentence, trigger, found)
    if found is not None:
        yield found
        yield from _of_repeated_preposition(sentence, trigger, found, object_types)


def _combined_with_noun_of_change(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Arguments | None:
    """Return what is stated where a noun of change stands before the object: both directions composed.

    "Reversed the increase in B" means less of B. Nothing is stated where the trigger has no direction ("associated
    with an increase in"): the noun is a trigger too and states it.
    """
    start = trigger.end if found.objects.start >= trigger.end else found.objects.start - _NEAR
    nouns = [
        noun
        for noun in sentence.triggers
        if noun.rule.frame == "nominal"
        and direction_of(noun.rule)
        and start <= noun.start
        and noun.end <= found.objects.start
        and sentence.word_before(noun.end) in ("of", "in")
    ]
    if not nouns:
        return found
    is_single = len(nouns) == 1 and trigger.rule.frame == "verb"
    combined = composed(trigger, nouns[0]) if is_single else None
    if combined is None:
        sentence.note(trigger, "argument", "a noun of change before the object states the direction itself")
        return None
    return found._replace(trigger=combined)


def _verb(sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types) -> Arguments | None:
    """Read "A inhibits B" and "B is inhibited by A"."""
    if trigger.form == "past" and is_passive(sentence, trigger):
        return _passive(sentence, trigger, subject_types, object_types)
    is_observed = is_observed_attribute(sentence, trigger)
    if is_observed and "drug" in subject_types:  # "mice given A showed reduced B"
        found = outcomes.outcome_in_exposed(sentence, trigger, subject_types, object_types)
        if found is not None:
            return found
    if is_attributive(sentence, trigger):
        sentence.note(trigger, "argument", "the past form is an attribute of the noun behind it")
        return None
    if sentence.word(trigger.start).startswith("help") and _is_verb_next(sentence, trigger.end):
        sentence.note(trigger, "argument", "'help' leaves its object to the verb behind it")
        return None
    found = _phrase(sentence, trigger, subject_types, object_types)
    if is_observed and found is not None and any(m.subtype == "cell_type" for m in found.subjects.members):
        sentence.note(trigger, "argument", "the subject only shows what someone else brought about")
        return None  # "macrophages showed reduced TNF production"
    return found


def _is_verb_next(sentence: TriggeredSentence, place: int) -> bool:
    """Whether "to" or a verb stands at a token ("helps to prevent", "helps prevent")."""
    return sentence.word(place) == "to" or sentence.word(place) in verb_forms()


def _passive(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "B is inhibited by A"; without "by", the subject may be an exposure ("B was reduced after A")."""
    objects = nearest_left(sentence, trigger.start, object_types)
    if objects is not None and _is_of_earlier_clause(sentence, objects, trigger):
        sentence.note(trigger, "argument", "a verb and a comma part the object from the passive")
        return None
    agent = behind_preposition(sentence, trigger.end, {"by"})
    if agent is not None:
        subjects = right_of(sentence, agent, subject_types)
    elif objects is not None and "drug" in subject_types:
        subjects = _drugs_of_agentless_passive(sentence, trigger, objects)
    else:
        subjects = None
    return paired(sentence, trigger, subjects, objects)


def _drugs_of_agentless_passive(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> Group | None:
    """Return the drugs of "B was reduced after A", or of the clause before: "A did this, but B was not reduced"."""
    if "disease" not in objects.types:
        received = drugs_received(sentence, trigger.start, trigger.end)
        if received is not None and trigger.end <= received.start:
            return received
    return contrasted_drugs(sentence, trigger.start) if sentence.word_before(trigger.start) == "not" else None


def _is_of_earlier_clause(sentence: TriggeredSentence, objects: Group, trigger: Trigger) -> bool:
    """Whether a verb and a comma part a list from a passive ("A was seen, and the dose was raised by B")."""
    between = sentence.words(objects.end, trigger.start)
    comma = next((at for at in range(len(between) - 1, -1, -1) if between[at] in (",", ";")), 0)
    return not AUXILIARIES.isdisjoint(between[:comma])


def _phrase(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A is indicated for B", and an active verb."""
    objects = right_of(sentence, end_of_coordinated_verbs(sentence, trigger), object_types)
    if objects is None:
        sentence.note(trigger, "argument", _NO_OBJECT)
        return None
    if is_planned(sentence, trigger):
        sentence.note(trigger, "argument", "only a plan's purpose is told")
        return None
    if _is_setting(sentence, trigger, objects) or _are_patients_presenting(sentence, trigger):
        sentence.note(trigger, "argument", "what follows is whom or what it was seen in, not what was caused")
        return None
    fitting = {subject for subject, target in trigger.rule.pairs if target in objects.types}
    subjects, is_borrowed = subject_of(sentence, trigger, fitting)
    return Arguments(subjects, objects, is_borrowed) if subjects is not None else None


def _is_setting(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> bool:
    """Whether a verb of causing has another object, which occurs in this one ("induced flares in lupus")."""
    causes = trigger.rule.frame == "verb" and "causes" in trigger.rule.predicates.values()
    return causes and not {"in", "among"}.isdisjoint(sentence.words(trigger.end, objects.start)[1:])


def _are_patients_presenting(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    """Whether patients, not a disease, present with something ("a man with A presented with B")."""
    start, _ = sentence.clauses.bounds(trigger.start)
    presents = sentence.word(trigger.start).startswith("present")
    return presents and not _PATIENTS.isdisjoint(sentence.words(start, trigger.start))


def _reverse(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "B is seen with A", "B responds to A"."""
    objects = nearest_left(sentence, trigger.start, object_types)
    if objects is not None and sentence.word_before(trigger.start) in ("and", "but"):
        start, _ = sentence.clauses.bounds(trigger.start)  # "B is marked by C and responds to A"
        objects = next((group for group in sentence.groups(object_types) if group.start >= start), objects)
    if objects is not None and trigger.rule.compares_levels and _shows_no_association(sentence, trigger, objects):
        sentence.note(trigger, "argument", "the levels are as in others, or those under a drug")
        return None
    treats = "treats" in trigger.rule.predicates.values()
    if objects is not None and treats and _are_patients_treated(sentence, trigger, objects):
        sentence.note(trigger, "argument", "patients are treated, the object is only found in them")
        return None
    return paired(sentence, trigger, right_of(sentence, trigger.end, subject_types), objects)


def _shows_no_association(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> bool:
    """Whether levels are as in others ("normal levels of"), or of those without a disease, or under a drug."""
    return (
        drugs_received(sentence, trigger.start, trigger.end) is not None
        or sentence.word_before(objects.start) == "without"
        or not _SAME_LEVEL_ADJECTIVES.isdisjoint(sentence.words(trigger.start, trigger.end))
    )


def _are_patients_treated(sentence: TriggeredSentence, trigger: Trigger, objects: Group) -> bool:
    """Whether what is treated are those in whom an object is found ("B in rats treated with A")."""
    between = sentence.words(objects.end, trigger.end)
    return not {"in", "of", "among"}.isdisjoint(between) and not _PATIENTS.isdisjoint(between)


def _nominal(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "inhibition of B by A", "B inhibition by A", "binding of A to B" and "the A-induced increase in B"."""
    if sentence.word(trigger.end) in ("vivo", "vitro", "situ"):
        return None
    governs = sentence.word_before(trigger.end) in ("of", "in")
    objects = right_of(sentence, trigger.end, object_types, reach=6) if governs else None
    if objects is not None and _has_noun_of_change_between(sentence, trigger.end, objects.start):
        sentence.note(trigger, "argument", "another noun of change stands before the object")
        return None
    if objects is None and governs and "binds" in trigger.rule.predicates.values():
        subjects = right_of(sentence, trigger.end, subject_types, reach=3)
        if subjects is not None and sentence.word(subjects.end) == "to":  # "binding of A to B"
            return paired(sentence, trigger, subjects, right_of(sentence, subjects.end + 1, object_types, reach=3))
    behind = objects.end if objects is not None else trigger.end
    objects = objects or ending_at(sentence, trigger.start, object_types)
    if objects is None:
        sentence.note(trigger, "argument", "no object of a fitting type stands beside the noun of change")
        return None
    if is_planned(sentence, trigger):
        sentence.note(trigger, "argument", "only a plan's purpose is told")
        return None
    if (hyphen := inducing_hyphen(sentence, trigger)) is not None:
        return paired(sentence, trigger, ending_at(sentence, hyphen, subject_types), objects)
    return _with_subject_of_noun(sentence, trigger, subject_types, objects, behind)


def _with_subject_of_noun(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, objects: Group, behind: int
) -> Arguments | None:
    """Find who brings about what a noun of change names: behind "by" from token `behind`, or who a verb is said of.

    Where that verb lessens ("A prevented the increase in B"), the noun is stated the other way round.
    """
    governing = governing_verb(sentence, trigger)
    is_prevented = governing is not None and direction_of(governing.rule) < 0
    agent = behind_preposition(sentence, behind, {"by", "with", "using", "via", "through"})
    subjects = right_of(sentence, agent, subject_types, reach=4) if agent is not None else None
    if subjects is not None:
        if is_prevented:
            sentence.note(trigger, "argument", "the verb before says that it was prevented")
            return None
        return Arguments(subjects, objects)
    if trigger.rule.predicates == {("drug", "disease"): "treats"}:
        sentence.note(trigger, "argument", "a treatment is named without the drug")
        return None
    subjects, is_borrowed = subject_of(sentence, trigger, subject_types)
    if subjects is None and not _OBSERVATION_WORDS.isdisjoint(sentence.words(behind, sentence.span.end)):
        subjects = drugs_received(sentence, trigger.start, objects.end)
    stated_by = prevented(trigger) if is_prevented else None
    return Arguments(subjects, objects, is_borrowed, stated_by) if subjects is not None else None


def _has_noun_of_change_between(sentence: TriggeredSentence, start: int, end: int) -> bool:
    """Whether a noun of change stands between two tokens ("an increase in A and a fall in B")."""
    return any(other.rule.frame == "nominal" and start <= other.start < end for other in sentence.triggers)


def _agent(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A, a B inhibitor" and "A is an antibody to B"."""
    objects = ending_at(sentence, trigger.start, object_types)
    if objects is None and sentence.word(trigger.end) in _AGENT_NOUN_PREPOSITIONS:
        objects = right_of(sentence, trigger.end + 1, object_types, reach=5)
    return _said_of_described_drug(sentence, trigger, subject_types, objects)


def _prefix(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A, an anti-B antibody"."""
    objects = starting_near(sentence, trigger.end, object_types, gap=1)
    return _said_of_described_drug(sentence, trigger, subject_types, objects)


def _suffix(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "A, a B-directed therapy"."""
    objects = ending_at(sentence, trigger.start, object_types)
    return _said_of_described_drug(sentence, trigger, subject_types, objects)


def _said_of_described_drug(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, objects: Group | None
) -> Arguments | None:
    """Return the arguments of a description, if it has an object and a drug that it is said of."""
    if objects is None:
        sentence.note(trigger, "argument", "no object of a fitting type stands in the description")
        return None
    subjects, is_borrowed = described_drugs(sentence, trigger, objects, subject_types)
    if subjects is None:
        sentence.note(trigger, "argument", "nothing stands in apposition to the description")
        return None
    return Arguments(subjects, objects, is_borrowed)


def _link(sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types) -> Arguments | None:
    """Read "A-induced B"."""
    objects = right_of(sentence, trigger.end, object_types, reach=4)
    if objects is not None and _has_noun_of_change_between(sentence, trigger.end, objects.start):
        sentence.note(trigger, "argument", "a noun of change before the object is what is induced")
        return None  # "A-induced inhibition of B"
    return paired(sentence, trigger, ending_at(sentence, trigger.start - 1, subject_types), objects)


def _possessed(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "the nephrotoxicity of A"."""
    objects = ending_at(sentence, trigger.start, object_types)
    subjects = starting_near(sentence, trigger.end, subject_types, gap=1)
    if subjects is None or objects is None or not is_adverse(objects):
        return None
    return Arguments(subjects, objects)


def _own(sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types) -> Arguments | None:
    """Read "its nephrotoxicity" and "B and C are its main side effects" of the drug named before."""
    if trigger.end - trigger.start > 1:
        objects = nearest_left(sentence, trigger.start, object_types)
    else:
        objects = starting_near(sentence, trigger.end, object_types, gap=1)
        objects = objects if objects is not None and is_adverse(objects) else None
    if objects is None:
        return None
    subjects, is_borrowed = antecedent_drugs(sentence, min(objects.start, trigger.start))
    if subjects is None:
        sentence.note(trigger, "argument", "no drug that the possessive can take up is named before")
        return None
    return Arguments(subjects, objects, is_borrowed)


def _risk(sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types) -> Arguments | None:
    """Read "the risk of B with A"."""
    objects = right_of(sentence, trigger.end, object_types, reach=4)
    if objects is None or sentence.word(objects.end) not in _RISK_PREPOSITIONS:
        return None
    subjects = right_of(sentence, objects.end + 1, subject_types, reach=4)
    if subjects is None or not raises_risk(sentence, subjects, objects):
        sentence.note(trigger, "argument", "no drug is said to raise the risk")
        return None
    return Arguments(subjects, objects, is_borrowed=subjects.end <= sentence.span.start)


def _between(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "an association between A and B"."""
    subjects = starting_near(sentence, trigger.end, subject_types, gap=REACH)
    if subjects is None:
        return None
    link = next((at for at in range(subjects.end, sentence.span.end) if sentence.word(at) == "and"), None)
    objects = starting_near(sentence, link + 1, object_types, gap=_NEAR) if link is not None else None
    return paired(sentence, trigger, subjects, objects)


def _linked(
    sentence: TriggeredSentence, trigger: Trigger, subject_types: Types, object_types: Types
) -> Arguments | None:
    """Read "studies linked A to B" and "linked it to B"."""
    behind, is_borrowed = trigger.end, False
    if is_object_pronoun(sentence, behind):
        subjects, is_borrowed = antecedent_drugs(sentence, trigger.start)
        behind += 1
    else:
        subjects = starting_near(sentence, behind, subject_types, gap=2)
        behind = subjects.end if subjects is not None else behind
    if subjects is None or sentence.word(behind) not in ("to", "with"):
        return None
    objects = right_of(sentence, behind + 1, object_types)
    if objects is None:
        sentence.note(trigger, "argument", _NO_OBJECT)
        return None
    return Arguments(subjects, objects, is_borrowed)


FrameReader = Callable[[TriggeredSentence, Trigger, Types, Types], Arguments | None]

FRAMES: dict[str, FrameReader] = {
    "verb": _verb,
    "phrase": _phrase,
    "reverse": _reverse,
    "nominal": _nominal,
    "agent": _agent,
    "prefix": _prefix,
    "suffix": _suffix,
    "link": _link,
    "possessed": _possessed,
    "own": _own,
    "given": outcomes.outcome_in_exposed,
    "given_for": outcomes.indication_of_exposure,
    "lacking": outcomes.outcome_in_deficient,
    "unchanged": outcomes.outcome_unchanged,
    "none_seen": outcomes.outcome_not_seen,
    "contrast": outcomes.outcome_of_clause_before,
    "happened": outcomes.change_in_exposed,
    "linked": _linked,
    "between": _between,
    "in_arm": outcomes.change_in_arm,
    "without": outcomes.absent_harm,
    "risk": _risk,
}
"""Frame -> what reads it, given the types of mentions that may be subject and object."""


def _of_repeated_preposition(
    sentence: TriggeredSentence, trigger: Trigger, found: Arguments, types: Types
) -> Iterator[Arguments]:
    """Yield what a phrase's preposition adds where it is repeated: "for colitis and, in Europe, also for pouchitis".

    A drug between the two is the subject of the second: "A is approved for B, and C for D".
    """
    preposition = sentence.word_before(trigger.end)
    if trigger.rule.frame != "phrase" or preposition not in ("for", "in", "with", "to", "against"):
        return
    for group in sentence.groups(types):
        place = _repeated_preposition(sentence, trigger, found.objects, group)
        if place is None:
            continue
        drugs = [g for g in sentence.groups({"drug"}) if found.objects.end <= g.start and g.end <= group.start]
        if not drugs:
            yield found._replace(objects=group)
        elif drugs[-1].end == place and sentence.word_before(drugs[-1].start) in ("and", ",", "while", "whereas"):
            yield found._replace(subjects=drugs[-1], objects=group)


def _repeated_preposition(sentence: TriggeredSentence, trigger: Trigger, objects: Group, group: Group) -> int | None:
    """Return the token of the preposition that ends a trigger and stands before a second list as well."""
    _, end = sentence.clauses.bounds(trigger.start)
    if not objects.end < group.start < min(end, objects.end + REACH):
        return None
    place = group.start - 1
    if sentence.word(place) in DETERMINERS or looks_like_modifier(sentence.word(place)):
        place -= 1
    preposition, between = sentence.word_before(trigger.end), set(sentence.words(objects.end, group.start))
    if sentence.word(place) != preposition or (preposition == "with" and not _PATIENTS.isdisjoint(between)):
        return None  # "above all in people with B" says who the people are
    is_listed = not between.isdisjoint({"and", ",", "or"}) and between.isdisjoint({"but", ";", "not", *AUXILIARIES})
    return place if is_listed and not sentence.verb_between(objects.end, group.start) else None
