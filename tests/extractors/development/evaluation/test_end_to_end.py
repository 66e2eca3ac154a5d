import pytest

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.evaluation.counts import NameScore
from extractors.development.evaluation.end_to_end import score_documents

pytestmark = pytest.mark.model

TEXT = "Methotrexate heals psoriasis. Methotrexate causes nausea, and sulfasalazine fever."


def document(*names: tuple[str, str, str]) -> AnnotatedText:
    spans = [
        AnnotatedSpan(TEXT.index(name), TEXT.index(name) + len(name), label, frozenset({identifier}))
        for name, label, identifier in names
    ]
    return AnnotatedText("PMID:1", TEXT, tuple(sorted(spans, key=lambda span: span.start)))


@pytest.fixture(scope="module")
def scores() -> dict[str, NameScore]:
    return score_documents(
        [
            document(
                ("Methotrexate", "Chemical", "D008727"),
                ("psoriasis", "Disease", "D011565"),
                ("nausea", "Disease", "D009325"),
                ("fever", "Disease", "D000000"),
            )
        ]
    )


def test_a_document_names_a_concept_once(scores: dict[str, NameScore]) -> None:
    chemical = scores["chemical"]
    assert (chemical.gold, chemical.right) == (1, 1)
    assert chemical.found == 2  # sulfasalazine is not annotated


def test_what_is_not_found_is_missed_and_what_is_wrong_counts(scores: dict[str, NameScore]) -> None:
    disease = scores["disease"]
    assert (disease.gold, disease.right) == (3, 2)
    assert disease.found == 3
