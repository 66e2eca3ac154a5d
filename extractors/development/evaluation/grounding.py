"""Scores grounding on annotated corpora: the identifiers of gold mentions, with misses counted.

A mention is right if the concept found for it has one of the identifiers that the corpus gives it, as in the published
figures (Sung et al., BioSyn, 2020). If the concept has no identifier in the namespace of the corpus, that of the
nearest concept above it is used. Mentions without an identifier in the corpus are not scored, but their number is
reported. Mentions whose identifiers no source has (MeSH supplementary records, "C000...") are scored, and their number
reported.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.pubtator import read_pubtator
from extractors.language.abbreviations import long_forms
from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.lookup import Namespace, Vocabulary
from extractors.pipeline import base_pipeline

_DISEASE_LABELS = frozenset(
    {"Disease", "SpecificDisease", "DiseaseClass", "CompositeMention", "Modifier", "DiseaseOrPhenotypicFeature"}
)
KINDS = {
    "chemical": (frozenset({"Chemical", "ChemicalEntity"}), ("drug", "target", "effect"), "MESH:"),
    "disease": (_DISEASE_LABELS, ("disease", "effect"), "MESH:"),
    "gene": (frozenset({"GeneOrGeneProduct", "Gene"}), ("target", "drug"), "NCBIGene:"),
}
"""Kind of mention -> its labels in the corpora, its possible types here, likeliest first, namespace of its CURIEs."""

SPLITS: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("BC5CDR", "dev"): ("bc5cdr/CDR_DevelopmentSet.PubTator.txt.gz", ("chemical", "disease")),
    ("BC5CDR", "test"): ("bc5cdr/CDR_TestSet.PubTator.txt.gz", ("chemical", "disease")),
    ("NCBI disease", "dev"): ("ncbi_disease/NCBIdevelopset_corpus.txt", ("disease",)),
    ("NCBI disease", "test"): ("ncbi_disease/NCBItestset_corpus.txt", ("disease",)),
    ("BioRED", "dev"): ("biored/Dev.PubTator", ("gene", "chemical", "disease")),
    ("NLM-Gene", "test"): ("nlm_gene/NLMgene_Test.PubTator", ("gene",)),
}
NAMESPACES = {"NCBI disease": ("MESH:", "OMIM:")}
"""Corpus -> prefixes of its identifiers, if there are more than the one of the kind."""

HUMAN_GENES = "vocab/ncbi-gene-human/Homo_sapiens.gene_info.gz"
"""A file beside the corpora that lists the human identifiers of NCBI Gene; others are not scored."""


@dataclass(slots=True)
class GroundingScore:
    """Counts over the mentions of one kind in one split; `wrong` holds (text, gold, found)."""

    corpus: str
    split: str
    kind: str
    mentions: int = 0
    right: int = 0
    right_as_written: int = 0
    ungrounded: int = 0
    supplementary: int = 0
    supplementary_right: int = 0
    without_identifier: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Share of the mentions with a right identifier."""
        return self.right / self.mentions if self.mentions else 0.0

    @property
    def precision(self) -> float:
        """Share of the grounded mentions with a right identifier."""
        grounded = self.mentions - self.ungrounded
        return self.right / grounded if grounded else 0.0

    @property
    def accuracy_as_written(self) -> float:
        """The same if names are looked up only as written: the string-match baseline."""
        return self.right_as_written / self.mentions if self.mentions else 0.0

    @property
    def accuracy_of_headings(self) -> float:
        """Accuracy over the mentions whose identifier in the corpus is not a supplementary record."""
        rest = self.mentions - self.supplementary
        return (self.right - self.supplementary_right) / rest if rest else 0.0

    def as_dict(self) -> dict[str, str | int | float]:
        """The figures, for JSON."""
        return {
            "corpus": self.corpus,
            "split": self.split,
            "kind": self.kind,
            "mentions": self.mentions,
            "accuracy": round(self.accuracy, 4),
            "precision": round(self.precision, 4),
            "accuracy_as_written": round(self.accuracy_as_written, 4),
            "ungrounded": self.ungrounded,
            "accuracy_of_headings": round(self.accuracy_of_headings, 4),
            "supplementary": self.supplementary,
            "supplementary_right": self.supplementary_right,
            "without_identifier": self.without_identifier,
        }


