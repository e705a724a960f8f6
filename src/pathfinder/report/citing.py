"""Citations in one line: which source, which section, which lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pathfinder.assessment.results.items import Citation


def lines_in_words(lines: Iterable[int]) -> str:
    """`line 29`, or `lines 3, 20-25`: in order, without repeats, runs of consecutive lines joined."""
    ordered = sorted(set(lines))
    runs: list[tuple[int, int]] = []
    for line in ordered:
        if runs and line == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    shown = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)
    return (("line " if len(ordered) == 1 else "lines ") + shown) if runs else ""


@lru_cache(maxsize=1024)
def citation(claim: Citation) -> str:
    """Where one claim stands: `Gleave 2024, "People", lines 39, 41`.

    A place that has no heading of its own stands in the rule base in brackets, and here without quotes.
    """
    section = claim.section.strip()
    bare = section.startswith("(") and section.endswith(")")
    place = section[1:-1] if bare else f'"{section}"' if section else ""
    return ", ".join(part for part in (claim.title, place, lines_in_words(claim.lines)) if part)


def citations(claims: Sequence[Citation]) -> tuple[str, ...]:
    """Where claims stand, each section once with the lines of all its claims, in the order first cited."""
    return _citations(tuple(claims))


@lru_cache(maxsize=1024)  # a part of the rule base cites the same claims in every report
def _citations(claims: tuple[Citation, ...]) -> tuple[str, ...]:
    merged: dict[tuple[str, str], Citation] = {}
    for claim in claims:
        key = (claim.title, claim.section)
        known = merged.get(key)
        lines = (*known.lines, *claim.lines) if known else claim.lines
        merged[key] = Citation(claim.id, claim.source, claim.title, claim.section, lines, claim.claim)
    return tuple(citation(claim) for claim in merged.values())


def cited_in_short(claims: Sequence[Citation]) -> str:
    """The first claim's source with its lines, and how many claims more there are; empty where there is none."""
    if not claims:
        return ""
    first = ", ".join(part for part in (claims[0].title, lines_in_words(claims[0].lines)) if part)
    return first + (f" and {len(claims) - 1} more" if len(claims) > 1 else "")
