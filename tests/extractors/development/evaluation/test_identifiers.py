from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hand_made_readings import Name, found, reading

from extractors.development.evaluation.identifiers import (
    UNII_NAMES,
    best_mention,
    read_drug_names,
    score_drug_names,
    score_genes,
)

GENES = """1|t|TNF and IL6 but murine Tnf.
1|a|
1\t0\t3\tTNF\tGene\t7124
1\t8\t11\tIL6\tGene\t3569;16193
1\t23\t26\tTnf\tGene\t21926
"""
CHEMICALS = """2|t|Xeljanz, CP-690550 and aspirin.
2|a|
2\t0\t7\tXeljanz\tChemical\tC479163
2\t9\t18\tCP-690550\tChemical\t-1
2\t23\t30\taspirin\tChemical\tD001241
"""
UNII = """unii\tdisplay_name\ttype\tname
1\tTOFACITINIB CITRATE\tbn\tXELJANZ
1\tTOFACITINIB CITRATE\tcd\tCP-690,550
2\tASPIRIN\tbn\tASPIRIN
2\tASPIRIN\tof\tASPIRIN
3\tSELENIUM\tbn\tPRISM
"""
TOFACITINIB = ("DRUGBANK:DB08895", "MESH:C479163")


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    shared = {
        "corpora/nlm_gene/NLMgene_Test.PubTator": GENES,
        "corpora/bc5cdr/CDR_TrainingSet.PubTator.txt.gz": CHEMICALS,
        "corpora/bc5cdr/CDR_DevelopmentSet.PubTator.txt.gz": CHEMICALS.replace("2|", "4|").replace("2\t", "4\t", 3),
        "corpora/biored/Train.PubTator.gz": "5|t|Nothing.\n5|a|\n",
        "corpora/drugprot/training/x_abstracs.tsv": "6\tNothing.\tAt all.\n",
        "corpora/drugprot/training/x_entities.tsv": "",
        "vocab/ncbi-gene-human/Homo_sapiens.gene_info.gz": "#tax\tGeneID\n9606\t7124\tTNF\n9606\t3569\tIL6\n",
        "vocab/unii/unii_brand_code_official.tsv.gz": UNII,
        "vocab/unii/unii_common_names.tsv.gz": "unii\tdisplay_name\ttype\tname\n",
        "vocab/unii/ambiguous_with_words_or_genes.tsv": "name\ttype\nPRISM\tbn\n",
    }
    for name, text in shared.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return tmp_path / "corpora"


def test_human_genes_are_right_by_any_identifier_of_their_concept(corpora: Path) -> None:
    names = (
        Name("TNF", "target", "protein", ("HGNC:11892", "NCBIGene:7124")),
        Name("IL6", "target", "protein", ("HGNC:1", "NCBIGene:1")),
    )
    measure = score_genes(corpora, reading({"nlm_gene PMID:1": names}), False)
    assert measure.rows["human genes"] == {
        "genes": 2,
        "grounded": 2,
        "right": 1,
        "right of gold": 0.5,
        "right of grounded": 0.5,
    }
    assert measure.kinds == {"another gene": 1}


def test_genes_that_are_not_found_or_not_grounded_are_missed(corpora: Path) -> None:
    names = (Name("TNF", "target", "protein"), Name("IL6", "effect", "process", ("GO:1",)))
    measure = score_genes(corpora, reading({"nlm_gene PMID:1": names}), False)
    assert (measure.rows["human genes"]["grounded"], measure.rows["human genes"]["right of gold"]) == (0, 0.0)
    assert measure.kinds == {"not grounded: not_in_vocabulary": 1, "meets effect (process) alone": 1}


def test_the_mention_that_fits_best_speaks_for_a_name() -> None:
    text = found("TNF receptor 1", Name("TNF receptor 1", "target"), Name("TNF", "target"), Name("receptor", "effect"))
    for place, expected in (((0, 3), "TNF"), ((0, 12), "TNF receptor 1")):
        best = best_mention(place, text, ("target",))
        assert best is not None
        assert best.record.text == expected
    assert best_mention((0, 3), text, ("drug",)) is None


def test_brands_and_codes_are_told_by_unii_and_form(corpora: Path) -> None:
    names = read_drug_names(corpora.parent)
    kinds = {
        each: names.kind(each) for each in ("Xeljanz", "xeljanz", "Aspirin", "Prism", "CP 690550", "CD4", "BMS-986165")
    }
    assert kinds == {
        "Xeljanz": "brand names",
        "xeljanz": None,  # a brand is written with a capital
        "Aspirin": None,  # also the official name
        "Prism": None,  # means other things too
        "CP 690550": "development codes",
        "CD4": None,
        "BMS-986165": "development codes",
    }
    assert names.official("Xeljanz") == {"TOFACITINIB CITRATE"}


def test_brands_and_codes_are_right_by_mesh_or_unii(corpora: Path) -> None:
    read = reading(
        {
            "bc5cdr PMID:2": (Name("Xeljanz", "drug", "small_molecule", TOFACITINIB), Name("CP-690550", "drug")),
            "bc5cdr PMID:4": (Name("Xeljanz", "target", "protein"), Name("CP-690550", "drug", None, TOFACITINIB)),
        }
    )
    measure = score_drug_names(corpora, read, False)
    brands, codes = measure.rows["brand names"], measure.rows["development codes"]
    assert (brands["mentions"], brands["names"], brands["typed drug"], brands["right by MeSH"]) == (2, 1, 0.5, 0.5)
    assert (codes["mentions"], codes["typed drug"], codes["with MeSH"], codes["right by UNII"]) == (2, 1.0, 0, 0.5)
    assert (brands["with either"], brands["right"], codes["with either"], codes["right"]) == (2, 0.5, 2, 0.5)
    assert (brands["in UNII"], codes["in UNII"]) == (2, 2)
    assert measure.kinds == {
        "brand names: meets target alone": 1,
        "development codes: not grounded, not_in_vocabulary": 1,
    }


def test_an_official_name_that_the_vocabulary_lacks_is_a_miss(corpora: Path) -> None:
    path = corpora.parent / UNII_NAMES[0]
    path.write_bytes(gzip.compress(UNII.replace("TOFACITINIB CITRATE", "XYZZYNIB").encode()))
    names = {"bc5cdr PMID:2": (Name("CP-690550", "drug", None, TOFACITINIB),)}
    codes = score_drug_names(corpora, reading(names), False).rows["development codes"]
    assert (codes["in UNII"], codes["right by UNII"], codes["right"]) == (2, 0.0, 0.0)
