"""What only describes: "the TNF inhibitor adalimumab" names one drug, "a monoclonal antibody against TNF" none."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, word_list

BARE_NOUNS = frozenset({"cytokine", "chemokine", "autoantibody"})


ADMINISTERED = word_list("entities", "administered")


_COPULAS = word_list("entities", "copulas")


def is_description(doc: Doc, mention: FoundMention, names: Sequence[FoundMention]) -> bool:
    """Whether a mention such as "JAK inhibitor" only says what a drug named beside it is."""
    if doc[mention.start : mention.end].text.lower() == "biologic":  # "the first biologic approved for"
        return True
    if doc[mention.start : mention.end].text.lower() in BARE_NOUNS:
        return mention.start > 0 and doc[mention.start - 1].lower_ in DETERMINERS
    if mention.entity_type == "target":
        return _is_any_agent(doc, mention, names)
    if mention.entity_type != "drug" or is_named_drug(mention):
        return False
    named = {name.start for name in names if is_named_drug(name)}
    is_plural = doc[mention.end - 1].lower_.endswith("s")
    ends = {name.end for name in names if is_named_drug(name)}
    is_agent = doc[mention.end - 1].lower_.removesuffix("s") in AGENT_NOUNS
    if is_agent and mention.end in named and not is_plural:
        return True
    is_renamed = doc[mention.end : mention.end + 1].text == "," and mention.end + 1 in named
    if is_agent and is_renamed and not is_plural and doc[mention.start - 1].lower_ in ("a", "an"):
        return True  # "an IL-17A inhibitor, secukinumab, ..."
    before = mention.start - 1
    sentence_start = doc[mention.start].sent.start
    while (
        before >= sentence_start
        and (doc[before].text[0].isalnum() or is_hyphen(doc[before]) or doc[before].text == "/")
        and (doc[before].lower_ not in DETERMINERS | _COPULAS | {"two", "three", "both"})
    ):
        if before < mention.start - 6:
            return False
        before -= 1
    if before < sentence_start:
        return False
    word = doc[before].lower_
    if word in _COPULAS:
        return is_agent and (not is_plural or (word != "as" and any(end <= before for end in ends)))
    if is_plural:
        is_apposed = word in ("two", "three", "both") and before > sentence_start and doc[before - 1].text == ","
        return is_agent and is_apposed and (before - 1) in ends
    if word in ("this", "the", "that") and before == sentence_start:
        return is_agent
    if word == "this":
        return is_agent
    if word in DETERMINERS and before > sentence_start:
        return (is_agent and doc[before - 1].lower_ in _COPULAS) or (
            doc[before - 1].text in (",", "(") and any(end in (before - 1, before - 4) for end in ends)
        )
    return False


def _is_any_agent(doc: Doc, target: FoundMention, names: Sequence[FoundMention]) -> bool:
    """Whether a protein's name says what a drug does: "an IL-1 receptor antagonist" is not the protein so named."""
    last = doc[target.end - 1].lower_
    if last.removesuffix("s") not in AGENT_NOUNS:
        return False
    before = [token.lower_ for token in doc[max(target.start - 2, 0) : target.start]]
    if before and before[-1] in ADMINISTERED:
        before.pop()
    is_one_of_many = last.endswith("s") or before[-1:] in (["a"], ["an"])
    return is_one_of_many or any(name.start == target.end for name in names if is_named_drug(name))


def is_named_drug(mention: FoundMention) -> bool:
    """Whether a mention is a drug with a name of its own, no class."""
    return mention.entity_type == "drug" and mention.subtype not in ("drug_class", "cell_therapy")
