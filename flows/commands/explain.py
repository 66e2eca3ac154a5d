"""`peyer explain`: why a sentence yields the relations that it does, or none."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Models, OwnVocabulary, extractor_options
from flows.refusal import WrongArgument

if TYPE_CHECKING:
    from extractors.relations.judging.explanation import ExplainedMention, Explanation


class ExplainFormat(StrEnum):
    """How `peyer explain` writes what it found."""

    text = "text"
    json = "json"


def explain_command(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE | -", help="One or more sentences, or - to read them.")],
    form: Annotated[ExplainFormat, typer.Option("--format", help="What to write.")] = ExplainFormat.text,
    vocabulary: OwnVocabulary = None,
    model: Models = None,
) -> None:
    """Say how a sentence is read: what it names, which words trigger a rule, what each decides and suppresses, and why.

    Where it yields no relation, the last line says what is missing. The text is read as the body of an article;
    a sentence may take its subject from the one before, so give both.
    """
    text = sys.stdin.read() if sentence == "-" else sentence
    if not text.strip():
        raise WrongArgument("the text is empty; give a sentence in quotation marks, or - for standard input")
    options = extractor_options(vocabulary, None, model)
    from extractors.extract import explain

    explanations = explain(text, options)
    if form == "json":
        print(json.dumps([dataclasses.asdict(each) for each in explanations], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(map(as_text, explanations)))


def as_text(explanation: Explanation) -> str:
    """Return an explanation for people."""
    fault = explanation.parse_fault
    parse = "trusted" if fault is None else f"not trusted, for {fault}; the order of words decides alone"
    names = [line for mention in explanation.mentions for line in _name_lines(mention)]
    triggers = [
        line
        for trigger in explanation.triggers
        for line in (
            f"{trigger.text}  rule {trigger.rule} ({trigger.frame})",
            *(f"  {decision}" for decision in trigger.decisions),
        )
    ]
    made = [
        line
        for each in explanation.statements
        for line in (f"{each.statement}  score {each.score:.2f}  {each.method}", f"  {'; '.join(each.evidence)}")
    ]
    parts = {
        "names": names,
        "triggers": triggers,
        "not stated": explanation.unsaid,
        "suppressed": explanation.suppressed,
        "relations": made,
    }
    lines = [explanation.sentence, f"  parse: {parse}"]
    for heading, part in parts.items():
        lines += [f"  {heading}:", *(f"    {line}" for line in part)] if part else []
    if explanation.missing is not None:
        lines.append(f"  no relation: {explanation.missing}")
    return "\n".join(lines)


def _name_lines(mention: ExplainedMention) -> Iterator[str]:
    """Yield a line for a name, and indented ones for the names within it."""
    also = f" or {mention.also_type}" if mention.also_type else ""
    aspect = f"  aspect {mention.aspect}" if mention.aspect else ""
    kind = f"{mention.entity_type}/{mention.subtype}{also}"
    yield f"{mention.text}  {kind}  {mention.concept}  by {mention.detector}{aspect}"
    for inner in mention.within:
        yield from (f"  {line}" for line in _name_lines(inner))
