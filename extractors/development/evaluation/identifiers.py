"""Identifiers of names found in raw text: of genes, of brand names and codes of drugs, and how many have one at all."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText
from extractors.development.evaluation.grounding import human_genes
from extractors.development.evaluation.measure import Figures, Lost, Measure, share
from extractors.development.evaluation.reading import Read, ReadMention, ReadText
from extractors.development.evaluation.spans import (
    SAMPLE,
    Place,
    documents,
    failed,
    meets,
    read_documents,
    shown,
)
from extractors.development.readings.texts import some_abstracts
from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.lookup import bundled_vocabulary
from extractors.records import ENTITY_SUBTYPES

UNII_NAMES = ("vocab/unii/unii_brand_code_official.tsv.gz", "vocab/unii/unii_common_names.tsv.gz")
UNII_AMBIGUOUS = "vocab/unii/ambiguous_with_words_or_genes.tsv"
"""Files beside the corpora: which names of substances are brands or codes, and which of these mean other things too."""

_CHEMICALS = frozenset({"Chemical", "ChemicalEntity", "CHEMICAL"})
_WITH_CHEMICALS = (("bc5cdr", "train"), ("bc5cdr", "dev"), ("biored", "train"), ("drugprot", "train"))
"""Sources and splits in which brand names and codes are looked for; none that is scored on."""

_CODE = re.compile(r"[A-Z][A-Za-z]{0,5}[- ]?\d{3,7}[A-Za-z]{0,3}")
_NO_LETTER = re.compile(r"[\W_]")
_BRAND, _CODED, _PLAIN = "bn", "cd", frozenset({"of", "cn"})


def best_mention(place: Place, text: ReadText, types: tuple[str, ...]) -> ReadMention | None:
    """Return the mention of one of the types that shares most with a place, None if none meets it.

    The share is that of the characters of both. Of equals the one with an identifier is taken.
    """

    def shared(mention: ReadMention) -> tuple[float, bool]:
        both = min(place[1], mention.end) - max(place[0], mention.start)
        return both / (max(place[1], mention.end) - min(place[0], mention.start)), bool(mention.curies)

    over = [m for m in text.mentions if m.record.entity_type in types and meets(place, (m.start, m.end))]
    return max(over, key=shared, default=None)


def _curies(span: AnnotatedSpan, prefix: str) -> frozenset[str]:
    return frozenset(each if ":" in each else f"{prefix}{each}" for each in span.identifiers)


def _found_in_place(place: Place, text: ReadText) -> str:
    over = [each for each in text.mentions if meets(place, (each.start, each.end))]
    return f"meets {over[0].kind} alone" if over else "not found"


def score_genes(corpora: Path, read: Read, sample: bool) -> Measure:
    """Score NCBI Gene identifiers on the human genes of NLM-Gene's test split, or on a sample of its training split."""
    chosen = documents(corpora, "nlm_gene", "train" if sample else "dev", SAMPLE if sample else 0)
    is_human = human_genes(corpora)
    texts = read_documents(chosen, read)
    genes = grounded = right = 0
    lost = []
    for name, document in chosen.items():
        for span in document.spans:
            gold = {curie for curie in _curies(span, "NCBIGene:") if is_human(curie)}
            if span.label != "Gene" or not gold:
                continue
            genes += 1
            place = (span.start, span.end)
            best = best_mention(place, texts[name], ("target", "drug"))
            has_one = best is not None and bool(best.curies)
            is_right = best is not None and not gold.isdisjoint(best.curies)
            grounded += has_one
            right += is_right
            if not is_right:
                lost.append(
                    Lost(_gene_lost(best, place, texts[name]), _identified(document, texts[name], place, gold, best))
                )
    rows = {
        "human genes": {
            "genes": genes,
            "grounded": grounded,
            "right": right,
            "right of gold": share(right, genes),
            "right of grounded": share(right, grounded),
        }
    }
    called = f"NLM-Gene {'training, a sample' if sample else 'test'}"
    return Measure("genes", f"{called}, raw text to NCBI Gene, {failed(texts.values())}", rows, lost)


