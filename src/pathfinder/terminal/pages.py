"""Something long, a screen at a time, so that its beginning is read before it has scrolled away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console

LEAST = 8
"""However low the terminal, a page has so many lines."""


def show_paged(console: Console, draw: Callable[[], None], more: Callable[[], bool]) -> None:
    """Show what `draw` prints on the console in pages that fit its height.

    `more` is asked before every page but the first; when it says no, the rest is left out. Where the console is
    no terminal, everything is printed at once.
    """
    if not console.is_terminal:
        draw()
        return
    with console.capture() as captured:
        draw()
    for number, page in enumerate(pages(captured.get().splitlines(), max(LEAST, console.height - 2))):
        if number and not more():
            return
        console.file.write("\n".join(page) + "\n")
        console.file.flush()


def pages(lines: Sequence[str], height: int) -> list[list[str]]:
    """Lines in pages of at most `height`, cut after an empty line where there is one in the last third of a page."""
    cut: list[list[str]] = []
    rest = list(lines)
    while len(rest) > height:
        empty = (place for place in range(height, 2 * height // 3, -1) if not rest[place - 1].strip())
        end = next(empty, height)
        cut.append(rest[:end])
        rest = rest[end:]
    return [*cut, rest]
