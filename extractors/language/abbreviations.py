"""Abbreviations that a text defines, by scispaCy's detector (Schwartz and Hearst, 2003), sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scispacy.abbreviation import AbbreviationDetector, filter_matches, find_abbreviation
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from extractors.annotations import register_extensions
from extractors.language.normalisation import bag, words

_LONGEST_LONG_FORM = 8
_SHORTEST_REVERSED = 3
"""The most words in a bracket that scispaCy does not read as the long form of the word before it."""


class SentenceAbbreviationDetector(AbbreviationDetector):  # type: ignore[misc]  # scispaCy is untyped
    """scispaCy's abbreviation detector, confined to definitions within one sentence.

    It also accepts short forms whose letters are in another order ("myotonic dystrophy (DM)"), square brackets
    ("[ASA]"), and brackets with more behind the abbreviation ("(MTX; 15 mg)", "(MTX 15 mg)"). Brackets of more than
    eight tokens are not looked at: scispaCy rejects them too, but in time quadratic in their number.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(nlp, name)
        register_extensions()  # scispaCy's own keep spans, with which a Doc can be neither stored nor passed on
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
        """Set `doc._.definitions`, from which `doc._.abbreviations` and `span._.long_form` are derived."""
        candidates = [(number, start + 1, end - 1) for number, start, end in self.matcher(doc)]
        found = self.find_matches_for(filter_matches(candidates, doc), doc)
        defined = {short.text for _, shorts in found for short in shorts}
        for _, start, end in candidates:
            short = _before_bracket(doc[start:end])
            if short is not None and short.text not in defined:
                found.append((doc[start:end], {doc[t.i : t.i + 1] for t in doc if t.text == short.text}))
                defined.add(short.text)
        doc._.definitions = sorted(
            (short.start, short.end, long_form.start, long_form.end)
            for long_form, shorts in found
            for short in shorts
            if _is_in_one_sentence(short)
        )
        return doc

    def find_matches_for(self, filtered: list[tuple[Span, Span]], doc: Doc) -> list[tuple[Span, set[Span]]]:
        """Return the definitions among (long form, short form) candidates; overrides scispaCy's method."""
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


def _with_later_meanings(
    found: Sequence[tuple[Span, set[Span]]], candidates: Sequence[tuple[Span, Span]]
) -> list[tuple[Span, set[Span]]]:
    """Give an abbreviation that is defined a second time its second meaning from there on."""
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
    """Whether a long form is neither a longer nor a shorter version of the current one."""
    ours, theirs = ({bag(word.folded) for word in words(span.text)} for span in (long_form, current))
    return not (ours <= theirs or theirs <= ours)


def _is_spelled_by(short: Span, long_form: Span) -> bool:
    """Whether the initials of a long form's content words are, in their order, letters of the abbreviation.

    A bracket behind a name need not define it: "rheumatic and autoimmune diseases (RA)".
    """
    letters = iter(short.text.lower())
    counting = [word.folded for word in words(long_form.text) if len(word.folded) > 1 and bag(word.folded)]
    return bool(counting) and all(word[0] in letters for word in counting)


def _sentence_start(span: Span) -> int:
    """Return the first token of a span's sentence; 0 where the Doc has no sentences."""
    return int(span[0].sent.start) if span.doc.has_annotation("SENT_START") else 0


def _is_in_one_sentence(short: Span) -> bool:
    """Whether no sentence begins within a use of an abbreviation; one may be split by mistake ("anti-H. | pylori")."""
    return not any(token.is_sent_start for token in short[1:])


def _before_bracket(inside: Span) -> Span | None:
    """Return the abbreviation before a bracket with two or three words that it is short for ("BC (breast cancer)").

    scispaCy finds those with more words.
    """
    short: Span = inside.doc[inside.start - 2 : inside.start - 1]
    letters = short.text.lower()
    is_short = short.text.isupper() and short.text.isalpha() and 2 <= len(letters) <= 5
    if not is_short or inside.start < 2 or not 2 <= len(inside) <= _SHORTEST_REVERSED:
        return None
    words = [token for token in inside if token.is_alpha]
    initials = "".join(token.text[0].lower() for token in words)
    return short if len(words) == len(inside) and initials == letters else None


def _reordered(short: Span) -> Span | None:
    """Return the words before a bracketed abbreviation if their initials are its letters in another order."""
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


@Language.factory(
    "sentence_abbreviation_detector",
    requires=["doc.sents"],
    assigns=["doc._.definitions", "doc._.abbreviations", "span._.long_form"],
)
def make_abbreviation_detector(nlp: Language, name: str) -> SentenceAbbreviationDetector:
    """Make the component."""
    return SentenceAbbreviationDetector(nlp, name)


def long_forms(doc: Doc) -> dict[str, Span]:
    """Return abbreviation -> long form, by its first definition in the document."""
    defined: dict[str, Span] = {}
    for short in sorted(doc._.abbreviations, key=lambda short: short.start):
        defined.setdefault(short.text, short._.long_form)
    return defined
