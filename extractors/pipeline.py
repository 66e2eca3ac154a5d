"""The spaCy pipeline: which components run, in which order.

scispaCy gives the tokenizer, the sentence segmentation (pySBD) and the abbreviation detector (Schwartz & Hearst,
2003); the recogniser of the bundled model and the finders of mentions and relations are ours.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from scispacy.abbreviation import AbbreviationDetector, filter_matches, find_abbreviation
from scispacy.custom_sentence_segmenter import pysbd_sentencizer
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, registry

from extractors.options import DEFAULTS, ExtractorOptions
from extractors.phrases import words_of
from extractors.vocabulary.keys import bag, words

_CAPITAL = re.compile(r"[A-Z]\.")
_PLAIN_END = re.compile(r"(?<=[a-z]{3}[a-z)])(?<!approx)(?<!subsp)(?<!resp)(?<!incl)[.?!] (?=[A-Z][a-z]+ [a-z(])")
_DOUBTFUL = re.compile(r"[.?!](?!\d)|(?<!\d)[.]|[\u2026\"\u201c\u201d]|(?:^|\s)\(?[0-9A-Za-z]{1,4}[.)]\s")
"""What may end a sentence within one, or begin an item of a list: a full stop not within a number, quotation marks."""
_LONG_RUN = re.compile(r"\S{300,}")
_MAX_PIECE_TOKENS = 600
_MAX_PIECE_CHARACTERS = 20_000
_LONGEST_LONG_FORM = 8
TOKENIZER = "peyer.Tokenizer.v1"
"""What the tokenizer is registered as."""

_NO_ADVERB = r"(?<=\w\w)" + "".join(
    rf"(?<!\b{word})" for word in "up down over under co self well non re pre mis".split()
)
"""A participle after a hyphen is a token of its own ("seizure-inducing"), not where the word before is part of it."""


_HANGING_HYPHEN = r"(?:(?<=[a-z]{5}[a-np-z])|(?<=[A-Z][A-Z0-9])|(?<=[α-ω]))[-‐‑–]$"
"""The hyphen of a list is a token of its own ("cisplatin- and ifosfamide-induced"), that of "immuno-" is not."""


class Region(NamedTuple):
    """A stretch of `Doc.text` in characters; `is_read` for mentions, `makes_statements` for relations too."""

    start_char: int
    end_char: int
    is_read: bool
    makes_statements: bool


if not Doc.has_extension("regions"):
    Doc.set_extension("regions", default=())
if not Doc.has_extension("definitions"):
    Doc.set_extension("definitions", default=())


def is_read(sentence: Span) -> bool:
    """Whether a sentence lies in a part of the article that mentions are taken from."""
    if not sentence.doc._.regions:
        return True
    return any(r.is_read and r.start_char <= sentence.start_char < r.end_char for r in sentence.doc._.regions)


def makes_statements(sentence: Span) -> bool:
    """Whether a sentence lies in a part of the article that relations are taken from (no title, no heading)."""
    if not sentence.doc._.regions:
        return True
    start, end = sentence.start_char, sentence.end_char  # a label such as "Results:" may stand in front
    return any(r.makes_statements and r.start_char < end and start < r.end_char for r in sentence.doc._.regions)


class BoundedTokenizer:
    """A spaCy tokenizer that takes a run of hundreds of characters without a blank as one token.

    Splitting signs off such a run, which is no prose, takes a time quadratic in its length.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled_tokenizer, (self._tokenizer,)

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text; its own text is the same to the character."""
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
    """Return the tokenizer; what spaCy 3.8 forgets in pickling is set: floret vectors know the vocabulary's strings."""
    tokenizer.vocab.vectors = tokenizer.vocab.vectors
    return BoundedTokenizer(tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    """Return scispaCy's tokenizer, splitting also compounds whose parts are mentions (anti-TNF, JAK1/JAK2)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible set", category=FutureWarning)  # a regex of spaCy's
        tokenizer = combined_rule_tokenizer(nlp)
        scispacy_suffixes = tokenizer.suffix_search.__self__.pattern
        tokenizer.suffix_search = re.compile(rf"{scispacy_suffixes}|{_HANGING_HYPHEN}").search
    affixes = "|".join(sorted(words_of("affixes"), key=len, reverse=True))
    after = rf"[-‐‑–](?:{affixes}|alpha|beta|gamma|[α-ω])\b"  # "(MTX)-induced" and "(TNF)-alpha" define MTX and TNF
    split = [
        rf"[-‐‑–](?=(?:{affixes})\b)",
        rf"{_NO_ADVERB}[-‐‑–](?=[a-z]{{2,}}(?:ed|ing)\b)",
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
    """Return what makes the tokenizer of a pipeline."""
    return lambda nlp: BoundedTokenizer(_tokenizer(spacy.blank("en", vocab=nlp.vocab)))


def paragraph_sentencizer(doc: Doc) -> Doc:
    """Set sentence starts by scispaCy's pySBD component, paragraph by paragraph.

    A paragraph ends at a line end. One by one keeps the time linear in the length of the text.
    """
    first = 0
    starts = set()
    for token in doc:
        if "\n" in token.text:
            starts |= _paragraph_starts(doc, first, token.i)
            first = token.i + 1
    starts |= _paragraph_starts(doc, first, len(doc))
    for token in doc:
        token.is_sent_start = token.i in starts or token.i == 0
    return doc


@Language.factory("paragraph_sentencizer", assigns=["token.is_sent_start", "doc.sents"])
def make_paragraph_sentencizer(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component."""
    return paragraph_sentencizer


def _paragraph_starts(doc: Doc, first: int, end: int) -> set[int]:
    starts = set()
    while first < end:
        cut = _piece_end(doc, first, end)
        piece = doc[first:cut]
        starts.add(first)
        if _is_prose(piece.text):
            for begin, behind, is_plain in _between_plain_ends(piece):
                starts.add(first + begin)
                if not is_plain:
                    starts |= {first + begin + start for start in _starts_by_pysbd(piece[begin:behind])}
        first = cut
    return starts


def _between_plain_ends(piece: Span) -> Iterator[tuple[int, int, bool]]:
    """Yield stretches of tokens that plain sentence ends part, and whether a stretch is plainly one sentence.

    Most sentences end in a word of small letters and a full stop, and have no other full stop. Only over the others is
    there anything to weigh, which pySBD takes long for.
    """
    text = piece.text
    at = {token.idx - piece.start_char: token.i - piece.start for token in piece}
    begin = 0
    for end in [*(found.end() for found in _PLAIN_END.finditer(text)), len(text)]:
        behind = at.get(end, len(piece) if end == len(text) else None)
        if behind is not None and behind > at[begin]:
            stretch = text[begin:end].rstrip()
            yield at[begin], behind, not _DOUBTFUL.search(stretch[:-1]) and stretch[-1:] in ".?!"
            begin = end


def _starts_by_pysbd(stretch: Span) -> set[int]:
    words = [token.text for token in stretch]
    copy = Doc(stretch.doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in stretch])
    return {
        token.i
        for token in pysbd_sentencizer(copy)
        if token.is_sent_start or (token.i > 1 and _follows_a_capital(copy, token.i))
    }


