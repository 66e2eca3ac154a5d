"""Replaces LaTeX remnants by characters: `TNF- $\\alpha$ ,` becomes "TNF-α,"."""

from __future__ import annotations

import re
from collections.abc import Callable

_GREEK_NAMES = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma
varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
"""
_GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδεεζηθϑικλμνξπρσςτυφφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
_SYMBOLS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "gt": ">", "lt": "<",
    "neq": "≠", "ne": "≠", "approx": "≈", "simeq": "≃", "sim": "~", "equiv": "≡", "propto": "∝", "pm": "±",
    "mp": "∓", "times": "×", "cdot": "·", "div": "÷", "infty": "∞", "rightarrow": "→", "to": "→",
    "longrightarrow": "→", "Rightarrow": "⇒", "leftarrow": "←", "leftrightarrow": "↔", "uparrow": "↑",
    "downarrow": "↓", "circ": "°", "degree": "°", "prime": "′", "dagger": "†", "ddagger": "‡", "ast": "*",
    "star": "*", "bullet": "•", "ldots": "…", "dots": "…", "cdots": "…", "percent": "%", "gg": "≫", "ll": "≪",
    "partial": "∂", "sum": "∑", "in": "∈", "cup": "∪", "cap": "∩", "textmu": "μ", "textdegree": "°",
    "textasciitilde": "~", "quad": " ", "qquad": " ", "left": "", "right": "", "displaystyle": "", "rm": "",
    "bf": "", "it": "",
}  # fmt: skip
_WRAPPERS = (
    r"(?:mathrm|mathbf|mathit|mathsf|mathcal|mathbb|boldsymbol|operatorname|bar|hat|tilde|overline|vec|"
    r"text|textit|textbf|textrm|textsf|texttt|textsc|textnormal|emph|underline|mbox)"
)
_WRAPPED = re.compile(rf"\\{_WRAPPERS}\s{{0,3}}\{{([^{{}}\\]{{0,300}})\}}")
_TEXT_SCRIPT = re.compile(r"\\text(super|sub)script\s{0,3}\{([^{}\\]{0,100})\}")
_FRACTION = re.compile(r"\\[dt]?frac\s{0,3}\{([^{}]{0,80})\}\s{0,3}\{([^{}]{0,80})\}")
_ROOT = re.compile(r"\\sqrt\s{0,3}\{([^{}]{0,80})\}")
_BRACED_SCRIPT = re.compile(r"\s?([\^_])\s{0,3}\{([^{}]{0,80})\}")
_SHORT_SCRIPT = re.compile(r"\s?([\^_])\s{0,3}([^\s{}<^_\\])")
_COMMAND_SCRIPT = re.compile(r"\s?([\^_])\s{0,3}\\([A-Za-z]{1,20})")
_COMMAND = re.compile(r"\\([A-Za-z]{1,30})(\s{0,3})")
_ESCAPED = re.compile(r"\\([%&#$_{}])")
_THIN_SPACE = re.compile(r"\\[,;:! ]|~")
_SPACED_OUT = re.compile(r"\S(?: \S)+")
_BARE_GREEK = re.compile(rf"\\({'|'.join(_GREEK)})(?![A-Za-z])(?:\{{\}})?")

_MATH = re.compile(
    r"( ?)(?<!\\)"
    r"(?:\$\$([^$]{1,1000})\$\$|\$([^$\n]{1,300})\$|\\\(([^\n]{1,200}?)\\\)|\\\[([^\n]{1,200}?)\\\])( ?)"
)
_LETTER_RUN = re.compile(r"[A-Za-z]+")
_NAME_BEFORE = re.compile(r"(?:[A-Za-z0-9]-|\b[A-Z][A-Za-z]?[A-Z0-9]*(?:-?[0-9A-Z]{1,3}))\Z")
_NAME_AFTER = re.compile(
    r"(?:[A-Z]\d?|[1-9])(?![\w%]|\.\d)(?!\s?(?:mg|ng|pg|µg|μg|kg|g|m[lL]|U|IU|fold|h|days?|weeks?)\b)"
)
_SUFFIX_AFTER = re.compile(r"[,.;:)\]’%]|-\S|/\S")
_GREEK_LETTERS = frozenset(_GREEK.values())


def latex_to_characters(text: str, *, escape: Callable[[str], str] = str) -> str:
    """Replace LaTeX formulas and commands by what they print, with superscripts as `<sup>` and subscripts as `<sub>`.

    Spaces that a converter put around a formula are removed if the formula is part of a name. Amounts of money are left
    alone. `escape` is applied to the replacement of a formula, for text that is parsed further.

    >>> latex_to_characters(r"TNF- $\\alpha$ , IL-1 $\\beta$ and $p \\leq 0.05$; a $5 fee or a $10 fee")
    'TNF-α, IL-1β and p ≤ 0.05; a $5 fee or a $10 fee'
    """
    if "$" in text or "\\" in text:
        text = _MATH.sub(lambda match: _formula_in_text(match, escape), text)
    if "\\" in text:
        text = _unwrap_commands(text)
        text = _BARE_GREEK.sub(lambda match: escape(_GREEK[match[1]]), text)
    return text


def _formula_in_text(match: re.Match[str], escape: Callable[[str], str]) -> str:
    left, right = match[1], match[6]
    content = next(group for group in match.group(2, 3, 4, 5) if group is not None)
    if not _is_formula(content, is_escaped_bracket=match[5] is not None):
        return match[0]
    shown = _formula(content)
    before = match.string[max(0, match.start() - 12) : match.start()]
    after = match.string[match.end() : match.end() + 12]
    is_greek = shown[:1] in _GREEK_LETTERS
    belongs_left = shown.startswith(("<sup>", "<sub>")) or (is_greek and _NAME_BEFORE.search(before))
    if left and (belongs_left or before[-1:] in ("(", "[")):
        left = ""
    joins_name = is_greek and not left and before[-1:] != "" and not before[-1:].isspace()
    if right and (_SUFFIX_AFTER.match(after) or (joins_name and _NAME_AFTER.match(after))):
        right = ""
    return f"{left}{escape(shown)}{right}"


def _is_formula(content: str, *, is_escaped_bracket: bool) -> bool:
    if is_escaped_bracket:  # in Markdown "\[1\]" is a citation
        return bool(_COMMAND.search(content))
    if any(mark in content for mark in "\\^_{"):
        return True
    if content[0].isdigit() and content[-1].isspace():  # "$5 to $10"
        return False
    return len(content) <= 24 and all(len(run) <= 2 for run in _LETTER_RUN.findall(content))


def _formula(content: str) -> str:
    shown = _THIN_SPACE.sub(" ", content.strip())
    for _ in range(6):  # innermost braces first
        simpler = _unwrap_commands(shown)
        simpler = _FRACTION.sub(r"\1/\2", simpler)
        simpler = _ROOT.sub(r"√\1", simpler)
        simpler = _BRACED_SCRIPT.sub(_script, simpler)
        if simpler == shown:
            break
        shown = simpler
    shown = _COMMAND_SCRIPT.sub(lambda match: _tag(match[1], _character(match[2])), shown)
    shown = _SHORT_SCRIPT.sub(_script, shown)
    shown = _ESCAPED.sub(r"\1", shown)
    shown = _COMMAND.sub(_command, shown)
    shown = shown.replace("{", "").replace("}", "").replace("\\", "")
    shown = re.sub(r"(?<=\d) (?=[\d.])|(?<=\d\.) (?=\d)", "", shown)
    return " ".join(shown.split())


def _unwrap_commands(text: str) -> str:
    text = _TEXT_SCRIPT.sub(lambda match: _tag("^" if match[1] == "super" else "_", match[2]), text)
    return _WRAPPED.sub(lambda match: _close_up(match[1]), text)


def _close_up(content: str) -> str:
    """Return "CD4" for "C D 4": some converters put spaces between the letters of a name."""
    stripped = content.strip()
    return stripped.replace(" ", "") if _SPACED_OUT.fullmatch(stripped) else content


def _script(match: re.Match[str]) -> str:
    inner = _COMMAND.sub(_command, match[2])
    return _tag(match[1], inner.replace(" ", ""))


def _tag(mark: str, content: str) -> str:
    name = "sup" if mark == "^" else "sub"
    return f"<{name}>{content}</{name}>"


def _command(match: re.Match[str]) -> str:
    name, space = match[1], match[2]
    return _character(name) + ("" if name in _GREEK else space)


def _character(name: str) -> str:
    return _GREEK.get(name) or _SYMBOLS.get(name, name)
