"""Words per second of the bundled model, one core, beside a pipeline in scispaCy's manner on the same texts in one run.

Usage: OPENBLAS_NUM_THREADS=1 python benchmarks/model_speed.py [CORPORA] [--texts N] [--rounds N]
The peer has scispaCy's components as its configs give them (Neumann et al., 2019): its tokenizer, tagger and parser
over one encoder, names over another, attribute ruler and lemmatizer. scispaCy's own weights cannot be shipped; those
here are random, and cost the same: one transition for each token, the same layers of the same sizes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extractors.development.corpora.pubtator import read_pubtator
from extractors.entities.external_models import BUNDLED

ROOT = Path(__file__).parent.parent
LABELS = tuple("nsubj dobj prep pobj amod compound det punct conj cc advmod aux nsubjpass".split())


def peer() -> Language:
    """Return the pipeline in scispaCy's manner, with random weights."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False}
    sizes = {"hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
    nlp.add_pipe("parser", config={"model": {**parser, **sizes, "tok2vec": listener}})
    nlp.add_pipe("ner")
    nlp.add_pipe("attribute_ruler")
    words = ["Drugs", "inhibit", "the", "large", "kinase", "of", "cells", "."] * 4
    heads = [1, 1, 4, 4, 1, 4, 5, 1]
    reference = Doc(
        nlp.vocab,
        words=words,
        tags=["NNS", "VBP", "DT", "JJ", "NN", "IN", "NNS", "."] * 4,
        heads=[8 * turn + head for turn in range(4) for head in heads],
        deps=["nsubj", "ROOT", *(label for label in LABELS[2:8])] * 4,
        ents=["B-CHEMICAL", "O", "O", "O", "B-DISEASE", "O", "O", "O"] * 4,
    )
    tree_parser: Any = nlp.get_pipe("parser")
    for label in LABELS:
        tree_parser.add_label(label)
    nlp.initialize(lambda: [Example(nlp.make_doc(reference.text), reference)])
    return nlp


def words_per_second(nlp: Language, texts: list[str]) -> float:
    """Read the texts once."""
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=50))
    return words / (time.perf_counter() - start)


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    file = given.corpora / "bc5cdr" / "CDR_DevelopmentSet.PubTator.txt.gz"
    if not file.is_file():
        print(f"skipped: no {file}; name the folder that holds bc5cdr/")
        return 0
    warnings.filterwarnings("ignore")
    texts = [document.text for document in islice(read_pubtator(file), given.texts)]
    pipelines = {"bundled model": spacy.load(BUNDLED), "scispaCy's manner": peer()}
    for nlp in pipelines.values():
        words_per_second(nlp, texts[:20])
    speeds: dict[str, list[float]] = {name: [] for name in pipelines}
    for _ in range(given.rounds):
        for name, nlp in pipelines.items():
            speeds[name].append(words_per_second(nlp, texts))
    ratios = [ours / theirs for ours, theirs in zip(*speeds.values(), strict=True)]
    print("| pipeline | words per second, median | lowest | highest |\n| --- | ---: | ---: | ---: |")
    for name, found in speeds.items():
        print(f"| {name} | {statistics.median(found):,.0f} | {min(found):,.0f} | {max(found):,.0f} |")
    print(f"\nratio, median of {given.rounds} rounds: {statistics.median(ratios):.2f} ({min(ratios):.2f}", end="")
    print(f" to {max(ratios):.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
