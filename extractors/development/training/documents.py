"""Turns annotated texts and trees into Docs for training: tokens, dictionary features, spans of each head, parse."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import registry

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText, CorpusError
from extractors.development.training.overlaps import OverlapReport, training_texts
from extractors.development.training.treebank import craft_docs
from extractors.entities.ner.dictionary_features import Dictionary
from extractors.entities.ner.recogniser import ANNOTATED
from extractors.language.sentences import paragraph_sentencizer
from extractors.linking.vocabulary.lookup import bundled_vocabulary
from extractors.pipeline import base_pipeline

UNKNOWN = ""
"""The label of spans that are left open: a head learns neither that they are names nor that they are not."""

HELD = 8
"""How many tenths of a development split are trained on."""

TREES = "craft_trees"
"""The source of tags and trees among the documents."""

_CRAFT = ("GO_BP", "CL", "CHEBI", "PR", "NCBITaxon")
_PROCESSES = (
    "Blood_vessel_development Cell_proliferation Cell_death Cell_differentiation Cell_division Cell_transformation "
    "Carcinogenesis Metastasis Growth Development Death Infection Metabolism Glycolysis Catabolism Synthesis "
    "Remodeling Breakdown Gene_expression Transcription Translation Phosphorylation Ubiquitination Acetylation "
    "Methylation DNA_methylation Degradation Transport Localization Pathway"
).split()
_EVENTS = dict.fromkeys(_PROCESSES, "PROCESS")
_BIONLP = {
    "Gene_or_gene_product": "GENE",
    "Complex": "GENE",
    "Simple_chemical": "CHEMICAL",
    "Amino_acid": "CHEMICAL",
    "Cell": "CELL_TYPE",
    "Cancer": "DISEASE",
    "Organism": "ORGANISM",
}
_GENES = {"Gene": "GENE", "FamilyName": UNKNOWN, "DomainMotif": UNKNOWN}

Batcher = Callable[[Iterable[Example]], Iterable[list[Example]]]

LABELS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "bc5cdr": {"main": {"Chemical": "CHEMICAL", "Disease": "DISEASE"}},
    "biored": {
        "main": {
            "GeneOrGeneProduct": "GENE",
            "DiseaseOrPhenotypicFeature": "DISEASE",
            "ChemicalEntity": "CHEMICAL",
            "OrganismTaxon": "ORGANISM",
        }
    },
    "nlm_gene": {"main": _GENES},
    "gnormplus": {"main": _GENES},
    "drugprot": {"drugprot": {"CHEMICAL": "CHEMICAL", "GENE-Y": "GENE", "GENE-N": "GENE", "GENE": "GENE"}},
    "nlm_chem": {"main": {"Chemical": "CHEMICAL", "OTHER": UNKNOWN}},
    "ncbi_disease": {
        "ncbi_disease": dict.fromkeys(("SpecificDisease", "Modifier", "DiseaseClass", "CompositeMention"), "DISEASE")
    },
    "bc2gm": {"bc2gm": {"GENE": "GENE"}},
    "jnlpba": {
        "jnlpba": {
            "protein": "PROTEIN",
            "cell_type": "CELL_TYPE",
            "DNA": "DNA",
            "RNA": "RNA",
            "cell_line": "CELL_LINE",
        }
    },
    "bionlp13cg": {"bionlp13": _BIONLP, "events": _EVENTS},
    "bionlp13pc": {"bionlp13": {k: v for k, v in _BIONLP.items() if v in ("GENE", "CHEMICAL")}, "events": _EVENTS},
    "phee": {"phee": {"Drug": "DRUG", "Effect": "ADVERSE_EFFECT"}},
    **{f"craft/{name}": {f"craft_{name.lower()}": {name: name}} for name in _CRAFT},
}
"""Source -> head -> label of the corpus -> label of the head."""


def heads() -> dict[str, list[str]]:
    """Return the labels of every head."""
    found: dict[str, list[str]] = {}
    for by_head in LABELS.values():
        for head, labels in by_head.items():
            known = found.setdefault(head, [])
            known += [label for label in dict.fromkeys(labels.values()) if label and label not in known]
    return found


def make_doc(nlp: Language, text: AnnotatedText) -> Doc:
    """Return the Doc of a text with sentences, tokenised as in the corpus if that has tokens, else by the pipeline."""
    if text.words:
        spaces = [True] * (len(text.words) - 1) + [False]
        doc = Doc(nlp.vocab, words=list(text.words), spaces=spaces)
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc
    return paragraph_sentencizer(nlp.tokenizer(text.text))


def write_documents(corpora: Path, folder: Path) -> OverlapReport:
    """Write the training texts into `folder`: <source>.train.jsonl.gz, and <source>.held.jsonl.gz for monitoring.

    The last fifth of the development split of a source is held out and the rest trained on. Of the trees, TREES, the
    whole development split is held out. Returns which texts were removed because they are scored on.
    """
    nlp = base_pipeline()
    dictionary = Dictionary(bundled_vocabulary())
    report = OverlapReport()
    docs: dict[tuple[str, str], dict[str, Doc]] = {}
    for name, split, text in training_texts(corpora, report):
        if name not in LABELS:
            continue
        known = docs.setdefault((name.partition("/")[0], split), {})
        if text.text not in known:  # the annotation sets of CRAFT share their articles
            known[text.text] = dictionary(make_doc(nlp, text))
        annotate(known[text.text], text, LABELS[name])
    with ExitStack() as opened:
        files: dict[str, TextIO] = {}
        for (name, split), by_text in docs.items():
            held_from = len(by_text) if split == "train" else HELD * len(by_text) // 10
            for number, doc in enumerate(by_text.values()):
                file = f"{name}.{'train' if number < held_from else 'held'}.jsonl.gz"
                if file not in files:
                    files[file] = opened.enter_context(gzip.open(folder / file, "wt", encoding="utf-8"))
                _write(doc, files[file])
    for split, kind in (("train", "train"), ("dev", "held")):
        with gzip.open(folder / f"{TREES}.{kind}.jsonl.gz", "wt", encoding="utf-8") as trees:
            for doc in craft_docs(nlp, corpora, split):
                _write(dictionary(doc), trees)
    return report


def _write(doc: Doc, file: TextIO) -> None:
    json.dump(_as_plain(doc), file, ensure_ascii=False)
    file.write("\n")


def annotate(doc: Doc, text: AnnotatedText, labels: Mapping[str, Mapping[str, str]]) -> None:
    """Write the spans of a text into `doc.spans`, for each head those that `labels` names.

    Of overlapping spans the longer is kept. A span that does not align with tokens leaves the tokens it touches open.
    """
    for head, mapping in labels.items():
        chosen = [span for span in text.spans if span.label in mapping]
        doc.spans[head] = SpanGroup(
            doc,
            name=head,
            spans=list(_fitted(doc, chosen, mapping)),
            attrs={ANNOTATED: sorted({label for label in mapping.values() if label})},
        )


def _fitted(doc: Doc, spans: Iterable[AnnotatedSpan], mapping: Mapping[str, str]) -> Iterator[Span]:
    taken = [False] * len(doc)
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        fitted = doc.char_span(span.start, span.end, label=mapping[span.label])
        if fitted is None:
            fitted = doc.char_span(span.start, span.end, label=UNKNOWN, alignment_mode="expand")
        if fitted is not None and not any(taken[fitted.start : fitted.end]):
            taken[fitted.start : fitted.end] = [True] * len(fitted)
            yield fitted


@registry.readers("peyer.Documents.v1")  # type: ignore[untyped-decorator]
def documents_reader(
    folder: Path, split: str, repeats: dict[str, int] | None = None, longest: int = 0
) -> Callable[[Language], Iterator[Example]]:
    """Return the reader of the Docs of a split ("train" or "held") in `folder`, one file for each source.

    `repeats` says how often each source is read in an epoch: once if it is not named, never if it is 0. A Doc of more
    than `longest` tokens is split between sentences; 0 means no limit.
    """
    folder, times = Path(folder), repeats or {}
    ending = f".{split}.jsonl.gz"
    files = sorted(folder.glob(f"*{ending}"))
    if not files:
        raise CorpusError(f"no file *{ending} in {folder}; make them with `make train`")
    unknown = set(times) - {file.name.removesuffix(ending) for file in files}
    if unknown:
        raise CorpusError(f"no documents of {', '.join(sorted(unknown))} in {folder}; `repeats` names them")

    def read(nlp: Language) -> Iterator[Example]:
        for file in files:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                for line in lines:
                    for record in _pieces(json.loads(line), longest):
                        example = Example(_as_doc(nlp, record, annotated=False), _as_doc(nlp, record))
                        for _ in range(times.get(file.name.removesuffix(ending), 1)):
                            yield example

    return read


def _as_plain(doc: Doc) -> dict[str, Any]:
    return {
        "words": [token.text for token in doc],
        "spaces": [bool(token.whitespace_) for token in doc],
        "sentences": [sentence.start for sentence in doc.sents],
        "dictionary": doc._.dictionary,
        "labels": {head: group.attrs[ANNOTATED] for head, group in doc.spans.items()},
        "spans": {head: [(s.start, s.end, s.label_) for s in group] for head, group in doc.spans.items()},
        "tree": [(token.tag_, token.head.i, token.dep_) for token in doc] if doc.has_annotation("DEP") else [],
    }


def _pieces(record: dict[str, Any], longest: int) -> Iterator[dict[str, Any]]:
    """Yield a document in pieces of whole sentences, of at most `longest` tokens unless a single sentence is longer."""
    tokens = len(record["words"])
    if not longest or tokens <= longest:
        yield record
        return
    start = 0
    for sentence, end in itertools.pairwise([*record["sentences"], tokens]):
        if end - start > longest and sentence > start:
            yield _piece(record, start, sentence)
            start = sentence
    yield _piece(record, start, tokens)


def _piece(record: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    return {
        **{name: record[name][start:end] for name in ("words", "spaces", "dictionary")},
        "sentences": [place - start for place in record["sentences"] if start <= place < end],
        "labels": record["labels"],
        "spans": {
            head: [
                (first - start, last - start, label) for first, last, label in spans if start <= first and last <= end
            ]
            for head, spans in record["spans"].items()
        },
        "tree": [(tag, head - start, label) for tag, head, label in record["tree"][start:end]],
    }


def _as_doc(nlp: Language, record: dict[str, Any], *, annotated: bool = True) -> Doc:
    tree: dict[str, list[Any]] = {}
    starts = set(record["sentences"])
    if annotated and record["tree"]:
        tree = dict(zip(("tags", "heads", "deps"), map(list, zip(*record["tree"], strict=True)), strict=True))
    elif annotated or not record["tree"]:  # the parser learns sentence boundaries from the trees
        tree = {"sent_starts": [place in starts for place in range(len(record["words"]))]}
    doc = Doc(nlp.vocab, words=record["words"], spaces=record["spaces"], **tree)  # type: ignore[arg-type]
    doc._.dictionary = [tuple(each) for each in record["dictionary"]]
    if annotated:
        for head, spans in record["spans"].items():
            doc.spans[head] = SpanGroup(
                doc,
                name=head,
                spans=[Span(doc, start, end, label=label) for start, end, label in spans],
                attrs={ANNOTATED: record["labels"][head]},
            )
    return doc


@registry.batchers("peyer.by_annotation.v1")  # type: ignore[untyped-decorator]
def by_annotation(names: Batcher, trees: Batcher) -> Batcher:
    """Return the batcher that puts Docs with trees and Docs with names into separate batches, each by its own batcher.

    A batch of one kind then costs nothing in the layers that only the other kind needs.
    """

    def batches(examples: Iterable[Example]) -> Iterator[list[Example]]:
        kinds: dict[bool, list[Example]] = {False: [], True: []}
        for example in examples:
            kinds[example.reference.has_annotation("DEP")].append(example)
        of_names, of_trees = list(names(kinds[False])), list(trees(kinds[True]))
        order = sorted(
            (place / len(some), kind, place)
            for kind, some in enumerate((of_names, of_trees))
            for place in range(len(some))
        )
        yield from ((of_names, of_trees)[kind][place] for _, kind, place in order)

    return batches
