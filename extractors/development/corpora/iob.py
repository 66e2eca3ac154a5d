"""Reads tokenised corpora: a word, a tab and a tag (B-X, I-X, O) on each line, a blank line after each sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from extractors.development.corpora.annotated import AnnotatedSpan, AnnotatedText, CorpusError
from extractors.development.corpora.files import read_lines

JNLPBA_LABELS: Mapping[str, str] = {"PRGE": "protein", "CLTP": "cell_type", "CLLN": "cell_line"}
"""Label in the copy of JNLPBA that renamed them -> original label."""

_DOCUMENT_START = "-DOCSTART-"


def read_iob(path: Path, labels: Mapping[str, str] | None = None) -> Iterator[AnnotatedText]:
    """Yield the sentences of a file, compressed with gzip or not; `labels` renames some labels.

    These corpora state neither the origin of a sentence nor its original blanks: the text is the words with one blank
    between them. Raises CorpusError, with the line, for an invalid tag and for an I tag that continues nothing.
    """
    names = labels or {}
    words: list[str] = []
    tags: list[str] = []
    has_sentences = False
    for number, line in enumerate([*read_lines(path, "a corpus of words and tags, one a line"), ""], start=1):
        if not line.strip():
            if words and words[0] != _DOCUMENT_START:
                has_sentences = True
                yield _sentence(words, tags, names)
            words, tags = [], []
            continue
        word, tab, tag = line.partition("\t")
        prefix, _, label = tag.partition("-")
        before = tags[-1] if tags else "O"
        is_tag = tag == "O" or (prefix in ("B", "I") and label)
        if not (word and tab and is_tag) or (prefix == "I" and before[2:] != label):
            raise CorpusError(
                f"{path.name}:{number}: {line!r} after the tag {before!r}; expected a word, a tab and O, B-X, "
                "or I-X after B-X or I-X"
            )
        words.append(word)
        tags.append(tag)
    if not has_sentences:
        raise CorpusError(f"{path} has no sentence; expected lines of a word, a tab and a tag")


def _sentence(words: list[str], tags: list[str], labels: Mapping[str, str]) -> AnnotatedText:
    spans: list[AnnotatedSpan] = []
    start = 0
    for word, tag in zip(words, tags, strict=True):
        end = start + len(word)
        label = labels.get(tag[2:], tag[2:])
        if tag.startswith("B-"):
            spans.append(AnnotatedSpan(start, end, label))
        elif tag.startswith("I-"):
            spans[-1] = AnnotatedSpan(spans[-1].start, end, label)
        start = end + 1
    return AnnotatedText("", " ".join(words), tuple(spans), tuple(words))
