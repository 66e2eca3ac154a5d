"""The invariants of the warehouse. A check is a query in checks/ that selects the rows that violate one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.connection import WarehouseError

CHECKS = Path(__file__).parent / "checks"
EXAMPLES = 5
"""How many offending rows a violation shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A check that found rows: its invariant, how many rows violate it, and the first few of them."""

    check: str
    invariant: str
    row_count: int
    columns: tuple[str, ...]
    examples: tuple[tuple[object, ...], ...]

    def __str__(self) -> str:
        rows = "\n".join(
            "    " + ", ".join(f"{name}={value!r}" for name, value in zip(self.columns, row, strict=True))
            for row in self.examples
        )
        return f"{self.check}: {self.row_count} rows break this: {self.invariant}\n{rows}"


class CheckError(WarehouseError):
    """The warehouse violates an invariant; `violations` says which."""

    def __init__(self, violations: list[Violation], advice: str) -> None:
        self.violations = violations
        super().__init__("\n".join([f"checks failed: {len(violations)}; {advice}", *map(str, violations)]))


def run_checks(con: DuckDBPyConnection) -> list[Violation]:
    """Run every check and return the violations, in the order of their names."""
    return [violation for path in sorted(CHECKS.glob("*.sql")) if (violation := _run(con, path))]


def _run(con: DuckDBPyConnection, path: Path) -> Violation | None:
    query = path.read_text(encoding="utf-8")
    result = con.execute(
        f"with offenders as (\n{query}\n)\nselect *, count(*) over () from offenders order by all limit {EXAMPLES}"
    )
    columns = tuple(column[0] for column in result.description or ())
    rows = result.fetchall()
    if not rows:
        return None
    return Violation(
        check=path.stem,
        invariant=_invariant(query),
        row_count=rows[0][-1],
        columns=columns[:-1],
        examples=tuple(row[:-1] for row in rows),
    )


def _invariant(query: str) -> str:
    """Return the comment at the beginning of a check."""
    lines = takewhile(lambda line: line.startswith("--"), query.splitlines())
    return " ".join(line.removeprefix("--").strip() for line in lines)
