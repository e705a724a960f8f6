"""An independent reference for conditions and scores, naive on purpose.

Written from docs/rule-format.md and the design alone, and shares no code with the program: conditions are read
straight from their YAML form for one person at a time, and scores come from trying out every completion on a
fine grid of values. Slow, and simple enough to be checked by eye.

A person maps questions to values: text for a choice, a whole number for a scale, a number, True or False, a
frozenset for a selection. A question that is missing is not answered. A sheet maps questions to answers as they
stand in an answers file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import yaml

Raw = Mapping[str, Any]
Person = Mapping[str, Any]
Sheet = Mapping[str, Any]

DOES_NOT_APPLY = object()
"""As a value: it is assumed that this question does not apply, so that every test on it is false."""

NUMBER_STEP = 0.5
"""Grid of numbers. Thresholds and ends of ranges are whole numbers in the tests, so that every stretch between two
of them has a grid point inside, and each of them is one."""


@dataclass(frozen=True)
class Score:
    """What one argument comes to. `moves` are the open or uncertain questions on which it can still hang."""

    points: float
    low: int
    high: int
    void: float
    moves: frozenset[str]


class Reference:
    """Evaluates raw conditions and rules against raw questions (by id, in the order of the interview)."""

    def __init__(self, questions: Mapping[str, Raw]) -> None:
        self.questions = questions

    def __repr__(self) -> str:
        return f"Reference({self.questions!r})"

    # Conditions

    def truth(self, condition: Raw, person: Person) -> bool | None:
        """Whether a condition is true or false for a person; None where missing answers leave it open."""
        return _and([self._entry(key, value, person) for key, value in condition.items()])

    def _entry(self, key: str, value: Any, person: Person) -> bool | None:
        if key == "not":
            return _not(self.truth(value, person))
        if key == "all":
            return _and([self.truth(part, person) for part in value])
        if key == "any":
            return _or([self.truth(part, person) for part in value])
        if self.applies(key, person) is False:
            return False
        if key not in person:
            return None
        return person[key] is not DOES_NOT_APPLY and _passes(self.questions[key], value, person[key])

    def applies(self, question: str, person: Person) -> bool | None:
        """Whether a question concerns a person."""
        asked_if = self.questions[question].get("asked_if")
        return True if asked_if is None else self.truth(asked_if, person)

    def truth_on(self, condition: Raw, sheet: Sheet) -> bool | None:
        """Whether every value that the given answers leave possible agrees on a condition."""
        found = {self.truth(condition, person) for person, _ in self.persons(sheet, self.rests_on([condition]))}
        return found.pop() if len(found) == 1 else None

    def applies_on(self, question: str, sheet: Sheet) -> bool | None:
        """Whether a question is known to concern whoever filled in a sheet."""
        asked_if = self.questions[question].get("asked_if")
        return True if asked_if is None else self.truth_on(asked_if, sheet)

    def never_applies(self, question: str, sheet: Sheet) -> bool:
        """Whether a question does not concern whoever filled in a sheet, whatever they would still answer."""
        above = self.questions[question].get("asked_if", {})
        return not any(self.truth(above, full) for full in self.completions(sheet, self.rests_on([above])))

    def named(self, conditions: Sequence[Raw]) -> frozenset[str]:
        """The questions that conditions name."""
        found: set[str] = set()
        for condition in conditions:
            for key, value in condition.items():
                if key in ("all", "any"):
                    found |= self.named(value)
                elif key == "not":
                    found |= self.named([value])
                else:
                    found.add(key)
        return frozenset(found)

    def rests_on(self, conditions: Sequence[Raw]) -> frozenset[str]:
        """The questions that conditions name, and those on which hangs whether these apply."""
        found = self.named(conditions)
        above = [self.questions[key]["asked_if"] for key in found if "asked_if" in self.questions[key]]
        return found | self.rests_on(above) if above else found

    # Answers

    def options(self, question: str) -> list[Any]:
        """Every value a question can have; numbers on the grid."""
        raw = self.questions[question]
        match raw["kind"]:
            case "scale":
                return [1, 2, 3, 4, 5]
            case "yes_no":
                return [True, False]
            case "number":
                return _grid(*(float(end) for end in raw["range"]))
            case "multi":
                words = [str(word) for word in raw["values"]]
                return [frozenset(some) for size in range(len(words) + 1) for some in combinations(words, size)]
        return [str(word) for word in raw["values"]]

    def is_open(self, question: str, sheet: Sheet) -> bool:
        """Whether nothing is known."""
        return sheet.get(question) in (None, "unknown")

    def possible(self, question: str, answer: Any) -> list[tuple[Any, float]]:
        """The values that an answer leaves possible, and how probable each is.

        A set makes all alike; a range spreads evenly, or half to either side of what is likely. Single points of
        a range of numbers are possible without being probable.
        """
        kind = self.questions[question]["kind"]
        if isinstance(answer, Mapping):
            low, high, likely = answer["min"], answer["max"], answer.get("likely")
            values = list(range(low, high + 1)) if kind == "scale" else _grid(low, high)
            chances = _scale_chances if kind == "scale" else _number_chances
            if likely is None:
                return list(zip(values, chances(values, low, high), strict=True))
            below, above = chances(values, low, likely), chances(values, likely, high)
            return [(value, (one + other) / 2) for value, one, other in zip(values, below, above, strict=True)]
        if isinstance(answer, list):
            return [(frozenset(answer), 1.0)] if kind == "multi" else [(one, 1 / len(answer)) for one in answer]
        return [(answer, 1.0)]

    def persons(self, sheet: Sheet, questions: frozenset[str]) -> Iterator[tuple[Person, float]]:
        """Every way in which the given answers to these questions may be meant, and how probable it is."""
        given = [key for key in self.questions if key in questions and not self.is_open(key, sheet)]
        yield from self._products([(key, self.possible(key, sheet[key])) for key in given], {})

    def completions(self, sheet: Sheet, questions: frozenset[str]) -> Iterator[Person]:
        """Every way in which everything open or uncertain among these questions may come out."""
        for person, _ in self.persons(sheet, questions):
            left = [key for key in self.questions if key in questions and self.is_open(key, sheet)]
            for full, _ in self._products([(key, [(one, 1.0) for one in self.options(key)]) for key in left], person):
                yield full

    def _products(
        self, choices: Sequence[tuple[str, list[tuple[Any, float]]]], person: Person
    ) -> Iterator[tuple[Person, float]]:
        if not choices:
            yield person, 1.0
            return
        (key, values), *rest = choices
        for value, chance in values:
            for full, more in self._products(rest, {**person, key: value}):
                yield full, chance * more

    # Rules

    def case(self, rule: Raw, person: Person) -> int | None:
        """The place of the first case that matches; None where none does."""
        found = (place for place, one in enumerate(rule["cases"]) if self.truth(one["when"], person) is True)
        return next(found, None)

    def outcome(self, rule: Raw, person: Person) -> int:
        """The points of the first case that matches; 0 where none does."""
        place = self.case(rule, person)
        return 0 if place is None else int(rule["cases"][place]["points"])

    def is_void(self, rule: Raw, person: Person) -> bool:
        """Whether `unless` is known to take the argument away."""
        return "unless" in rule and self.truth(rule["unless"], person) is True

    def points_of(self, rule: Raw, person: Person) -> int:
        """What an argument comes to for a person about whom everything is known."""
        return 0 if self.is_void(rule, person) else self.outcome(rule, person)

    def score(self, rule: Raw, sheet: Sheet) -> Score:
        """Points that count now, least and most that can come of them, and on what that hangs."""
        cases = [case["when"] for case in rule["cases"]]
        everything = self.rests_on([*cases, rule["unless"]] if "unless" in rule else cases)
        points = void = 0.0
        for person, chance in self.persons(sheet, everything):
            if chance and self.is_void(rule, person):
                void += chance
            elif chance:
                points += chance * self._counted(rule, sheet, person, self.named(cases))
        ways = [(full, self.points_of(rule, full)) for full in self.completions(sheet, everything)]
        outcomes = [found for _, found in ways]
        moves = frozenset(key for key in everything if _hangs_on(ways, key))
        return Score(points, min(outcomes), max(outcomes), void, moves)

    def _counted(self, rule: Raw, sheet: Sheet, person: Person, named: frozenset[str]) -> int:
        """The outcome nearest zero among those that the open questions in the cases leave possible; 0 where these
        differ in sign."""
        left = [key for key in self.questions if key in named and self.is_open(key, sheet)]
        outcomes = [self.outcome(rule, full) for full in self.filled(left, person)]
        return 0 if min(outcomes) <= 0 <= max(outcomes) else min(outcomes, key=abs)

    def filled(self, left: Sequence[str], person: Person) -> Iterator[Person]:
        """Every answer to some open questions; one of which it is open whether it applies may also not apply."""
        if not left:
            yield person
            return
        question, *rest = left
        applies = self.applies(question, person)
        values = [] if applies is False else self.options(question)
        for value in values if applies is True else [*values, DOES_NOT_APPLY]:
            yield from self.filled(rest, {**person, question: value})

    # Chances

    def chances(self, sheet: Sheet) -> Iterator[tuple[Person, float]]:
        """Every completion of a whole sheet by the plausible shares of what is open, with its probability."""
        yield from self._drawn(list(self.questions), sheet, {})

    def _drawn(self, left: Sequence[str], sheet: Sheet, person: Person) -> Iterator[tuple[Person, float]]:
        if not left:
            yield person, 1.0
            return
        question, *rest = left
        if self.is_open(question, sheet):
            values = self._plausible(question, person)
        else:
            values = self.possible(question, sheet[question])
        for value, chance in values:
            if chance:
                for full, more in self._drawn(rest, sheet, {**person, question: value}):
                    yield full, chance * more

    def _plausible(self, question: str, person: Person) -> list[tuple[Any, float]]:
        raw = self.questions[question]
        shares = raw["plausible"]
        for other in shares.get("given", []):
            if self.truth(other["when"], person) is True:
                shares = other
                break
        values = self.options(question)
        if raw["kind"] == "number":
            return list(zip(values, _quantile_chances(values, shares["quantiles"]), strict=True))
        if raw["kind"] == "multi":
            return [(value, _selection_chance(value, shares["shares"])) for value in values]
        total = sum(shares["weights"].values())
        return [(value, shares["weights"][_word(value)] / total) for value in values]

    def best(self, paths: Sequence[Raw], person: Person) -> str | None:
        """The path that comes first for a person about whom everything is known; None where all are blocked.

        A path holds its `rules` (shared ones among them) and `gates`. The earlier path wins a tie.
        """
        best, most = None, 0
        for path in paths:
            points = sum(self.points_of(rule, person) for rule in path["rules"])
            blocked = any(self.truth(gate["when"], person) is True for gate in path["gates"])
            if not blocked and (best is None or points > most):
                best, most = str(path["id"]), points
        return best


@dataclass(frozen=True)
class RawBase:
    """A rule base as plain data: what it asks, and its paths with all the rules that count on each."""

    reference: Reference
    paths: tuple[Raw, ...]


def read_raw(folder: Path) -> RawBase:
    """The questions, rules and gates in a folder, read as plain YAML."""

    def load(path: Path) -> Any:
        return yaml.safe_load(path.read_text(encoding="utf-8"))

    questions = {
        one["id"]: one for file in sorted((folder / "questions").glob("*.yaml")) for one in load(file)["questions"]
    }
    shared = [load(file) for file in sorted((folder / "shared").glob("*.yaml"))]
    paths = []
    for name in load(folder / "rulebase.yaml")["paths"]:
        path = load(folder / "paths" / f"{name}.yaml")
        more = [rule for group in shared if name in group["paths"] for rule in group["rules"]]
        paths.append({"id": name, "rules": [*path["rules"], *more], "gates": path.get("gates", [])})
    return RawBase(Reference(questions), tuple(paths))


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one


def _and(parts: Sequence[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _or(parts: Sequence[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _word(value: Any) -> str:
    """A value as YAML names it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _words(raw: Any) -> list[str]:
    return [_word(one) for one in (raw if isinstance(raw, list) else [raw])]


