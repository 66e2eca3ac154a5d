"""The corpora: which files are trained on, which are scored on, and their licences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.brat import read_brat
from extractors.development.corpora.conllu import ParsedSentence, read_conllu
from extractors.development.corpora.drugprot import read_drugprot
from extractors.development.corpora.events import read_brat_events
from extractors.development.corpora.files import read_lines
from extractors.development.corpora.iob import JNLPBA_LABELS, read_iob
from extractors.development.corpora.knowtator import read_knowtator
from extractors.development.corpora.passages import read_passages
from extractors.development.corpora.phee import read_phee
from extractors.development.corpora.pubtator import read_pubtator
from extractors.development.corpora.related import RelatedText
from extractors.development.corpora.relations import read_drugprot_relations, read_phee_pairs, read_pubtator_relations


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One corpus with one set of annotations.

    `guideline` names the annotation scheme, which determines which mentions are annotated and where they end. Sources
    with the same scheme agree with each other; that a scheme does not annotate something says nothing about the text.
    `splits` holds, for "train", "dev" and "scored", a file or folder in `folder`, which is in the folder of the
    corpora; its path is passed to `read`, and to `read_related` if relations are annotated too. `licence` is that of
    the annotations; only sources that `may_be_shipped` are trained on, because the weights are distributed.
    """

    name: str
    folder: str
    guideline: str
    licence: str
    may_be_shipped: bool
    splits: Mapping[str, str]
    read: Callable[[Path], Iterator[AnnotatedText]]
    read_related: Callable[[Path], Iterator[RelatedText]] | None = None

    def texts(self, corpora: Path, split: str) -> Iterator[AnnotatedText]:
        """Yield the texts of a split, or nothing if the source has no such split.

        Raises CorpusError, with the expected path, if a file is missing.
        """
        if (file := self.splits.get(split)) is not None:
            yield from self.read(corpora / self.folder / file)

    def related_texts(self, corpora: Path, split: str) -> Iterator[RelatedText]:
        """Yield the texts of a split with their relations. Raises like `texts`, and if the source has no relations."""
        if self.read_related is None:
            raise CorpusError(f"{self.name!r} has no relations; expected one of {', '.join(_related())}")
        if (file := self.splits.get(split)) is not None:
            yield from self.read_related(corpora / self.folder / file)


def read_craft(annotations: str, ids: Path) -> Iterator[AnnotatedText]:
    """Yield the articles of CRAFT that the file `ids` (craft/ids/craft-ids-dev.txt) lists, with one set of annotations.

    The name of the set ("CHEBI") is the label of its spans.
    """
    craft = ids.parent.parent
    wanted = [line for line in read_lines(ids, "the PubMed ids of articles of CRAFT") if line]
    archive = craft / "concept-annotation" / f"{annotations}.tar.gz"
    yield from read_knowtator(craft / "articles-txt.tar.gz", archive, annotations.partition("_without")[0], wanted)


_CRAFT_IDS = {"train": "ids/craft-ids-train.txt", "dev": "ids/craft-ids-dev.txt", "scored": "ids/craft-ids-test.txt"}
_CRAFT_SETS = ("CHEBI", "CL", "GO_BP", "PR", "NCBITaxon", "UBERON", "MONDO_without_genotype_annotations")
_STANDOFF = {"train": "train.tar.gz", "dev": "devel.tar.gz", "scored": "test.tar.gz"}

_PUBLIC_DOMAIN = "public domain (US Government work)"
_NCBI = "work of NCBI/NLM (US Government); no licence file came with the copy"
_BC2GM = "CC BY 4.0 (as redistributed by Crichton et al. 2017)"
_GENIA = "GENIA licence, CC BY 3.0"
_SHARE_ALIKE = "CC BY-SA 3.0"

_read_placed = partial(read_pubtator, skip_misplaced=True)
_read_jnlpba = partial(read_iob, labels=JNLPBA_LABELS)


def _source(
    name: str,
    read: Callable[[Path], Iterator[AnnotatedText]],
    licence: str,
    splits: Mapping[str, str],
    *,
    folder: str = "",
    may_be_shipped: bool = True,
    read_related: Callable[[Path], Iterator[RelatedText]] | None = None,
) -> Source:
    return Source(
        name=name,
        folder=folder or name,
        guideline=name,
        licence=licence,
        may_be_shipped=may_be_shipped,
        splits=splits,
        read=read,
        read_related=read_related,
    )


def _craft(annotations: str) -> Source:
    name = f"craft/{annotations.partition('_without')[0]}"
    return _source(name, partial(read_craft, annotations), "CC BY 3.0", _CRAFT_IDS, folder="craft")


