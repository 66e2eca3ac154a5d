"""The spaCy pipeline: which components run, in which order, over which model and vocabulary."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from pathlib import Path

import spacy
from spacy.language import Language

from extractors.entities import mentions  # noqa: F401  registers the component
from extractors.entities.external_models import BUNDLED, load_model, model_label, parsing_model
from extractors.entities.ner import dictionary_features, features, heads, recogniser  # noqa: F401  register the parts
from extractors.entities.ner.entities import ENTITIES
from extractors.language import abbreviations, sentences  # noqa: F401  register the components
from extractors.language.tokenizer import TOKENIZER
from extractors.linking.vocabulary.lookup import Vocabulary
from extractors.linking.vocabulary.supplement import USER_PREFIX, read_supplement
from extractors.options import DEFAULTS, ExtractorOptions
from extractors.relations import document_level, extractor  # noqa: F401  register the components

logger = logging.getLogger(__name__)


def require_usable(options: ExtractorOptions) -> None:
    """Raise OptionError if the user's vocabulary is malformed, or the linker is unknown or lacks its data.

    Names of the vocabulary that are left out are logged as warnings.
    """
    if options.vocabulary is not None:
        Vocabulary(added=read_supplement(options.vocabulary, prefix=USER_PREFIX, report=logger.warning))
    if options.linker is not None:
        from extractors.linking.scispacy_linker import data_files  # loads nmslib and scikit-learn

        data_files(options.linker)
    for name in options.models:
        load_model(name)


@cache
def base_pipeline() -> Language:
    """Return a pipeline with tokens, sentences and abbreviations only, built once in each process."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.add_pipe("paragraph_sentencizer")
    nlp.add_pipe("sentence_abbreviation_detector")
    return nlp


def load_pipeline(options: ExtractorOptions = DEFAULTS) -> Language:
    """Return the pipeline that extraction shares within a process, built once for each choice of options.

    It is built again if the user's vocabulary file has changed since. Do not modify it: to add or disable components,
    get a separate pipeline from `build_pipeline`. Raises like `build_pipeline`.
    """
    try:
        names = options.vocabulary.read_bytes() if options.vocabulary is not None else b""
    except OSError:
        names = b""  # building it raises OptionError with the reason
    return _shared_pipeline(options, names)


@lru_cache(maxsize=4)
def _shared_pipeline(options: ExtractorOptions, names: bytes) -> Language:
    return build_pipeline(options)


def build_pipeline(options: ExtractorOptions = DEFAULTS) -> Language:
    """Build the pipeline: the bundled model, then mentions and relations.

    If a model of the user gives tags and trees, the bundled tagger and parser are left out.

    Raises FileNotFoundError if the vocabulary is not compiled, and OptionError if that of the user is malformed or a
    model is not installed.
    """
    nlp = finding_pipeline(BUNDLED, options)
    nlp.add_pipe("relation_rules")
    nlp.add_pipe("article_relations")
    return nlp


def finding_pipeline(model: Path, options: ExtractorOptions = DEFAULTS) -> Language:
    """Build the pipeline up to the mentions, over a model like the bundled one. Raises like `build_pipeline`."""
    replaced = ["tagger", "parser"] if parsing_model(options.models) is not None else []
    nlp = spacy.load(model, exclude=["peyer_lines", *replaced])
    nlp.add_pipe("paragraph_sentencizer", first=True)  # the parser is for prose, not for headings, lists and tables
    nlp.get_pipe("recogniser").read_heads = list(dict.fromkeys(head for head, _, _ in ENTITIES))  # type: ignore[attr-defined]
    nlp.add_pipe("model_reader", config={"models": list(options.models), "bundled": model_label(nlp)})
    nlp.add_pipe("mention_finder", config={"added": str(options.vocabulary) if options.vocabulary else None})
    return nlp
