"""The names that language models find, the bundled one or those that a user has installed, in our entity types.

A user's models read the text in our tokens and sentences. The bundled model adds what they lack: names of the types
that none of their labels stands for, and tags and parses where no model gives them in the labels that the relation
rules know. Those are the labels of spaCy's English models; scispaCy's models have others ("acl:relcl").
"""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import spacy
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractors.annotations import Recognised
from extractors.data import data_file, model_file
from extractors.entities.overlaps import without_overlaps
from extractors.options import OptionError

BUNDLED = model_file("peyer_en")
LABELS = data_file("entities/model_labels.tsv")
_RELEASES = "https://s3-us-west-2.amazonaws.com/ai2-s2-scispacy/releases/v0.5.4"
_SCISPACY = ("en_core_sci_", "en_ner_")
_NAMES = ("ner", "entity_ruler", "span_ruler", "beam_ner")
_TREE_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "prep", "pobj", "agent", "relcl"})
_TAGS = frozenset({"NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBZ"})
"""Labels by which a tagger and a parser with spaCy's English labels are recognised: those that most rules ask for."""


@cache
def label_types() -> Mapping[str, tuple[str, str]]:
    """Return the label of a model, in capitals -> our entity type and subtype."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return {row["label"]: (row["entity_type"], row["subtype"]) for row in csv.DictReader(lines, delimiter="\t")}


def model_label(nlp: Language) -> str:
    """Return name and version of a model, as rows name it."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


@cache
def load_model(name: str) -> Language:
    """Return an installed model, or the one in a folder. Raises OptionError, with what to do, where there is none."""
    if not name.strip():
        raise OptionError("'' is no model; expected the name of an installed spaCy model, or a folder with one")
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, message=r"\[W095\]")  # made by another version
            warnings.filterwarnings("ignore", category=FutureWarning)  # a regex of spaCy's
            nlp = spacy.load(name)
    except Exception as error:  # a package of any kind can have that name, and fail in its own way
        if "[E050]" in str(error):
            raise OptionError(f"model {name!r} is not installed and no folder; {_how_to_install(name)}") from error
        if Path(name).is_dir() and not (Path(name) / "meta.json").is_file():
            raise OptionError(f"{name} is no folder of a spaCy model: it has no meta.json") from error
        said = " ".join(str(error).split())
        raise OptionError(f"model {name!r} cannot be loaded: {type(error).__name__}: {said}") from error
    if not any(label.upper() in label_types() for label in _labels(nlp)) and not parses(nlp):
        has = ", ".join(sorted(_labels(nlp))) or "none"
        raise OptionError(
            f"model {name!r} has no label that is known here, but {has}; known are those in {LABELS.name}"
        )
    return nlp


def parsing_model(names: Sequence[str]) -> str | None:
    """Return the first of the models named whose tags and trees are taken; None where the bundled model's are.

    Raises OptionError as `load_model` does.
    """
    return next((name for name in names if parses(load_model(name))), None)


def parses(nlp: Language) -> bool:
    """Whether a model has a tagger and a parser with the labels of spaCy's English models, and keeps our tokens."""
    metas = {name: nlp.get_pipe_meta(name) for name in nlp.pipe_names}
    tags, trees = (
        {label for name, meta in metas.items() if meta.factory == factory for label in nlp.pipe_labels.get(name, ())}
        for factory in ("tagger", "parser")
    )
    return tags >= _TAGS and trees >= _TREE_LABELS and not any(meta.retokenizes for meta in metas.values())


def _how_to_install(name: str) -> str:
    if name.startswith(_SCISPACY):
        return f"install it with: pip install --no-deps {_RELEASES}/{name}-0.5.4.tar.gz"
    return "install it with pip, or give the folder that `spacy.load` reads"


def _labels(nlp: Language) -> set[str]:
    """Return the labels of the components that set `doc.ents`."""
    naming = [
        name for name in nlp.pipe_names if name.startswith(_NAMES) or "doc.ents" in nlp.get_pipe_meta(name).assigns
    ]
    return {label for name in naming for label in getattr(nlp.get_pipe(name), "labels", ())}


class ModelReader:
    """Sets `doc._.recognised`: names in reading order, without overlaps; those of the first model have priority.

    `models` are the user's, in the order given. `doc.ents` holds what the bundled model has found, which counts for the
    types and subtypes that the user's models do not give. The first model that `parses` also gives tags and parses.
    """

    def __init__(self, models: Sequence[Language], bundled: str) -> None:
        self._models = models
        self._parser = next((nlp for nlp in models if parses(nlp)), None)
        self._bundled = bundled
        types = label_types()
        self._covered = {types[label.upper()] for nlp in models for label in _labels(nlp) if label.upper() in types}

    def __call__(self, doc: Doc) -> Doc:
        doc._.recognised = sorted(without_overlaps(self._names(doc)))
        return doc

    def _names(self, doc: Doc) -> Iterator[Recognised]:
        for nlp in self._models:
            read = _read_by(nlp, doc)
            if nlp is self._parser:
                _take_trees(doc, read)
            for name in _typed(read, model_label(nlp)):
                found = read[name.start : name.end]  # the model may have merged tokens
                if (span := doc.char_span(found.start_char, found.end_char)) is not None:
                    yield name._replace(start=span.start, end=span.end)
        for name in _typed(doc, self._bundled):
            if (name.entity_type, name.subtype) not in self._covered:
                yield name


def _typed(doc: Doc, model: str) -> Iterator[Recognised]:
    for span in doc.ents:
        if found := label_types().get(span.label_.upper()):
            yield Recognised(span.start, span.end, *found, model)


def _take_trees(doc: Doc, read: Doc) -> None:
    """Write the tags and trees of a copy of a text into the text."""
    for label in {label for token in read for label in (token.tag_, token.dep_)}:
        doc.vocab.strings.add(label)
    doc.from_array([TAG, HEAD, DEP], read.to_array([TAG, HEAD, DEP]))  # type: ignore[arg-type]  # wrongly typed in spaCy


def _read_by(nlp: Language, doc: Doc) -> Doc:
    """Return a copy of the text's tokens and sentences that `nlp` has read; its own vocabulary has its vectors."""
    copy = Doc(
        nlp.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )
    return nlp(copy)


@Language.factory(
    "model_reader",
    default_config={"models": [], "bundled": ""},
    requires=["doc.ents"],
    assigns=["doc._.recognised", "token.tag", "token.dep", "token.head"],
)
def make_model_reader(nlp: Language, name: str, models: list[str], bundled: str) -> ModelReader:
    """Make the component over the models named."""
    return ModelReader([load_model(each) for each in models], bundled)
