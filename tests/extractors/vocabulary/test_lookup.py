from __future__ import annotations

from pathlib import Path

import pytest

from extractors.vocabulary.keys import words
from extractors.vocabulary.lookup import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary()


def best(vocabulary: Vocabulary, name: str) -> tuple[str, str] | None:
    found = vocabulary.candidates(name)
    if not found:
        return None
    concept = vocabulary.concept(found[0].concept_no)
    return concept.concept_id, concept.entity_type


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("adalimumab", ("DRUGBANK:DB00051", "drug")),
        ("JAK inhibitors", ("MESH:D000075242", "drug")),
        ("TNF-α", ("HGNC:11892", "target")),
        ("tumour necrosis factor alpha", ("HGNC:11892", "target")),
        ("NF-κB", ("FPLX:NFkappaB", "target")),
        ("calcineurin", ("FPLX:PPP3", "target")),
        ("Tregs", ("CL:0000815", "target")),
        ("Crohn’s disease", ("MONDO:0005011", "disease")),
        ("IBD", ("MONDO:0005265", "disease")),
        ("IBS", ("MONDO:0005052", "disease")),
        ("rheumatoid arthritis", ("MONDO:0008383", "disease")),
        ("T-cell activation", ("GO:0042110", "effect")),
        ("Foxp3", ("HGNC:6106", "target")),
        ("SRD5A2", ("HGNC:11285", "target")),
        ("dostarlimab", ("DRUGBANK:DB15627", "drug")),
    ],
)
def test_name_has_its_identifier(vocabulary: Vocabulary, name: str, expected: tuple[str, str]) -> None:
    assert best(vocabulary, name) == expected


@pytest.mark.parametrize("word", ["can", "group", "impact", "be an", "patients", "MS", "study", "role"])
def test_ordinary_word_or_ambiguous_abbreviation_has_none(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.candidates(word) == ()


def test_names_are_found_in_running_text_with_their_offsets(vocabulary: Vocabulary) -> None:
    text = "Corticosteroids treat Crohn’s disease; TNF- α and IL-6 rise."
    found = {text[match.start : match.end] for match in vocabulary.find(text, words(text))}
    assert {"Corticosteroids", "Crohn’s disease", "TNF- α", "IL-6"} <= found
    assert not any(";" in name for name in found)


def test_a_name_does_not_run_over_a_comma(vocabulary: Vocabulary) -> None:
    text = "rheumatoid, arthritis"
    assert text not in {text[match.start : match.end] for match in vocabulary.find(text, words(text))}


def test_missing_vocabulary_says_how_to_compile_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make vocab"):
        Vocabulary(tmp_path)
