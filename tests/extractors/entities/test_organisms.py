from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "name", "method"),
    [
        ("In Drosophila, Notch was lost.", "Notch", "other_species"),
        ("In Bacillus subtilis, RecA rose. RecA binds DNA.", "RecA", "other_species"),
        ("Drosophila was studied. Loss of Notch was seen.", "Notch", "other_species"),
        ("Drosophila was studied. In patients, Notch was lost.", "Notch", "exact"),
        ("Escherichia coli induced TNF.", "TNF", "exact"),
        ("A yeast two-hybrid screen found Notch.", "Notch", "exact"),
    ],
)
def test_genes_of_other_organisms_have_no_human_identifier(nlp: Language, text: str, name: str, method: str) -> None:
    doc = nlp(text)
    assert {m.method for m in doc._.mentions if doc[m.start : m.end].text == name} == {method}


def test_an_unknown_gene_of_another_organism_counts_beside_a_verb(nlp: Language) -> None:
    doc = nlp("In Drosophila, Notch inhibits Zid.")
    assert ("Zid", "target") in [(doc[m.start : m.end].text, m.entity_type) for m in doc._.mentions]
