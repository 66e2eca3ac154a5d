"""The inflected forms of verbs, read from `verbs.tsv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from extractors.data import data_file

VERBS = data_file("language/verbs.tsv")


def inflect(verb: str) -> tuple[str, str, str, str]:
    """Return a regular verb's base, third person, past and -ing form.

    >>> inflect("inhibit"), inflect("reduce"), inflect("modify")
    (('inhibit', 'inhibits', 'inhibited', 'inhibiting'), ('reduce', 'reduces', 'reduced', 'reducing'), \
('modify', 'modifies', 'modified', 'modifying'))
    """
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return verb, third, verb + "ed", verb + "ing"


@cache
def verbs() -> Mapping[str, tuple[str, ...]]:
    """Return verb -> base, third person, past (one or more) and, last, -ing form."""
    with VERBS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {row["verb"]: tuple(row["forms"].split()) or inflect(row["verb"]) for row in rows}


def forms_of(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb, as `verbs` does; of one that is not listed there the regular ones."""
    return verbs().get(verb) or inflect(verb)


@cache
def verb_forms() -> frozenset[str]:
    """Return every inflected form of every listed verb."""
    return frozenset(form for forms in verbs().values() for form in forms)
