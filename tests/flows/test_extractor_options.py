"""What a user chooses for the extraction: own names, scispaCy's linker, a language model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy
import typer
from warehouse_rows import query, rows_of

from extractors.options import ExtractorOptions
from extractors.version import extractor_version
from flows.commands.options import extractor_options
from flows.refusal import WrongArgument

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

OWN = "entity_type\tsubtype\tname\tsynonyms\tparents\ndrug\tbiologic\tZetamab\tZTM-101|adalimumab\tMESH:D000911\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(OWN, encoding="utf-8")
    return path


def run(raw: Path, warehouse: Path, **options: Any) -> State[Any]:
    from flows.ingest import ingest  # loads Prefect, which most tests here do without

    return ingest([raw], warehouse, **options, return_state=True)


@pytest.mark.model
def test_own_names_make_rows_in_every_process_and_go_before_the_bundled_ones(
    prefect_url: str, raw: Path, tmp_path: Path, own: Path
) -> None:
    (raw / "zeta.txt").write_text("Zetamab\n\nZTM-101 treats gout.\n", encoding="utf-8")
    warehouse, many = tmp_path / "w.duckdb", tmp_path / "many.duckdb"
    for done in (run(raw, warehouse, vocabulary=own), run(raw, many, vocabulary=own, workers=2, batch_size=1)):
        assert done.is_completed(), done
        assert done.result().new == ("adalimumab", "anakinra", "tofacitinib", "zeta")
    assert rows_of(many) == rows_of(warehouse)
    concepts = dict(query(warehouse, "select text, concept_id from mentions where entity_type = 'drug'"))
    assert concepts["ZTM-101"] == concepts["Adalimumab"] == "USER:zetamab"
    assert concepts["Anakinra"] == "DRUGBANK:DB00026"
    above = query(warehouse, "select parent_name from concept_parents where concept_id = 'USER:zetamab'")
    assert ("monoclonal antibodies",) in above


def test_what_is_chosen_is_part_of_the_version(own: Path) -> None:
    first = extractor_version(ExtractorOptions(vocabulary=own))
    own.write_text(OWN + "drug\tbiologic\tEtamab\t\t\n", encoding="utf-8")
    versions = {first, extractor_version(ExtractorOptions(vocabulary=own)), extractor_version()}
    versions.add(extractor_version(ExtractorOptions(linker="umls")))
    assert len(versions) == 4


def test_every_faulty_line_of_own_names_is_said_and_nothing_is_done(prefect_url: str, raw: Path, own: Path) -> None:
    own.write_text(OWN + "drug\tprotein\tX\t\t\n\n\tx\n", encoding="utf-8")
    with pytest.raises(WrongArgument) as refused:
        extractor_options(own, None, None)
    assert "own.tsv:3: 'drug' with subtype 'protein'" in str(refused.value)
    assert "own.tsv:5: has more or fewer fields than the header" in str(refused.value)
    warehouse = own.with_name("w.duckdb")
    state = run(raw, warehouse, vocabulary=own)
    assert state.is_failed()
    assert "own.tsv:3" in (state.message or "")
    assert not warehouse.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("linker", "said"), [("snomed", "expected one of umls, mesh"), ("mesh", "needs scispaCy's data")]
)
def test_a_linker_that_cannot_be_used_is_refused(
    linker: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scispacy import file_cache

    monkeypatch.setattr(file_cache, "DATASET_CACHE", str(tmp_path))
    with pytest.raises(typer.TyperException, match=said):
        extractor_options(None, linker, None)


@pytest.fixture
def model(tmp_path: Path) -> str:
    nlp = spacy.blank("en")
    nlp.meta["name"] = "own_chemicals"
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CHEMICAL", "pattern": "velumorib"}])
    nlp.to_disk(tmp_path / "own_chemicals")
    return str(tmp_path / "own_chemicals")


@pytest.mark.model
def test_a_users_model_makes_rows_that_say_so(prefect_url: str, raw: Path, tmp_path: Path, model: str) -> None:
    (raw / "velo.txt").write_text("Velumor\n\nPatients took velumorib for gout.\n", encoding="utf-8")
    warehouse = tmp_path / "w.duckdb"
    state = run(raw, warehouse, models=[model])
    assert state.is_completed(), state
    found = query(warehouse, "select entity_type, detector from mentions where text = 'velumorib'")
    assert found == [("drug", "en_own_chemicals 0.0.0")]
    assert ("vocabulary",) in query(warehouse, "select detector from mentions where text = 'gout'")


def test_a_model_is_part_of_the_version(model: str) -> None:
    assert extractor_version(ExtractorOptions(models=(model,))) != extractor_version()


def test_a_model_that_is_not_installed_is_refused_with_what_to_do() -> None:
    with pytest.raises(WrongArgument, match=r"'en_ner_bc5cdr_md' is not installed.*pip install"):
        extractor_options(None, None, ["en_ner_bc5cdr_md"])
