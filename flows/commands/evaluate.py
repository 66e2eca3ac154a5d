"""`peyer evaluate`: scores against annotated passages."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import given_path
from flows.refusal import WrongArgument


class Subject(StrEnum):
    """What can be evaluated."""

    relations = "relations"


class EvaluateFormat(StrEnum):
    """How the figures are written."""

    table = "table"
    json = "json"


def evaluate_command(
    subject: Annotated[Subject, typer.Argument(help="What to evaluate.")],
    corpora: Annotated[
        Path,
        typer.Option(
            "--corpora",
            parser=given_path,
            metavar="PATH",
            help="Folder with gold/sentences.tsv or sentences.tsv, or such a file.",
        ),
    ],
    form: Annotated[EvaluateFormat, typer.Option("--format", help="How to write it.")] = EvaluateFormat.table,
) -> None:
    """Extract annotated passages end to end and print precision, recall and F1, misses counted.

    A relation counts as found when its predicate is an accepted one and both arguments name the same thing;
    below the figures every miss and every spurious relation is listed.
    """
    from extractors.evaluation import CorpusError, evaluate_relations, report

    try:
        score = evaluate_relations(corpora)
    except CorpusError as error:
        raise WrongArgument(str(error)) from error
    print(json.dumps(score.as_dict()) if form == "json" else report(score))
