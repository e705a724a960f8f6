"""What every page about a cohort says."""

from __future__ import annotations

from pathfinder import __version__
from pathfinder.report.blocks import Block, Heading, paragraph, strong
from pathfinder.report.words import number, overlay_in_words
from pathfinder.rulebase.models import RuleBase


def people(count: int) -> str:
    """`one person`, `two people`, `20 people`."""
    return f"{number(count)} person" if count == 1 else f"{number(count)} people"


def unusable(count: int) -> list[Block]:
    """That the answers of so many people could not be used; nothing where all could."""
    text = f"The answers of {people(count)} more could not be used. errors.csv says what to mend where."
    return [paragraph(strong(text))] if count else []


def making(base: RuleBase) -> list[Block]:
    """With what program and what rule base a page was made."""
    overlay = overlay_in_words(base.identity)
    return [
        Heading(2, "How this was made"),
        paragraph(
            f"Made with pathfinder {__version__} and the rule base '{base.general.title}', version"
            f" {base.general.version} (content {base.hash})" + (f", with {overlay} on it." if overlay else ".")
        ),
    ]
