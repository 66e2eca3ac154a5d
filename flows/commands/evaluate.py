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
    names = "names"
    statements = "statements"


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
            "bc2gm_iob, jnlpba_iob, craft and phee, or some of them; names: folder with biored, nlm_gene, bc5cdr "
            "and drugprot, with the folders gold and vocab beside it, or some of them.",
        ),
    ],
    form: Annotated[EvaluateFormat, typer.Option("--format", help="How to write it.")] = EvaluateFormat.table,
    heldout: Annotated[
        bool,
        typer.Option("--heldout", help="relations: score the held-out passages instead, for a release; figures only."),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="MEASURE", help="names: make this measure alone; may be repeated."),
    ] = None,
    sealed: Annotated[
        bool, typer.Option("--sealed", help="statements: the texts that nobody looks at, not those for development.")
    ] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="names: read samples of training texts in place of the scored ones.")
    ] = False,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            parser=given_path,
            metavar="FOLDER",
            help="names, statements: keep there what was read, for each version of the extractor.",
        ),
    ] = None,
    misses: Annotated[
        int, typer.Option("--misses", min=0, help="names: how many examples of each kind of loss are shown.")
    ] = 0,
) -> None:
    """Print how good names, relations or grounding are on annotated text, misses counted and listed.

    ner: the bundled language model on the test splits. A name is right when its span and its type are; trees, tags and
    sentences are scored too.

    relations: precision, recall and F1 on passages, end to end. A relation counts as found when its predicate is an
    accepted one and both arguments name the same thing. On corpora: the classifiers with the names that the corpus
    annotates, and BC5CDR from raw text. --heldout scores the passages that no one has looked at, and lists no miss.

    grounding: the share of the annotated mentions that get an identifier of the corpus, beside that of names looked up
    as they are written.

    names: names from raw text, end to end: found, typed, with the right identifier, and the statements that they allow.
    The measures are names, targets, genes, drug-names, statements, identifiers and field; what is lost is counted by
    kind.

    statements: what whole texts state, end to end, against careful readings: precision, recall and F1 of what is surely
    stated, by predicate, by direction and by pair, and how far the scores can be trusted.
    """
    from extractors.development.corpora.annotated import CorpusError
    from extractors.development.evaluation import grounding, names, ner, relations, stated

    if heldout and subject is not Subject.relations:
        raise WrongArgument(f"--heldout goes with relations, not with {subject}; there are no held-out texts of others")
    if subject is not Subject.names and (only or sample or misses):
        raise WrongArgument(f"--only, --sample and --misses go with names, not with {subject}")
    if cache is not None and subject not in (Subject.names, Subject.statements):
        raise WrongArgument(f"--cache goes with names and statements, not with {subject}")
    if sealed and subject is not Subject.statements:
        raise WrongArgument(f"--sealed goes with statements, not with {subject}")
    try:
        if subject is Subject.names:
            measures = names.evaluate_names(corpora, only or (), sample=sample, cache=cache)
            rows = [measure.as_dict(misses) for measure in measures]
            print(json.dumps(rows, ensure_ascii=False) if form == "json" else names.report(measures, misses))
        elif subject is Subject.statements:
            figures = stated.evaluate_statements(corpora, "sealed" if sealed else "dev", cache)
            print(json.dumps(figures) if form == "json" else stated.report(figures))
        elif subject is Subject.ner:
            model = ner.evaluate_ner(corpora)
            print(json.dumps(model.as_dict()) if form == "json" else ner.report(model))
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
