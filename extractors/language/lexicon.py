"""The word lists, read from the `words.toml` of each room, and the words that every room needs.

A list belongs to the room that uses it, so that a word added for one purpose changes nothing else. The lists of
`language` describe the language itself and are shared.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from extractors.data import data_file

if TYPE_CHECKING:
    from spacy.tokens import Token  # not at run time: who only reads articles loads no spaCy

WORD_FILES = {
    "language": data_file("language/words.toml"),
    "readers": data_file("readers/words.toml"),
    "linking": data_file("linking/words.toml"),
    "entities": data_file("entities/words.toml"),
    "relations": data_file("relations/words.toml"),
}
"""Room -> its file of word lists. A list has a `reason`, which says what its words do in which construction, and its
`words`: a string with blanks between them, or an array where there are phrases among them."""

_ADJECTIVE = re.compile(r"(al|ic|lar|nar|ory|ary|ive|ous|oid|ible|able|gen|cyte|phage|blast|kine)$")


class WordListError(ValueError):
    """A file of word lists breaks its form; the message names file and list, and what is expected."""


@cache
def word_list(room: str, name: str) -> frozenset[str]:
    """Return a word list, in lower case.

    Raises WordListError where the room has no such list.

    >>> "it" in word_list("language", "pronouns")
    True
    """
    lists = _word_lists(room)
    if name not in lists:
        raise WordListError(
            f"{WORD_FILES[room].name} of {room} has no list {name!r}; expected one of {', '.join(lists)}"
        )
    return lists[name]


@cache
def _word_lists(room: str) -> Mapping[str, frozenset[str]]:
    path = WORD_FILES[room]
    lists = {}
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        place = f"{room}/words.toml: list {name!r}"
        if set(entry) != {"reason", "words"} or not entry["reason"].strip():
            raise WordListError(f"{place} has {', '.join(sorted(entry))}; expected a reason and words")
        given = entry["words"]
        words = given if isinstance(given, list) else given.split()
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise WordListError(f"{place} has {', '.join(twice)} twice")
        if raised := [word for word in words if word != word.lower()]:
            raise WordListError(f"{place} has {', '.join(raised)}; expected lower case")
        lists[name] = frozenset(words)
    return lists


AGENT_NOUNS = word_list("language", "agent_nouns")
DETERMINERS = word_list("language", "determiners")
HYPHENS = ("-", "‐", "‑", "–")
_GENERIC = word_list("language", "generic")
_MODIFIERS = word_list("language", "attributive_nouns") | word_list("language", "disease_attributes")


def is_hyphen(token: Token) -> bool:
    """Whether a token is a hyphen or is used as one."""
    return token.text in HYPHENS


def looks_like_modifier(word: str) -> bool:
    """Whether a lower-case word can be part of a name before its head noun, as far as its form shows.

    >>> looks_like_modifier("mucosal"), looks_like_modifier("lung"), looks_like_modifier("novel")
    (True, True, False)
    """
    if word in _GENERIC or word.endswith("ly"):
        return False
    if word in _MODIFIERS:
        return True
    return len(word) > 4 and ("-" in word or bool(_ADJECTIVE.search(word)))
