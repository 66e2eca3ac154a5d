"""Infers the type of an article from its title, headings or abstract if no line of the article states it.

Only unambiguous signs count: a title that names the type at its beginning or end ("...: a review", "Case report: ..."),
headings that only one type has, an abstract that says "this review". The protocol of a review, a comment on one and a
retrospective review of patients are not reviews.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.structure.sections import Part

_KINDS = (
    "up-?to-?date|updated?|comprehensive|critical|brief|short|narrative|systematic|systematized|scoping|umbrella|clinical|"
    "state[- ]of[- ]the[- ]art|literature|integrative|rapid|concise|historical|evidence[- ]based|current|mini|living|"
    "pharmacological|qualitative|quantitative|global|general|focused|thematic|practical|in-depth"
)
_LITERATURE = (
    r"(?:(?:the|current|recent|available|published|existing|medical|scientific) )*(?:literature|evidence|data|studies)"
)
_META = (
    r"(?:(?:network|updated|bayesian|dose-response|cumulative|individual[- ]patient[- ]data|pooled) )*meta-?analys[ei]s"
)
_OF_PATIENTS = r"(?!.*\b(?:\d+|cases?|patients?|charts?|records?|database|protocols?)\b)"
_TAIL = rf"(?: (?:of|on|for|in) {_OF_PATIENTS}.{{3,150}})?"
_TYPES = (
    re.compile(
        r"(?:(?:an?|the|one|two|three|four|five|[2-9]|rare|unusual|unique|fatal|pa?ediatric|first) )*"
        r"(?P<type>case (?:report|series))s?"
        rf"(?:,? (?:and|with)(?: an?| the)? (?:brief |short |systematic |mini-?)*"
        rf"(?:literature review|review(?: of {_LITERATURE})?))?(?: (?:of|in|with) .{{3,150}})?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:an? )?report of (?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) "
        r"(?:[\w-]+ )?(?P<report>cases?|patients?)(?:,? (?:and|with) .{0,20}review.{0,40})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:an?|the) (?P<type>(?:(?:{_KINDS})[ -])*review(?: article| paper)?(?:,? (?:and|with)(?: an?)? {_META})?)"
        rf"(?: of {_LITERATURE})?{_TAIL}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<type>(?:(?:{_KINDS})[ -])*review(?: article| paper)?(?:,? (?:and|with)(?: an?)? {_META})?)"
        rf"(?: of {_LITERATURE})?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<type>(?:{_KINDS})[ -]review(?:,? (?:and|with)(?: an?)? {_META})?){_TAIL}", re.IGNORECASE),
    re.compile(rf"(?:an? |the )?(?P<type>{_META}){_TAIL}", re.IGNORECASE),
)
"""Patterns that a title, or a part of one, matches as a whole; earlier ones take precedence."""

_PARTS = re.compile(r"\s*[:;.?!]\s+|\s+[–—-]+\s+|—|--")
_ABOUT_ANOTHER = re.compile(
    r"\W*(?:re|reply|response|comments?|commentary|letter|author'?s'? reply|erratum|correction|corrigendum|retraction|"
    r"retracted|withdrawn|protocol|study protocol|editorial|peer[- ]review)\b",
    re.IGNORECASE,
)
_HEADINGS = (
    (re.compile(r"case (?:reports?|presentations?|descriptions?)", re.IGNORECASE), "Case report"),
    (
        re.compile(r"(?:literature )?search strategy(?: and (?:selection|eligibility) criteria)?", re.IGNORECASE),
        "Review",
    ),
)
_NUMBER = re.compile(r"[\dIVX.]{0,6}[.)]?\s*")
_THIS_REVIEW = re.compile(
    r"\b(?:(?:in|of) (?:this|the present) (?:[\w-]+ ){0,2}review\b(?! of (?:\d+|our|the patients))|"
    r"this (?:[\w-]+ ){0,2}review(?: article| paper)? (?:aims|summari[sz]es|discusses|describes|focus(?:es|ed)|"
    r"provides|highlights|outlines|covers|considers|explores|presents|addresses|will|gives|examines|deals))",
    re.IGNORECASE,
)


def implied_type(title: str | None, parts: Sequence[Part]) -> str | None:
    """Return the type that title, headings or abstract imply, capitalised, or None."""
    stated = type_in_title(title) if title else None
    if stated or (title and _ABOUT_ANOTHER.match(title)):
        return stated
    abstract = " ".join(text for part in parts if part.kind == "abstract" for text in part.texts)
    if _THIS_REVIEW.search(abstract):
        return "Review"
    headings = [_NUMBER.sub("", part.heading, count=1).strip(" :.") for part in parts if part.heading]
    return next((kind for pattern, kind in _HEADINGS if any(map(pattern.fullmatch, headings))), None)


def type_in_title(title: str) -> str | None:
    """Return the type that a title gives the article, capitalised, or None.

    >>> type_in_title("JAK inhibitors in colitis: a systematic review and meta-analysis of randomised trials")
    'Systematic review and meta-analysis'
    >>> type_in_title("Lessons from a review of 40 patients")
    """
    if _ABOUT_ANOTHER.match(title):
        return None
    pieces = [piece.strip(" .*") for piece in _PARTS.split(title.strip())]
    for piece in (pieces[-1], pieces[0]):
        for pattern in _TYPES:
            if found := pattern.fullmatch(piece):
                named = "case report" if "report" in found.groupdict() else found["type"]
                return named[0].upper() + named[1:].lower()
    return None
