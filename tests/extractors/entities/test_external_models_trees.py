"""Whose tags and trees are read: the user's model's where its labels are those that the rules know."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extractors.entities.external_models import load_model, parses, parsing_model
from extractors.options import ExtractorOptions, OptionError
from extractors.pipeline import load_pipeline
from flows.versions import versions

pytestmark = pytest.mark.model

TAGS = ["NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBZ"]
SPACY = ["nsubj", "nsubjpass", "dobj", "prep", "pobj", "agent", "relcl", "ROOT"]
SCISPACY = ["nsubj", "nsubjpass", "dobj", "prep", "pobj", "acl:relcl", "nmod", "case", "ROOT"]
UNIVERSAL = ["nsubj", "nsubj:pass", "obj", "obl", "case", "acl:relcl", "ROOT"]
TEXT = "Gravotinib inhibits TNF"
HEADS, TREE = [1, 1, 1], ["agent", "ROOT", "agent"]
"""A tree that no other parser would make, so that it is known whose it is."""


def package(
    folder: Path, name: str, tree_labels: Sequence[str], *, tags: Sequence[str] = TAGS, components: Sequence[str] = ()
) -> str:
    nlp = spacy.blank("en")
    nlp.meta["name"] = name
    tagger: Any = nlp.add_pipe("tagger")
    parser: Any = nlp.add_pipe("parser")
    for label in tags:
        tagger.add_label(label)
    for label in tree_labels:
        parser.add_label(label)
    for component in components:
        nlp.add_pipe(component)
    deps = [label if label in tree_labels else "nsubj" for label in TREE]
    annotation = {"heads": HEADS, "deps": deps, "tags": [tags[0], tags[-1], tags[0]]}
    examples = [Example.from_dict(nlp.make_doc(TEXT), annotation)] * 4
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(15):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder / name)
    return str(folder / name)


@pytest.fixture(scope="module")
def spacys(tmp_path_factory: pytest.TempPathFactory) -> str:
    return package(tmp_path_factory.mktemp("spacys"), "general", SPACY)


def tree(doc: Doc) -> list[tuple[str, str]]:
    return [(token.dep_, token.head.text) for token in doc]


def test_a_model_with_spacys_labels_gives_tags_and_trees_and_the_bundled_one_the_names(spacys: str) -> None:
    nlp = load_pipeline(ExtractorOptions(models=(spacys,)))
    assert not {"tagger", "parser"} & set(nlp.pipe_names)
    doc = nlp(TEXT)
    assert tree(doc) == [("agent", "inhibits"), ("ROOT", "inhibits"), ("agent", "inhibits")]
    assert doc[1].tag_ == "VBZ"
    assert doc._.recognised == load_pipeline()(TEXT)._.recognised != []


def test_its_sentences_are_ours(spacys: str) -> None:
    nlp = load_pipeline(ExtractorOptions(models=(spacys,)))
    text = "Gravotinib inhibits TNF.\nIt is given at 5 mg.\n\nGravotinib was approved in 2020."
    ours = load_pipeline()(text)
    assert [sentence.text for sentence in nlp(text).sents] == [sentence.text for sentence in ours.sents]


@pytest.mark.parametrize("labels", [SCISPACY, UNIVERSAL], ids=["scispacy", "universal"])
def test_a_model_with_other_labels_is_complemented_by_the_bundled_one(labels: Sequence[str], tmp_path: Path) -> None:
    other = package(tmp_path, "other", labels, components=["entity_ruler"])
    with pytest.raises(OptionError, match="has no label that is known here"):
        load_model(other)  # nor has it names
    nlp = spacy.load(other)
    ruler: Any = nlp.get_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CHEMICAL", "pattern": "Gravotinib"}])
    nlp.to_disk(tmp_path / "named")
    chosen = ExtractorOptions(models=(str(tmp_path / "named"),))
    assert tree(load_pipeline(chosen)(TEXT)) == tree(load_pipeline()(TEXT))


def test_other_tags_or_merged_tokens_are_not_taken(tmp_path: Path) -> None:
    assert not parses(load_model_of(tmp_path, tags=["NOUN", "VERB"]))
    assert not parses(load_model_of(tmp_path, components=["merge_noun_chunks"]))


def load_model_of(folder: Path, **options: Any) -> Language:
    return spacy.load(package(folder, "some", SPACY, **options))


def test_the_first_of_several_models_that_parses_is_taken(spacys: str, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CHEMICAL", "pattern": "Gravotinib"}])
    nlp.to_disk(tmp_path / "names")
    names = str(tmp_path / "names")
    assert parsing_model((names, spacys)) == spacys
    assert parsing_model((names,)) is None
    stated = versions(ExtractorOptions(models=(names, spacys))).model_version
    assert stated == f"{names}, {spacys}; tags and trees: {spacys}"
    assert versions(ExtractorOptions(models=(names,))).model_version.endswith("; tags and trees: en_peyer 0.3.0")
