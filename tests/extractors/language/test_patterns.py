from __future__ import annotations

import pytest
from hand_made_docs import sentence
from spacy.matcher import Matcher

from extractors.language.patterns import phrase_pattern, phrase_patterns


def found(phrase: str, text: str) -> list[str]:
    span = sentence(text)
    matcher = Matcher(span.doc.vocab)
    matcher.add("phrase", phrase_patterns(phrase), greedy="LONGEST")
    return [span.doc[start:end].text for _, start, end in sorted(matcher(span.doc), key=lambda match: match[1])]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("used for", "It is Used FOR pain.", ["Used FOR"]),
        ("is|are used", "They are used.", ["are used"]),
        ("is|are used", "They were used.", []),
        ("used? for", "It is for pain.", ["for"]),
        ("used? for", "It is used for pain.", ["used for"]),
        ("led ... to", "It led to pain.", ["led to"]),
        ("led ... to", "It led the way now to pain.", ["led the way now to"]),
        ("led ... to", "It led us all a long way to pain.", []),
        ("led ... to", "It led, to pain.", []),
        ("led ... to", "It led, however, to pain.", ["led, however, to"]),
        ("led ... to", "It led, clearly, to pain.", []),
        ("led to", "It led, however, to pain.", []),
    ],
)
def test_a_phrase_is_found_in_a_text(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_a_phrase_without_a_gap_has_one_pattern() -> None:
    assert phrase_patterns("led to") == [phrase_pattern("led to")]
    assert len(phrase_patterns("led ... to")) == 2
