"""Finds what a sentence says of its mentions: the relation rules at work.

For each trigger of a rule the engine looks for the subject and the object in the places that the rule's frame names,
over the lists, clauses and asides of `clauses.py`; every member of a list carries the statement. A sentence that
opens with "They", "This agent" or the like takes its subject from the sentence before.

Where a sentence is well parsed its dependencies are read too (`dependency.py`): they add statements, and take back
those of the token positions that they contradict.

What the classifier of pairs alone finds is stated only where it is very probable and no rule relates the same two
concepts in the sentence. How far to trust a statement `confidence.py` says.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.annotations import CLASSIFIER, FoundMention, FoundRelation, makes_statements
from extractors.language.clauses import AUXILIARIES, BE_FORMS
from extractors.language.coordination import Group
from extractors.language.lexicon import DETERMINERS, is_hyphen, word_list
from extractors.language.parse import is_well_parsed
from extractors.relations.arguments.coreference import is_demonstrative_name, keeps_topic
from extractors.relations.arguments.dependency_paths import Reading, SentenceReader, reader_of
from extractors.relations.arguments.dependency_patterns import DependencyFrames, read_frames
from extractors.relations.arguments.exposure import is_reported_administration
from extractors.relations.arguments.token_frames import arguments
from extractors.relations.assertion.cues import AssertionCues
from extractors.relations.assertion.negation_and_hedging import asserts_nothing, is_hedged, is_negated
from extractors.relations.classifier.pairs import PairClassifiers, ReadPair, bundled_pairs
from extractors.relations.confidence import Evidence, confidence
from extractors.relations.polarity import hindered, is_hindered
from extractors.relations.predicates import Statement, benefits, made_of, says_less
from extractors.relations.rules import RelationRule, read_relation_rules
from extractors.relations.sentence import Arguments, Topic, Trigger, TriggeredSentence
from extractors.relations.triggers import TriggerFinder

_BEARING = word_list("relations", "bearing")
_WITHHOLDING = word_list("relations", "withholding")

PROBABLE = 0.8
"""How probable a pair must be for a statement that no rule makes."""


ASKING = frozenset({"drugprot", "bc5cdr", "bionlp13"})
"""Guidelines whose labels are stated without a rule; BioRED relates what a whole document makes related."""


_HELD = word_list("relations", "held")


_STOPPING = word_list("relations", "stopping")


_LOW = word_list("relations", "low")


_SURE_BY_WORDS = frozenset({"phrase", "link"})
"""Frames that need no tree to bear them out: their words say enough."""


_VAGUE = "modulates"
"""To BioNLP the effect of A on B regulates B, also where a text only asks for it."""


class Supported(NamedTuple):
    """A statement, the surest of those that say the same, and how rules found it."""

    statement: Statement
    by_words: bool = False
    by_tree: bool = False
    is_borrowed: bool = False

    def joined(self, other: Supported) -> Supported:
        """Return this with the support of another that says the same; the surer of the two is stated."""
        return Supported(
            max(self.statement, other.statement, key=lambda one: one.score),
            self.by_words or other.by_words,
            self.by_tree or other.by_tree,
            self.is_borrowed and other.is_borrowed,
        )


class RelationRules:
    """Sets `doc._.relations`: a list of FoundRelation, sorted, one per subject, predicate and object of a sentence."""

    def __init__(self, vocab: Vocab, rules: Sequence[RelationRule], pairs: PairClassifiers) -> None:
        self._pairs = pairs
        self._cues = AssertionCues(vocab)
        self._triggers = TriggerFinder(vocab, rules)
        self._frames = DependencyFrames(vocab, read_frames())
        self._rules = {rule.id: rule for rule in rules}
        self._benefits = [rule for rule in rules if rule.frame == "in_disease"]

    def __call__(self, doc: Doc) -> Doc:
        position = {mention: place for place, mention in enumerate(doc._.mentions)}
        best: dict[tuple[int, int, str, int], FoundRelation] = {}
        for made, evidence in self.weighed(doc):
            key = made.sentence_start, position[made.subject], made.predicate, position[made.object]
            score = round(confidence(evidence), 3)
            if key not in best or best[key].score < score:
                best[key] = FoundRelation(*key, made.is_negated, made.is_hedged, score, made.rule_id)
        doc._.relations = sorted(best.values())
        return doc

    def weighed(self, doc: Doc) -> Iterator[tuple[Statement, Evidence]]:
        """Yield all that may be stated, with what speaks for it."""
        mentions: list[FoundMention] = doc._.mentions
        starts = [mention.start for mention in mentions]
        topic = Topic()
        for span in doc.sents:
            inside = mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            if not makes_statements(span):
                topic = Topic()
            else:
                is_parsed = bool(inside) and is_well_parsed(span, inside)
                triggers = self._triggers.find(span, inside, is_well_parsed=is_parsed) if inside else []
                cues = self._cues.find(span) if inside else []
                sentence = TriggeredSentence(
                    span, inside, triggers=triggers, cues=cues, topic=topic, is_well_parsed=is_parsed
                )
                found: dict[tuple[FoundMention, str, FoundMention], Supported] = {}
                for one in self._of_sentence(sentence):
                    said = one.statement.subject, one.statement.predicate, one.statement.object
                    found[said] = found[said].joined(one) if said in found else one
                for one in _elided(sentence, list(found.values())):
                    found.setdefault((one.statement.subject, one.statement.predicate, one.statement.object), one)
                meant = [one for one in found.values() if not _is_withheld(sentence, one.statement.subject)]
                meant = [one for one in meant if not (_is_stopped(sentence, one.statement) or _is_outdone(one, meant))]
                yield from self._with_pairs(sentence, meant)
                topic = _topic(sentence)

    def _of_sentence(self, sentence: TriggeredSentence) -> Iterator[Supported]:
        asserted = [
            hindered(trigger) if is_hindered(sentence, trigger) else trigger
            for trigger in sentence.triggers
            if not asserts_nothing(sentence, trigger)
        ]
        reader = reader_of(sentence, self._frames)
        parsed = list(self._parsed(sentence, reader, asserted)) if reader is not None else []
        for trigger in asserted:
            for found in arguments(sentence, trigger):
                if reader is not None and reader.denies(trigger, found.subjects):
                    continue
                for statement in self._stated(sentence, found.trigger or trigger, found):
                    if not _is_contradicted(statement, trigger, parsed):
                        yield Supported(statement, by_words=True, is_borrowed=found.is_borrowed)
        for reading, statement in parsed:
            if reading.is_stacked or not _is_turned(statement, parsed):
                named = statement._replace(rule_id=f"{statement.rule_id}/{reading.frames}")
                yield Supported(named, by_tree=True, is_borrowed=reading.arguments.is_borrowed)

    def _with_pairs(
        self, sentence: TriggeredSentence, found: Sequence[Supported]
    ) -> Iterator[tuple[Statement, Evidence]]:
        """Yield the statements of the rules, and those that only the classifier makes, with what speaks for them."""
        inside = [mention for mention in sentence.mentions if mention.end <= sentence.span.end]
        read = {(pair.subject, pair.object): pair for pair in self._pairs.read(sentence.span, inside)}
        for one in found:
            pair = read.get((one.statement.subject, one.statement.object))
            probability = pair.predicates.get(one.statement.predicate, (0.0, ""))[0] if pair else None
            yield one.statement, self._evidence(sentence, one, probability)
        stated = [one.statement for one in found]
        related = {(_concept(sentence, one.subject), _concept(sentence, one.object)) for one in stated}
        acted_on = {(one.predicate, _concept(sentence, one.object)) for one in stated}  # whose actor the rules know
        for pair in read.values():
            is_new = (_concept(sentence, pair.subject), _concept(sentence, pair.object)) not in related
            is_meant = not (_is_withheld(sentence, pair.subject) or _is_beside_the_point(sentence, pair))
            if is_new and is_meant:
                for new in _probable(sentence, pair):
                    if (new.predicate, _concept(sentence, new.object)) not in acted_on:
                        yield new, self._evidence(sentence, Supported(new), new.score)

    def _evidence(self, sentence: TriggeredSentence, found: Supported, probability: float | None) -> Evidence:
        said = found.statement
        first, second = sorted((said.subject, said.object), key=lambda mention: mention.start)
        rule = self._rules.get(said.rule_id.partition("/")[0])
        return Evidence(
            by_words=found.by_words,
            by_tree=found.by_tree,
            could_agree=sentence.is_well_parsed and rule is not None and rule.frame not in _SURE_BY_WORDS,
            is_borrowed=found.is_borrowed,
            words_between=second.start - first.end,
            probability=probability,
            is_negated=said.is_negated,
            is_hedged=said.is_hedged,
        )

    def _parsed(
        self, sentence: TriggeredSentence, reader: SentenceReader, triggers: Sequence[Trigger]
    ) -> Iterator[tuple[Reading, Statement]]:
        """Yield what the parse states, each with how it was read."""
        own = (reading for reading in reader.whole(self._rules) if not asserts_nothing(sentence, reading.trigger))
        for reading in itertools.chain(*map(reader.read, triggers), own):
            for statement in self._stated(sentence, reading.trigger, reading.arguments):
                yield reading, statement

    def _stated(self, sentence: TriggeredSentence, trigger: Trigger, found: Arguments) -> Iterator[Statement]:
        made = list(made_of(sentence, trigger, found))
        yield from made
        for rule in self._benefits:
            yield from benefits(sentence, rule, trigger, found.objects, made)


def _elided(sentence: TriggeredSentence, found: Sequence[Supported]) -> Iterator[Supported]:
    """Yield what a clause such as "whereas A did not" denies of A: all that the clause before states of its subject."""
    for group in sentence.groups({"drug"}):
        start, end = sentence.clauses.bounds(group.start)
        behind = [token.lower_ for token in sentence.doc[group.end : min(end, sentence.span.end)]]
        while behind and not (behind[0] in AUXILIARIES or behind[0] in (".", ";")):
            behind.pop(0)
        if start == sentence.span.start or behind[1:2] != ["not"] or behind[2:3] not in ([], ["."], [";"], ["("]):
            continue
        before = sentence.clauses.bounds(start - 1)[0]
        for one in found:
            said = one.statement
            is_aside = sentence.clauses.aside_of(said.object.start) is not None
            if is_aside or said.is_negated or said.subject.entity_type != "drug":
                continue
            if before <= said.object.start < start:
                for member in group.members:
                    yield one._replace(statement=said._replace(subject=member, is_negated=True), by_tree=False)


def _is_beside_the_point(sentence: TriggeredSentence, pair: ReadPair) -> bool:
    """Whether one of two names is only compared with, or what acts are antibodies against the drug."""
    before = [
        token.lower_ for token in sentence.doc[max(pair.subject.start - 3, sentence.span.start) : pair.subject.start]
    ]
    if before[-2:] in (["antibodies", "against"], ["antibodies", "to"]):
        return True
    ends = sorted((pair.subject, pair.object), key=lambda mention: mention.start)
    gap = [token.lower_ for token in sentence.doc[ends[0].end : ends[1].start]]
    if any(gap[at : at + 2] == ["but", "not"] for at in range(len(gap))):
        return True
    if pair.subject.subtype == "procedure":  # the corpora have none
        return True
    if is_demonstrative_name(sentence, Group((pair.subject,))):  # "This fatty acid": what was named before is meant
        return True
    behind = sentence.doc[pair.object.end - 1 : pair.object.end + 1]
    if any(token.lower_ in _BEARING for token in behind):  # "HBsAg carriers", "virus infected patients"
        return True
    if pair.object.end <= pair.subject.start and is_reported_administration(
        sentence, Group((pair.subject,))
    ):  # "fell ill and was given A"
        return True
    between = sentence.doc[pair.subject.end : max(pair.object.start, pair.subject.end)]
    if pair.object.entity_type != "target" and says_less([token.lower_ for token in between]):  # "fewer infections"
        return True
    over = sentence.doc[pair.object.start - 1].lower_ == "over" if pair.object.start > sentence.span.start else False
    return over or any(sentence.clauses.is_compared(Group((name,))) for name in (pair.subject, pair.object))


def _is_outdone(one: Supported, others: Sequence[Supported]) -> bool:
    """Whether a drug is said to treat what it causes or prevents: that is what the sentence says."""
    said = one.statement
    return (said.predicate, said.is_negated) == ("treats", False) and any(
        other.statement.predicate in ("causes", "prevents")
        and not other.statement.is_negated
        and (other.statement.subject, other.statement.object) == (said.subject, said.object)
        for other in others
    )


def _is_stopped(sentence: TriggeredSentence, said: Statement) -> bool:
    """Whether something got better, or worse, when a drug was stopped ("resolved after A was withdrawn")."""
    before = sentence.doc[said.subject.start - 1].lower_ if said.subject.start > sentence.span.start else ""
    if before in _STOPPING:
        return said.predicate != "causes"
    if (
        said.predicate in ("causes", "binds")
        or said.subject.entity_type != "drug"
        or said.object.start > said.subject.start
    ):
        return False
    doc, end = sentence.doc, sentence.span.end
    behind = [token.lower_ for token in doc[said.subject.end : min(said.subject.end + 4, end)]]
    return not BE_FORMS.isdisjoint(behind) and not (_WITHHOLDING | _HELD).isdisjoint(behind)


def _is_withheld(sentence: TriggeredSentence, mention: FoundMention) -> bool:
    """Whether what acts is that a drug is not given ("lack of vitamin E", "withdrawal of prednisone")."""
    if mention.end < sentence.span.end and is_hyphen(sentence.doc[mention.end]):  # "reduction of A-induced B"
        return False
    before = [token.lower_ for token in sentence.doc[max(mention.start - 6, sentence.span.start) : mention.start]]
    while before and (before[-1] in DETERMINERS or before[-2:] in (["dose", "of"], ["doses", "of"], ["dosage", "of"])):
        del before[-2 if before[-1] == "of" else -1 :]
    if mention.entity_type == "drug" and before[-1:] and before[-1] in _LOW | {"lacking"}:  # "low glucose potentiated"
        return True
    is_of = len(before) > 1 and before[-1] in ("of", "in")
    return mention.entity_type == "drug" and is_of and before[-2] in _WITHHOLDING


def _concept(sentence: TriggeredSentence, mention: FoundMention) -> object:
    """Return what tells whether two mentions mean the same."""
    if mention.concept_no >= 0:
        return mention.concept_no
    return sentence.doc[mention.start : mention.end].text.lower()


def _probable(sentence: TriggeredSentence, pair: ReadPair) -> Iterator[Statement]:
    """Yield what is so probable of a pair that it is stated without a rule, negated and hedged as at a verb there."""
    for predicate, (probability, guideline) in pair.predicates.items():
        if guideline in ASKING and predicate != _VAGUE and probability >= PROBABLE:
            rule = RelationRule(
                id=guideline, frame="verb", words=(), predicates={}, score=probability, fires_on="", silent_on=""
            )
            trigger = Trigger(rule, pair.turn, pair.turn + 1, "base")
            if not asserts_nothing(sentence, trigger):
                group = Group((pair.object,))
                yield Statement(
                    sentence.span.start,
                    pair.subject,
                    predicate,
                    pair.object,
                    is_negated(sentence, trigger, group),
                    is_hedged(sentence, trigger),
                    round(probability, 3),
                    f"{CLASSIFIER}{guideline}",
                )


def _is_contradicted(statement: Statement, trigger: Trigger, parsed: Sequence[tuple[Reading, Statement]]) -> bool:
    """Whether the parse turns a statement's direction, or reads its passive trigger in another way."""
    if _is_turned(statement, parsed):
        return True
    said = [other[1:4] for reading, other in parsed if reading.is_passive and reading.trigger == trigger]
    return bool(said) and statement[1:4] not in said


