"""Where sentences begin: scispaCy's pySBD segmentation paragraph by paragraph, or line ends alone before a parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from scispacy.custom_sentence_segmenter import pysbd_sentencizer
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extractors.language.lexicon import word_list


def token_before(token: Token) -> Token | None:
    """Return the token before one in its sentence; None for the first of a sentence."""
    return None if token.i == 0 or token.is_sent_start else token.nbor(-1)


def token_after(token: Token) -> Token | None:
    """Return the token behind one in its sentence; None for the last of a sentence."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return None if following is None or following.is_sent_start else following


def begin_sentences_at_lines(doc: Doc) -> Doc:
    """Set `token.is_sent_start` for the first token of every line that is not blank, and for no other token.

    A parsed Doc keeps its sentences.
    """
    if doc.has_annotation("DEP"):
        return doc
    begins = False
    for token in doc if "\n" in doc.text else ():
        if "\n" in token.text:
            begins = True
        elif begins:
            token.is_sent_start = True
            begins = False
    return doc


@Language.factory("peyer_lines", assigns=["token.is_sent_start"])
def make_lines(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component."""
    return begin_sentences_at_lines


_TAXON_RANKS = word_list("language", "taxon_ranks")
_CAPITAL = re.compile(r"[A-Z]\.")
_CITATION_MARK = re.compile(r"\d{1,2}(?:[,–-]\d{1,2})*")
_PLAIN_END = re.compile(r"(?<=[a-z]{3}[a-z)])(?<!approx)(?<!subsp)(?<!resp)(?<!incl)[.?!] (?=[A-Z][a-z]+ [a-z(])")

_DOUBTFUL = re.compile(r"[.?!](?!\d)|(?<!\d)[.]|[\u2026\"\u201c\u201d]|(?:^|\s)\(?[0-9A-Za-z]{1,4}[.)]\s")
"""What may be a sentence end in a stretch of text: a full stop outside a number, a quotation mark, a list number."""

_MAX_PIECE_TOKENS = 600
_MAX_PIECE_CHARACTERS = 20_000


def paragraph_sentencizer(doc: Doc) -> Doc:
    """Set sentence starts by scispaCy's pySBD component, paragraph by paragraph.

    A paragraph ends at a line end. A parsed Doc keeps its sentences. The time is linear in the length of the text.
    """
    if doc.has_annotation("DEP"):
        return doc
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
    """Yield the stretches of tokens between plain sentence ends, and whether a stretch is plainly one sentence.

    Most sentences end in a word of small letters and a full stop, and have no other full stop. Only the others are left
    to pySBD, which is slow.
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
        if (token.is_sent_start and not _continues_a_name(copy, token.i))
        or (token.i > 1 and (_follows_a_capital(copy, token.i) or _follows_a_mark(copy, token.i)))
    }


def _continues_a_name(doc: Doc, place: int) -> bool:
    """Whether a word goes on with the name of an organism ("Pseudomonas syringae pv. | tabaci", "anti-H. | pylori")."""
    if place < 2 or not doc[place].text[0].islower():
        return False
    last, before = doc[place - 1], doc[place - 2]
    is_rank = last.lower_.rstrip(".") in _TAXON_RANKS or (last.text == "." and before.lower_ in _TAXON_RANKS)
    return is_rank or bool(_CAPITAL.fullmatch(last.text))


def _piece_end(doc: Doc, first: int, end: int) -> int:
    """Return where to cut a long paragraph, behind a full stop where there is one: pySBD's time is quadratic."""
    limit = min(first + _MAX_PIECE_TOKENS, end)
    if limit == end:
        return end
    stops = (place + 1 for place in range(limit - 1, first + _MAX_PIECE_TOKENS // 2, -1) if doc[place].text in ".!?")
    return next(stops, limit)


def _is_prose(text: str) -> bool:
    """Whether a text is mostly letters; pySBD finds nothing in rows of signs, but takes minutes."""
    sample = text[:_MAX_PIECE_CHARACTERS]
    return len(text) <= _MAX_PIECE_CHARACTERS and sum(c.isalnum() or c == " " for c in sample) > 0.6 * len(sample)


def _follows_a_capital(doc: Doc, place: int) -> bool:
    """Whether a sentence has ended in a single capital, which pySBD takes for an initial ("factor B. Avacopan is")."""
    token, last, before = doc[place], doc[place - 1], doc[place - 2]
    if not (token.is_title and len(token) > 3 and last.whitespace_):
        return False
    if last.text == ".":
        return before.is_upper and before.is_alpha and len(before) > 1
    return bool(_CAPITAL.fullmatch(last.text)) and before.is_lower


def _follows_a_mark(doc: Doc, place: int) -> bool:
    """Whether a sentence has ended in a citation mark that is glued to its full stop ("B cells.1 Tocilizumab")."""
    mark, stop = doc[place - 1], doc[place - 2]
    is_glued = stop.text == "." and not stop.whitespace_ and bool(mark.whitespace_)
    return is_glued and doc[place].text[0].isupper() and bool(_CITATION_MARK.fullmatch(mark.text))
