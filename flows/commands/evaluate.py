"""`peyer evaluate`: scores against annotated passages and corpora."""

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

    ner = "ner"
    grounding = "grounding"
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
            help="relations: folder with gold/sentences.tsv or sentences.tsv, with drugprot, bc5cdr, phee and "
            "biored, or some of them, or a file of passages; "
            "grounding: folder with bc5cdr, ncbi_disease and biored, or some of them; ner: folder with these, "
            "bc2gm_iob, jnlpba_iob, craft and phee, or some of them.",
        ),
    ],
    form: Annotated[EvaluateFormat, typer.Option("--format", help="How to write it.")] = EvaluateFormat.table,
) -> None:
    """Print how good names, relations or grounding are on annotated text, misses counted and listed.

    ner: the bundled language model on the test splits; a name is right when its span and type are, and trees, tags and
    sentences are scored too.

    relations: passages end to end; precision, recall and F1. A relation counts as found when its predicate is an
    accepted one and both arguments name the same thing. Corpora: the classifier with their own names, and BC5CDR from
    raw text. grounding: the annotated mentions; the share that gets an
    identifier of the corpus, beside that of names looked up as they are written.
    """
    from extractors.development.corpora.annotated import CorpusError
    from extractors.development.evaluation import grounding, ner, relations

    try:
        if subject is Subject.ner:
            names = ner.evaluate_ner(corpora)
            print(json.dumps(names.as_dict()) if form == "json" else ner.report(names))
            return
        if subject is Subject.grounding:
            scores = grounding.evaluate_grounding(corpora)
            print(json.dumps([s.as_dict() for s in scores]) if form == "json" else grounding.report(scores))
        else:
            score = relations.evaluate_relations(corpora)
            print(json.dumps(score.as_dict()) if form == "json" else relations.report(score))
    except CorpusError as error:
        raise WrongArgument(str(error)) from error