def _gene_lost(best: ReadMention | None, place: Place, text: ReadText) -> str:
    if best is None:
        return _found_in_place(place, text)
    if not best.curies:
        return f"not grounded: {best.record.grounding_method}"
    if any(curie.startswith("NCBIGene:") for curie in best.curies):
        return "another gene"
    return f"no gene: {str(best.record.concept_id).partition(':')[0]}"


def _identified(document: AnnotatedText, text: ReadText, place: Place, gold: set[str], best: ReadMention | None) -> str:
    found = "-" if best is None else f"{best.record.concept_id} {best.name}"
    return f"{shown(document.document_id, text, place)} | {'|'.join(sorted(gold))} | {found}"


class DrugNames(NamedTuple):
    """Which names of substances are brands or codes and nothing else: name without marks -> the official names."""

    brands: Mapping[str, frozenset[str]]
    codes: Mapping[str, frozenset[str]]

    def kind(self, written: str) -> str | None:
        """Return "brand names" or "development codes", None for any other name.

        A brand begins with a capital and is not one of capitals alone; a code is one by its form or by UNII.
        """
        name = _key(written)
        if name in self.brands and written[0].isupper() and not written.isupper() and len(name) > 2:
            return "brand names"
        is_code = _CODE.fullmatch(written) or (name in self.codes and any(map(str.isdigit, written)))
        return "development codes" if is_code else None

    def official(self, written: str) -> frozenset[str]:
        """Return the official names of the substances that are sold or developed under a name."""
        name = _key(written)
        return self.brands.get(name, frozenset()) | self.codes.get(name, frozenset())


def _key(name: str) -> str:
    return _NO_LETTER.sub("", name.casefold())


