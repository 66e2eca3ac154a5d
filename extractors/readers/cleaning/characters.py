"""Normalises the characters of a text: composed, visible, with one kind of space and of hyphen."""

from __future__ import annotations

import re
import unicodedata

_TRANSLATION: dict[int, str | None] = {
    **{code: None for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(127, 160)),
    **dict.fromkeys((0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF), None),
    **dict.fromkeys((*range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFFFE, 0xFFFF), None),
    **dict.fromkeys(range(0x202A, 0x202F), None),  # bidirectional controls
    **dict.fromkeys(range(0x2066, 0x206A), None),
    **dict.fromkeys((0x00A0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)), " "),
    **dict.fromkeys((0x000B, 0x000C, 0x0085, 0x2028, 0x2029), "\n"),
    **dict.fromkeys((0x2010, 0x2011), "-"),
    **{0xFB00 + n: letters for n, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
    **{0x2080 + digit: str(digit) for digit in range(10)},  # subscripts
    0x200B: None,
}
_SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad[ \t]{0,20}\n[ \t]{0,20}")


def clean_characters(text: str) -> str:
    """Return `text` in NFC without control, zero-width and soft-hyphen characters.

    Every kind of space becomes a space, every kind of line or page break "\\n", every typographic hyphen "-", and
    ligatures become letters. A word that is divided by a soft hyphen at the end of a line is joined.

    >>> clean_characters("immuno\\u00ad\\nmodulatory e\\ufb03cacy")
    'immunomodulatory efficacy'
    """
    whole = _SOFT_HYPHEN_AT_LINE_END.sub("", text)
    return unicodedata.normalize("NFC", whole.translate(_TRANSLATION))
