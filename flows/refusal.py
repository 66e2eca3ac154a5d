"""Errors of the commands: one line for standard error, and an exit code."""

from __future__ import annotations

from typing import Any

from typer import TyperException

from flows.render import printable


class WrongArgument(TyperException):
    """An argument cannot be used. The message says what was given, what is allowed and what to do. Exit code 2."""

    exit_code = 2


class NothingDone(TyperException):
    """The command could do nothing, although its arguments were valid. Exit code 1."""

    exit_code = 1


def one_line(error: TyperException) -> str:
    """Return one line that says what was given, what is allowed and where to read more.

    Typer's own errors know their command (`ctx`) but not what is allowed, which is added here; ours are complete.
    """
    message = printable(" ".join(error.format_message().split())).replace(": Value error, ", ": ").rstrip(".")
    context = getattr(error, "ctx", None)
    if context is None:
        return f"peyer: {message}"
    return f"{context.command_path}: {message}; {_allowed(error, message, context)}see '{context.command_path} --help'"


def _allowed(error: TyperException, message: str, context: Any) -> str:
    if "No such option" in message:
        options = sorted(option for parameter in context.command.params for option in parameter.opts)
        return f"options are {', '.join(option for option in options if option.startswith('--'))}; "
    if "No such command" in message:
        return f"commands are {', '.join(context.command.list_commands(context))}; "
    if message.startswith("Missing ") and (told := getattr(getattr(error, "param", None), "help", None)):
        return f"expected {told[:1].lower()}{told[1:].rstrip('.')}; "
    if "unexpected extra argument" in message:
        return f"expected {context.command_path} {' '.join(context.command.collect_usage_pieces(context))}; "
    return ""
