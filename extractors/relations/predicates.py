"""Makes statements of the lists that a trigger relates, one of each subject and object: its predicate and its flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.language.clauses import AUXILIARIES
from extractors.language.coordination import Group
from extractors.language.lexicon import looks_like_modifier, word_list
from extractors.language.parse import FINITE
from extractors.relations.arguments.coreference import resolve_former_latter
from extractors.relations.arguments.search import REACH
from extractors.relations.assertion.negation_and_hedging import is_hedged, is_negated
from extractors.relations.polarity import is_lost, opposite
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence

_LESSENING = word_list("relations", "lessening")
_LOSING = word_list("relations", "losing")
_MARRING = word_list("relations", "marring")
_PATIENTS = word_list("relations", "patients")
_SINKING = word_list("relations", "sinking")

BORROWED = 0.85
"""What a subject that is taken from the sentence before leaves of a rule's score."""


_CAUGHT = word_list("relations", "caught")
_LOSS = word_list("relations", "loss")
_CAUSING = word_list("relations", "causing")
_MODELS = word_list("relations", "models")
_BETTERMENT = word_list("relations", "betterment")
_DIRECTED = frozenset({"increases", "decreases"})
_VARIATION = word_list("relations", "variation")
_SHIELDING = ("protect", "rescu", "afford")
_HOW_OFTEN = word_list("relations", "how_often")
_BETTERING = ("improv", "rescu", "revers", "correct", "heal", "restor")
_EFFECTS = word_list("relations", "effects")


class Statement(NamedTuple):
    """What a trigger states of two mentions; `sentence_start` is a token."""

    sentence_start: int
    subject: FoundMention
    predicate: str
    object: FoundMention
    is_negated: bool
    is_hedged: bool
    score: float
    rule_id: str