def _piece_end(doc: Doc, first: int, end: int) -> int:
    """Return where to cut a long paragraph, behind a full stop where there is one: pySBD's time is quadratic."""
    limit = min(first + _MAX_PIECE_TOKENS, end)
    if limit == end:
        return end
    stops = (place + 1 for place in range(limit - 1, first + _MAX_PIECE_TOKENS // 2, -1) if doc[place].text in ".!?")
    return next(stops, limit)


def _is_prose(text: str) -> bool:
    """Whether a text is mostly letters; pySBD has nothing to find in rows of signs, and takes minutes over them."""
    sample = text[:_MAX_PIECE_CHARACTERS]
    return len(text) <= _MAX_PIECE_CHARACTERS and sum(c.isalnum() or c == " " for c in sample) > 0.6 * len(sample)


def _follows_a_capital(doc: Doc, place: int) -> bool:
    """Whether a sentence has ended in a capital, which pySBD takes for an initial ("factor B. Avacopan is ...")."""
    token, last, before = doc[place], doc[place - 1], doc[place - 2]
    if not (token.is_title and len(token) > 3 and last.whitespace_):
        return False
    if last.text == ".":
        return before.is_upper and before.is_alpha and len(before) > 1
    return bool(_CAPITAL.fullmatch(last.text)) and before.is_lower


class SentenceAbbreviationDetector(AbbreviationDetector):  # type: ignore[misc]  # scispaCy is untyped
    """scispaCy's abbreviation detector, looking for a definition within one sentence.

    It also reads short forms whose letters stand in another order ("myotonic dystrophy (DM)"), "[ASA]", and brackets
    that say more after the abbreviation, "(MTX; 15 mg)" and "(MTX 15 mg)". It is kept from looking at brackets of more
    than eight tokens, which it throws away itself, after a time quadratic in the number of brackets.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(nlp, name)
        Doc.set_extension("abbreviations", getter=_abbreviations, force=True)
        Span.set_extension("long_form", getter=_long_form, force=True)
        self.matcher = Matcher(nlp.vocab)
        inside = {"ORTH": {"NOT_IN": ["(", ")"]}, "OP": f"{{1,{_LONGEST_LONG_FORM}}}"}
        short = {"TEXT": {"REGEX": r"^(?=\S*[A-Z])[A-Za-z0-9][A-Za-z0-9-]+$"}}
        self.matcher.add(
            "parenthesis",
            [
                [{"ORTH": "("}, inside, {"ORTH": ")"}],
                [{"ORTH": "["}, short, {"ORTH": "]"}],
                [{"ORTH": "("}, short, {"ORTH": {"IN": [",", ";", ":"]}}],
                [{"ORTH": "("}, short, {"LIKE_NUM": True}],
            ],
        )
        self.global_matcher.add("nothing", [[{"ORTH": ""}]])  # spaCy warns of a matcher without patterns

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.definitions`, which `doc._.abbreviations` and `span._.long_form` are read from.

        scispaCy keeps spans there, with which a Doc can be neither stored nor passed to another process.
        """
        candidates = [(number, start + 1, end - 1) for number, start, end in self.matcher(doc)]
        doc._.definitions = sorted(
            (short.start, short.end, long_form.start, long_form.end)
            for long_form, shorts in self.find_matches_for(filter_matches(candidates, doc), doc)
            for short in shorts
        )
        return doc

    def find_matches_for(self, filtered: list[tuple[Span, Span]], doc: Doc) -> list[tuple[Span, set[Span]]]:
        """Find definitions among (long form, short form) candidates; see scispaCy."""
        within = [
            (doc[max(long_form.start, _sentence_start(short_form)) : long_form.end], short_form)
            for long_form, short_form in filtered
            if _sentence_start(short_form) < long_form.end
        ]
        found: list[tuple[Span, set[Span]]] = super().find_matches_for(within, doc)
        defined = {short.text for _, shorts in found for short in shorts}
        for _, short in filtered:
            if short.text not in defined and (long_form := _reordered(short)) is not None:
                found.append((long_form, {doc[t.i : t.i + 1] for t in doc if t.text == short.text}))
                defined.add(short.text)
        return _with_later_meanings(found, within)


def _abbreviations(doc: Doc) -> list[Span]:
    return [doc[start:end] for start, end, _, _ in doc._.definitions]


def _long_form(span: Span) -> Span | None:
    definitions = span.doc._.definitions
    return next((span.doc[s:e] for start, end, s, e in definitions if (start, end) == (span.start, span.end)), None)


def _with_later_meanings(
    found: Sequence[tuple[Span, set[Span]]], candidates: Sequence[tuple[Span, Span]]
) -> list[tuple[Span, set[Span]]]:
    """Give an abbreviation that is defined anew its later meaning from there on."""
    first = {short.text: long_form for long_form, shorts in found for short in shorts}
    later: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for candidate, short in sorted(candidates, key=lambda pair: pair[1].start):
        current = later[short.text][-1][1] if later[short.text] else first.get(short.text)
        if current is None or short.start < current.end:
            continue
        _, long_form = find_abbreviation(candidate, short)
        if long_form is not None and _is_other(long_form, current) and _is_spelled_by(short, long_form):
            later[short.text].append((short.start, long_form))
    meant: dict[Span, set[Span]] = {long_form: set() for long_form, _ in found}
    for long_form, shorts in found:
        for short in shorts:
            meanings = [meaning for start, meaning in later[short.text] if start <= short.start]
            meant.setdefault(meanings[-1] if meanings else long_form, set()).add(short)
    return list(meant.items())


def _is_other(long_form: Span, current: Span) -> bool:
    """Whether a long form is no longer or shorter version of the current one."""
    ours, theirs = ({bag(word.folded) for word in words(span.text)} for span in (long_form, current))
    return not (ours <= theirs or theirs <= ours)


def _is_spelled_by(short: Span, long_form: Span) -> bool:
    """Whether every word that counts of a long form gives its initial to the abbreviation, in this order.

    A bracket behind a name need not define it: "rheumatic and autoimmune diseases (RA)".
    """
    letters = iter(short.text.lower())
    counting = [word.folded for word in words(long_form.text) if len(word.folded) > 1 and bag(word.folded)]
    return bool(counting) and all(word[0] in letters for word in counting)


def _sentence_start(span: Span) -> int:
    """Return where the sentence of a span begins; at the text's where sentences are not known."""
    return int(span[0].sent.start) if span.doc.has_annotation("SENT_START") else 0


def _reordered(short: Span) -> Span | None:
    """Return the words before a bracketed abbreviation whose initials are its letters in another order."""
    letters = short.text.lower()
    before = short.start - 1  # the bracket
    if not (2 <= len(letters) <= 5 and short.text.isupper() and short.text.isalpha()):
        return None
    start = before - len(letters)
    if start < _sentence_start(short) or short.doc[before].text not in "([":
        return None
    words = short.doc[start:before]
    initials = sorted(token.text[0].lower() for token in words)
    return words if initials == sorted(letters) and all(token.is_alpha for token in words) else None


@Language.factory("sentence_abbreviation_detector", requires=["doc.sents"], assigns=["doc._.abbreviations"])
def make_abbreviation_detector(nlp: Language, name: str) -> SentenceAbbreviationDetector:
    """Make the component."""
    return SentenceAbbreviationDetector(nlp, name)


def long_forms(doc: Doc) -> dict[str, Span]:
    """Return the abbreviations that a document defines, each with the long form it is first given."""
    defined: dict[str, Span] = {}
    for short in sorted(doc._.abbreviations, key=lambda short: short.start):
        defined.setdefault(short.text, short._.long_form)
    return defined


@cache
def base_pipeline() -> Language:
    """Return tokens, sentences and abbreviations alone, once per process."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.add_pipe("paragraph_sentencizer")
    nlp.add_pipe("sentence_abbreviation_detector")
    return nlp


@cache
def load_pipeline(options: ExtractorOptions = DEFAULTS) -> Language:
    """Build the pipeline, once per process and choice of options: the bundled model, the finders of what texts say.

    Where a model of the user's gives tags and trees, the bundled tagger and parser do not run.

    Raises FileNotFoundError when the vocabulary is not compiled, OptionError when the user's is faulty or a model is
    not installed.
    """
    from extractors import article_relations, relations  # noqa: F401  registers the components
    from extractors.ner.models import BUNDLED

    nlp = finding_pipeline(BUNDLED, options)
    nlp.add_pipe("relation_rules")
    nlp.add_pipe("article_relations")
    return nlp


def finding_pipeline(model: Path, options: ExtractorOptions = DEFAULTS) -> Language:
    """Build the pipeline up to the mentions over a model made like the bundled one; raises as `load_pipeline`."""
    from extractors import mentions  # noqa: F401  registers the component
    from extractors.ner.entities import ENTITIES
    from extractors.ner.models import model_label, parsing_model

    replaced = ["tagger", "parser"] if parsing_model(options.models) is not None else []
    nlp = spacy.load(model, exclude=["peyer_lines", *replaced])
    nlp.add_pipe("paragraph_sentencizer", first=True)  # a heading, a list or a table is no prose for the parser
    nlp.get_pipe("recogniser").read_heads = list(dict.fromkeys(head for head, _, _ in ENTITIES))  # type: ignore[attr-defined]
    nlp.add_pipe("model_reader", config={"models": list(options.models), "bundled": model_label(nlp)})
    nlp.add_pipe("mention_finder", config={"added": str(options.vocabulary) if options.vocabulary else None})
    return nlp