def _is_turned(statement: Statement, parsed: Sequence[tuple[Reading, Statement]]) -> bool:
    """Whether a change of a change relates the same two ("prevents the inhibition of ...")."""
    return any(
        reading.is_stacked and (statement.subject, statement.object) == (other.subject, other.object)
        for reading, other in parsed
    )


def _topic(sentence: TriggeredSentence) -> Topic:
    """Return what a following "they", "this agent" or "this disorder" most likely means."""
    actors = [group for group in sentence.groups({"drug", "target"}) if not sentence.clauses.is_compared(group)]
    drugs = next((group for group in actors if "drug" in group.types), None)
    diseases = next(iter(sentence.groups({"disease"})), None)
    before = sentence.topic if drugs is None and keeps_topic(sentence) else Topic()
    named = [member for group in sentence.groups({"drug"}) for member in group.members]
    pair = Group(tuple(named)) if len(named) == 2 and not set(named) & sentence.clauses.aliases else None
    return Topic(
        before.subject or (actors[0] if actors else None),
        drugs or before.drugs,
        pair or before.pair,
        diseases or sentence.topic.diseases,
    )


@Language.factory("relation_rules", requires=["doc._.mentions", "doc.sents"], assigns=["doc._.relations"])
def make_relation_rules(nlp: Language, name: str) -> RelationRules:
    """Make the component over the bundled rules."""
    return RelationRules(nlp.vocab, read_relation_rules(), bundled_pairs())
