from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, sentence
from spacy.tokens import Span

from extractors.language.clauses import Clauses

FINITE = frozenset("inhibits inhibited reduced caused causes damages improved blocks".split())


def clauses_of(span: Span, *names: str) -> Clauses:
    return Clauses(span, [mention(span, name, "target", "protein") for name in names], FINITE)


def clause_texts(text: str, *names: str) -> list[str]:
    clauses = clauses_of(sentence(text), *names)
    ends = [*clauses.starts[1:], clauses.sentence.end]
    return [clauses.sentence.doc[start:end].text for start, end in zip(clauses.starts, ends, strict=True)]


def asides(text: str, *names: str) -> list[str]:
    clauses = clauses_of(sentence(text), *names)
    return [clauses.sentence.doc[start:end].text for start, end in clauses.asides]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("TNF rose; renin fell.", (), ["TNF rose", "; renin fell."]),
        ("TNF rose whereas renin fell.", (), ["TNF rose", "whereas renin fell."]),
        ("TNF rose and renin blocks it.", ("TNF", "renin"), ["TNF rose", "and renin blocks it."]),
        (
            "TNF rose and the 5 mg of renin blocks it.",
            ("TNF", "renin"),
            ["TNF rose", "and the 5 mg of renin blocks it."],
        ),
        ("TNF rose and it caused pain.", ("TNF",), ["TNF rose", "and it caused pain."]),
        ("TNF rose and use of renin caused pain.", ("renin",), ["TNF rose", "and use of renin caused pain."]),
        ("TNF rose and to the renin.", ("TNF", "renin"), ["TNF rose and to the renin."]),
        ("TNF and renin rose.", ("TNF", "renin"), ["TNF and renin rose."]),
        ("TNF rose and renin, or it, caused pain.", ("renin",), ["TNF rose and renin, or it, caused pain."]),
        (
            "TNF rose and renin, which blocks it, improved pain.",
            ("renin",),
            ["TNF rose", "and renin, which blocks it, improved pain."],
        ),
        (
            "TNF damages the kidney, renin causes cystitis.",
            ("TNF", "renin"),
            ["TNF damages the kidney", ", renin causes cystitis."],
        ),
        ("TNF damages the kidney, renin included.", ("TNF", "renin"), ["TNF damages the kidney, renin included."]),
        ("TNF rose, with renin falling.", (), ["TNF rose,", "with renin falling."]),
        (
            "TNF, while effective in pain, caused fever.",
            ("TNF",),
            ["TNF, while effective in pain, caused fever."],
        ),
    ],
)
def test_a_clause_begins_where_a_new_subject_has_its_verb(
    text: str, names: tuple[str, ...], expected: list[str]
) -> None:
    assert clause_texts(text, *names) == expected


def test_bounds_are_those_of_the_clause_around_a_token() -> None:
    clauses = clauses_of(sentence("TNF rose whereas renin fell."))
    assert clauses.bounds(0) == (0, 2)
    assert clauses.bounds(2) == clauses.bounds(5) == (2, 6)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("TNF (a cytokine) rose.", ("TNF",), ["(a cytokine)"]),
        ("TNF, which blocks renin, rose.", (), ["which blocks renin"]),
        ("Two drugs, both of which block TNF, failed.", (), ["both of which block TNF"]),
        ("TNF, a cytokine, rose.", ("TNF",), ["a cytokine"]),
        ("TNF (x), a cytokine, rose.", ("TNF",), ["(x)", "a cytokine"]),
        ("Pain, a burden, rose with TNF.", ("TNF",), []),
        ("TNF, while effective in pain, rose.", (), ["while effective in pain"]),
        ("TNF, while it is effective, rose.", (), []),
        ("TNF that blocks renin, rose.", (), []),
        ("TNF, which rose.", (), []),
    ],
)
def test_asides_are_brackets_relative_clauses_appositions_and_remarks(
    text: str, names: tuple[str, ...], expected: list[str]
) -> None:
    assert asides(text, *names) == expected


def test_the_innermost_aside_counts() -> None:
    span = sentence("TNF, which (as known) blocks renin, rose.")
    clauses = clauses_of(span)
    start, end = clauses.aside_of(5) or (0, 0)
    assert span.doc[start:end].text == "(as known)"
    assert clauses.aside_of(span.end - 1) is None


def test_a_list_that_goes_on_behind_an_aside_opens_no_clause() -> None:
    assert len(clause_texts("TNF, a cytokine, and renin improved.", "TNF", "renin")) == 1


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("In patients with colitis, TNF rose.", (), "In patients with colitis"),
        ("Using renin, TNF rose.", (), "Using renin"),
        ("TNF, in colitis, rose.", (), ""),
        ("In TNF, renin and leptin, pain rose.", ("TNF", "renin", "leptin"), "In TNF, renin and leptin"),
    ],
)
def test_a_clause_may_open_with_a_prepositional_phrase(text: str, names: tuple[str, ...], expected: str) -> None:
    span = sentence(text)
    assert span.doc[: clauses_of(span, *names).leading_phrase_end(0)].text == expected


@pytest.mark.parametrize(
    ("text", "is_compared"),
    [
        ("It was better than renin.", True),
        ("It was lower than those treated with renin.", True),
        ("It was superior to placebo and renin.", True),
        ("It was given with renin.", False),
    ],
)
def test_what_something_is_compared_with_is_told_by_the_words_before(text: str, is_compared: bool) -> None:
    clauses = clauses_of(sentence(text), "renin")
    assert clauses.is_compared(clauses.groups[0]) is is_compared


@pytest.mark.parametrize("opening", ["which blocks renin , rose .", "while effective in pain , rose ."])
def test_the_sentence_before_opens_no_aside(opening: str) -> None:
    _, span = in_sentences("TNF ,", opening)
    assert clauses_of(span).asides == []
    (first,) = in_sentences(opening.removesuffix(".") + " ,")  # nor does the last token of the text
    assert clauses_of(first).asides == []


def test_the_sentence_before_is_compared_with_nothing() -> None:
    _, span = in_sentences("It was better than", "renin .")
    clauses = clauses_of(span, "renin")
    assert not clauses.is_compared(clauses.groups[0])
