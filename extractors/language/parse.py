"""What the dependency parse says of single words, and whether it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extractors.annotations import FoundMention
from extractors.language.inflection import verb_forms

LONGEST = 80
"""Tokens of a sentence above which its parse is not trusted."""
FINITE = frozenset(["VBZ", "VBP", "VBD", "MD"])
"""Tags of finite verbs."""
_NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "compound", "amod", "nmod", "npadvmod"])
"""How no finite verb depends on another word."""
_BEHIND_NOUN = frozenset(["IN", ",", ".", ":", "-LRB-", "-RRB-", "VBZ", "VBP", "VBD", "MD", "WDT"])
"""Tags of what goes on behind a noun, and is no verb's object."""


def is_well_parsed(sentence: Span, mentions: Sequence[FoundMention]) -> bool:
    """Whether a parse can be trusted: one root, a verb that is no part of a name, in a sentence of common length."""
    if len(sentence) > LONGEST or not sentence.doc.has_annotation("DEP"):
        return False
    roots = [token for token in sentence if token.head == token]
    return (
        len(roots) == 1
        and (roots[0].tag_ in FINITE or _has_auxiliary(roots[0]))
        and not any(mention.start <= roots[0].i < mention.end for mention in mentions)
        and not any(token.tag_ in FINITE and token.dep_ in _NOMINAL for token in sentence)
    )


def _has_auxiliary(root: Token) -> bool:
    """Whether a word is a verb that carries tense by another ("was given", "may reduce"), or opens a list that does."""
    return root.tag_.startswith("VB") and any(
        child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in root.children
    )


def is_no_verb(token: Token) -> bool:
    """Whether a word that is spelled like a verb is a noun or a comparative, by its tag and what stands around it.

    The tag alone errs ("fluticasone/NN controls/NNS inflammation"), so what follows must not be a verb's object.
    """
    if token.tag_ == "JJR":  # "a lower risk", "was significantly lower in"
        is_behind_verb = token.i > 0 and token.nbor(-1).tag_ in ("TO", "MD", "RB", "CC")
        return not is_behind_verb or (token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "IN")
    if token.tag_ not in ("NN", "NNS"):
        return False
    if token.i + 1 == len(token.doc):
        return True
    following = token.nbor(1)
    return following.tag_ in _BEHIND_NOUN or following.lower_ in ("and", "or")


def is_passive(verb: Token) -> bool:
    """Whether a participle says what is done to its grammatical subject."""
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    deps = {child.dep_ for child in verb.children}
    if not deps.isdisjoint({"auxpass", "agent", "nsubjpass"}):
        return True
    if "dobj" in deps or "nsubj" in deps:
        return False
    return (verb.dep_ == "acl" and verb.tag_ == "VBN") or (verb.dep_ == "conj" and is_passive(verb.head))


def coordinated(token: Token) -> Iterator[Token]:
    """Yield what is coordinated with a word behind it."""
    for child in token.children:
        if child.dep_ == "conj" and not any(c.tag_ in ("VBN", "VBD") and c.lower_ in verb_forms() for c in child.lefts):
            yield child
            yield from coordinated(child)


def spans_clauses(words: Span) -> bool:
    """Whether the words of a phrase belong to two clauses ("was seen in patients | treated with")."""
    return any(word != words.root and word.dep_ in ("acl", "relcl", "advcl", "conj") for word in words)


def describes(noun: Token, end: int) -> bool:
    """Whether a noun looks like a description of what ends at `end`: a comma and an article stand between."""
    first = noun.left_edge
    return first.lower_ in ("a", "an", "the") and end == first.i - 1 and first.nbor(-1).text == ","
