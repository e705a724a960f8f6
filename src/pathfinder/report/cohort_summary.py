"""summary.md: who in a cohort needs what, for the person who advises them."""

from __future__ import annotations

from collections.abc import Callable

from pathfinder.report.blocks import Block, Heading, Item, Items, Line, Table, line, paragraph, strong
from pathfinder.report.cohort_record import Record
from pathfinder.report.cohort_tally import Named, Tally
from pathfinder.report.cohort_words import making, people, unusable
from pathfinder.report.words import number, plain_points, sentence
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import RuleBase, Tension

KINDS = ("clear", "close", "unsettled")
"""The verdicts that can name a path."""

REDACTED = (
    "This copy leaves out names, private answers, and everything that is said because of them. Ids stand as they were"
    " given. Verdicts, points and chances are those of the whole answers, and can still tell something of what is left"
    " out."
)
"""What a summary that is passed on says of itself."""

MOST_ASKED = 8
"""So many questions, and so many cheap tests, are listed at most."""


def cohort_blocks(base: RuleBase, tally: Tally, redacted: bool = False) -> list[Block]:
    """The summary of a cohort; `redacted`: the records in it are."""
    return [
        Heading(1, f"{sentence(people(tally.people))}, compared on {number(len(base.paths))} paths"),
        *_head(tally),
        *([paragraph(strong("Redacted. "), REDACTED)] if redacted else []),
        *_verdicts(base, tally),
        *_close(base, tally),
        *_unsettled(base, tally),
        *_none_fits(tally),
        *_outside(tally),
        *_tensions(base, tally),
        *_asking(base, tally, redacted),
        *_tests(tally),
        *making(base),
    ]


def _head(tally: Tally) -> list[Block]:
    about = "Each result is a default to argue with, not a verdict on a person. summary.csv has everybody, a row each."
    return [paragraph(about), *unusable(tally.failed)]


def _verdicts(base: RuleBase, tally: Tally) -> list[Block]:
    """How many people get which verdict."""
    named: list[tuple[str, str | None]] = [(path.title, path.id) for path in base.paths]
    rows = []
    for title, path in [*named, ("No path ahead yet", None)]:
        counts = [tally.verdicts[kind, path] for kind in KINDS]
        rows.append((title, *map(str, counts), str(sum(counts))))
    told = []
    if tally.none_fits.count:
        told.append(f"For {people(tally.none_fits.count)} none of the paths fits as things stand.")
    if outside := tally.verdicts["outside", None]:
        told.append(f"The answers of {people(outside)} point outside these paths.")
    if tally.settled:
        told.append(f"For {people(tally.settled)} it is proved that no open answer can change who comes first.")
    if shut := [f"{path.title} for {tally.blocked[path.id]}" for path in base.paths if tally.blocked[path.id]]:
        told.append(f"Blocked for now: {', '.join(shut)}.")
    table = Table(("Path named", "Clear", "Close", "Unsettled", "People"), tuple(rows))
    return [Heading(2, "Verdicts"), table, *([paragraph(" ".join(told))] if told else [])]


def _close(base: RuleBase, tally: Tally) -> list[Block]:
    titles = {path.id: path.title for path in base.paths}

    def told(record: Record) -> Line:
        points = plain_points(record.margin)
        lead = f"{points} ahead of" if record.margin > 0 else "level with"
        first, second = titles.get(record.path or "", ""), titles.get(record.runner_up or "", "")
        return line(strong(f"{record.id}: "), f"{first}, {lead} {second}")

    about = "Two paths are so close that points do not decide. What real places are like will. The closest come first."
    return _list("Who is close", about, tally.close, told)


def _unsettled(base: RuleBase, tally: Tally) -> list[Block]:
    titles = {path.id: path.title for path in base.paths}

    def told(record: Record) -> Line:
        ahead = f"{titles[record.path]} so far" if record.path else "no path ahead yet"
        asked = ", ".join(base.questions[question].title for question in record.ask_next)
        return line(strong(f"{record.id}: "), ahead, f"; ask about: {asked}" if asked else "")

    about = "More answers would move the result, so it is too early to go by it."
    return _list("Who has to answer more first", about, tally.unsettled, told)


