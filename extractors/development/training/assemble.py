"""Assembles the trained components into one spaCy pipeline, the bundled model."""

from __future__ import annotations

from pathlib import Path

import spacy

from extractors.entities.ner import dictionary_features as dictionary  # noqa: F401  registers the components
from extractors.entities.ner.word_crf import LexicalScores
from extractors.language import sentences as lines  # noqa: F401  registers the components
from extractors.language.abbreviations import make_abbreviation_detector  # noqa: F401  registers the tokenizer and its components

META = {
    "name": "peyer",
    "lang": "en",
    "version": "0.3.0",
    "description": "Tags, parses and recognises names in biomedical English; part of peyer.",
    "license": "CC BY-SA 3.0",
    "requirements": ["peyer"],
}


def assemble(components: Path, lexical: LexicalScores | None, folder: Path) -> None:
    """Write the pipeline of the trained `components`, and of those that need no training, into `folder`.

    `lexical` are the scores of the word CRF, which are added to those of the recogniser. The parser finds the
    sentences, except that the end of a line always ends one.
    """
    nlp = spacy.load(components)
    nlp.get_pipe("recogniser").lexical = lexical  # type: ignore[attr-defined]
    nlp.add_pipe("peyer_lines", first=True)
    nlp.add_pipe("peyer_dictionary", after="peyer_lines")
    nlp.add_pipe("sentence_abbreviation_detector")
    nlp.add_pipe("peyer_abbreviations")
    nlp.add_pipe("peyer_entities")
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # no paths of the machine that trained it
    nlp.meta.update(META)
    nlp.meta["performance"] = {}  # those of training are not scores on test splits; see the card
    nlp.to_disk(folder)
