"""The component that finds what a text says of its mentions.

Sentence by sentence, triggers (`triggers.py`) and rules propose candidates (`judging/candidates.py`), of which some are
suppressed (`judging/judge.py`). The statement reader (`statement_reader/`) then reads every pair of mentions, with
what the rules say of it, and decides what is stated. A sentence that opens with "They", "This agent" or the like takes
its subject from the sentence before, so the sentences of a text are read in order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extractors.annotations import FoundMention, FoundRelation, makes_statements
from extractors.language.coordination import Group
from extractors.language.parse import is_well_parsed
from extractors.relations.arguments.coreference import keeps_topic
from extractors.relations.assertion.cues import AssertionCues
from extractors.relations.judging.candidates import RuleProposer
from extractors.relations.judging.judge import Judged, judged, judged_by_rules, kept
from extractors.relations.rules import RelationRule, read_relation_rules
from extractors.relations.second_reading import second_candidates
from extractors.relations.sentence import Candidate, Decision, Topic, TriggeredSentence
from extractors.relations.statement_reader.reader import StatementReader, bundled_reader
from extractors.relations.triggers import TriggerFinder


class Explained(NamedTuple):
    """A sentence with its `decisions`, what it states, and what the reader thought of the pairs that it does not."""

    sentence: TriggeredSentence
    judged: list[Judged]
    unsaid: list[Judged]


class RelationExtractor:
    """Sets `doc._.relations`: FoundRelation, sorted, one per subject, predicate and object of a sentence.

    Without a reader, or where a text has no parse, what the rules find is stated.
    """

    def __init__(self, vocab: Vocab, rules: Sequence[RelationRule], reader: StatementReader | None) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._cues = AssertionCues(vocab)
        self._triggers = TriggerFinder(vocab, rules)
        self._proposer = RuleProposer(vocab, rules)
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        position = {mention: place for place, mention in enumerate(doc._.names)}
        best: dict[tuple[int, int, str, int], FoundRelation] = {}
        for made, _, _, score in self.judged(doc):
            key = made.sentence_start, position[made.subject], made.predicate, position[made.object]
            if key not in best or best[key].score < score:
                best[key] = FoundRelation(*key, made.is_negated, made.is_hedged, score, made.rule_id)
        doc._.relations = sorted(best.values())
        return doc

    def judged(self, doc: Doc) -> list[Judged]:
        """Return all that is stated, with what speaks for it."""
        return [each for explained in self._explained(list(self._sentences(doc)), doc) for each in explained.judged]

    def explained(self, doc: Doc) -> list[Explained]:
        """Return how every sentence that may state something was read."""
        return self._explained(list(self._sentences(doc, explain=True)), doc)

    def by_rules(self, doc: Doc) -> Iterator[Candidate]:
        """Yield what the rules find in a text."""
        for sentence in self._sentences(doc):
            yield from self._by_rules(sentence)

    def _explained(self, sentences: Sequence[TriggeredSentence], doc: Doc) -> list[Explained]:
        candidates = [self._by_rules(sentence) for sentence in sentences]
        if self._reader is None or not doc.has_annotation("DEP"):
            return [
                Explained(sentence, [judged_by_rules(each) for each in found], [])
                for sentence, found in zip(sentences, candidates, strict=True)
            ]
        read = self._reader.read(doc, [each for found in candidates for each in found])
        return [
            Explained(sentence, *judged(sentence, found, read.get(sentence.span.start, ())))
            for sentence, found in zip(sentences, candidates, strict=True)
        ]

    def _sentences(self, doc: Doc, *, explain: bool = False) -> Iterator[TriggeredSentence]:
        mentions: list[FoundMention] = doc._.mentions
        starts = [mention.start for mention in mentions]
        topic = Topic()
        for span in doc.sents:
            if not makes_statements(span):
                topic = Topic()
                continue
            inside = mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            sentence = self._triggered(span, inside, topic, [] if explain else None)
            yield sentence
            topic = topic_after(sentence)

    def _triggered(
        self, span: Span, mentions: Sequence[FoundMention], topic: Topic, decisions: list[Decision] | None
    ) -> TriggeredSentence:
        is_parsed = bool(mentions) and is_well_parsed(span, mentions)
        return TriggeredSentence(
            span,
            mentions,
            triggers=self._triggers.find(span, mentions, is_well_parsed=is_parsed) if mentions else [],
            cues=self._cues.find(span) if mentions else [],
            topic=topic,
            is_well_parsed=is_parsed,
            decisions=decisions,
        )

    def _read(self, sentence: TriggeredSentence) -> list[Candidate]:
        """Return what the rules find in a sentence and nothing in it takes back."""
        return kept(sentence, self._proposer.candidates(sentence))

    def _by_rules(self, sentence: TriggeredSentence) -> list[Candidate]:
        by_rules = self._read(sentence)
        first = [candidate.statement for candidate in by_rules]
        return [*by_rules, *second_candidates(sentence, first, self._read, self._rules)]


def topic_after(sentence: TriggeredSentence) -> Topic:
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


@Language.factory(
    "relation_rules",
    requires=[
        "doc._.mentions",
        "doc._.inner_mentions",
        "doc.sents",
        "token.tag",
        "token.dep",
        "token.head",
    ],
    assigns=["doc._.relations"],
)
def make_relation_extractor(nlp: Language, name: str) -> RelationExtractor:
    """Make the component over the bundled rules and reader."""
    return RelationExtractor(nlp.vocab, read_relation_rules(), bundled_reader())