def _none_fits(tally: Tally) -> list[Block]:
    def told(record: Record) -> Line:
        tests = "; ".join(record.find_out_next)
        return line(strong(f"{record.id}: "), f"next: {tests}" if tests else "their report says what to build")

    about = "No path is open with enough that speaks for it. Their reports say what to build first."
    return _list("Whom none of the paths fits as things stand", about, tally.none_fits, told)


def _outside(tally: Tally) -> list[Block]:
    if not tally.outside:
        return []
    groups = sorted(tally.outside.items(), key=lambda one: -one[1].count)
    return [
        Heading(2, "Whose answers point outside these paths"),
        Items(tuple(Item(line(strong(f"{title} ({named.count}): "), _ids(named))) for title, named in groups)),
    ]


def _tensions(base: RuleBase, tally: Tally) -> list[Block]:
    if not tally.tensions:
        return []
    found = [(one, tally.tensions[one.id]) for one in base.tensions if one.id in tally.tensions]
    items = tuple(_tension(base, one, named) for one, named in sorted(found, key=lambda pair: -pair[1].count))
    about = (
        f"{sentence(people(tally.torn))} gave answers that pull apart, perhaps in more than one way. Below each is"
        " what to ask them."
    )
    return [Heading(2, "Whose answers pull apart"), paragraph(about), Items(items)]


def _tension(base: RuleBase, tension: Tension, named: Named) -> Item:
    """A tension with those who have it; nobody is named where it would give a private answer away."""
    conditions = [*([tension.when] if tension.when is not None else []), *tension.undecided_between]
    private = any(base.questions[test.question].sensitive for one in conditions for test in tests(one))
    who = "not named here, as it rests on a private answer" if private else _ids(named)
    return Item(line(strong(f"{tension.title} ({named.count}): "), who), (line(tension.ask),))


def _asking(base: RuleBase, tally: Tally, redacted: bool) -> list[Block]:
    """The questions by how much their answers would tell over everybody."""
    heading = Heading(2, "Which question to ask everybody next")
    ranked = sorted(tally.asking.items(), key=lambda one: -one[1].worth)[:MOST_ASKED]
    if not ranked:
        told = " that is told here" if redacted else ""
        return [heading, paragraph(f"No single open answer{told} is likely to change who comes first for anybody.")]
    first = base.questions[ranked[0][0]]
    rows = tuple((base.questions[key].title, key, str(one.people), f"{max(one.worth, 0.1):.1f}") for key, one in ranked)
    return [
        heading,
        paragraph(strong(f"{first.title}. "), first.prompt),
        Table(("Question", "Id", "People", "Worth"), rows),
        paragraph(
            "People are those whose choice can be better for the answer. Worth is how many points better all their"
            " choices together are expected to be, over the plausible ways the open answers could fall."
        ),
    ]


def _tests(tally: Tally) -> list[Block]:
    if not tally.tests:
        return []
    ranked = sorted(tally.tests.items(), key=lambda one: -one[1])[:MOST_ASKED]
    return [
        Heading(2, "What to find out next"),
        paragraph("The cheap tests that come first for the most people; one of them may be worth arranging for all."),
        Items(tuple(Item(line(strong(f"{title}: "), people(count))) for title, count in ranked)),
    ]


def _list(title: str, about: str, named: Named, told: Callable[[Record], Line]) -> list[Block]:
    """A section about some people, a line each; nothing where there are none."""
    if not named.count:
        return []
    items = tuple(Item(told(record)) for record in named.records)
    left = named.count - len(items)
    more = [paragraph(f"And {left} more, whom summary.csv has.")] if left else []
    return [Heading(2, f"{title} ({named.count})"), paragraph(about), Items(items), *more]


def _ids(named: Named) -> str:
    return ", ".join(record.id for record in named.records) + _more(named)


def _more(named: Named) -> str:
    left = named.count - len(named.records)
    return f", and {left} more" if left else ""
