"""A line of JSON holds a text as it was given: it is kept to the character, and read without what hides words."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.extract import extract
from extractors.readers.cleaning.characters import clean_characters
from extractors.readers.read import parse_article
from extractors.readers.verbatim import VERBATIM_FORMATS, read_verbatim, verbatim_article, with_whole_lines
from extractors.records import Extraction, Mention, Sentence

HIDDEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u2063", "\ufe0f"]
SIGNS = [*HIDDEN, "\ufb01", "e\u0301", "\u00e9", "\r\n", "\r", "\n", " ", "\u00a0", "a", "B", ".", "-", "\x07", "𝛼"]


def extracted(text: str) -> Extraction:
    [found] = extract([verbatim_article(text, article_id="a", source_uri="memory:a", source_format="jsonl")])
    assert isinstance(found, Extraction), found
    assert found.article.text == text
    records: list[Sentence | Mention] = [*found.sentences, *found.mentions]
    for record in records:
        assert record.text == text[record.start_char : record.end_char]
    return found


def stated(found: Extraction) -> list[tuple[str, str, str]]:
    names = {concept.concept_id: concept.name for concept in found.concepts}
    return [(names[r.subject.concept_id or ""], r.predicate, names[r.object.concept_id or ""]) for r in found.relations]


@pytest.mark.model
@pytest.mark.parametrize("source_format", sorted(VERBATIM_FORMATS))
def test_an_article_of_a_bare_text_has_it_to_the_character(source_format: str) -> None:
    text = " Inflix\u00adimab\r\nbinds TNF. "
    article = verbatim_article(text, article_id="a", source_uri="memory:a", source_format=source_format)
    assert article.text == text
    assert [(s.kind, s.heading, s.start_char, s.end_char) for s in article.sections] == [("body", None, 0, len(text))]
    assert article.content_sha256 == hashlib.sha256(text.encode()).hexdigest()
    [found] = extract([article])
    assert isinstance(found, Extraction)
    assert [mention.text for mention in found.mentions] == ["Inflix\u00adimab", "TNF"]


@pytest.mark.parametrize("text", ["", " \n", "half of a pair: \ud83d"])
def test_a_text_without_words_or_with_half_a_character_is_no_article(text: str) -> None:
    with pytest.raises(ValueError, match=r"empty|surrogates"):
        verbatim_article(text, article_id="a", source_uri="memory:a", source_format="string")


def test_a_format_that_a_reader_cleans_is_not_verbatim() -> None:
    with pytest.raises(ValueError, match="'markdown'; expected one of jsonl, string"):
        verbatim_article("# A", article_id="a", source_uri="memory:a", source_format="markdown")


@pytest.mark.model
@pytest.mark.parametrize("sign", HIDDEN, ids=[f"U+{ord(sign):04X}" for sign in HIDDEN])
def test_hidden_characters_hide_no_name_and_offsets_are_those_of_the_text(sign: str) -> None:
    found = extracted(f"{sign}Inflix{sign}imab binds T{sign}NF{sign}.")
    assert [mention.text for mention in found.mentions] == [f"Inflix{sign}imab", f"T{sign}NF"]
    assert stated(found) == [("Infliximab", "binds", "TNF")]


@pytest.mark.model
def test_ligatures_accents_and_line_ends_of_windows() -> None:
    text = (
        "Sjo\u0308gren syndrome is treated with ri\u00ad\r\ntuximab.\r\n" + "\ufb03" * 60 + "\r\nEtanercept binds TNF."
    )
    found = extracted(text)
    assert [mention.text for mention in found.mentions][:2] == ["Sjo\u0308gren syndrome", "ri\u00ad\r\ntuximab"]
    assert ("Etanercept", "binds", "TNF") in stated(found)


@pytest.mark.parametrize("sign", HIDDEN, ids=[f"U+{ord(sign):04X}" for sign in HIDDEN])
def test_files_lose_them_before_their_text_is_kept(sign: str) -> None:
    data = f"{sign}A title\n\nInflix{sign}imab binds TNF.\n".encode()
    read = parse_article(data, source_format="text", article_id="a", source_uri="memory:a")
    assert "Infliximab binds TNF." in read.text
    assert read.title == "A title"


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_what_is_read_stands_where_it_is_said_to(text: str) -> None:
    read = read_verbatim(text)
    for place, char in enumerate(read.text):
        start, end = read.start(place), read.end(place + 1)
        assert 0 <= start < end <= len(text)
        assert char == " " or char in clean_characters(text[start:end]).replace("\r", "\n") or text[start] == "\r"
    assert [read.start(place) for place in range(len(read.text))] == sorted(map(read.start, range(len(read.text))))


WRAPPED = [
    "In patients with ulcerative colitis, infliximab reduced\nTNF in the mucosa.",
    "Infliximab, which was given for ten weeks,\nreduced TNF in the mucosa.",
    "We gave infliximab to patients and found less serum\nTNF in them.",
    "Colitis is common. Infliximab lowers serum\nTNF in it.",
    "It is known that in the inflamed mucosa the\nTNF inhibitor infliximab was detected.",
    "Mucosal biopsies were taken before infliximab was given to those\n"
    "TNF was high in, which was so in most of all those that we had seen\n"
    "CRP was not measured before the tenth week after randomisation\n"
    "Radiographs were done.",
]
LINES = [
    "Infliximab in ulcerative colitis\nWe gave infliximab.",
    "Infliximab in ulcerative colitis: a randomised trial\nWe gave infliximab to 40 patients. It was safe.",
    "Aspirin\nInfliximab\nMethotrexate\nZinc",
    "Drugs that were given are those of this list\n- infliximab\n- zinc",
    "drug\tdose of it that was given to patients\ninfliximab\t5 mg",
    "Infliximab inhibits\n\nTNF is a cytokine.",
    "This abstract is about\nMethods\nWe gave infliximab.",
    "Infliximab was given.\nTNF fell.",
    "\n\nInfliximab\n",
    "",
]


@pytest.mark.parametrize("text", WRAPPED)
def test_lines_within_a_sentence_are_made_whole(text: str) -> None:
    assert with_whole_lines(text) == text.replace("\n", " ")


@pytest.mark.parametrize("text", LINES)
def test_titles_lists_tables_and_paragraphs_stay_lines(text: str) -> None:
    assert with_whole_lines(text) == text


@pytest.mark.model
def test_a_line_end_within_a_sentence_loses_no_relation() -> None:
    found = extracted("A trial\nIn patients with ulcerative colitis, infliximab inhibited\nTNF in the mucosa.")
    assert ("Infliximab", "inhibits", "TNF") in stated(found)
    assert found.sentences[0].text == "A trial"
    assert "\n" in found.sentences[1].text
