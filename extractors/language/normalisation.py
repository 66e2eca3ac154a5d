"""The lookup keys of names and of stretches of text.

A text is cut into words (runs of letters and digits); each word is folded: Greek letters are spelled out, accents
dropped, British spelling turned to American. A key is the folded words, with "_" between two ordinary words and
nothing beside a Greek letter, a single letter or a digit, so that "TNF-α", "TNF α" and "TNFalpha" share one key and
"be an" is no "bean". Short names in capitals ("AIDS", "CAT", "IL-6") keep their case, marked by a leading "=".
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.data import data_file
from extractors.language.lexicon import word_list

WORD_FORMS = data_file("language/word_forms.tsv")

_WORD = re.compile(r"[^\W_]+(?:(?<=[a-z])[¨´¸˜ˆ](?=[a-z])[^\W_]+)*")
"""A word may have an accent that stands beside its letter instead of on it ("Sjo¨gren", "Beh¸cet")."""

_LOOSE_ACCENT = re.compile(r"[¨´¸˜ˆ]")
_BETA = re.compile(r"(?<![a-z])ß")
"""A sharp s that is typed for a beta: alone, or behind a capital or a digit ("TNF-ß", "IFNß")."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ϵ": "epsilon",
}  # fmt: skip
_BRITISH = [
    (re.compile(pattern), american)
    for pattern, american in [
        ("ae", "e"),
        ("oe", "e"),
        ("our$", "or"),
        ("our(?=s$|ed$|ing$|al$)", "or"),
        ("is(?=e$|es$|ed$|ing$|ation$|ations$|er$|ers$)", "iz"),
        ("ys(?=e$|es$|ed$|ing$)", "yz"),
        ("sulph", "sulf"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("signall", "signal"),
        ("labell", "label"),
        ("modell", "model"),
    ]
]
_SHORT = 5
_GREEK_NAMES = frozenset(_GREEK.values())
_GREEK_START = ("alpha", "beta", "gamma", "delta", "epsilon", "kappa")
_JOINED_PREFIXES = word_list("language", "joined_prefixes")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits at `start`:`end` (characters of the text it was cut from)."""

    start: int
    end: int
    cased: str
    """The word with Greek letters spelled out and accents dropped."""
    folded: str
    """`cased` in lower case and American spelling."""


def _spell_out(word: str) -> str:
    if word.isascii():
        return word
    bare = _BETA.sub("β", _LOOSE_ACCENT.sub("", word))
    spelled = "".join(_GREEK.get(char) or _GREEK.get(char.lower(), char) for char in bare)
    return "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return `word` in lower case and American spelling.

    >>> fold("Tumour"), fold("diarrhoea"), fold("Randomised")
    ('tumor', 'diarrhea', 'randomized')
    """
    folded = word.lower()
    if len(folded) > _SHORT:
        for pattern, american in _BRITISH:
            folded = pattern.sub(american, folded)
    return folded


def words(text: str) -> list[Word]:
    """Cut `text` into words."""
    found = []
    for match in _WORD.finditer(text):
        cased = _spell_out(match.group())
        found.append(Word(match.start(), match.end(), cased, fold(cased)))
    return found


@lru_cache(maxsize=1 << 16)
def separator(left: str, right: str) -> str:
    """Return what stands between two neighbouring words of a key.

    >>> separator("plaque", "psoriasis"), separator("TNF", "alpha"), separator("IL", "6"), separator("anti", "viral")
    ('_', '', '', '')
    """
    if len(left) < 2 or len(right) < 2 or left[-1].isdigit() or right[0].isdigit():
        return ""
    if left.lower() in _JOINED_PREFIXES or left.lower() in _GREEK_NAMES or right.lower().startswith(_GREEK_START):
        return ""
    return "_"


def join(parts: Sequence[str]) -> str:
    """Write words together as a key."""
    return "".join(part if not place else separator(parts[place - 1], part) + part for place, part in enumerate(parts))


def is_case_sensitive(name: str) -> bool:
    """Whether a name is so short, and written in such a way, that its case must match.

    >>> is_case_sensitive("AIDS"), is_case_sensitive("zinc"), is_case_sensitive("Zinc"), is_case_sensitive("IL-6")
    (True, False, False, True)
    """
    return _is_case_sensitive(words(name))


def _is_case_sensitive(cut: Sequence[Word]) -> bool:
    squeezed = "".join(word.cased for word in cut)
    if len(squeezed) > _SHORT:
        return False
    return len(squeezed) < 3 or not (squeezed.islower() or (squeezed.istitle() and squeezed.isalpha()))


def key(name: str) -> str:
    """Return the key under which `name` is stored; a leading "=" makes its case matter.

    >>> key("TNF-α"), key("Crohn's disease"), key("IL-6")
    ('tnfalpha', 'crohnsdisease', '=IL6')
    """
    cut = words(name)
    if name.startswith("=") or _is_case_sensitive(cut):
        return "=" + join([word.cased for word in cut])
    return join([word.folded for word in cut])


_NAME_STOP_WORDS = word_list("language", "name_stop_words")


def bag(name: str) -> str:
    """Return the words of a name without their order, number, stop words and adjectival form.

    >>> bag("Failure, Kidney"), bag("renal failures")
    ('failure_kidney', 'failure_kidney')
    """
    folded = [word.folded for word in words(name)]
    return "_".join(sorted({_base(word) for word in folded} - _NAME_STOP_WORDS))


def _base(word: str) -> str:
    base = word_forms().get(word)
    if base is None and len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        base = word[:-3] + "y" if word.endswith("ies") else word[:-1]
        base = word_forms().get(base, base)
    return base or word


@cache
def word_forms() -> dict[str, str]:
    """Return word -> the word that it stands for in a name, such as renal -> kidney."""
    with WORD_FORMS.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: row["base"] for row in csv.DictReader(lines, delimiter="\t")}
