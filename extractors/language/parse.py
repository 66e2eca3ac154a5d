"""What the dependency parse says of single words, and whether it can be trusted.

Tags are those of the Penn Treebank, dependencies those of spaCy's English models (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extractors.annotations import FoundMention
from extractors.language.inflection import verb_forms
from extractors.language.sentences import token_after, token_before

LONGEST = 80
"""Tokens of the longest sentence whose parse is trusted."""
FINITE = frozenset(["VBZ", "VBP", "VBD", "MD"])
"""Tags of finite verbs."""
_NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "compound", "amod", "nmod", "npadvmod"])
"""Dependencies that no finite verb has."""
_BEHIND_NOUN = frozenset(["IN", ",", ".", ":", "-LRB-", "-RRB-", "VBZ", "VBP", "VBD", "MD", "WDT"])
"""Tags of what may follow a noun, but begins no object of a verb."""


def is_well_parsed(sentence: Span, mentions: Sequence[FoundMention]) -> bool:
    """Whether a parse can be trusted: one root, a verb that is no part of a name, in a sentence of common length."""
    return parse_fault(sentence, mentions) is None


def parse_fault(sentence: Span, mentions: Sequence[FoundMention]) -> str | None:
    """Return why the parse of a sentence cannot be trusted, in words; None where it can."""
    if not sentence.doc.has_annotation("DEP"):
        return "there is none"
    if len(sentence) > LONGEST:
        return f"the sentence has more than {LONGEST} tokens"
    roots = [token for token in sentence if token.head == token]
    if len(roots) != 1:
        return f"it has {len(roots)} roots"
    root = roots[0]
    if not (root.tag_ in FINITE or _has_auxiliary(root)):
        return f'its root "{root.text}" is no finite verb'
    if any(mention.start <= root.i < mention.end for mention in mentions):
        return f'its root "{root.text}" is part of a name'
    if any(token.tag_ in FINITE and token.dep_ in _NOMINAL for token in sentence):
        return "a finite verb depends on another word as a noun would"
    return None


def _has_auxiliary(root: Token) -> bool:
    """Whether a root without tense has an auxiliary ("was given", "may reduce"), or a subject of its own."""
    return root.tag_.startswith("VB") and any(
        child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in root.children
    )


def is_no_verb(token: Token) -> bool:
    """Whether a word that is spelled like a verb is a noun or a comparative, by its tag and what stands around it.

    The tag alone errs ("fluticasone/NN controls/NNS inflammation"), so what follows must not be a verb's object.
    """
    before, following = token_before(token), token_after(token)
    if token.tag_ == "JJR":  # "a lower risk", "was significantly lower in"
        is_behind_verb = before is not None and before.tag_ in ("TO", "MD", "RB", "CC")
        return not is_behind_verb or (following is not None and following.tag_ == "IN")
    if token.tag_ not in ("NN", "NNS"):
        return False
    return following is None or following.tag_ in _BEHIND_NOUN or following.lower_ in ("and", "or")


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
    """Yield the conjuncts of a word to its right, in the order of the list."""
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
    comma = token_before(first)
    return first.lower_ in ("a", "an", "the") and comma is not None and end == comma.i and comma.text == ","
