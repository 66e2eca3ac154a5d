from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, Span

from extractors.entities.external_models import ModelReader, label_types, load_model, model_label
from extractors.options import OptionError

pytestmark = pytest.mark.slow

SCISPACY_LABELS = {
    "en_ner_bc5cdr_md": ("CHEMICAL", "DISEASE"),
    "en_ner_jnlpba_md": ("PROTEIN", "CELL_TYPE"),
    "en_ner_craft_md": ("GGP", "CHEBI", "GO", "CL"),
    "en_ner_bionlp13cg_md": ("GENE_OR_GENE_PRODUCT", "SIMPLE_CHEMICAL", "CELL", "CANCER"),
}


def package(folder: Path, name: str, patterns: list[tuple[str, str]], **components: object) -> str:
    """A small pipeline with an entity ruler in place of a trained component: the labels are what matters."""
    nlp = spacy.blank("en")
    nlp.meta["name"] = name
    if patterns:
        ruler: Any = nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": label, "pattern": word} for word, label in patterns])
    for component in components:
        nlp.add_pipe(component)
    nlp.to_disk(folder / name)
    return str(folder / name)


def reader(*names: str, bundled: str = "en_bundled 1") -> ModelReader:
    return ModelReader([load_model(name) for name in names], bundled)


def doc_of(*words: str, ents: Sequence[tuple[int, int, str]] = ()) -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=list(words))
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in ents]
    return doc


@pytest.mark.parametrize("labels", SCISPACY_LABELS.values(), ids=SCISPACY_LABELS)
def test_the_labels_of_scispacys_models_have_a_type(labels: Sequence[str]) -> None:
    assert all(label in label_types() for label in labels)


def test_a_users_model_goes_before_the_bundled_one_for_its_types(tmp_path: Path) -> None:
    own = package(tmp_path, "own_chemicals", [("velutinib", "CHEMICAL")])
    doc = reader(own)(
        doc_of("velutinib", "and", "morbutin", "in", "gravosis", ents=[(2, 3, "CHEMICAL"), (4, 5, "DISEASE")])
    )
    assert [(name.start, name.entity_type, name.model) for name in doc._.recognised] == [
        (0, "drug", "en_own_chemicals 0.0.0"),
        (4, "disease", "en_bundled 1"),
    ]


def test_several_models_are_combined_the_first_goes_before(tmp_path: Path) -> None:
    genes = package(tmp_path, "genes", [("XPQ1", "PROTEIN"), ("gravosis", "PROTEIN")])
    diseases = package(tmp_path, "diseases", [("gravosis", "DISEASE"), ("XPQ1", "DISEASE"), ("morbosis", "DISEASE")])
    doc = reader(genes, diseases)(doc_of("XPQ1", "in", "gravosis", "and", "morbosis"))
    assert [(name.start, name.entity_type) for name in doc._.recognised] == [
        (0, "target"),
        (2, "target"),
        (4, "disease"),
    ]


def test_a_label_without_a_type_is_left_out(tmp_path: Path) -> None:
    own = package(tmp_path, "lines", [("HeLa", "CELL_LINE"), ("aspirin", "CHEMICAL")])
    doc = reader(own)(doc_of("aspirin", "on", "HeLa"))
    assert [name.start for name in doc._.recognised] == [0]


def test_without_a_users_model_the_bundled_one_counts() -> None:
    doc = reader()(doc_of("morbutin", ents=[(0, 1, "CHEMICAL")]))
    assert [(name.entity_type, name.model) for name in doc._.recognised] == [("drug", "en_bundled 1")]


def test_a_model_of_scispacys_that_is_missing_is_told_how_to_install() -> None:
    with pytest.raises(OptionError, match=r"not installed.*pip install.*en_ner_bc5cdr_md-0\.5\.4\.tar\.gz"):
        load_model("en_ner_bc5cdr_md")


def test_another_model_that_is_missing_too() -> None:
    with pytest.raises(OptionError, match=r"no_such_model.*install it with pip, or give the folder"):
        load_model("no_such_model")


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"no folder of a spaCy model: it has no meta\.json"):
        load_model(str(tmp_path))


@pytest.mark.parametrize(("name", "said"), [("numpy", "cannot be loaded"), ("", "expected the name of an installed")])
def test_what_is_no_model_is_refused(name: str, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        load_model(name)


def test_a_model_that_gives_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="has no label that is known here, but none"):
        load_model(package(tmp_path, "empty", []))
    with pytest.raises(OptionError, match="but FOO"):
        load_model(package(tmp_path, "foo", [("x", "FOO")]))


def test_a_model_of_genes_leaves_the_cell_types_of_the_bundled_one(tmp_path: Path) -> None:
    own = package(tmp_path, "own_genes", [("XPQ1", "GGP")])
    doc = reader(own)(doc_of("stellate", "cells", "express", "XPQ1", ents=[(0, 2, "CELL_TYPE"), (3, 4, "GENE")]))
    assert [(name.start, name.model) for name in doc._.recognised] == [
        (0, "en_bundled 1"),
        (3, "en_own_genes 0.0.0"),
    ]


def test_the_name_of_a_model_holds_its_version(tmp_path: Path) -> None:
    assert model_label(load_model(package(tmp_path, "named", [("x", "GENE")]))) == "en_named 0.0.0"
