"""`peyer explain`: why a sentence yields the relations that it does, or none."""

from __future__ import annotations

import dataclasses
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Models, OwnVocabulary, extractor_options
from flows.refusal import WrongArgument

if TYPE_CHECKING:
    from extractors.relations.judging.explanation import Explanation


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
    names = [f"{m.text}  {m.entity_type}/{m.subtype}  {m.concept}  by {m.detector}" for m in explanation.mentions]
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
        "classifier, the most probable predicate of each pair": explanation.pairs,
        "suppressed": explanation.suppressed,
        "relations": made,
    }
    lines = [explanation.sentence, f"  parse: {parse}"]
    for heading, part in parts.items():
        lines += [f"  {heading}:", *(f"    {line}" for line in part)] if part else []
    if explanation.missing is not None:
        lines.append(f"  no relation: {explanation.missing}")
    return "\n".join(lines)
