"""`peyer show`: a drug, target or disease with its claims and their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.opening import open_warehouse, written_earlier
from flows.commands.options import WAREHOUSE, Warehouse
from flows.refusal import NothingDone, WrongArgument

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from warehouse.queries import Claim, ClaimAbout, Evidence, FoundConcept

CLAIMS = 20
SENTENCES = 3


def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, a synonym or an identifier, in any case.")],
    warehouse: Warehouse = WAREHOUSE,
    claims: Annotated[int, typer.Option(min=1, help="Claims to show.", show_default=True)] = CLAIMS,
) -> None:
    """Print the claims about a drug, target, disease or effect, with the sentences that make them.

    Claims about a phrase that holds the name are among them, with what of it they are about: [secretion of TNF].
    """
    if not name.strip():
        raise WrongArgument(f"{name!r} is no name; expected one that the articles mention, such as tacrolimus")
    import duckdb

    with open_warehouse(warehouse) as con:
        try:
            _show(con, name, warehouse, claims)
        except duckdb.BinderException as error:
            if not (hint := written_earlier(con)):
                raise
            raise NothingDone(f"{warehouse} lacks columns{hint}") from error


def _show(con: DuckDBPyConnection, name: str, warehouse: Path, claims: int) -> None:
    from warehouse.queries import claims_of, evidence_of, find_concepts

    found = find_concepts(con, name)
    if not found:
        part = name[:4].replace("'", "''")
        raise NothingDone(
            f"nothing named {name!r} is in {warehouse}; try another spelling, or: "
            f"peyer sql \"from mentions where text ilike '%{part}%'\""
        )
    concept = found[0]
    made = claims_of(con, concept.concept_id)
    print(f"{concept.name}  {concept.concept_id}  {concept.entity_type}, {concept.mention_count:,} mentions")
    print(f"{len(made):,} claims{f', the strongest {claims}' if len(made) > claims else ''}")
    for about in made[:claims]:
        print_claim(about.claim, evidence_of(con, about.claim), note=through_phrase(about, concept.name))
    print_others(found[1:])


def through_phrase(about: ClaimAbout, name: str) -> str:
    """Return what a claim about a phrase has to do with a name that stands in it; "" where it names it itself."""
    if about.aspects:
        return f"  [{', '.join(about.aspects)} of {name}]"
    return f"  [names {name}]" if about.is_within else ""


def print_claim(claim: Claim, evidence: list[Evidence], *, note: str = "") -> None:
    """Print one claim with its support and its best sentences, each with species and study setting if known."""
    counts = f"{claim.article_count:,} articles, {claim.sentence_count:,} sentences"
    denied = f", denied by {claim.negated_count:,}" if claim.negated_count else ""
    print(f"\n{claim.subject_name} -- {claim.predicate} -> {claim.object_name}{note}  ({counts}{denied})")
    for statement in evidence[:SENTENCES]:
        study = ", ".join(filter(None, (statement.species, (statement.study_setting or "").replace("_", " "))))
        notes = (statement.is_negated and "negated", statement.is_hedged and "hedged", study)
        said = "".join(f"[{note}] " for note in notes if note)
        print(f"  {statement.article_id}: {said}{' '.join(statement.sentence.split())}")


def print_others(found: list[FoundConcept]) -> None:
    """Print the other concepts that the name may mean."""
    for concept in found:
        print(
            f"\nalso {concept.name}  {concept.concept_id}  {concept.entity_type}, by its {concept.matched}; "
            f'see: peyer show "{concept.concept_id}"'
        )
