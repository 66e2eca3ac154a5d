"""The tokenizer: scispaCy's, which here also splits compounds whose parts are mentions (anti-TNF, JAK1/JAK2)."""

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
"""Name by which the tokenizer is registered with spaCy."""

_BEHIND_WORD = r"(?<=\w\w)" + "".join(rf"(?<!\b{prefix})" for prefix in sorted(_PARTICIPLE_PREFIXES))
"""A participle after a hyphen is a token of its own ("seizure-inducing"), but not behind a prefix ("self-limiting")."""

_HANGING_HYPHEN = r"(?:(?<=[a-z]{5}[a-np-z])|(?<=[A-Z][A-Z0-9])|(?<=[α-ω]))[-‐‑–]$"
"""The hyphen of a list is a token of its own ("cisplatin- and ifosfamide-induced"), that of "immuno-" is not."""


_CITATION_MARK = r"(?:(?<=[a-z]{4}\.)|(?<=\d[A-Z]\.)|(?<=[A-Z]{4}\.))\d{1,2}(?:[,–-]\d{1,2})*$"
"""Numbers of references behind a full stop are tokens of their own ("B cells.1", "IL-17A.12", unlike "BA.2")."""


_GENOTYPE = r"\([+−–-](?:/[+−–-])?\)$|(?<=\w\w)[-−–+]/[-−–+]$"
"""The genotype of a mouse or the sign of a marker is a token of its own ("VIP(-/-)", "STAT3-/-", "CD25(+)")."""


class BoundedTokenizer:
    """A spaCy tokenizer that makes one token of a run of hundreds of characters without a blank.

    Such a run is no prose, and splitting signs off it takes time quadratic in its length.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled_tokenizer, (self._tokenizer,)

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text; `Doc.text` is the text, character by character."""
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
        """Write nothing: the rules are code, and a pipeline's config names them."""

    def from_disk(self, path: Path, **_: object) -> BoundedTokenizer:
        """Return itself."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing, as `to_disk` writes nothing."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> BoundedTokenizer:
        """Return itself."""
        return self


def _unpickled_tokenizer(tokenizer: Tokenizer) -> BoundedTokenizer:
    """Return the tokenizer with what spaCy 3.8 loses in pickling: floret vectors refer to the vocabulary's strings."""
    tokenizer.vocab.vectors = tokenizer.vocab.vectors
    return BoundedTokenizer(tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    """Return scispaCy's tokenizer, splitting also compounds whose parts are mentions (anti-TNF, JAK1/JAK2)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible set", category=FutureWarning)  # a regex of spaCy's
        tokenizer = combined_rule_tokenizer(nlp)
        scispacy_suffixes = tokenizer.suffix_search.__self__.pattern
        tokenizer.suffix_search = re.compile(
            rf"{_GENOTYPE}|{scispacy_suffixes}|{_HANGING_HYPHEN}|{_CITATION_MARK}"
        ).search
    second_parts = "|".join(sorted(_SECOND_PARTS, key=len, reverse=True))
    # "(MTX)-induced" and "(TNF)-alpha" define MTX and TNF
    after = rf"[-‐‑–](?:{second_parts}|alpha|beta|gamma|[α-ω])\b"
    split = [
        rf"[-‐‑–](?=(?:{second_parts})\b)",
        rf"{_BEHIND_WORD}[-‐‑–](?=[a-z]{{2,}}(?:ed|ing)\b)",
        rf"\)(?={after})",
        r"(?<=\b[Aa]nti)[-‐‑–](?=\w)",
        r"(?<=\w\w)/(?=\w)",
        r"(?<=[A-Za-z][-‐‑–][\dα-ω])/(?=[A-Z])",
        r"(?<=[A-Za-z0-9])[-‐‑–](?=(?:inhibitor|antagonist|agonist|blocker)s?\b)",
        r"(?<=[A-Za-z0-9])[-‐‑–](?=(?:KO|KD|KI)s?\b)",
        r"(?<=\w)\([+-]\)(?=\w)",
        r"(?<=\bp)[-‐‑–](?=[A-Z][A-Za-z]+\d*)",
        r"(?:(?<=\bphospho)|(?<=\bphosphorylated))[-‐‑–](?=[A-Z])",
        r"(?<=\w\w)[-‐‑–](?=(?:Cre|knockout|knockdown|null|transgenic|resistance)\b)",
        r"(?<=[A-Z0-9]{2}\d)[-‐‑–](?=[A-Z]{3,}\d)",
        r"(?<=[A-Z]\d)[-‐‑–](?=(?:[Dd]elta|Δ)[ -]?\d)",
    ]
    scispacy_infixes = [tokenizer.infix_finditer.__self__.pattern]
    tokenizer.infix_finditer = compile_infix_regex(scispacy_infixes + split).finditer
    scispacy_prefixes = tokenizer.prefix_search.__self__.pattern
    tokenizer.prefix_search = re.compile(rf"{scispacy_prefixes}|^\((?=\w{{2,9}}\){after})").search
    return tokenizer


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], BoundedTokenizer]:
    """Return the function that makes the tokenizer of a pipeline."""
    return lambda nlp: BoundedTokenizer(_tokenizer(spacy.blank("en", vocab=nlp.vocab)))