def _passes(question: Raw, check: Any, value: Any) -> bool:
    """Whether a value passes what a condition says about its question."""
    if question["kind"] == "multi":
        ((operator, wanted),) = check.items()
        hits = [word in value for word in _words(wanted)]
        return {"has": any(hits), "has_any": any(hits), "has_all": all(hits), "has_none": not any(hits)}[operator]
    if question["kind"] == "number":
        if not isinstance(check, Mapping):
            return bool(value == float(check))
        return all(_compared(operator, value, float(bound)) for operator, bound in check.items())
    if not isinstance(check, Mapping):
        return _word(value) in _words(check)
    order = [str(word) for word in question["values"]] if question["kind"] == "choice" else list("12345")
    return all(
        _word(value) not in _words(bound)
        if operator == "not"
        else _compared(operator, order.index(_word(value)), order.index(_word(bound)))
        for operator, bound in check.items()
    )


def _compared(operator: str, one: float, other: float) -> bool:
    return {"lt": one < other, "lte": one <= other, "gt": one > other, "gte": one >= other}[operator]


def _hangs_on(ways: Sequence[tuple[Person, int]], question: str) -> bool:
    """Whether two ways that differ in this question alone come to different points."""
    seen: dict[frozenset[tuple[str, Any]], int] = {}
    for person, points in ways:
        others = frozenset((key, value) for key, value in person.items() if key != question)
        if seen.setdefault(others, points) != points:
            return True
    return False


