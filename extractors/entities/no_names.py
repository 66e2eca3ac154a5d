"""What is no drug, target, disease or effect, though it is spelled like the name of one.

Some words never name one in an article ("ANOVA", "Fig. 3", "3' UTR"), some not beside certain others ("the gold
standard", "DBA/1 mice", "Ser473", "blocked with milk"). Three to five capitals that the article does not define are the
symbol of some gene or the abbreviation of some disease; they count where something else speaks for that
(`_is_unsupported`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extractors.annotations import VOCABULARY, FoundMention
from extractors.language.lexicon import is_hyphen, word_list

_AMINO_ACIDS = word_list("entities", "amino_acids")
_BASES = word_list("entities", "bases")
_GENE_CONTEXT = word_list("entities", "gene_context")
_IDIOMS = word_list("entities", "idioms")
_LABORATORY_ABBREVIATIONS = word_list("entities", "laboratory_abbreviations")
_LABORATORY_PARTICIPLES = word_list("entities", "laboratory_participles")
_LABORATORY_REAGENTS = word_list("entities", "laboratory_reagents")
_MEDIA_AND_BUFFERS = word_list("entities", "media_and_buffers")
_METHOD_NOUNS = word_list("entities", "method_nouns")
_MOUSE_STRAINS = word_list("entities", "mouse_strains")
_NO_NAMES = word_list("entities", "no_names")
_PREPARATION_PARTICIPLES = word_list("entities", "preparation_participles")
_ORGANISMS = word_list("entities", "other_organisms") | word_list("entities", "bacteria")
_RESIDUE_CONTEXT = word_list("entities", "residue_context")
_RODENTS = word_list("entities", "rodents")
_SEQUENCE_PARTS = word_list("entities", "sequence_parts")

_RESIDUE = re.compile(
    r"(?:p\.)?(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val)[-(]?\d{1,4}\)?"
    r"(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val|Ter|X|fs)?"
    r"|[Dd]elta ?\d+|Δ\d+|[cgp]\.[-*]?\d+\S*"
)
_POSITION = re.compile(r"\(?\d{1,4}\)?")
_NEAR = 3
_SEXES = frozenset({"female", "male", "inbred", "wild", "type"})
_CAPITALS = re.compile(r"[A-Z]{3,5}(?:/\d)?")
"""Two capitals that nothing defines are read by the recogniser alone; longer names in capitals are headings."""


class Support(NamedTuple):
    """What an article says of the capitals in it.

    `recognised`: every word in a name that the language model finds. `certain`: concept that the article names
    unambiguously -> these names, in lower case. `defined`: the first tokens of the abbreviations that it defines.
    """

    recognised: Collection[str]
    certain: Mapping[int, Collection[str]]
    defined: Collection[int]


def support_of(doc: Doc, certain: Mapping[int, Collection[str]]) -> Support:
    """Return what an article says of the capitals in it."""
    recognised = {token.text for name in doc._.recognised for token in doc[name.start : name.end]}
    return Support(recognised, certain, {definition.start for definition in doc._.definitions})


def is_no_name(name: FoundMention, sentence: Span, support: Support | None) -> bool:
    """Whether a mention only looks like the name of a drug, target, disease or effect."""
    if support is not None and name.start in support.defined:
        return False
    span = sentence.doc[name.start : name.end]
    return any(test(name, span, sentence) for test in _TESTS) or (
        support is not None and _is_unsupported(name, span, sentence, support)
    )


def _is_listed(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Layout, statistics, relatives, institutions, methods: "Fig. 3", "ANOVA", "the father", "BLAST"."""
    text = span.text.lower().rstrip(".")
    is_abbreviation = span.text.isupper() and text in _LABORATORY_ABBREVIATIONS
    return is_abbreviation or text in _NO_NAMES or text in _MEDIA_AND_BUFFERS


