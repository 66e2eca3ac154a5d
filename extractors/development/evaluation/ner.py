"""Scores the bundled model on the standard splits: names, tags, trees and sentence boundaries, with misses counted.

A name is right if its characters and its type are exactly those of the corpus; F1 is over all names of a split (micro).
Protocols: `raw text` reads the document as it was written, with the tokens and sentences of the pipeline. For tokenised
corpora, `its tokens` reads their sentences with these tokens, like scispaCy's published figures (Neumann et al., 2019),
and `joined` reads the tokens with blanks between them as text. Trees are scored on the tokens and sentences of the
corpus, without punctuation, as usual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from extractors.development.corpora.annotated import AnnotatedText, CorpusError
from extractors.development.corpora.conllu import ParsedSentence
from extractors.development.evaluation.counts import NameScore
from extractors.development.evaluation.end_to_end import score_end_to_end
from extractors.development.training.documents import LABELS, make_doc
from extractors.development.training.sources import craft_trees, scored_texts, source
from extractors.development.training.treebank import tree
from extractors.entities.external_models import BUNDLED, load_model, model_label

BATCH = 64


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the table: a scored source, and the head and labels of the model that are compared with it."""

    name: str
    source: str
    head: str
    labels: tuple[str, ...]
    protocol: str
    published: str


TOKENS = "its tokens"
_JNLPBA = ("PROTEIN", "CELL_TYPE", "DNA", "RNA", "CELL_LINE")

TASKS = (
    Task("BC5CDR test", "bc5cdr", "main", ("CHEMICAL", "DISEASE"), "raw text", "84.28"),
    Task("NCBI disease test", "ncbi_disease", "ncbi_disease", ("DISEASE",), "raw text", "81.65"),
    Task("BC2GM test", "bc2gm", "bc2gm", ("GENE",), TOKENS, "78.30"),
    Task("BC2GM test", "bc2gm", "bc2gm", ("GENE",), "joined", "-"),
    Task("JNLPBA test, protein and cell type", "jnlpba", "jnlpba", ("PROTEIN", "CELL_TYPE"), TOKENS, "-"),
    Task("JNLPBA test, protein and cell type", "jnlpba", "jnlpba", ("PROTEIN", "CELL_TYPE"), "joined", "-"),
    Task("JNLPBA test, five types", "jnlpba", "jnlpba", _JNLPBA, TOKENS, "72.06"),
    Task("JNLPBA test, five types", "jnlpba", "jnlpba", _JNLPBA, "joined", "-"),
    Task("BioRED dev", "biored", "main", ("GENE", "DISEASE", "CHEMICAL"), "raw text", "-"),
    Task("BioRED dev, organisms", "biored", "main", ("ORGANISM",), "raw text", "-"),
    Task("CRAFT test, biological processes", "craft/GO_BP", "craft_go_bp", ("GO_BP",), "raw text", "-"),
    Task("CRAFT test, cell types", "craft/CL", "craft_cl", ("CL",), "raw text", "-"),
    Task("PHEE test, adverse effects", "phee", "phee", ("ADVERSE_EFFECT",), "raw text", "-"),
)


@dataclass(slots=True)
class TaskScore:
    """A task with the counts of its labels."""

    task: Task
    by_label: dict[str, NameScore] = field(default_factory=dict)

    @property
    def total(self) -> NameScore:
        """The counts over all labels (micro)."""
        total = NameScore()
        for score in self.by_label.values():
            total += score
        return total


def score_task(nlp: Language, task: Task, texts: Iterable[AnnotatedText]) -> TaskScore:
    """Run the model over the texts of a task and count."""
    score = TaskScore(task, {label: NameScore() for label in task.labels})
    mapping = LABELS[task.source][task.head]
    read = list(texts)
    given = (make_doc(nlp, text) if task.protocol == TOKENS else text.text for text in read)
    for text, doc in zip(read, nlp.pipe(given, batch_size=BATCH), strict=True):
        gold = {
            (span.start, span.end, mapping[span.label])
            for span in text.spans
            if mapping.get(span.label) in score.by_label
        }
        found = {
            (span.start_char, span.end_char, span.label_)
            for span in doc.spans[task.head]
            if span.label_ in score.by_label
        }
        for counted, attribute in ((gold, "gold"), (found, "found"), (gold & found, "right")):
            for _, _, label in counted:
                setattr(score.by_label[label], attribute, getattr(score.by_label[label], attribute) + 1)
    return score


@dataclass(frozen=True, slots=True)
class SyntaxScore:
    """Scores on CRAFT test: shares of right tags, heads (UAS) and labelled heads (LAS); F1 of sentences in raw text."""

    sentences: int
    tags: float
    uas: float
    las: float
    sentence_f1: float


def score_trees(nlp: Language, sentences: Iterable[ParsedSentence]) -> tuple[int, float, float, float]:
    """Return the number of sentences, and the shares of right tags, heads and labelled heads."""
    golds = [tree(nlp, [sentence]) for sentence in sentences]
    blank = (Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold]) for gold in golds)
    examples = [
        Example(found, gold) for found, gold in zip(nlp.pipe(map(_as_one, blank), batch_size=BATCH), golds, strict=True)
    ]
    deps = parser_score(examples)  # ignores punctuation
    tags = Scorer.score_token_attr(examples, "tag")
    return len(examples), tags["tag_acc"], deps["dep_uas"], deps["dep_las"]


