"""Puts the trained components together as one spaCy pipeline, the bundled model."""

from __future__ import annotations

from pathlib import Path

import spacy

from extractors.ner import dictionary, entities  # noqa: F401  registers the components
from extractors.pipeline import make_abbreviation_detector  # noqa: F401  registers the tokenizer and its components

META = {
    "name": "peyer",
    "lang": "en",
    "version": "0.1.0",
    "description": "Tags, parses and recognises names in biomedical English; part of peyer.",
    "license": "CC BY-SA 3.0",
    "requirements": ["peyer"],
}


def assemble(syntax: Path, recogniser: Path, folder: Path) -> None:
    """Write the pipeline of the components trained in `syntax` and `recogniser` into `folder`."""
    trees, names = spacy.load(syntax), spacy.load(recogniser)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "peyer.Tokenizer.v1"}}})
    nlp.vocab.vectors = names.vocab.vectors
    nlp.add_pipe("paragraph_sentencizer")
    nlp.add_pipe("sentence_abbreviation_detector")
    for component in ("tok2vec", "tagger", "parser"):
        nlp.add_pipe(component, source=trees)
    nlp.add_pipe("peyer_dictionary")
    nlp.add_pipe("recogniser", source=names)
    nlp.add_pipe("peyer_abbreviations")
    nlp.add_pipe("peyer_entities")
    nlp.meta.update(META)
    nlp.to_disk(folder)