def _grid(low: float, high: float) -> list[float]:
    return [low + NUMBER_STEP * step for step in range(round((high - low) / NUMBER_STEP) + 1)]


def _inside(value: float) -> bool:
    """Whether a grid point stands for a stretch (it lies between two whole numbers)."""
    return value != int(value)


def _number_chances(values: Sequence[float], low: float, high: float) -> list[float]:
    """The chance of each grid point when a number is spread evenly from low to high."""
    if low == high:
        return [1.0 if value == low else 0.0 for value in values]
    return [1 / (high - low) if _inside(value) and low < value < high else 0.0 for value in values]


def _scale_chances(values: Sequence[float], low: float, high: float) -> list[float]:
    """The chance of each scale point when those from low to high are alike."""
    count = sum(low <= value <= high for value in values)
    return [1 / count if low <= value <= high else 0.0 for value in values]


def _quantile_chances(values: Sequence[float], quantiles: Mapping[float, float]) -> list[float]:
    """The chance of each grid point under percent-of-people to value, evenly spread in between."""
    found = [0.0] * len(values)
    for (percent, low), (upto, high) in pairwise(quantiles.items()):
        for place, chance in enumerate(_number_chances(values, low, high)):
            found[place] += chance * (upto - percent) / 100
    return found


def _selection_chance(selection: frozenset[str], shares: Mapping[str, float]) -> float:
    chance = 1.0
    for word, share in shares.items():
        chance *= share if word in selection else 1 - share
    return chance