def _as_one(doc: Doc) -> Doc:
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def sentence_f1(nlp: Language, articles: Iterable[AnnotatedText], sentences: Iterable[ParsedSentence]) -> float:
    """Return F1 of the sentences found in the raw text of the articles (start and end right, blanks ignored)."""
    gold: dict[str, set[tuple[int, int]]] = {}
    texts = {article.document_id: article.text for article in articles}
    place = dict.fromkeys(texts, 0)
    for sentence in sentences:
        start = texts[sentence.document_id].find(sentence.text, place[sentence.document_id])
        if start >= 0:
            place[sentence.document_id] = start + len(sentence.text)
            gold.setdefault(sentence.document_id, set()).add((start, start + len(sentence.text)))
    score = NameScore()
    for (document_id, text), doc in zip(texts.items(), nlp.pipe(texts.values(), batch_size=1), strict=True):
        found = {
            stripped for sentence in doc.sents if (stripped := _stripped(text, sentence.start_char, sentence.end_char))
        }
        right = len(found & gold.get(document_id, set()))
        score += NameScore(len(gold.get(document_id, ())), len(found), right)
    return score.f1


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return None
    begin = start + piece.index(body)
    return begin, begin + len(body)


@dataclass(frozen=True, slots=True)
class ModelScore:
    """All figures of a model."""

    model: str
    tasks: list[TaskScore]
    syntax: SyntaxScore | None
    grounded: Mapping[str, NameScore] = field(default_factory=dict)
    """Counts of the identifiers that the whole pipeline finds in the raw text of BC5CDR test, for each kind."""

    def as_dict(self) -> dict[str, Any]:
        """The figures, for JSON."""
        return {
            "model": self.model,
            "names": [
                {
                    "corpus": score.task.name,
                    "protocol": score.task.protocol,
                    "label": label,
                    "gold": one.gold,
                    "found": one.found,
                    "right": one.right,
                    "f1": round(one.f1, 4),
                }
                for score in self.tasks
                for label, one in (("all", score.total), *score.by_label.items())
            ],
            "syntax": None if self.syntax is None else asdict(self.syntax),
            "grounded": {kind: {**asdict(score), "f1": round(score.f1, 4)} for kind, score in self.grounded.items()},
        }


def evaluate_ner(corpora: Path, model: str = str(BUNDLED)) -> ModelScore:
    """Score the model on every task whose corpus is in the folder `corpora`. Raises CorpusError if none is."""
    nlp = load_model(model)
    scores = []
    for task in TASKS:
        if texts := list(_present(corpora, task.source)):
            scores.append(score_task(nlp, task, texts))
    syntax = None
    if (corpora / "craft").is_dir():
        sentences = list(craft_trees(corpora, "scored"))
        count, tags, uas, las = score_trees(nlp, sentences)
        syntax = SyntaxScore(count, tags, uas, las, sentence_f1(nlp, scored_texts(corpora, "craft/GO_BP"), sentences))
    if not scores and syntax is None:
        raise CorpusError(f"{corpora} holds none of {', '.join(sorted({source(t.source).folder for t in TASKS}))}")
    has_bc5cdr = any(score.task.source == "bc5cdr" for score in scores)
    return ModelScore(model_label(nlp), scores, syntax, score_end_to_end(corpora) if has_bc5cdr else {})


def _present(corpora: Path, name: str) -> Iterator[AnnotatedText]:
    if (corpora / source(name).folder).is_dir():
        yield from scored_texts(corpora, name)


def report(score: ModelScore) -> str:
    """Return the figures as tables, next to the published ones of scispaCy."""
    lines = [
        "| corpus | protocol | names | precision | recall | F1 | scispaCy, published |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in score.tasks:
        total = row.total
        lines.append(
            f"| {row.task.name} | {row.task.protocol} | {total.gold} | {100 * total.precision:.2f} "
            f"| {100 * total.recall:.2f} | {100 * total.f1:.2f} | {row.task.published} |"
        )
        if len(row.by_label) > 1:
            lines += [
                f"| - {label.lower()} | | {one.gold} | {100 * one.precision:.2f} | {100 * one.recall:.2f} "
                f"| {100 * one.f1:.2f} | |"
                for label, one in row.by_label.items()
            ]
    syntax = score.syntax
    if syntax is not None:
        lines += [
            "",
            "| CRAFT test | sentences | tags | UAS | LAS | sentence F1, raw text |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            f"| {score.model} | {syntax.sentences} | {100 * syntax.tags:.2f} | {100 * syntax.uas:.2f} "
            f"| {100 * syntax.las:.2f} | {100 * syntax.sentence_f1:.2f} |",
            "| scispaCy en_core_sci_sm, published, on GENIA | | 98.18 | 89.18 | 87.15 | |",
        ]
    if score.grounded:
        lines += [
            "",
            "| BC5CDR test, raw text to MeSH, a document's set | identifiers | precision | recall | F1 |",
            "| --- | ---: | ---: | ---: | ---: |",
        ]
    lines += [
        f"| {kind} | {one.gold} | {100 * one.precision:.2f} | {100 * one.recall:.2f} | {100 * one.f1:.2f} |"
        for kind, one in score.grounded.items()
    ]
    return "\n".join(lines)