def evaluate_grounding(
    corpora: Path,
    grounder: Grounder | None = None,
    splits: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = SPLITS,
) -> list[GroundingScore]:
    """Score every one of `splits` that is in the folder `corpora`. Raises CorpusError if none is.

    `grounder` defaults to one over the bundled vocabulary.
    """
    grounder = grounder or Grounder(Vocabulary())
    scores: list[GroundingScore] = []
    for (corpus, split), (file, kinds) in splits.items():
        if (corpora / file).is_file():
            documents = list(read_pubtator(corpora / file))
            is_scored = human_genes(corpora) if "gene" in kinds else None
            scores += [score_kind(grounder, documents, corpus, split, kind, is_scored) for kind in kinds]
    if not scores:
        raise CorpusError(f"{corpora} holds none of {', '.join(file for file, _ in splits.values())}")
    return scores


def score_kind(
    grounder: Grounder,
    documents: Iterable[AnnotatedText],
    corpus: str,
    split: str,
    kind: str,
    is_human: Callable[[str], bool] | None = None,
) -> GroundingScore:
    """Ground the gold mentions of one kind, given the abbreviations that each document defines."""
    score = GroundingScore(corpus, split, kind)
    labels, types, prefix = KINDS[kind]
    namespace = NAMESPACES.get(corpus, prefix)
    for document in documents:
        defined = defined_abbreviations(document.text)
        for mention in document.spans:
            if mention.label not in labels:
                continue
            gold = frozenset(i if ":" in i else f"{prefix}{i}" for i in mention.identifiers)
            if prefix == "NCBIGene:" and is_human is not None:
                gold = frozenset(curie for curie in gold if is_human(curie))
            if not gold:
                score.without_identifier += 1
                continue
            score.mentions += 1
            written = document.covered(mention)
            is_supplementary = all(curie.startswith("MESH:C") for curie in gold)
            score.supplementary += is_supplementary
            found = grounder.ground(written, types, long_forms=defined, namespace=namespace)
            curies = _identifiers(grounder.vocabulary, found.concept_no, namespace)
            is_right = not gold.isdisjoint(curies)
            score.right += is_right
            score.supplementary_right += is_right and is_supplementary
            score.ungrounded += found.concept_no < 0
            plain = grounder.as_written(written, types, namespace=namespace)
            score.right_as_written += not gold.isdisjoint(
                _identifiers(grounder.vocabulary, plain.concept_no, namespace)
            )
            if not is_right:
                name = grounder.vocabulary.concept(found.concept_no).name if found.concept_no >= 0 else "-"
                means = f" ({defined[written]})" if written in defined else ""
                score.wrong.append(
                    (written + means, "|".join(sorted(gold)), f"{'|'.join(curies) or '-'} {name} [{found.method}]")
                )
    return score


@lru_cache(maxsize=4096)
def defined_abbreviations(text: str) -> Mapping[str, str]:
    """Return the abbreviations that a text defines, with their long forms."""
    nlp = base_pipeline()
    with nlp.select_pipes(enable=["paragraph_sentencizer", "sentence_abbreviation_detector"]):
        return {short: long.text for short, long in long_forms(nlp(text)).items()}


def _identifiers(vocabulary: Vocabulary, concept_no: int, namespace: Namespace) -> list[str]:
    if concept_no < 0:
        return []
    curies = dict.fromkeys(vocabulary.identifiers(concept_no, namespace))
    for prefix in (namespace,) if isinstance(namespace, str) else namespace:
        if (nearest := vocabulary.nearest_identifier(concept_no, prefix)) is not None:
            curies.setdefault(nearest)
    return list(curies)


def human_genes(corpora: Path) -> Callable[[str], bool]:
    """Return a function that tells whether a CURIE is a human gene of NCBI Gene, by the file beside the corpora."""
    path = corpora.resolve().parent / HUMAN_GENES
    if not path.is_file():
        raise CorpusError(f"no file {path}; it says which genes are human")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        human = {f"NCBIGene:{line.split(chr(9), 2)[1]}" for line in lines if not line.startswith("#")}
    return human.__contains__


def report(scores: Sequence[GroundingScore]) -> str:
    """Return the figures as a table, followed by every mention that was not grounded correctly."""
    lines = [
        "| corpus | split | kind | mentions | accuracy | of grounded | as written | ungrounded | C records "
        "| right without them |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for score in scores:
        lines.append(
            f"| {score.corpus} | {score.split} | {score.kind} | {score.mentions} | {score.accuracy:.3f} "
            f"| {score.precision:.3f} | {score.accuracy_as_written:.3f} | {score.ungrounded} | {score.supplementary} "
            f"| {score.accuracy_of_headings:.3f} |"
        )
    for score in scores:
        for text, gold, found in score.wrong:
            lines.append(f"wrong  {score.corpus} {score.split} {score.kind}  {text} | {gold} | {found}")
    return "\n".join(lines)
