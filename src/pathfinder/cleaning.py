"""Foreign text is made harmless once, at the border, before anything else sees it."""

from __future__ import annotations

import unicodedata

_KEPT = {"\n", "\t"}
LONGEST_SHOWN = 80


def clean(text: str) -> str:
    """Text without control characters: C0 and C1 (escape among them), bidirectional overrides, other
    invisible format characters, lone surrogates. New lines and tabs stay."""
    if text.isprintable():
        return text
    return "".join(
        character
        for character in text
        if character in _KEPT or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


def one_line(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Clean text folded to one line of at most `longest` characters, for names and for messages."""
    folded = " ".join(clean(text).split())
    return folded if len(folded) <= longest else folded[: longest - 1] + "…"
