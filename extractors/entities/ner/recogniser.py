"""The spaCy component that recognises names, by several annotation schemes at once.

Corpora disagree on what a name is: a gene mention of BC2GM is longer than one of JNLPBA. Every annotation scheme
therefore has a head of its own, a set of labels and a CRF over them, above one encoder that all heads share. A training
Doc holds the names of a head in `doc.spans[head]`; the span group's attribute "labels" lists which labels were
annotated. The others are left open (see `crf.py`), so that corpora with different labels train the same head. A span
without a label marks tokens of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example, validate_examples
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer, set_dropout_rate
from thinc.types import Floats1d

from extractors.entities.ner import crf
from extractors.entities.ner.word_crf import LexicalScores

ANNOTATED = "labels"
_BATCH_CELLS = 1 << 22
_LEXICAL = "lexical.npz"


class Recogniser(TrainablePipe):  # type: ignore[misc]  # spaCy's is untyped
    """Sets `doc.spans[head]` for every head: spans that do not overlap within the head."""

    def __init__(self, vocab: Vocab, model: Model[Any, Any], name: str, *, heads: dict[str, list[str]]) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.heads = heads
        self.cfg: dict[str, Any] = {}
        self.lexical: LexicalScores | None = None
        """Scores of some heads by the words alone; `predict` adds them to the network's, training does not."""

        self.read_heads: Collection[str] | None = None
        """The heads that `predict` decodes; all where it is None."""
        self._columns: dict[str, slice] = {}
        self._cells: dict[str, slice] = {}
        column = cell = 0
        for head, labels in heads.items():
            tags = crf.tag_count(len(labels))
            self._columns[head] = slice(column, column + tags)
            self._cells[head] = slice(cell, cell + tags * tags)
            column, cell = column + tags, cell + tags * tags
        if model.has_dim("nO") is None:
            model.set_dim("nO", column)
        model.attrs["transition_count"] = cell

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label, written head:label."""
        return tuple(f"{head}:{label}" for head, labels in self.heads.items() for label in labels)

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None) -> None:
        """Give the network its sizes by a few examples, and its first weights."""
        docs = [example.predicted for example, _ in zip(get_examples(), range(10), strict=False)]
        self.model.initialize(X=docs)

    def predict(self, docs: Iterable[Doc]) -> list[dict[str, list[tuple[int, int, str]]]]:
        """Return for each Doc and head the names as (start, end, label) in tokens."""
        docs = list(docs)
        found: list[dict[str, list[tuple[int, int, str]]]] = [{head: [] for head in self.heads} for _ in docs]
        if not any(len(doc) for doc in docs):
            return found
        scores = self.model.predict([doc for doc in docs if len(doc)])
        per_doc = iter(scores)
        pieces = []
        for number, doc in enumerate(docs):
            if len(doc):
                rows = self._with_lexical(doc, next(per_doc))
                pieces += [(number, start, rows[start:end]) for start, end in sentences_of(doc)]
        pieces.sort(key=lambda piece: len(piece[2]))
        transitions = self._transitions()
        for batch in _batched(pieces, self.model.get_dim("nO")):
            lengths = np.asarray([len(rows) for _, _, rows in batch], dtype=np.int64)
            padded = np.zeros((len(batch), int(lengths[-1]), batch[0][2].shape[1]), dtype=np.float32)
            for place, (_, _, rows) in enumerate(batch):
                padded[place, : len(rows)] = rows
            for tags, heads in self._by_size().items():
                paths = crf.best_paths(
                    np.stack([padded[:, :, self._columns[head]] for head in heads]),
                    lengths,
                    np.stack([self._with_steps(head, transitions[self._cells[head]], tags) for head in heads]),
                )
                for head, of_head in zip(heads, paths, strict=True):
                    for place, start, end, label in names_of(of_head):
                        number, offset, _ = batch[place]
                        found[number][head].append((offset + start, offset + end, self.heads[head][label]))
        return found

    def _with_lexical(self, doc: Doc, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's scores (tokens, tags of all heads) with those of the words added."""
        heads = [head for head in self._read_heads() if self.lexical is not None and head in self.lexical.heads]
        if self.lexical is None or not heads:
            return rows
        rows = np.array(rows)
        words = [token.text for token in doc]
        known = doc._.dictionary or [("", "")] * len(doc)
        scores = self.lexical.scores(words, known, sentences_of(doc))
        for head in heads:
            rows[:, self._columns[head]] += scores[:, self.lexical.heads[head].columns]
        return rows

    def _read_heads(self) -> Collection[str]:
        return self.heads if self.read_heads is None else self.read_heads

    def _by_size(self) -> dict[int, list[str]]:
        """Return number of tags -> the heads to decode that have so many; these are decoded together."""
        sizes: dict[int, list[str]] = {}
        for head in self._read_heads():
            sizes.setdefault(crf.tag_count(len(self.heads[head])), []).append(head)
        return sizes

    def _with_steps(self, head: str, cells: NDArray[np.float32], tags: int) -> NDArray[np.float32]:
        steps = cells.reshape(tags, tags)
        own = None if self.lexical is None else self.lexical.heads.get(head)
        return steps if own is None else steps + own.transitions

    def _transitions(self) -> NDArray[np.float32]:
        return np.asarray(self.model.get_param("transitions"))

    def set_annotations(self, docs: Iterable[Doc], scores: list[dict[str, list[tuple[int, int, str]]]]) -> None:
        """Write what `predict` returned into `doc.spans`."""
        for doc, by_head in zip(docs, scores, strict=True):
            for head, names in by_head.items():
                trimmed = [_without_blanks(Span(doc, start, end, label=label)) for start, end, label in sorted(names)]
                spans = [span for span in trimmed if len(span)]
                doc.spans[head] = SpanGroup(doc, name=head, spans=spans, attrs={ANNOTATED: self.heads[head]})

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch; the loss is the mean negative log-likelihood per sentence and head."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "Recogniser.update")
        set_dropout_rate(self.model, drop)
        scores, backward = self.model.begin_update([example.predicted for example in examples])
        derivative = [np.zeros_like(rows) for rows in scores]
        loss, learned = self._gradients([example.reference for example in examples], scores, derivative)
        backward(derivative)  # also where nothing is learned: the last of those that share an encoder makes it learn
        losses[self.name] += loss / max(learned, 1)
        if sgd is not None:
            self.finish_update(sgd)
        return losses

    def _gradients(
        self, references: Sequence[Doc], scores: Sequence[Any], derivative: Sequence[Any]
    ) -> tuple[float, int]:
        """Add the derivatives of all heads; return the loss and the number of sentences learned from."""
        loss, learned = 0.0, 0
        transitions = self._transitions()
        moved = np.zeros_like(transitions)
        pieces = [list(sentences_of(reference)) for reference in references]
        for head, labels in self.heads.items():
            tags = crf.tag_count(len(labels))
            cells, columns = self._cells[head], self._columns[head]
            chosen, masks = [], []
            for number, reference in enumerate(references):
                if head in reference.spans:
                    allowed = allowed_tags(reference.spans[head], len(reference), labels)
                    chosen += [(number, start, end) for start, end in pieces[number]]
                    masks += [allowed[start:end] for start, end in pieces[number]]
            if not chosen:
                continue
            lengths = np.asarray([end - start for _, start, end in chosen], dtype=np.int64)
            time = int(lengths.max())
            padded = np.zeros((len(chosen), time, tags), dtype=np.float32)
            allowed = np.ones((len(chosen), time, tags), dtype=bool)
            for place, (number, start, end) in enumerate(chosen):
                padded[place, : end - start] = scores[number][start:end, columns]
                allowed[place, : end - start] = masks[place]
            result = crf.gradients(padded, lengths, allowed, transitions[cells].reshape(tags, tags))
            for place, (number, start, end) in enumerate(chosen):
                derivative[number][start:end, columns] += result.scores[place, : end - start]
            moved[cells] += result.transitions.ravel()
            loss, learned = loss + result.loss, learned + len(chosen)
        self.model.inc_grad("transitions", cast(Floats1d, moved))
        return loss, learned

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the component into a folder."""
        super().to_disk(path, exclude=exclude)
        file = Path(path) / _LEXICAL
        file.unlink(missing_ok=True)
        if self.lexical is not None:
            self.lexical.to_disk(file)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Recogniser:
        """Read what `to_disk` has written."""
        super().from_disk(path, exclude=exclude)
        file = Path(path) / _LEXICAL
        self.lexical = LexicalScores.from_disk(file) if file.is_file() else None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the component as bytes."""
        lexical = None if self.lexical is None else self.lexical.to_bytes()
        packed: bytes = srsly.msgpack_dumps({"network": super().to_bytes(exclude=exclude), "lexical": lexical})
        return packed

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> Recogniser:
        """Read what `to_bytes` has returned."""
        packed = srsly.msgpack_loads(bytes_data)
        super().from_bytes(packed["network"], exclude=exclude)
        self.lexical = None if packed["lexical"] is None else LexicalScores.from_bytes(packed["lexical"])
        return self

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return F1 of every head, strict spans and labels, over what is annotated, and their mean."""
        counts = {head: [0, 0, 0] for head in self.heads}
        for example in examples:
            for head, count in counts.items():
                if head not in example.reference.spans:
                    continue
                group = example.reference.spans[head]
                annotated = group.attrs[ANNOTATED]
                gold = {(span.start_char, span.end_char, span.label_) for span in group if span.label_}
                found = {
                    (span.start_char, span.end_char, span.label_)
                    for span in example.predicted.spans[head]
                    if span.label_ in annotated
                }
                for place, number in enumerate((len(gold & found), len(found), len(gold))):
                    count[place] += number
        by_head = {f"{head}_f": 2 * right / (found + gold) for head, (right, found, gold) in counts.items() if gold}
        return {**by_head, "heads_f": sum(by_head.values()) / len(by_head) if by_head else None}


def _without_blanks(span: Span) -> Span:
    """Return a name without the blank tokens at its ends."""
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while start < end and span.doc[end - 1].is_space:
        end -= 1
    return Span(span.doc, start, end, label=span.label_)


def sentences_of(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield first token and end of every sentence; of the whole Doc where none are known."""
    if doc.has_annotation("SENT_START"):
        yield from ((sentence.start, sentence.end) for sentence in doc.sents)
    elif len(doc):
        yield 0, len(doc)


