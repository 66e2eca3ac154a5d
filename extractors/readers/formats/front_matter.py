"""Front matter: the "key: value" lines between "---" at the beginning of a Markdown file."""

from __future__ import annotations

import re

_FENCE = re.compile(r"-{3,10}[ \t]*")
_END = re.compile(r"(?:-{3,10}|\.{3})[ \t]*")
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}?)\s{0,3}:(?:\s+(.*))?")
_MOST_LINES = 200


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the values of the front matter by lower-case key, and the text after it.

    Reads flat YAML: quoted and plain values, and indented continuation lines. Lists are joined with "; ". If it has no
    end or contains anything else, it is treated as text.

    >>> split_front_matter('---\\ntitle: "JAK inhibitors"\\nyear: 2024\\n---\\nText.')
    ({'title': 'JAK inhibitors', 'year': '2024'}, 'Text.')
    """
    lines = text.lstrip("\n").split("\n", _MOST_LINES)
    if not _FENCE.fullmatch(lines[0]):
        return {}, text
    values: dict[str, list[str]] = {}
    key = ""
    for place, line in enumerate(lines[1:_MOST_LINES], start=1):
        if _END.fullmatch(line) and values:
            joined = {name: _join(parts) for name, parts in values.items()}
            return {name: value for name, value in joined.items() if value}, "\n".join(lines[place + 1 :])
        pair = _PAIR.fullmatch(line)
        if pair:
            key = pair[1].lower().replace("_", " ").replace("-", " ")
            values[key] = [pair[2] or ""]
        elif key and (not line.strip() or line[0] in " \t-"):
            values[key].append(line)
        elif not line.startswith("#"):
            break
    return {}, text


def _join(parts: list[str]) -> str:
    head, *rest = (part.strip() for part in parts)
    if head in (">", ">-", "|", "|-", ">+", "|+"):
        head = ""
    if any(part.startswith("- ") for part in rest):
        return "; ".join(_unquote(part.removeprefix("- ")) for part in [head, *rest] if part)
    return _unquote(" ".join(part for part in [head, *rest] if part))


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value.removeprefix("[").removesuffix("]").strip() if value.startswith("[") else value
