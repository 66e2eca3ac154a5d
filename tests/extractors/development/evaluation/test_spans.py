from __future__ import annotations

from pathlib import Path

import pytest
from hand_made_readings import Name, reading

from extractors.development.evaluation.measure import Measure
from extractors.development.evaluation.spans import score_names, score_targets

BIORED = """1|t|TNF secretion is blocked by aspirin.
1|a|Colitis ulcerosa and HOE 140 too, not gluten.
1\t0\t3\tTNF\tGeneOrGeneProduct\t7124
1\t28\t35\taspirin\tChemicalEntity\tD001241
1\t37\t53\tColitis ulcerosa\tDiseaseOrPhenotypicFeature\tD003093
1\t58\t65\tHOE 140\tChemicalEntity\tC065679
1\t75\t81\tgluten\tChemicalEntity\tD005983
"""
NLM_GENE = """2|t|IL6 in psoriasis.
2|a|
2\t0\t3\tIL6\tGene\t3569

3|t|IL6 in yeast.
3|a|
3\t0\t3\tIL6\tGene\t3569
"""
PHRASE = Name("TNF secretion", "effect", "process")
WITHIN = Name("TNF", "target", "protein")


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for path, text in (("biored/Dev.PubTator", BIORED), ("nlm_gene/NLMgene_Test.PubTator", NLM_GENE)):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def scored(corpora: Path, *names: Name) -> Measure:
    return score_names(corpora, reading({"biored PMID:1": names}), False)


def counts(measure: Measure, row: str) -> tuple[int | float, ...]:
    return measure.rows[row]["names"], measure.rows[row]["found"], measure.rows[row]["recall"]


def test_a_name_within_a_phrase_is_missed_until_it_is_a_mention_itself(corpora: Path) -> None:
    without, with_it = scored(corpora, PHRASE), scored(corpora, PHRASE, WITHIN)
    assert counts(without, "target") == (1, 0, 0.0)
    assert counts(with_it, "target") == (1, 1, 1.0)
    assert without.rows["target"]["missed: within longer"] == 1
    assert without.kinds["missed target: within longer, effect (process)"] == 1


def test_only_proteins_and_families_are_targets_that_count(corpora: Path) -> None:
    assert counts(scored(corpora, Name("TNF", "target", "protein_family")), "target") == (1, 1, 1.0)
    cell = scored(corpora, Name("TNF", "target", "cell_type"))
    assert counts(cell, "target") == (1, 0, 0.0)
    assert cell.rows["target"]["missed: other type"] == 1


def test_another_span_is_right_by_overlap_alone(corpora: Path) -> None:
    row = scored(corpora, Name("Colitis", "disease", "disease")).rows["disease"]
    assert (row["strict F1"], row["overlap F1"], row["missed: other span"]) == (0.0, 1.0, 1)


def test_overlap_needs_the_same_type(corpora: Path) -> None:
    row = scored(corpora, Name("Colitis", "drug", "small_molecule")).rows["disease"]
    assert (row["overlap recall"], row["missed: other span"]) == (0.0, 1)


def test_what_is_not_annotated_is_wrong(corpora: Path) -> None:
    measure = scored(corpora, Name("aspirin", "drug"), Name("blocked", "drug"), Name("ulcerosa", "target", "protein"))
    assert measure.rows["drug"]["precision"] == 0.5
    assert measure.kinds["wrong drug: nothing annotated"] == 1
    assert measure.kinds["wrong target: annotated as DiseaseOrPhenotypicFeature"] == 1


def test_misses_of_all_types_add_up(corpora: Path) -> None:
    measure = scored(corpora)
    row = measure.rows["all"]
    assert (row["names"], row["missed: not found"], row["strict F1"]) == (5, 5, 0.0)
    assert measure.kinds["missed drug: not found"] == 3


def test_genes_count_beside_drugs_and_diseases_only(corpora: Path) -> None:
    read = reading(
        {
            "biored PMID:1": (PHRASE,),
            "nlm_gene PMID:2": (Name("IL6", "target", "protein"), Name("psoriasis", "disease")),
            "nlm_gene PMID:3": (Name("IL6", "target", "protein"),),
        }
    )
    measure = score_targets(corpora, read, False)
    assert measure.rows["biored"] == {"genes": 1, "found as target": 0, "share": 0.0}
    assert measure.rows["nlm_gene"] == {"genes": 1, "found as target": 1, "share": 1.0}
    assert list(measure.kinds) == ["biored: within longer, effect (process)"]


def test_a_gene_does_not_make_its_own_sentence_count(corpora: Path) -> None:
    read = reading({"nlm_gene PMID:3": (Name("IL6", "drug", "biologic"),)})
    assert score_targets(corpora, read, False).rows["nlm_gene"]["genes"] == 0
