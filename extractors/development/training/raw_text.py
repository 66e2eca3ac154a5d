"""Writes the text that word vectors are trained on, without any text that is scored on."""

from __future__ import annotations

from pathlib import Path

from extractors.development.training.overlaps import training_texts
from extractors.pipeline import base_pipeline

_SHORTEST = 3


def write_raw_text(corpora: Path, file: Path) -> int:
    """Write one paragraph on each line, as lower-case tokens separated by blanks; return the number of paragraphs.

    A paragraph that several corpora annotate is written once.
    """
    tokenizer = base_pipeline().tokenizer
    seen: set[str] = set()
    with file.open("w", encoding="utf-8") as out:
        for _, _, text in training_texts(corpora):
            for paragraph in text.text.split("\n"):
                tokens = [token.lower_ for token in tokenizer(paragraph) if not token.is_space]
                line = " ".join(tokens)
                if len(tokens) >= _SHORTEST and line not in seen:
                    seen.add(line)
                    out.write(f"{line}\n")
    return len(seen)
