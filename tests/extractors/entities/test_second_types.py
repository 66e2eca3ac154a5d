from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("sentence", "name", "types"),
    [
        ("Patients had increased Th17 cells.", "Th17 cells", ("target", "effect")),
        ("Dexamethasone reduced the expression of VCAM-1, ICAM-1 and iNOS.", "iNOS", ("target", "effect")),
        ("ICAM-1 was strongly upregulated.", "ICAM-1", ("target", "effect")),
        ("Tofacitinib blocks JAK1.", "JAK1", ("target", "")),
        ("Fibroblasts were stimulated with IL-17.", "IL-17", ("target", "drug")),
        ("Low-dose IL-2 was safe.", "IL-2", ("drug", "target")),
        ("Leptin binds its receptor.", "Leptin", ("drug", "target")),
        ("Infliximab binds TNF.", "Infliximab", ("drug", "")),
        ("Neutropenia was rare.", "Neutropenia", ("disease", "effect")),
        ("Psoriasis was rare.", "Psoriasis", ("disease", "")),
        ("Chronic pain was rare.", "Chronic pain", ("effect", "disease")),
    ],
)
def test_a_second_type_has_a_sign_in_the_text(nlp: Language, sentence: str, name: str, types: tuple[str, str]) -> None:
    doc = nlp(sentence)
    found = {doc[m.start : m.end].text: (m.entity_type, m.also_type) for m in doc._.mentions}
    assert found[name] == types
