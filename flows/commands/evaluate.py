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
            "biored, or some of them, or a file of passages; with --heldout: folder with passages_heldout*.tsv; "
            "grounding: folder with bc5cdr, ncbi_disease and biored, or some of them; ner: folder with these, "
            "bc2gm_iob, jnlpba_iob, craft and phee, or some of them.",
        ),
    ],
    form: Annotated[EvaluateFormat, typer.Option("--format", help="How to write it.")] = EvaluateFormat.table,
    heldout: Annotated[
        bool,
        typer.Option("--heldout", help="relations: score the held-out passages instead, for a release; figures only."),
    ] = False,
) -> None:
    """Print how good names, relations or grounding are on annotated text, misses counted and listed.

    ner: the bundled language model on the test splits. A name is right when its span and its type are; trees, tags and
    sentences are scored too.

    relations: precision, recall and F1 on passages, end to end. A relation counts as found when its predicate is an
    accepted one and both arguments name the same thing. On corpora: the classifiers with the names that the corpus
    annotates, and BC5CDR from raw text. --heldout scores the passages that no one has looked at, and lists no miss.

    grounding: the share of the annotated mentions that get an identifier of the corpus, beside that of names looked up
    as they are written.
    """
    from extractors.development.corpora.annotated import CorpusError
    from extractors.development.evaluation import grounding, ner, relations

    if heldout and subject is not Subject.relations:
        raise WrongArgument(f"--heldout goes with relations, not with {subject}; there are no held-out texts of others")
    try:
        if subject is Subject.ner:
            names = ner.evaluate_ner(corpora)
            print(json.dumps(names.as_dict()) if form == "json" else ner.report(names))
        elif subject is Subject.grounding:
            linked = grounding.evaluate_grounding(corpora)
            print(json.dumps([row.as_dict() for row in linked]) if form == "json" else grounding.report(linked))
        elif heldout:
            files = relations.score_held_out(corpora)
            as_json = {name: score.as_dict() for name, score in files.items()}
            print(json.dumps(as_json) if form == "json" else relations.held_out_report(files))
        else:
            scores = relations.evaluate_relations(corpora)
            print(json.dumps(scores.as_dict()) if form == "json" else relations.report(scores))
    except CorpusError as error:
        raise WrongArgument(str(error)) from error
