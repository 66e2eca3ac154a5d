"""The word lists that the finders share, read from `data/`: head nouns, modifiers, function words."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.records import ENTITY_SUBTYPES

DATA = Path(__file__).parent / "data"

_ADJECTIVE = re.compile(r"(al|ic|lar|nar|ory|ary|ive|ous|oid|ible|able|gen|cyte|phage|blast|kine)$")


class Head(NamedTuple):
    """A noun that makes a mention of the words before it, and of a phrase after it.

    `stands`: when that is a mention, one of STANDS. `takes`: the prepositions of phrases that belong to its name.
    `valence`: "good" or "bad" for the patient, or "".
    """

    entity_type: str
    subtype: str
    stands: str
    takes: frozenset[str]
    valence: str


STANDS = {
    "alone": "always",
    "modified": "with a modifier or a phrase that it takes",
    "after_effect": "right behind the name of an effect (sleep quality)",
    "modified_or_drug": "the same, where also any drug may stand (clearance of adalimumab)",
    "of_drug": "behind or before the name of a drug (tacrolimus exposure, bioavailability of cyclosporine)",
    "of_drug_acted_on": "the same, where a verb acts on it (raised tacrolimus levels)",
    "acted_on": "right behind a name, where a verb acts on it (reduces steroid use)",
}
"""When a head noun is a mention; the words of column `stands` of `data/heads.tsv`."""


_BIOLOGIC_STEM = re.compile(r"(mab|cept|kinra|fusp|leucel|gimod)$")
_SMALL_MOLECULE_STEM = re.compile(
    r"(tinib|citinib|limus|rolimus|imod|milast|lukast|gepant|prazole|sartan|vastatin|ciclib|lisib|parib|degib|olimod"
    r"|nersen|gliptin|gliflozin|xaban|cillin|floxacin|conazole|ciclovir|oxetine)$"
)


def inn_subtype(word: str) -> str:
    """Return the drug subtype that the stem of an international nonproprietary name stands for, or "".

    >>> inn_subtype("efgartigimod"), inn_subtype("povorcitinib"), inn_subtype("receptor")
    ('biologic', 'small_molecule', '')
    """
    if _BIOLOGIC_STEM.search(word):
        return "biologic" if word not in ("concept", "percept", "precept", "accept", "intercept", "except") else ""
    return "small_molecule" if _SMALL_MOLECULE_STEM.search(word) else ""


_CODE = re.compile(r"[A-Z]{1,5}-?\d{2,7}[A-Za-z]?\d?")
_NO_CODE = re.compile(
    r"(ACR|DAS|PASI|EASI|SF|EQ|PM|C57|THP|HEK|MCF|RAW|COVID|SARS|CD|IL|HLA|HIV|HPV|BMI|FEV|Th|P|T|B)-?\d+[A-Z]?"
)


def names_compound(word: str) -> bool:
    """Whether a word has the form of a code by which a compound under study goes.

    >>> names_compound("GSK2982772"), names_compound("MCC950"), names_compound("H-151"), names_compound("CD20")
    (True, True, True, False)
    """
    return bool(_CODE.fullmatch(word)) and not _NO_CODE.fullmatch(word)


_DISEASE_SUFFIX = re.compile(
    r"(itis|opathy|openia|aemia|emia|[a-z]uria|algia|carcinoma|sarcoma|lymphoma|blastoma|plegia|oedema|edema|philia|matosis|oidosis)$"
)


def names_disease(word: str) -> bool:
    """Whether a lower-case word ends like the name of a disease.

    >>> names_disease("rhinoconjunctivitis"), names_disease("cytopenia"), names_disease("diagnosis")
    (True, True, False)
    """
    return len(word) > 7 and bool(_DISEASE_SUFFIX.search(word))


@cache
def heads() -> dict[str, Head]:
    """Return word -> Head. Raises ValueError with file and line for a type or a word of STANDS unknown."""
    found = {}
    with (DATA / "heads.tsv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            if row["subtype"] not in ENTITY_SUBTYPES.get(row["entity_type"], ()):
                raise ValueError(f"heads.tsv:{number}: no type {row['entity_type']}/{row['subtype']}")
            if row["stands"] not in STANDS:
                raise ValueError(f"heads.tsv:{number}: stands {row['stands']!r}; expected one of {', '.join(STANDS)}")
            found[row["word"]] = Head(
                row["entity_type"],
                row["subtype"],
                row["stands"],
                frozenset(row["takes"].split()),
                row["valence"] or "",
            )
    return found


@cache
def complement_prepositions() -> frozenset[str]:
    """Return every preposition that some head noun takes."""
    return frozenset().union(*(head.takes for head in heads().values()))


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the word list `name` of `words.json`."""
    lists: dict[str, list[str]] = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
    return frozenset(lists[name])


_OUTCOME_VALENCE = {
    "response": "good",
    "responses": "good",
    "life": "good",
    "repair": "good",
    "activity": "bad",
    "hospitalisation": "bad",
    "hospitalization": "bad",
}


def valence_of(subtype: str, name: str) -> str:
    """Return "good", "bad" or "" for the patient, by the subtype and the words of a name, the last word first.

    >>> valence_of("outcome", "annualised relapse rate"), valence_of("process", "T-cell activation")
    ('bad', '')
    """
    for word in reversed(name.lower().split()):
        if subtype == "outcome" and word in _OUTCOME_VALENCE:
            return _OUTCOME_VALENCE[word]
        head = heads().get(word)
        if head is not None and head.valence:
            return head.valence
        if word.endswith("toxicity"):
            return "bad"
    return "bad" if subtype == "adverse_effect" else ""


def looks_like_modifier(word: str) -> bool:
    """Whether a lower-case word can be part of a name before its head noun, as far as its form shows."""
    if word in words_of("generic") or word.endswith("ly"):
        return False
    if word in words_of("organ_words") or word in words_of("severity"):
        return True
    return len(word) > 4 and ("-" in word or bool(_ADJECTIVE.search(word)))


def names_a_trial(name: str, after: str) -> bool:
    """Whether a name in capitals is that of a trial, by the word after it ("the DREAM study")."""
    return name.isalpha() and name.isupper() and len(name) > 3 and after.lower() in ("trial", "study", "trials")
