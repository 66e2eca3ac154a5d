from __future__ import annotations

from collections.abc import Mapping

import pytest
import spacy
from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.relations.rules import RelationRule
from extractors.relations.triggers import TriggerFinder

VOCAB = spacy.blank("en").vocab


def rule(name: str, frame: str, *words: str) -> RelationRule:
    return RelationRule(id=name, frame=frame, words=words, predicates={}, score=0.8, fires_on="", silent_on="")


FINDER = TriggerFinder(
    VOCAB,
    [
        rule("verb", "verb", "decrease", "bind", "block"),
        rule("linked", "link", "induced"),
        rule("noun", "nominal", "decrease|decreases in", "block of"),
        rule("short", "phrase", "effect on"),
        rule("long", "phrase", "no effect on"),
        rule("gap", "phrase", "has ... role in"),
        rule("agent", "agent", "blocker"),
        rule("around", "phrase", "is a blocker of"),
        rule("benefit", "in_disease", "in"),
    ],
)


def found(
    text: str,
    *,
    tags: Mapping[str, str] | None = None,
    conj: Mapping[str, str] | None = None,
    is_well_parsed: bool = False,
    sentence: int = 0,
) -> list[tuple[str, str, str]]:
    """Rule, words and form of each trigger of one sentence of a text.

    Tokens stand between blanks; "~" before one: no blank stands before it; "||": a sentence ends. Words in capitals are
    mentions. `tags`: word -> its tag; `conj`: word -> the word that it is coordinated with.
    """
    sentences = [part.split() for part in text.split("||")]
    words = [word for part in sentences for word in part]
    bare = [word.removeprefix("~") for word in words]
    doc = Doc(
        VOCAB,
        words=bare,
        spaces=[not following.startswith("~") for following in (*words[1:], "")],
        tags=[(tags or {}).get(word, "") for word in bare],
        heads=[bare.index((conj or {}).get(word, word)) for word in bare] if conj else None,
        deps=["conj" if word in conj else "ROOT" for word in bare] if conj else None,
        sent_starts=None if conj else [at == 0 for part in sentences for at in range(len(part))],
    )
    mentions = [FoundMention(t.i, t.i + 1, "drug", "", -1, "", 0.0, "") for t in doc if len(t) > 1 and t.is_upper]
    start = sum(map(len, sentences[:sentence]))
    span = doc[start : start + len(sentences[sentence])]
    triggers = FINDER.find(span, mentions, is_well_parsed=is_well_parsed)
    return [(each.rule.id, doc[each.start : each.end].text, each.form) for each in triggers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it may decrease pain", [("verb", "decrease", "base")]),
        ("it directly decrease pain", [("verb", "decrease", "base")]),
        ("drugs block it", [("verb", "block", "base")]),
        ("TNF block it", [("verb", "block", "base")]),
        ("a block", []),
        ("renal block", []),
        ("block it", []),
        ("it decreases pain", [("verb", "decreases", "third")]),
        ("cells that decreases pain", [("verb", "decreases", "third")]),
        ("these decreases pain", []),
        ("it decreased pain", [("verb", "decreased", "past")]),
        ("with decreased pain", []),
        ("it inhibits decreased pain", []),
        ("it bound and decreased pain", [("verb", "bound", "past"), ("verb", "decreased", "past")]),
        ("it fell and decreased the pain", [("verb", "decreased", "past")]),
        ("pain and decreased the urge", [("verb", "decreased", "past")]),
        ("pain and decreased urge", []),
        ("it is decreasing pain", [("verb", "decreasing", "ing")]),
        ("the decreasing pain", [("verb", "decreasing", "ing")]),
        ("the decreasing of pain", []),
    ],
)
def test_form_of_a_verb_is_told_from_a_noun(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_coordinated_past_form_is_a_verb_by_the_parse() -> None:
    text, tags = "mice ran and decreased pain", {"ran": "VBD", "mice": "NNS"}
    assert found(text, tags=tags, conj={"decreased": "ran"}) == [("verb", "decreased", "past")]
    assert found(text, tags=tags, conj={"decreased": "mice"}) == []


def test_words_of_the_sentences_around_are_not_looked_at() -> None:
    assert found("it may decrease pain") == [("verb", "decrease", "base")]
    assert found("it may || decrease pain", sentence=1) == []
    assert found("TNF ~- || ~induced pain", sentence=1) == []
    assert found("pain and decreased the urge") == [("verb", "decreased", "past")]
    assert found("pain and decreased || the urge") == []


def test_tags_of_a_well_parsed_sentence_tell_nouns_from_verbs() -> None:
    tags = {"decreases": "NNS", "in": "IN"}
    assert found("it decreases in pain", tags=tags) == [
        ("noun", "decreases in", "phrase"),
    ]
    assert found("it decreases pain", tags={"decreases": "NNS", "pain": "IN"}) == [("verb", "decreases", "third")]
    assert found("it decreases pain", tags={"decreases": "NNS", "pain": "IN"}, is_well_parsed=True) == []


def test_noun_of_change_needs_the_tag_of_a_noun() -> None:
    assert found("the block of pain", tags={"block": "NN"}) == [("noun", "block of", "phrase")]
    assert found("they block of pain", tags={"block": "VBP"}) == [("verb", "block", "base")]
    assert found("the block of pain") == []  # without tags "block" may be a verb


def test_participle_of_a_compound_hangs_on_its_hyphen() -> None:
    assert found("TNF ~- ~induced pain") == [("linked", "induced", "past")]
    assert found("TNF - induced pain") == []
    assert found("TNF -induced pain") == [("linked", "-induced", "past")]
    assert found("TNF induced pain") == []


def test_phrase_within_a_longer_one_is_no_trigger() -> None:
    assert found("it had an effect on pain") == [("short", "effect on", "phrase")]
    assert found("it had no effect on pain") == [("long", "no effect on", "phrase")]


def test_description_counts_also_within_a_longer_phrase() -> None:
    assert found("it is a blocker of pain") == [
        ("around", "is a blocker of", "phrase"),
        ("agent", "blocker", "phrase"),
    ]


def test_gap_of_a_phrase_holds_an_aside() -> None:
    assert found("it has a big role in pain") == [("gap", "has a big role in", "phrase")]
    assert found("it has , however , a role in pain") == [("gap", "has , however , a role in", "phrase")]
    assert found("it has , surely , a role in pain") == []


def test_no_trigger_lies_within_a_mention() -> None:
    assert found("it may BLOCK pain") == []
    assert found("it had no effect ON pain") == []


def test_rule_of_a_benefit_in_a_disease_has_no_trigger() -> None:
    assert found("pain in asthma") == []