def allowed_tags(group: SpanGroup, tokens: int, labels: Sequence[str]) -> NDArray[np.bool_]:
    """Return which tags (tokens, tags) agree with the annotation of a head with `labels`."""
    allowed = np.zeros((tokens, crf.tag_count(len(labels))), dtype=bool)
    allowed[:, 0] = True
    annotated = set(group.attrs[ANNOTATED])
    for number, label in enumerate(labels):
        if label not in annotated:
            allowed[:, crf.tag(number, crf.BEGIN) : crf.tag(number, crf.UNIT) + 1] = True
    for span in group:
        if not span.label_:
            allowed[span.start : span.end] = True
            continue
        number = labels.index(span.label_)
        allowed[span.start : span.end] = False
        if len(span) == 1:
            allowed[span.start, crf.tag(number, crf.UNIT)] = True
        else:
            allowed[span.start, crf.tag(number, crf.BEGIN)] = True
            allowed[span.start + 1 : span.end - 1, crf.tag(number, crf.INSIDE)] = True
            allowed[span.end - 1, crf.tag(number, crf.LAST)] = True
    return allowed


def names_of(paths: NDArray[np.int64]) -> Iterator[tuple[int, int, int, int]]:
    """Yield row, start, end and label number of every name in the tags (rows, tokens)."""
    parts = np.where(paths > 0, (paths - 1) % crf.TAGS_PER_LABEL, -1)
    rows, starts = np.nonzero((parts == crf.BEGIN) | (parts == crf.UNIT))
    for row, start in zip(rows.tolist(), starts.tolist(), strict=True):
        end = start
        while parts[row, end] not in (crf.LAST, crf.UNIT):
            end += 1
        yield row, start, end + 1, int(paths[row, start] - 1) // crf.TAGS_PER_LABEL


def _batched(pieces: Sequence[tuple[int, int, Any]], columns: int) -> Iterator[Sequence[tuple[int, int, Any]]]:
    """Yield runs of pieces, shortest first, whose padded scores fit into _BATCH_CELLS numbers."""
    first = 0
    for place in range(1, len(pieces) + 1):
        if place == len(pieces) or (place + 1 - first) * len(pieces[place][2]) * columns > _BATCH_CELLS:
            yield pieces[first:place]
            first = place


@Language.factory("peyer_recogniser", requires=["doc.sents", "doc._.dictionary"], assigns=["doc.spans"])
def make_recogniser(nlp: Language, name: str, model: Model[Any, Any], heads: dict[str, list[str]]) -> Recogniser:
    """Make the component; `heads` gives the labels of every annotation scheme."""
    return Recogniser(nlp.vocab, model, name, heads=heads)
