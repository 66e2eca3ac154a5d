from __future__ import annotations

import pytest
from found_tuples import relation_tuples
from spacy.language import Language

from extractors.annotations import READER
from extractors.relations.extractor import RelationExtractor
from extractors.relations.judging.judge import Judged, judged
from extractors.relations.sentence import Candidate, TriggeredSentence
from extractors.relations.statement_reader.pairs import pairs_of
from extractors.relations.statement_reader.reader import THRESHOLD, THRESHOLD_WITH_RULE, ReadPair

SENTENCE = "Tofacitinib inhibits JAK1."

Read = tuple[TriggeredSentence, list[Candidate], ReadPair]


@pytest.fixture
def read(nlp: Language) -> Read:
    """A sentence, what the rules find in it, and a reading of its pair to be changed."""
    extractor = nlp.get_pipe("relation_rules")
    assert isinstance(extractor, RelationExtractor)
    doc = nlp(SENTENCE)
    [sentence] = extractor._sentences(doc, explain=True)
    [pair] = pairs_of(doc)
    return sentence, list(extractor.by_rules(doc)), ReadPair(pair, "inhibits", 0.9, 0.1, 0.8)


def stated(read: Read, predicate: str = "inhibits", score: float = 0.9) -> tuple[list[Judged], list[Judged]]:
    sentence, candidates, pair = read
    return judged(sentence, candidates, [pair._replace(predicate=predicate, score=score)])


def test_what_a_rule_finds_too_has_its_name_and_the_flags_of_the_reader(read: Read) -> None:
    [[found], []] = stated(read)
    assert (found.statement.rule_id, found.score) == ("inhibit-verb", 0.9)
    assert (found.statement.is_negated, found.statement.is_hedged) == (False, True)


def test_what_no_rule_finds_must_be_more_probable(read: Read) -> None:
    between = (THRESHOLD + THRESHOLD_WITH_RULE) / 2
    assert [found.score for found in stated(read, score=between)[0]] == [between]
    sentence, _, pair = read
    [[], [unsaid]] = judged(sentence, [], [pair._replace(score=between)])
    assert (unsaid.statement.rule_id, unsaid.score) == (READER, between)


def test_what_a_rule_finds_and_the_reader_does_not_believe_is_unsaid(read: Read) -> None:
    [[], [unsaid]] = stated(read, score=0.01)
    assert unsaid.candidate is not None


def test_another_predicate_of_the_reader_goes_before_that_of_a_rule_and_is_noted(read: Read) -> None:
    [[found], []] = stated(read, predicate="binds")
    assert (found.statement.predicate, found.statement.rule_id) == ("binds", READER)
    assert [each.said for each in read[0].decisions or [] if each.stage == "suppressed"] == [
        "Tofacitinib inhibits JAK1: the reader rather finds binds"
    ]


def test_a_pair_that_is_not_read_is_stated_by_rules(read: Read) -> None:
    sentence, candidates, _ = read
    [[found], []] = judged(sentence, candidates, [])
    assert (found.read, found.statement.rule_id.partition("/")[0]) == (None, "inhibit-verb")


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Methotrexate reduced inflammation.", True),
        ("Withdrawal of methotrexate reduced inflammation.", False),
        ("Low methotrexate reduced inflammation.", False),
        ("Colitis was treated with infliximab.", True),
        ("Colitis resolved after pembrolizumab was stopped.", False),
    ],
)
def test_what_was_not_given_or_was_stopped_does_nothing(nlp: Language, sentence: str, kept: bool) -> None:
    assert bool(relation_tuples(nlp(sentence))) is kept
