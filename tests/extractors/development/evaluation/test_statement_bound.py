from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hand_made_readings import Name, found, reading

from extractors.development.evaluation.identifiers import score_shares
from extractors.development.evaluation.statement_bound import possibility, score_statements
from extractors.development.readings.texts import Abstract, Argument, Statement

SENTENCES = ("Anakinra and gout.", "Anakinra lowers IL-6 release.", "Gout gets better.", "It is so.", "IL-6 rises.")
DRUG = Name("Anakinra", "drug", "biologic", ("DRUGBANK:1",), "anakinra")
PHRASE = Name("IL-6 release", "effect", "process")
GENE = Name("IL-6", "target", "protein", ("HGNC:6018",), "IL6")


def statement(
    object_text: str = "IL-6 release",
    object_type: str = "effect",
    *,
    subject: str = "Anakinra",
    predicate: str = "decreases",
    at: int = 1,
) -> Statement:
    return Statement(
        sentence_no=at,
        subject=Argument(texts=(subject,), entity_type="drug"),
        predicate=predicate,
        object=Argument(texts=(object_text,), entity_type=object_type),
    )


def outcome(stated: Statement, *names: Name) -> str:
    abstract = Abstract(document_id="a", sentences=SENTENCES, statements=(stated,))
    return possibility(stated, abstract, found(abstract.text, *names).mentions)[0]


def test_a_pair_of_fitting_types_makes_a_statement_possible() -> None:
    assert outcome(statement(), DRUG, PHRASE) == "possible"


def test_a_name_within_the_phrase_names_it_but_must_fit_too() -> None:
    assert outcome(statement(), DRUG, GENE) == "types: object target, wanted effect"
    assert outcome(statement(predicate="inhibits", object_type="target"), DRUG, GENE) == "possible"


def test_a_second_type_counts() -> None:
    also = Name("IL-6", "target", "protein", also_type="effect")
    assert outcome(statement(), DRUG, also) == "possible"


def test_the_name_of_the_concept_counts() -> None:
    assert outcome(statement("IL6", "target", predicate="inhibits"), DRUG, GENE) == "possible"


def test_what_no_mention_names_is_not_found() -> None:
    assert outcome(statement(), PHRASE) == "subject not found"
    assert outcome(statement(), DRUG) == "object not found"
    assert outcome(statement("fever"), PHRASE) == "neither found"


def test_one_mention_is_no_pair() -> None:
    assert outcome(statement("Anakinra"), DRUG) == "object not found"


def test_mentions_two_sentences_away_are_too_far() -> None:
    names = (Name("Anakinra", "drug"), Name("Gout", "disease"))
    far = Abstract(document_id="a", sentences=("Gout.", "Anakinra heals.", "So it is.", "Yes."), statements=())
    for at, expected in ((0, "possible"), (1, "possible"), (2, "too far")):
        treated = statement("Gout", "disease", predicate="treats", at=at)
        assert possibility(treated, far, found(far.text, *names).mentions)[0] == expected


def test_pairs_that_no_predicate_joins_are_told_apart() -> None:
    mutual = statement("Gout", "disease", predicate="inhibits")
    assert outcome(mutual, DRUG, Name("Gout", "disease")) == "types: no predicate inhibits joins drug-disease"


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sure = [statement(), statement("IL-6", "target", predicate="inhibits")]
    arguable = replace(statement("Gout", "disease", predicate="treats", at=2), is_sure=False)
    abstracts = [
        Abstract(document_id="d0", sentences=SENTENCES, statements=(*sure, arguable)),
        Abstract(document_id="d1", sentences=SENTENCES, statements=()),
    ]
    for module in ("statement_bound", "identifiers"):
        name = f"extractors.development.evaluation.{module}.some_abstracts"
        monkeypatch.setattr(name, lambda corpora, sample: abstracts)
    return tmp_path


def test_only_what_is_sure_counts(corpora: Path) -> None:
    measure = score_statements(corpora, reading({"d0": (DRUG, PHRASE)}), False)
    assert {kind: (row["statements"], row["possible"]) for kind, row in measure.rows.items()} == {
        "all": (2, 1),
        "drug-effect": (1, 1),
        "drug-target": (1, 0),
    }
    assert measure.rows["all"]["types"] == 1
    assert measure.rows["all"]["both named"] == 1.0


def test_names_without_repetition_count_apart(corpora: Path) -> None:
    other = Name("IL-6", "target", "protein")
    measure = score_shares(corpora, reading({"d0": (DRUG, GENE), "d1": (DRUG, other, PHRASE)}), False)
    assert measure.rows["drug"] == {"mentions": 2, "with identifier": 1.0, "names": 1, "names with identifier": 1.0}
    assert measure.rows["target"] == {"mentions": 2, "with identifier": 0.5, "names": 1, "names with identifier": 1.0}
    assert measure.rows["all"]["with identifier"] == 0.6
    assert measure.kinds == {"target: not_in_vocabulary": 1, "effect (process): not_in_vocabulary": 1}
