"""The lists of substances: what is taken as a name, and of what kind."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from extractors.linking.vocabulary.build.sources import mesh, outcomes, sharealike, substances, taxa
from extractors.linking.vocabulary.entry import Entry, NameKind

UNII = (
    "unii\tdisplay_name\ttype\tname\n"
    "A\tTOFACITINIB CITRATE\tof\tTOFACITINIB CITRATE\n"
    "A\tTOFACITINIB CITRATE\tbn\tXELJANZ\n"
    "A\tTOFACITINIB CITRATE\tcd\tCP-690550\n"
    "A\tTOFACITINIB CITRATE\tcd\tFEMA NO. 1234\n"
    "A\tTOFACITINIB CITRATE\tcd\tB1229\n"
    "B\tCLETHODIM\tbn\tSELECT\n"
    "C\tROSA ALBA FLOWER\tof\tROSA ALBA FLOWER\n"
)
HEADINGS = (
    "D1\tPyrimidines\t\tD03.383.742\t\n"
    "D2\tMembrane Proteins\t\tD12.776.543\t\n"
    "D3\tVasculitis\t\tC14.907.940\t\n"
    "D4\tDrug Combinations\t\tD26.310\t\n"
)
SUPPLEMENTARY = (
    "C1\tcompound, new\tnewcompoundine|ABC\tD1\n"
    "C2\tXYZ protein, mouse\t\tD2\n"
    "C3\tIsaacs vasculitis\t\tD3\n"
    "C4\tamlodipine, benazepril drug combination\t\tD4\n"
    "C5\tpelargonidin synthase\t\tD2\n"
    "C6\tVasculitis 12\t\tD3\n"
)


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    (folder / path).write_bytes(gzip.compress(content) if path.endswith(".gz") else content)


def test_unii_gives_brands_with_a_capital_and_codes_and_no_plants(tmp_path: Path) -> None:
    put(tmp_path, substances.UNII, UNII)
    put(tmp_path, substances.UNII_COMMON, "unii\tdisplay_name\ttype\tname\nA\tTOFACITINIB CITRATE\tcn\tTASOCITINIB\n")
    found = {entry.concept_id: entry for entry in substances.unii(tmp_path)}
    assert found["UNII:A"].names == {
        "Tofacitinib citrate": NameKind.PREFERRED,
        "=Xeljanz": NameKind.BRAND,
        "CP-690550": NameKind.ALIAS,
        "Tasocitinib": NameKind.ALIAS,
    }
    assert found["UNII:B"].undetected == {"=Select"}
    assert "UNII:C" not in found


def test_supplementary_records_are_drugs_or_diseases_by_their_headings(tmp_path: Path) -> None:
    put(tmp_path, mesh.HEADINGS_2025, HEADINGS)
    put(tmp_path, substances.SUPPLEMENTARY, SUPPLEMENTARY)
    found = {entry.concept_id: entry for entry in substances.supplementary(tmp_path)}
    assert {curie: entry.entity_type for curie, entry in found.items()} == {
        "MESH:C1": "drug",
        "MESH:C3": "disease",
        "MESH:C4": "drug",
    }
    assert found["MESH:C1"].names == {
        "new compound": NameKind.PREFERRED,
        "newcompoundine": NameKind.EXACT,
        "ABC": NameKind.EXACT,
    }
    assert found["MESH:C1"].undetected == {"ABC"}
    assert found["MESH:C1"].parents == {"MESH:D1"}
    assert found["MESH:C4"].name == "amlodipine, benazepril drug combination"


def test_names_of_human_proteins_go_to_the_gene(tmp_path: Path) -> None:
    put(tmp_path, substances.SUPPLEMENTARY, "C1\tSHH protein, human\tsonic hedgehog protein, human|HHG1, human\tD2\n")
    put(
        tmp_path,
        "mesh-mappings/mesh_to_hgnc.tsv.gz",
        "mesh_id\tmesh_name\thgnc_id\tsymbol\tevidence\tnote\nC1\tSHH protein, human\tHGNC:10848\tSHH\tx\t\n",
    )
    [entry] = substances.human_proteins(tmp_path)
    assert entry.same == {"HGNC:10848"}
    assert {"sonic hedgehog protein", "sonic hedgehog"} <= set(entry.names)
    assert "HHG1" not in entry.names


@pytest.mark.parametrize(
    ("brand", "generic", "is_taken"),
    [("Norvasc", "Amlodipine Besylate", True), ("1st Tier Unifine", "Pen Needle, Diabetic", False)],
)
def test_a_device_is_no_brand(brand: str, generic: str, is_taken: bool, tmp_path: Path) -> None:
    put(tmp_path, substances.CMS, f"brand\tgeneric\tprograms\n{brand}\t{generic}\tPart D\n")
    assert bool(list(substances.us_brands(tmp_path))) is is_taken


def test_bacteria_have_their_old_names_and_a_short_form_that_is_theirs_alone(tmp_path: Path) -> None:
    put(
        tmp_path,
        taxa.PROKARYOTES,
        "taxid\trank\tscientific_name\tparent_taxid\n"
        "1\tgenus\tPhocaeicola\t9\n2\tspecies\tPhocaeicola vulgatus\t1\n"
        "3\tspecies\tAlistipes putredinis\t9\n4\tspecies\tAnaerotruncus putredinis\t9\n",
    )
    put(tmp_path, taxa.RENAMED, "taxid\told_name\tcurrent_name\n2\tBacteroides vulgatus\tPhocaeicola vulgatus\n")
    found = {entry.concept_id: entry for entry in taxa.prokaryotes(tmp_path)}
    assert set(found["NCBITaxon:1"].names) == {"=Phocaeicola"}
    assert set(found["NCBITaxon:2"].names) == {"Phocaeicola vulgatus", "Bacteroides vulgatus", "=P. vulgatus"}
    assert set(found["NCBITaxon:3"].names) == {"Alistipes putredinis"}


def test_short_forms_of_outcomes_are_not_searched_for(tmp_path: Path) -> None:
    put(
        tmp_path,
        outcomes.OUTCOMES,
        "area\tname\tother_names\tkind\n"
        "RA\tClinical Disease Activity Index\tCDAI\tscore\nRA\tACR 20 % response\tACR20\tresponder\n"
        "RA\tC-reactive protein level\tCRP\tbiomarker\n",
    )
    first, second = outcomes.outcomes(tmp_path)
    assert (first.concept_id, first.subtype) == ("PEYER:clinical_disease_activity_index", "outcome")
    assert (first.undetected, second.undetected) == ({"CDAI"}, set())


def test_share_alike_names_of_ligands(tmp_path: Path) -> None:
    put(
        tmp_path,
        sharealike.GTOPDB,
        "ligand_id\tname\ttype\tinn\tsynonyms\tpubchem_cid\tuniprot\n"
        "1441\tAMN082\tSynthetic organic\t\tcompound 17 [PMID: 12570381]|Brandname®\t77\t\n"
        "2\tinsulin\tPeptide\t\t\t\tP01308\n",
    )
    put(tmp_path, sharealike.PUBCHEM, "77\tC507346\n")
    [entry] = sharealike.guide_to_pharmacology(tmp_path)
    assert entry.names == {"AMN082": NameKind.PREFERRED, "=Brandname": NameKind.BRAND}
    assert "MESH:C507346" in entry.xrefs


@pytest.mark.parametrize(
    ("label", "names", "is_used"),
    [
        ("Horse", {}, False),
        ("Newdrugtinib", {}, True),
        ("Newdrug", {"AB-12345": NameKind.ALIAS}, True),
        ("Newdrug", {"NSC-12345": NameKind.ALIAS}, False),
        ("Newdrug", {"=Brandname": NameKind.BRAND}, True),
    ],
)
def test_a_substance_of_its_own_has_a_brand_a_code_or_a_stem(
    label: str, names: dict[str, NameKind], is_used: bool
) -> None:
    entry = Entry("UNII:A", "drug", "small_molecule", label, {label: NameKind.PREFERRED, **names})
    assert substances.is_in_use(entry) is is_used