def made_of(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Iterator[Statement]:
    """Yield what a trigger states of every member of its subject and object lists."""
    is_missing = is_lost(sentence, found.subjects)
    negated = trigger.rule.is_negated ^ is_negated(
        sentence, trigger, found.objects, subjects=found.subjects, is_lost=is_missing
    )
    hedged = is_hedged(sentence, trigger)
    score = round(trigger.rule.score * (BORROWED if found.is_borrowed else 1.0), 3)
    is_paired = _is_paired(sentence, trigger, found)
    meant = resolve_former_latter(sentence, found.subjects, trigger.start - 2, trigger).members
    for place, subject in enumerate(found.subjects.members):
        if subject not in meant:
            continue
        for other, target in enumerate(found.objects.members):
            if is_paired and place != other:
                continue
            predicate = _predicate(sentence, trigger, subject, target, is_missing=is_missing)
            if predicate is None or subject == target:
                continue
            if _is_of_another(sentence, trigger, target) or _names_other_noun(sentence, target):
                continue
            denied = negated or place in found.subjects.negated or other in found.objects.negated
            yield Statement(sentence.span.start, subject, predicate, target, denied, hedged, score, trigger.rule.id)


def _predicate(
    sentence: TriggeredSentence, trigger: Trigger, subject: FoundMention, target: FoundMention, *, is_missing: bool
) -> str | None:
    """Return what a rule states of two mentions, as the words around them turn it; `None` where it states nothing."""
    stated = trigger.rule.predicates
    predicate = stated.get((subject.entity_type, target.subtype)) or stated.get(
        (subject.entity_type, target.entity_type)
    )
    if predicate == "treats" and trigger.rule.lessens_occurrence and _is_caught(sentence, target):  # "fewer A"
        predicate = "prevents"
    if predicate == "causes" and target.entity_type == "disease" and _is_of_betterment(sentence, target):
        predicate = "treats"
    if predicate == "causes" and _is_lessened(sentence, trigger, target):
        predicate = "decreases" if target.entity_type == "effect" else _kept_off(sentence, trigger, target)
    if predicate == "causes" and target.entity_type == "effect" and target.valence == "good":
        predicate = "increases" if _valence(sentence, target) == "good" else "decreases"
    if predicate == "increases" and _is_bettered(sentence, trigger, target):
        predicate = "decreases"
    if predicate == "decreases" and target.valence == "good" and _is_ameliorated(sentence, trigger):
        predicate = "increases"
    if predicate is not None and is_missing and subject.entity_type == "target":
        predicate = opposite(predicate)
    if predicate == "modulates" and trigger.rule.is_association and _is_said_to_cause(sentence, trigger):
        predicate = "increases"
    if predicate in _DIRECTED and _varies(sentence, subject):
        predicate = "modulates"
    if predicate == "activates" and sentence.doc[trigger.start].lower_.startswith(_SHIELDING):
        return None  # "protects neurons", "rescued cells"
    if predicate is not None and _is_taken_away(sentence, trigger, target):
        predicate = opposite(predicate)
    return predicate


def _is_of_betterment(sentence: TriggeredSentence, disease: FoundMention) -> bool:
    """Whether it is a disease's getting better that is spoken of ("remission of A was induced by")."""
    place = disease.start
    while place > sentence.span.start and looks_like_modifier(sentence.doc[place - 1].lower_):
        place -= 1
    before = [token.lower_ for token in sentence.doc[max(place - 2, sentence.span.start) : place]]
    return len(before) == 2 and before[1] == "of" and before[0] in _BETTERMENT


def _kept_off(sentence: TriggeredSentence, trigger: Trigger, disease: FoundMention) -> str | None:
    """Return what less of a disease means: what comes less often is prevented ("a lower risk of A")."""
    between = {token.lower_ for token in sentence.doc[trigger.start : disease.start]}
    is_compared = sentence.doc[disease.end : disease.end + 1].text == "than"
    is_less_often = "fewer" in between or (not between.isdisjoint(_HOW_OFTEN) and not is_compared)
    return "prevents" if is_less_often else None


def _is_paired(sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> bool:
    """Whether two lists go together member by member ("A and B treat C and D, respectively")."""
    _, end = sentence.clauses.bounds(trigger.start)
    count = len(found.subjects.members)
    says_so = any(token.lower_ == "respectively" for token in sentence.doc[trigger.end : end])
    return says_so and count > 1 and count == len(found.objects.members)


def _is_caught(sentence: TriggeredSentence, disease: FoundMention) -> bool:
    """Whether fewer of a disease means that it is prevented, not treated ("reduced infections")."""
    behind = sentence.doc[disease.end : disease.end + 1].text.lower()
    return sentence.doc[disease.end - 1].lower_ in _CAUGHT or behind in _HOW_OFTEN


def _is_said_to_cause(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    words = {token.lower_ for token in sentence.doc[trigger.start : trigger.end]}
    return not words.isdisjoint(_CAUSING)


def _varies(sentence: TriggeredSentence, subject: FoundMention) -> bool:
    """Whether what acts is a variant of a target, of which it is not known whether it does more or less."""
    if subject.entity_type != "target":
        return False
    around = sentence.doc[max(subject.start - 4, sentence.span.start) : subject.start]
    before = [token.lower_ for token in around if token.lower_ not in ("the", "gene", "human")]
    behind = {token.lower_ for token in sentence.doc[subject.end : min(subject.end + 2, sentence.span.end)]}
    is_of = len(before) > 1 and before[-1] in ("of", "in") and before[-2] in _VARIATION
    return is_of or not behind.isdisjoint(_VARIATION)


def _is_ameliorated(sentence: TriggeredSentence, trigger: Trigger) -> bool:
    return sentence.doc[trigger.start].lower_.startswith("ameliorat")


def _is_taken_away(sentence: TriggeredSentence, trigger: Trigger, target: FoundMention) -> bool:
    """Whether a noun behind a target, not the trigger, says that there is less of it ("induces B inactivation")."""
    behind = sentence.doc[target.end : target.end + 1].text.lower()
    is_trigger = trigger.start <= target.end < trigger.end
    return target.entity_type == "target" and not is_trigger and behind in _LOSING | _LOSS


def _is_bettered(sentence: TriggeredSentence, trigger: Trigger, effect: FoundMention) -> bool:
    """Whether something bad is made better, and so less ("improved pruritus")."""
    is_better = sentence.doc[trigger.start].lower_.startswith(_BETTERING)
    return is_better and _valence(sentence, effect) == "bad"


def _is_lessened(sentence: TriggeredSentence, trigger: Trigger, target: FoundMention) -> bool:
    """Whether less of something follows: "associated with less A", "with reduced progression of A", "A reductions"."""
    doc = sentence.doc
    trigger_words = {token.lower_ for token in doc[max(trigger.start - 1, sentence.span.start) : trigger.end]}
    behind = doc[target.end : target.end + 1].text.lower()
    return (
        behind in _SINKING
        or not _SINKING.isdisjoint(trigger_words)
        or says_less([token.lower_ for token in doc[trigger.end : max(target.start, trigger.end)]])
    )


def says_less(words: Sequence[str]) -> bool:
    """Whether the words before a name say that there is less of it.

    In a list that goes for the first ("reduced A and B") or, behind a preposition, for all ("a drop in A and B").

    >>> says_less(["a", "drop", "in", "blood", "pressure", "and"]), says_less(["reduced", "appetite", "and"])
    (True, False)
    """
    for place in range(len(words) - 1, -1, -1):
        if words[place] == ",":
            return False
        if words[place] in _SINKING:
            rest = words[place + 1 :]
            link = next((at for at, word in enumerate(rest) if word in ("and", "or")), len(rest))
            return link == len(rest) or not {"of", "in"}.isdisjoint(rest[:link])
    return False


def _names_other_noun(sentence: TriggeredSentence, target: FoundMention) -> bool:
    """Whether a noun behind an effect makes another thing of it ("brain volume loss", "mood swings")."""
    behind = sentence.doc[target.end : target.end + 1].text.lower()
    if target.entity_type == "disease" and behind in _EFFECTS | _MODELS:  # "reduced the hypotensive effects of"
        return True
    return behind in _MARRING and (target.entity_type == "effect" or behind.startswith(("element", "sequence")))


def _is_of_another(sentence: TriggeredSentence, trigger: Trigger, target: FoundMention) -> bool:
    """Whether what is acted on is what another does to the target ("attenuates the effect of B on A")."""
    doc = sentence.doc
    for other in sentence.mentions:
        if trigger.end < other.start - 1 and other.end < target.start:
            is_effect = doc[other.start - 1].lower_ == "of" and doc[other.start - 2].lower_ in _EFFECTS
            if is_effect and any(token.lower_ in ("on", "upon") for token in doc[other.end : target.start]):
                return True
    return False


def _valence(sentence: TriggeredSentence, effect: FoundMention) -> str:
    """Return an effect's valence; less of something good ("decreased renal function") is bad."""
    before = sentence.doc[effect.start - 1].lower_ if effect.start > sentence.span.start else ""
    return "bad" if effect.valence == "good" and before in _LESSENING else effect.valence


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


def _are_ill(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether those of whom a sentence speaks have a disease ("a woman with A achieved")."""
    words = [token.lower_ for token in sentence.doc[max(group.start - 5, sentence.span.start) : group.start]]
    place = next((at for at in range(len(words) - 1, -1, -1) if words[at] == "with"), 0)
    return place > 0 and words[place - 1] in _PATIENTS


def benefits(
    sentence: TriggeredSentence, rule: RelationRule, trigger: Trigger, objects: Group, made: Sequence[Statement]
) -> Iterator[Statement]:
    """What does good to an effect "in" a disease treats it, if a drug; a target that does harm is associated."""
    is_improved = sentence.doc[trigger.start].lower_.startswith(("improv", "restor", "preserv"))
    good = [
        statement
        for statement in made
        if statement.subject.entity_type == "drug"
        and (
            (statement.predicate, _valence(sentence, statement.object)) in (("decreases", "bad"), ("increases", "good"))
            or (statement.predicate == "increases" and is_improved)
            or statement.predicate == "treats"
        )
    ]
    harmful = [
        statement
        for statement in made
        if statement.subject.entity_type == "target"
        and (statement.predicate, _valence(sentence, statement.object)) in (("increases", "bad"), ("decreases", "good"))
    ]
    if not (good or harmful):
        return
    start, end = sentence.clauses.bounds(trigger.start)
    lead = sentence.clauses.leading_phrase_end(start)
    for group in sentence.groups({"disease"}):
        between = sentence.doc[objects.end : group.start]
        follows = (
            objects.end <= group.start < end
            and len(_outside_brackets(between)) <= REACH
            and any(token.lower_ in rule.words for token in between)
            and not sentence.verb_between(objects.end, group.start)
            and ("than" in between.text or not any(t.tag_ in FINITE or t.lower_ in AUXILIARIES for t in between))
            and not any(text in (",", ";", "(") for text in _outside_brackets(between))
        )
        leads = start <= group.start < lead and sentence.doc[start].lower_ in rule.words
        are_ill = start <= group.start and group.end <= trigger.start and _are_ill(sentence, group)
        leads = leads or (are_ill and any(one.predicate != "treats" for one in good))
        if (follows or leads) and not good:
            for statement in harmful:
                for disease in group.members:
                    if disease.entity_type == "disease":
                        score = round(statement.score * rule.score, 3)
                        yield statement._replace(
                            predicate="associated_with", object=disease, score=score, rule_id=rule.id
                        )
            return
        if follows or leads:
            is_kept_off = trigger.rule.prevents_recurrence and between[:1].text == "of"
            for statement in good:
                score = round(statement.score * rule.score, 3)
                for disease in group.members:
                    if disease.entity_type == "disease" and disease != statement.object:
                        predicate = "prevents" if is_kept_off else "treats"  # "prevents recurrence of A"
                        yield statement._replace(predicate=predicate, object=disease, score=score, rule_id=rule.id)
            return