def _shared_task(name: str) -> Source:
    folder = f"{name}_standoff"
    return _source(name, read_brat, _SHARE_ALIKE, _STANDOFF, folder=folder, read_related=read_brat_events)


SOURCES: tuple[Source, ...] = (
    _source(
        "bc5cdr",
        read_pubtator,
        _PUBLIC_DOMAIN,
        {
            "train": "CDR_TrainingSet.PubTator.txt.gz",
            "dev": "CDR_DevelopmentSet.PubTator.txt.gz",
            "scored": "CDR_TestSet.PubTator.txt.gz",
        },
        read_related=read_pubtator_relations,
    ),
    _source(
        "ncbi_disease",
        read_pubtator,
        _PUBLIC_DOMAIN,
        {
            "train": "NCBItrainset_corpus.txt.gz",
            "dev": "NCBIdevelopset_corpus.txt",
            "scored": "NCBItestset_corpus.txt",
        },
    ),
    _source(
        "biored",
        read_pubtator,
        _NCBI,
        {"train": "Train.PubTator.gz", "scored": "Dev.PubTator"},
        read_related=read_pubtator_relations,
    ),
    _source("nlm_gene", _read_placed, _NCBI, {"train": "NLMgene_Train.PubTator.gz", "dev": "NLMgene_Test.PubTator"}),
    _source("gnormplus", _read_placed, _NCBI, {"train": "GNormPlus_Train.PubTator", "dev": "GNormPlus_Test.PubTator"}),
    _source("nlm_chem", read_pubtator, "CC0", {"train": "NLMchem_Test.PubTator.gz"}, folder="nlm_chem_test"),
    _source(
        "drugprot",
        read_drugprot,
        "CC BY 4.0",
        {"train": "training", "scored": "development"},
        read_related=read_drugprot_relations,
    ),
    _source(
        "bc2gm",
        read_iob,
        _BC2GM,
        {"train": "train.tsv.gz", "dev": "devel.tsv", "scored": "test.tsv.gz"},
        folder="bc2gm_iob",
    ),
    _source(
        "jnlpba",
        _read_jnlpba,
        _GENIA,
        {"train": "renamed-tags/train.tsv.gz", "dev": "renamed-tags/valid.tsv", "scored": "original-tags/test.tsv"},
        folder="jnlpba_iob",
    ),
    _source("anatem", read_brat, _SHARE_ALIKE, _STANDOFF, folder="anatem_standoff"),
    *map(_shared_task, ("bionlp13cg", "bionlp13pc")),
    *map(_craft, _CRAFT_SETS),
    _source(
        "phee",
        read_phee,
        "MIT",
        {"train": "train.json.gz", "dev": "dev.json", "scored": "test.json"},
        folder="phee/phee2",
        read_related=read_phee_pairs,
    ),
    _source("gold", read_passages, "not stated", {"scored": "sentences.tsv"}, folder="../gold", may_be_shipped=False),
)
"""Left out because no licence is stated: chemprot, ade_corpus_v2 (phee annotates its sentences again), ebm_comet ..."""


def source(name: str) -> Source:
    """Return the source called `name`. Raises CorpusError if there is none."""
    for found in SOURCES:
        if found.name == name:
            return found
    raise CorpusError(f"no source {name!r}; there are {', '.join(found.name for found in SOURCES)}")


def scored_texts(corpora: Path, name: str) -> Iterator[AnnotatedText]:
    """Yield the texts of the source `name` that are only scored on."""
    yield from source(name).texts(corpora, "scored")


def related_texts(corpora: Path, name: str, split: str) -> Iterator[RelatedText]:
    """Yield the texts of a split of the source `name`, with the relations annotated in them.

    The splits are "train", "dev" and "scored". The "scored" split of bionlp13cg and bionlp13pc has no events, so
    nothing is yielded for it; their "dev" is scored instead. Raises CorpusError for a source without relations.
    """
    yield from source(name).related_texts(corpora, split)


def _related() -> list[str]:
    return [found.name for found in SOURCES if found.read_related is not None]


def craft_trees(corpora: Path, split: str) -> Iterator[ParsedSentence]:
    """Yield the parsed sentences of the articles of CRAFT in a split: "train", "dev" or "scored"."""
    ids = read_lines(corpora / "craft" / _CRAFT_IDS[split], "the PubMed ids of articles of CRAFT")
    wanted = {f"PMID:{line}" for line in ids if line}
    for sentence in read_conllu(corpora / "craft" / "structural-annotation" / "dependency-conllu.tar.gz"):
        if sentence.document_id in wanted:
            yield sentence
