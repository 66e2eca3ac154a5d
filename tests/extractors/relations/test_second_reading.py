from __future__ import annotations

import pytest
from found_tuples import relation_tuples
from spacy.language import Language


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("VPAC2-deficient mice had increased Th17 cells.", ("VPAC2", "decreases", "Th17 cells")),
        ("Rofecoxib is effective in the treatment of chronic pain.", ("Rofecoxib", "treats", "chronic pain")),
    ],
)
def test_a_second_type_makes_a_statement_legal(nlp: Language, sentence: str, statement: tuple[str, str, str]) -> None:
    assert (*statement, False, False) in relation_tuples(nlp(sentence))


def test_what_the_own_types_relate_is_not_read_again(nlp: Language) -> None:
    found = relation_tuples(nlp("Tofacitinib reduced serum TNF."))
    assert found == {("Tofacitinib", "inhibits", "TNF", False, False)}
