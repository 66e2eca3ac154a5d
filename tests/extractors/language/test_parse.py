from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, parsed, token
from spacy.tokens import Doc

from extractors.language.parse import (
    LONGEST,
    coordinated,
    describes,
    is_no_verb,
    is_passive,
    is_well_parsed,
    spans_clauses,
)
from extractors.language.sentences import token_after, token_before

BLOCKS = ("Zinc NN 1 nsubj", "blocks VBZ 1 ROOT", "TNF NN 1 dobj", ". . 1 punct")


def trusted(*rows: str, named: str = "") -> bool:
    span = parsed(*rows)[:]
    return is_well_parsed(span, [mention(span, named)] if named else [])


def test_a_sentence_with_one_finite_root_is_well_parsed() -> None:
    assert trusted(*BLOCKS)
    assert trusted("Zinc NN 2 nsubjpass", "was VBD 2 auxpass", "given VBN 2 ROOT")


@pytest.mark.parametrize(
    ("rows", "named", "reason"),
    [
        (("Zinc NN 0 ROOT", "blocks NNS 0 dep"), "", "no verb"),
        (("Zinc NN 1 nsubj", "blocks VBZ 1 ROOT", "renin NN 2 ROOT"), "", "two roots"),
        (BLOCKS, "Zinc blocks", "the verb is part of a name"),
        (("Zinc NN 2 nsubj", "controls VBZ 2 compound", "fell VBD 2 ROOT"), "", "a finite verb within a name"),
        (("given VBN 0 ROOT",), "", "a participle without its auxiliary"),
    ],
)
def test_a_parse_is_not_trusted(rows: tuple[str, ...], named: str, reason: str) -> None:
    assert not trusted(*rows, named=named), reason


def test_a_long_or_unparsed_sentence_is_not_trusted() -> None:
    fillers = [f"so RB {1} advmod"] * LONGEST
    assert not trusted(*BLOCKS[:2], *fillers)
    (span,) = in_sentences("Zinc blocks TNF .")
    assert not is_well_parsed(span, ())


def is_noun(*rows: str, word: str) -> bool:
    return is_no_verb(token(parsed(*rows), word))


def test_a_word_that_is_spelled_like_a_verb_is_a_noun_by_what_follows() -> None:
    assert is_noun("zinc NN 1 compound", "controls NNS 1 ROOT", "of IN 1 prep", word="controls")
    assert is_noun("the DT 1 det", "controls NNS 1 ROOT", word="controls")
    assert not is_noun("zinc NN 1 nsubj", "controls NNS 1 ROOT", "pain NN 1 dobj", word="controls")
    assert not is_noun("zinc NN 1 nsubj", "controls VBZ 1 ROOT", "of IN 1 prep", word="controls")


def test_a_comparative_is_a_verb_only_behind_what_calls_for_one() -> None:
    assert is_noun("a DT 2 det", "lower JJR 2 amod", "risk NN 2 ROOT", word="lower")
    assert not is_noun("may MD 1 aux", "lower JJR 1 ROOT", "risk NN 1 dobj", word="lower")
    assert is_noun("not RB 1 advmod", "lower JJR 1 ROOT", "in IN 1 prep", word="lower")


def test_the_neighbours_of_a_verb_stand_in_its_sentence() -> None:
    assert is_noun("not RB 0 ROOT", "lower JJR 1 ROOT", "risk NN 1 dobj", word="lower")
    assert is_noun("the DT 1 det", "controls NNS 1 ROOT", "pain NN 2 ROOT", word="controls")


def test_tokens_beside_one_are_those_of_its_sentence() -> None:
    first, second = in_sentences("Zinc helps .", "It does .")
    assert token_before(first[0]) is None
    assert token_before(second[0]) is None
    assert token_before(second[1]) == second[0]
    assert token_after(first[-1]) is None
    assert token_after(second[-1]) is None
    assert token_after(first[0]) == first[1]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("TNF NN 2 nsubjpass", "was VBD 2 auxpass", "blocked VBN 2 ROOT"), True),
        (("TNF NN 0 ROOT", "x NN 0 dep", "blocked VBN 0 acl"), True),
        (("Zinc NN 2 nsubj", "has VBZ 2 aux", "blocked VBN 2 ROOT"), False),
        (("Zinc NN 2 nsubj", "often RB 2 advmod", "blocks VBZ 2 ROOT"), False),
        (("seen VBN 0 acl", "and CC 0 cc", "blocked VBN 0 conj"), True),
    ],
)
def test_a_participle_is_passive_by_its_dependents(rows: tuple[str, ...], expected: bool) -> None:
    assert is_passive(parsed(*rows)[2]) is expected


def test_conjuncts_come_in_the_order_of_the_list() -> None:
    doc = parsed("A NN 0 ROOT", ", , 0 punct", "B NN 0 conj", "and CC 2 cc", "C NN 2 conj")
    assert [each.text for each in coordinated(doc[0])] == ["B", "C"]


def test_a_conjunct_with_a_verb_of_its_own_is_none() -> None:
    doc = parsed("A NN 0 ROOT", "and CC 0 cc", "inhibited VBN 3 amod", "B NN 0 conj")
    assert list(coordinated(doc[0])) == []


def test_words_that_belong_to_two_clauses_are_no_phrase() -> None:
    doc = parsed("patients NNS 0 ROOT", "treated VBN 0 acl", "with IN 1 prep")
    assert spans_clauses(doc[0:3])
    assert not spans_clauses(doc[1:3])


def test_a_noun_behind_comma_and_article_describes_what_ends_there() -> None:
    doc: Doc = parsed("Zinc NN 0 ROOT", ", , 0 punct", "a DT 4 det", "new JJ 4 amod", "drug NN 0 appos")
    assert describes(doc[4], 1)
    assert not describes(doc[4], 0)
    doc = parsed("Zinc NN 0 ROOT", ", , 0 punct", "a DT 3 det", "drug NN 3 ROOT")
    assert not describes(doc[3], 1), "the comma stands in the sentence before"
