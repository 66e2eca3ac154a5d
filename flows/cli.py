"""The command line, `peyer`. Each command is a module in `flows/commands`; this module registers them."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from flows.commands.evaluate import evaluate_command
from flows.commands.explain import explain_command
from flows.commands.export import export_command
from flows.commands.extract import extract_command
from flows.commands.run import run_command
from flows.commands.schedule import schedule_command
from flows.commands.show import show_command
from flows.commands.sql import sql_command
from flows.commands.status import status_command
from flows.commands.vocab import vocab_app
from flows.refusal import one_line

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("run")(run_command)
app.command("extract")(extract_command)
app.command("explain")(explain_command)
app.command("sql")(sql_command)
app.command("show")(show_command)
app.command("status")(status_command)
app.command("schedule")(schedule_command)
app.command("export")(export_command)
app.command("evaluate")(evaluate_command)
app.add_typer(vocab_app, name="vocab")


@app.callback(invoke_without_command=True)
def peyer(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Extract who does what to whom from biomedical articles, with the sentences that say so, into one DuckDB file."""
    if version:
        from flows.versions import package_version

        print(f"peyer {package_version()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command that the arguments name, and exit with its code.

    0: done, possibly with some inputs listed as failed; 1: nothing could be done; 2: a wrong argument;
    130: interrupted. Errors are reported in one line on standard error.
    """
    try:
        code = app(prog_name="peyer", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        print(one_line(error), file=sys.stderr)
        code = error.exit_code
    except BrokenPipeError:  # the consumer of a pipe has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    if code == 130:
        print("peyer: interrupted; nothing is lost, the same command goes on from here", file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