def read_drug_names(shared: Path) -> DrugNames:
    """Read UNII's names from the folder that holds `vocab`. A name that means something else too is left out."""
    kinds: dict[str, set[str]] = defaultdict(set)
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in UNII_NAMES:
        with gzip.open(shared / file, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                name = _key(row["name"])
                kinds[name].add(row["type"])
                meant[row["type"], name].add(row["display_name"])
    with (shared / UNII_AMBIGUOUS).open(encoding="utf-8", newline="") as lines:
        other = {_key(row["name"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}

    def of(kind: str) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(official)
            for (each, name), official in meant.items()
            if each == kind and name not in other and kinds[name].isdisjoint(_PLAIN)
        }

    return DrugNames(of(_BRAND), of(_CODED))


@dataclass(slots=True)
class _DrugCounts:
    mentions: int = 0
    known: int = 0
    typed_drug: int = 0
    with_mesh: int = 0
    right_by_mesh: int = 0
    with_unii: int = 0
    right_by_unii: int = 0
    with_either: int = 0
    right: int = 0
    names: set[str] = field(default_factory=set)

    def figures(self) -> Figures:
        return {
            "mentions": self.mentions,
            "names": len(self.names),
            "known as written": share(self.known, self.mentions),
            "typed drug": share(self.typed_drug, self.mentions),
            "with MeSH": self.with_mesh,
            "right by MeSH": share(self.right_by_mesh, self.with_mesh),
            "in UNII": self.with_unii,
            "right by UNII": share(self.right_by_unii, self.with_unii),
            "with either": self.with_either,
            "right": share(self.right, self.with_either),
        }


def score_drug_names(corpora: Path, read: Read, sample: bool) -> Measure:
    """Score brand names and development codes among the chemicals that training and development splits annotate.

    A name is known if the vocabulary has it as it is written. It is the right drug by MeSH if the concept has the
    identifier that the corpus gives, and by UNII if it is that of the official name of a substance sold or developed
    under that name; official names that the vocabulary lacks count as missed. With `sample` every fourth document is
    read.
    """
    names = read_drug_names(corpora.resolve().parent)
    chosen: dict[str, AnnotatedText] = {}
    for source_name, split in _WITH_CHEMICALS:
        found = documents(corpora, source_name, split).items()
        chosen |= {name: document for name, document in found if any(_drug_names(document, names))}
    if sample:
        chosen = dict(list(chosen.items())[::4])
    texts = read_documents(chosen, read)
    grounder = Grounder(bundled_vocabulary())
    counts = {kind: _DrugCounts() for kind in ("brand names", "development codes")}
    lost: list[Lost] = []
    for name, document in chosen.items():
        for span, kind in _drug_names(document, names):
            lost += _count_drug(counts[kind], kind, span, document, texts[name], grounder, names)
    about = (
        f"chemicals of BC5CDR, BioRED and DrugProt that are brands or codes by UNII or form, {failed(texts.values())}"
    )
    return Measure("drug-names", about, {kind: each.figures() for kind, each in counts.items()}, lost)


def _drug_names(document: AnnotatedText, names: DrugNames) -> Iterator[tuple[AnnotatedSpan, str]]:
    for span in document.spans:
        if span.label in _CHEMICALS and (kind := names.kind(document.covered(span))) is not None:
            yield span, kind


def _count_drug(
    counts: _DrugCounts,
    kind: str,
    span: AnnotatedSpan,
    document: AnnotatedText,
    text: ReadText,
    grounder: Grounder,
    names: DrugNames,
) -> Iterator[Lost]:
    written, place = document.covered(span), (span.start, span.end)
    best = best_mention(place, text, ("drug",))
    curies = frozenset[str]() if best is None else best.curies
    mesh = _curies(span, "MESH:")
    substances = names.official(written)
    official = _meant(substances, grounder)
    counts.mentions += 1
    counts.names.add(_key(written))
    counts.known += grounder.as_written(written, ("drug",)).concept_no >= 0
    counts.typed_drug += best is not None
    counts.with_mesh += bool(mesh)
    counts.right_by_mesh += not mesh.isdisjoint(curies)
    counts.with_unii += bool(substances)
    counts.right_by_unii += not official.isdisjoint(curies)
    counts.with_either += bool(mesh | substances)
    counts.right += not (mesh | official).isdisjoint(curies)
    if best is None:
        yield Lost(f"{kind}: {_found_in_place(place, text)}", shown(document.document_id, text, place))
    elif not curies:
        yield Lost(
            f"{kind}: not grounded, {best.record.grounding_method}",
            f"{shown(document.document_id, text, place)} | {'|'.join(sorted(mesh | official)) or '-'}",
        )
    elif (mesh or substances) and (mesh | official).isdisjoint(curies):
        yield Lost(f"{kind}: another drug", _identified(document, text, place, {*mesh, *official}, best))


def _meant(official: frozenset[str], grounder: Grounder) -> frozenset[str]:
    """Return the identifiers of the concepts that official names of substances have in the vocabulary."""
    found = {grounder.ground(each.capitalize(), ("drug",)).concept_no for each in official} - {-1}
    return frozenset(grounder.vocabulary.concept_id(number) for number in found)


def score_shares(corpora: Path, read: Read, sample: bool) -> Measure:
    """Return the shares of our mentions, and of our names without repetition, that have an identifier, by type."""
    abstracts = some_abstracts(corpora, sample)
    texts = read({abstract.document_id: abstract.text for abstract in abstracts})
    rows: dict[str, Figures] = {}
    lost = []
    for entity_type in (*ENTITY_SUBTYPES, "all"):
        mentions = [
            each for text in texts.values() for each in text.mentions if entity_type in ("all", each.record.entity_type)
        ]
        named: dict[str, bool] = defaultdict(bool)
        for each in mentions:
            named[" ".join(each.record.text.casefold().split())] |= bool(each.curies)
            if entity_type != "all" and not each.curies:
                lost.append(Lost(f"{each.kind}: {each.record.grounding_method}", each.record.text))
        grounded = sum(bool(each.curies) for each in mentions)
        rows[entity_type] = {
            "mentions": len(mentions),
            "with identifier": share(grounded, len(mentions)),
            "names": len(named),
            "names with identifier": share(sum(named.values()), len(named)),
        }
    about = f"our mentions in {len(abstracts)} abstracts of {'abstracts_train' if sample else 'abstracts_dev'}"
    return Measure("identifiers", about, rows, lost)
