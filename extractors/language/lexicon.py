"""The word lists that the finders share, read from `data/`: head nouns, modifiers, function words."""

from __future__ import annotations

import json
import re
from functools import cache

from spacy.tokens import Token

from extractors.data import data_file

AGENT_NOUNS = frozenset("degrader inhibitor antagonist agonist blocker modulator antibody immunosuppressant".split())
"""Singular nouns that describe a drug by what it does."""


DETERMINERS = frozenset("a an the this that these those its their".split())


def is_hyphen(token: Token) -> bool:
    """Whether a token is a hyphen or is used as one."""
    return token.text in ("-", "‐", "‑", "–")


_ADJECTIVE = re.compile(r"(al|ic|lar|nar|ory|ary|ive|ous|oid|ible|able|gen|cyte|phage|blast|kine)$")


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the word list `name` of `words.json`."""
    lists: dict[str, list[str]] = json.loads(data_file("language/words.json").read_text(encoding="utf-8"))
    return frozenset(lists[name])


def looks_like_modifier(word: str) -> bool:
    """Whether a lower-case word can be part of a name before its head noun, as far as its form shows."""
    if word in words_of("generic") or word.endswith("ly"):
        return False
    if word in words_of("organ_words") or word in words_of("severity"):
        return True
    return len(word) > 4 and ("-" in word or bool(_ADJECTIVE.search(word)))
