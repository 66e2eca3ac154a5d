"""The config of the training, made small, learns names and trees over the one encoder."""

import gzip
import json
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from extractors.development.training.__main__ import CONFIGS
from extractors.development.training.assemble import assemble

pytestmark = pytest.mark.slow

DRUGS = ("abrocept", "belmotinib", "cadrimab", "dorelukast")
SMALL: dict[str, Any] = {
    "initialize.vectors": None,
    "components.tok2vec.model.encode.width": 32,
    "components.tok2vec.model.embed.table_width": 32,
    "components.tok2vec.model.embed.rows": [200, 100, 100, 100, 50, 20, 20],
    "components.tok2vec.model.embed.include_static_vectors": False,
    "components.parser.min_action_freq": 1,
    "corpora.train.repeats": {},
    "training.max_epochs": 60,
    "training.eval_frequency": 120,
    "training.dropout": 0.0,
    "training.optimizer.learn_rate.warmup_steps": 1,
    "training.optimizer.learn_rate.total_steps": 10000,
    "training.optimizer.learn_rate.initial_rate": 0.01,
    "training.optimizer.use_averages": False,
}


def record(drug: str, *, is_tree: bool) -> dict[str, Any]:
    words = [drug, "inhibits", "cells", ".", "It", "acts", "."]
    tags = ["NN", "VBZ", "NNS", ".", "PRP", "VBZ", "."]
    heads = [1, 1, 1, 1, 5, 5, 5]
    labels = ["nsubj", "ROOT", "dobj", "punct", "nsubj", "ROOT", "punct"]
    return {
        "words": words,
        "spaces": [True, True, False, True, True, False, False],
        "sentences": [0, 4],
        "dictionary": [["", ""]] * 7,
        "labels": {} if is_tree else {"main": ["CHEMICAL", "DISEASE", "GENE", "ORGANISM"]},
        "spans": {} if is_tree else {"main": [[0, 1, "CHEMICAL"]]},
        "tree": list(zip(tags, heads, labels, strict=True)) if is_tree else [],
    }


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Language:
    folder = tmp_path_factory.mktemp("training")
    for split in ("train", "held"):
        for name, is_tree in (("names", False), ("trees", True)):
            with gzip.open(folder / f"{name}.{split}.jsonl.gz", "wt") as file:
                for drug in DRUGS:
                    file.write(json.dumps(record(drug, is_tree=is_tree)) + "\n")
    config = load_config(CONFIGS / "components.cfg", overrides={"paths.documents": str(folder), **SMALL})
    (folder / "components").mkdir()
    train(init_nlp(config), folder / "components")
    assemble(folder / "components" / "model-last", None, folder / "model")
    return spacy.load(folder / "model")


def test_names_are_learned(model: Language) -> None:
    assert [(name.text, name.label_) for name in model("cadrimab inhibits cells.").ents] == [("cadrimab", "CHEMICAL")]


def test_trees_and_sentences_are_learned_over_the_same_encoder(model: Language) -> None:
    doc = model("cadrimab inhibits cells. It acts.")
    assert [token.dep_ for token in doc][:4] == ["nsubj", "ROOT", "dobj", "punct"]
    assert [sentence.text for sentence in doc.sents] == ["cadrimab inhibits cells.", "It acts."]


def test_a_line_ends_a_sentence_whatever_the_parser_says(model: Language) -> None:
    assert next(model("cadrimab\ninhibits cells.").sents).text.strip() == "cadrimab"