def _is_idiom(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether a name is the first word of a phrase that means something else ("gold standard", "lead time")."""
    behind = [token for token in _behind(span, sentence, 2) if not is_hyphen(token)]
    return bool(behind) and f"{span.text} {behind[0].text}".lower() in _IDIOMS


def _is_strain(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether a name is that of a strain of laboratory animals ("DBA/1 mice")."""
    if span[0].lower_.split("/")[0] not in _MOUSE_STRAINS:
        return False
    behind = _behind(span, sentence, 5)
    rodent = next((place for place, token in enumerate(behind) if token.lower_ in _RODENTS), None)
    return rodent is not None and not any(token.is_lower and token.lower_ not in _SEXES for token in behind[:rodent])


def _is_residue(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether a name is an amino acid or a base in a sequence ("Ser473", "arginine to glycine", "at lysine 27")."""
    if _RESIDUE.fullmatch(span.text):
        return True
    units = _AMINO_ACIDS | _BASES
    said = [token.lower_ for token in span if not is_hyphen(token)]
    if len(said) > 1 and said[0] in units and all(word in units | _RESIDUE_CONTEXT for word in said):
        return True
    if span.text.lower().removesuffix("s") not in units:
        return False
    behind = _behind(span, sentence, _NEAR)
    skipped = [token for token in behind if not is_hyphen(token)]
    if skipped and _POSITION.fullmatch(skipped[0].text) and not _is_dose(skipped):
        return True
    near = [*_before(span, sentence, _NEAR), *behind]
    return any(token.lower_ in _RESIDUE_CONTEXT for token in near)


def _is_dose(behind: list[Token]) -> bool:
    """Whether a number behind a name is the amount of it ("arginine 30 g")."""
    return len(behind) > 1 and behind[1].lower_ in {"g", "mg", "kg", "ml", "mm", "µm", "μm", "%", "/", "µg", "μg", "nm"}


def _is_part_of_sequence(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether all words of a name say which part of a gene is meant ("3' UTR", "exon 4", "the promoter")."""
    said = [token.lower_ for token in span if any(map(str.isalpha, token.text))]
    return bool(said) and all(word in _SEQUENCE_PARTS for word in said)


def _is_method(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether the noun behind a reagent makes it the name of a method ("SDS gel electrophoresis", "a PCA plot")."""
    if not (span.text.isupper() and len(span) == 1):
        return False
    behind = [token for token in _behind(span, sentence, 3) if not is_hyphen(token)]
    return bool(behind) and any(token.lower_ in _METHOD_NOUNS for token in behind[:2])


def _is_reagent(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether a name is what cells, sections or membranes are prepared with ("blocked with milk", "fixed in formalin").

    What comes behind "stained with" or "fixed in" is a reagent whatever it is. The reagents that are drugs elsewhere
    (albumin, methanol) are such in every sentence that prepares something.
    """
    if name.entity_type not in ("drug", "target"):
        return False
    if name.entity_type == "drug" and _follows_participle(span, sentence, _PREPARATION_PARTICIPLES):
        return True
    words = {span.text.lower(), span[-1].lower_, span[0].lower_}
    if words.isdisjoint(_LABORATORY_REAGENTS):
        return False
    return any(token.lower_ in _LABORATORY_PARTICIPLES and _takes_reagent(token, sentence) for token in sentence)


def _follows_participle(span: Span, sentence: Span, participles: Collection[str]) -> bool:
    before = _before(span, sentence, 4)
    return any(
        token.lower_ in participles and following.lower_ in ("with", "in", "by")
        for token, following in pairwise(before)
    )


def _takes_reagent(participle: Token, sentence: Span) -> bool:
    """Whether a participle is that of a preparation: "blocked with", "fixed in", "permeabilised"."""
    following = sentence.doc[participle.i + 1 : min(participle.i + 2, sentence.end)].text.lower()
    is_sure = participle.lower_ in _PREPARATION_PARTICIPLES
    return is_sure or following in ("with", "in", "by", "using", "and", ",", "for")


def _is_setting(name: FoundMention, span: Span, sentence: Span) -> bool:
    """Whether an organism is only that in which something was found ("In Escherichia coli, RecA ...")."""
    doc = sentence.doc
    if span.start != sentence.start + 1 or sentence[0].lower_ != "in":
        return False
    is_organism = name.subtype == "microbiota" or any(token.lower_ in _ORGANISMS for token in span)
    behind = next((token for token in _behind(span, sentence, 3) if not token.is_lower), None)
    return is_organism and behind is not None and behind.text == "," and behind.i < doc[span.end - 1].i + 3


_TESTS: tuple[Callable[[FoundMention, Span, Span], bool], ...] = (
    _is_listed,
    _is_idiom,
    _is_strain,
    _is_residue,
    _is_part_of_sequence,
    _is_method,
    _is_reagent,
    _is_setting,
)


def _is_unsupported(name: FoundMention, span: Span, sentence: Span, support: Support) -> bool:
    """Whether nothing says that capitals mean the gene or the disease whose known abbreviation they are ("NNT", "NHS").

    What does: the language model finds a name in them somewhere in the article, the article gives another name of the
    same concept, or a noun beside them is said of genes ("the RET gene"). Of all such names that annotators have marked
    one in a hundred has none of these.
    """
    is_short = name.entity_type in ("target", "disease") and bool(_CAPITALS.fullmatch(span.text))
    if name.detector != VOCABULARY or not is_short:
        return False
    if span[0].text in support.recognised or span.text in support.recognised:
        return False
    if any(other != span.text.lower() for other in support.certain.get(name.concept_no, ())):
        return False
    beside = [*_before(span, sentence, 1), *_behind(span, sentence, 2)]
    return not any(token.lower_ in _GENE_CONTEXT for token in beside)


def _behind(span: Span, sentence: Span, most: int) -> list[Token]:
    return list(sentence.doc[span.end : min(span.end + most, sentence.end)])


def _before(span: Span, sentence: Span, most: int) -> list[Token]:
    return list(sentence.doc[max(span.start - most, sentence.start) : span.start])
