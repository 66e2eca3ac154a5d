"""scispaCy's tokenizer, extended to split compounds whose parts are mentions (anti-TNF, JAK1/JAK2)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, registry

from extractors.language.lexicon import word_list

_SECOND_PARTS = word_list("language", "compound_second_parts")
_PARTICIPLE_PREFIXES = word_list("language", "participle_prefixes")

_LONG_RUN = re.compile(r"\S{300,}")

TOKENIZER = "peyer.Tokenizer.v1"
"""The name under which the tokenizer is registered."""

_BEHIND_WORD = r"(?<=\w\w)" + "".join(rf"(?<!\b{prefix})" for prefix in sorted(_PARTICIPLE_PREFIXES))
"""Splits a participle after a hyphen ("seizure-inducing"), but not after a prefix ("self-limiting")."""

_HANGING_HYPHEN = r"(?:(?<=[a-z]{5}[a-np-z])|(?<=[A-Z][A-Z0-9])|(?<=[α-ω]))[-‐‑–]$"
"""Splits the suspended hyphen of a list ("cisplatin- and ifosfamide-induced"), but not that of "immuno-"."""


class BoundedTokenizer:
    """A spaCy tokenizer that keeps a run of hundreds of characters without a blank as one token.

    Splitting punctuation off such a run, which is not prose, would take time quadratic in its length.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled_tokenizer, (self._tokenizer,)

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text, with exactly the same text."""
        parts, end = [], 0
        for run in _LONG_RUN.finditer(text):
            if end < run.start():
                parts.append(self._tokenizer(text[end : run.start()]))
            parts.append(Doc(self._tokenizer.vocab, words=[run.group()], spaces=[False]))
            end = run.end()
        if not parts:
            whole: Doc = self._tokenizer(text)
            return whole
        if end < len(text):
            parts.append(self._tokenizer(text[end:]))
        joined: Doc = Doc.from_docs(parts, ensure_whitespace=False)
        return joined

    def to_disk(self, path: Path, **_: object) -> None:
        """Write nothing: the rules are code, and the config of a pipeline refers to them."""

    def from_disk(self, path: Path, **_: object) -> BoundedTokenizer:
        """Return itself."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Return no bytes, as `to_disk` writes nothing."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> BoundedTokenizer:
        """Return itself."""
        return self


def _unpickled_tokenizer(tokenizer: Tokenizer) -> BoundedTokenizer:
    """Return the tokenizer, after restoring what spaCy 3.8 loses in pickling: the string store of floret vectors."""
    tokenizer.vocab.vectors = tokenizer.vocab.vectors
    return BoundedTokenizer(tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    """Return scispaCy's tokenizer, extended to split compounds whose parts are mentions (anti-TNF, JAK1/JAK2)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible set", category=FutureWarning)  # a regex of spaCy's
        tokenizer = combined_rule_tokenizer(nlp)
        scispacy_suffixes = tokenizer.suffix_search.__self__.pattern
        tokenizer.suffix_search = re.compile(rf"{scispacy_suffixes}|{_HANGING_HYPHEN}").search
    second_parts = "|".join(sorted(_SECOND_PARTS, key=len, reverse=True))
    # "(MTX)-induced" and "(TNF)-alpha" define MTX and TNF
    after = rf"[-‐‑–](?:{second_parts}|alpha|beta|gamma|[α-ω])\b"
    split = [
        rf"[-‐‑–](?=(?:{second_parts})\b)",
        rf"{_BEHIND_WORD}[-‐‑–](?=[a-z]{{2,}}(?:ed|ing)\b)",
        rf"\)(?={after})",
        r"(?<=\b[Aa]nti)[-‐‑–](?=\w)",
        r"(?<=\w\w)/(?=\w)",
    ]
    scispacy_infixes = [tokenizer.infix_finditer.__self__.pattern]
    tokenizer.infix_finditer = compile_infix_regex(scispacy_infixes + split).finditer
    scispacy_prefixes = tokenizer.prefix_search.__self__.pattern
    tokenizer.prefix_search = re.compile(rf"{scispacy_prefixes}|^\((?=\w{{2,9}}\){after})").search
    return tokenizer


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], BoundedTokenizer]:
    """Return the function that creates the tokenizer of a pipeline."""
    return lambda nlp: BoundedTokenizer(_tokenizer(spacy.blank("en", vocab=nlp.vocab)))
