from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, sentence, token
from spacy.tokens import Span

from extractors.entities.boundaries.attachment import AdjacentNames
from extractors.entities.boundaries.by_pattern import complement_end, is_modifier, modifiers_start
from extractors.entities.head_lexicon import Head

PROCESS = Head("effect", "process", "modified", frozenset({"of", "to"}), "")
CELL = Head("target", "cell_type", "modified", frozenset(), "")
Named = dict[str, tuple[str, str]]


def phrase(span: Span, noun: str, names: Named, head: Head = PROCESS) -> str:
    mentions = AdjacentNames(span.doc, [mention(span, text, *kind) for text, kind in names.items()])
    first = token(span, noun).i
    end = complement_end(first + 1, span, mentions.by_start, head)
    return span.doc[modifiers_start(first, span, mentions, head) : end].text


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("mucosal", True),
        ("lung", True),
        ("severe", True),
        ("novel", False),
        ("the", False),
        ("reduced", False),
        ("5", False),
    ],
)
def test_a_modifier_is_told_by_its_form(word: str, expected: bool) -> None:
    assert is_modifier(sentence(f"{word} release")[0]) is expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("It changed mucosal barrier function.", {}, "mucosal barrier function"),
        ("It changed the novel mucosal function.", {}, "mucosal function"),
        ("It changed synovial and mucosal function.", {}, "synovial and mucosal function"),
        ("It changed severe and mucosal function.", {}, "mucosal function"),
        ("It changed disability function.", {}, "disability function"),
        ("It changed baseline function.", {}, "function"),
        ("It used to function.", {}, "function"),
        ("It changed TNF function.", {"TNF": ("target", "protein")}, "TNF function"),
        ("It changed infliximab function.", {"infliximab": ("drug", "biologic")}, "function"),
        ("It changed central chronic mucosal synovial function.", {}, "chronic mucosal synovial function"),
    ],
)
def test_modifiers_before_a_head_noun(text: str, names: Named, expected: str) -> None:
    assert phrase(sentence(text), "function", names) == expected


def test_an_unknown_noun_belongs_to_an_effect_only() -> None:
    span = sentence("It changed disability function.")
    assert phrase(span, "function", {}, CELL) == "function"


def test_a_word_of_change_takes_nothing_before_it() -> None:
    span = sentence("Mucosal increased function.")
    names = AdjacentNames(span.doc, [])
    assert modifiers_start(1, span, names, PROCESS) == 1


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("The function of mucosal TNF rose.", {"TNF": ("target", "protein")}, "function of mucosal TNF"),
        ("The function of the TNF rose.", {"TNF": ("target", "protein")}, "function of the TNF"),
        ("The function of zinc rose.", {"zinc": ("drug", "small_molecule")}, "function of zinc"),
        ("The function of infliximab rose.", {"infliximab": ("drug", "biologic")}, "function"),
        ("The function of colitis rose.", {"colitis": ("disease", "disease")}, "function"),
        ("The function in TNF rose.", {"TNF": ("target", "protein")}, "function"),
        ("The function of many good men with TNF rose.", {"TNF": ("target", "protein")}, "function"),
    ],
)
def test_complement_of_a_head_noun(text: str, names: Named, expected: str) -> None:
    assert phrase(sentence(text), "function", names) == expected


def test_a_phrase_stays_in_its_sentence() -> None:
    _, span, _ = in_sentences("It is mucosal", "function of", "TNF .")
    assert phrase(span, "function", {}) == "function"
    _, second = in_sentences("It is mucosal and", "mucosal function .")
    assert phrase(second, "function", {}) == "mucosal function"
