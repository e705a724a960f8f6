"""Small random rule bases and answer sheets, for properties that must hold on any.

A `Small` is the raw form (as YAML would give it) with the rule base that the program makes of it. Everything is
drawn by hypothesis, so a failing one shrinks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from naive import Raw, Reference, Sheet
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.rulebase.condition_parsing import parse_condition
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import Claim, General, PathParts, RuleBase, SharedRules, Source
from pathfinder.rulebase.questions import Question, Section

KINDS = ("choice", "ordered", "multi", "scale", "number", "yes_no")
WORDS = ("a", "b", "c")
TOP_NUMBER = 6
COMPARISONS = ("lt", "lte", "gt", "gte")
TEXT = {"because": "Because.", "claims": ["c"]}


@dataclass(frozen=True)
class Small:
    """A small rule base in both forms. `paths` hold all the rules that count on them."""

    reference: Reference
    paths: tuple[Raw, ...]
    base: RuleBase = field(repr=False)

    @property
    def rules(self) -> dict[str, Raw]:
        """Every raw rule by id, once."""
        return {rule["id"]: rule for path in self.paths for rule in path["rules"]}

    def sheet(self, raw: Sheet) -> AnswerSheet:
        """The answer sheet that the program reads from raw answers."""
        sheet, problems = validate_sheet({"answers": raw}, self.base.questions)
        assert not problems
        return sheet


def subsets(words: Sequence[Any], most: int) -> st.SearchStrategy[list[Any]]:
    """A list of some of the words: at least one, at most `most`."""
    return st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True)


@st.composite
def checks(draw: st.DrawFn, question: Raw) -> Any:
    """What a condition may say about a question; some answer passes it."""
    match question["kind"]:
        case "multi":
            operator = draw(st.sampled_from(["has", "has_any", "has_all", "has_none"]))
            return {operator: draw(st.sampled_from(WORDS) | subsets(WORDS, 2))}
        case "number":
            low, high = sorted(draw(st.lists(st.integers(0, TOP_NUMBER), min_size=2, max_size=2, unique=True)))
            over, under = draw(st.sampled_from(["gt", "gte"])), draw(st.sampled_from(["lt", "lte"]))
            return draw(st.sampled_from([{over: low}, {under: high}, {over: low, under: high}, low]))
        case "yes_no":
            return draw(st.booleans())
    values: Sequence[Any] = WORDS if question["kind"] == "choice" else (1, 2, 3, 4, 5)
    wanted = st.sampled_from(values) | subsets(values, len(values) - 1)
    if question["kind"] == "choice" and not question.get("ordered"):
        return draw(wanted | st.fixed_dictionaries({"not": wanted}))
    operator = draw(st.sampled_from(["among", "not", *COMPARISONS]))
    if operator in ("among", "not"):
        return draw(wanted) if operator == "among" else {"not": draw(wanted)}
    passable = {"lt": values[1:], "gt": values[:-1]}.get(operator, values)
    return {operator: draw(st.sampled_from(passable))}


@st.composite
def conditions(draw: st.DrawFn, questions: Mapping[str, Raw], depth: int = 2) -> Raw:
    """A condition on some of the questions, nested at most `depth` deep."""
    kinds = ["questions"] * 4 + (["not", "all", "any"] if depth else [])
    match draw(st.sampled_from(kinds)):
        case "not":
            return {"not": draw(conditions(questions, depth - 1))}
        case "all" | "any" as key:
            return {key: draw(st.lists(conditions(questions, depth - 1), min_size=1, max_size=2))}
    keys = draw(subsets(list(questions), 2))
    return {key: draw(checks(questions[key])) for key in keys}


@st.composite
def shares(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Plausible shares of a question; some weigh nothing, and numbers may heap up on one value."""
    if kind == "number":
        middle = sorted(draw(st.lists(st.integers(0, TOP_NUMBER), min_size=4, max_size=4)))
        return {"quantiles": dict(zip((0, 25, 75, 100), middle, strict=True))}
    if kind == "multi":
        return {"shares": {word: draw(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])) for word in WORDS}}
    words = {"yes_no": ("yes", "no"), "scale": tuple("12345")}.get(kind, WORDS)
    weights = draw(st.lists(st.integers(0, 4), min_size=len(words), max_size=len(words)).filter(any))
    return {"weights": dict(zip(words, weights, strict=True))}


@st.composite
def questions(draw: st.DrawFn, count: int) -> dict[str, Raw]:
    """Some questions of all kinds; each may hang on earlier ones."""
    found: dict[str, Raw] = {}
    for place, kind in enumerate(draw(st.permutations(KINDS))[:count]):
        key = f"q{place}_{kind}"
        raw: dict[str, Any] = {"id": key, "kind": "choice" if kind == "ordered" else kind}
        if kind == "ordered":
            raw["ordered"] = True
        if raw["kind"] in ("choice", "multi"):
            raw["values"] = {word: word.upper() for word in WORDS}
        if kind == "number":
            raw["range"] = [0, TOP_NUMBER]
        plausible = draw(shares(raw["kind"]))
        hangs, shifts = draw(st.tuples(st.booleans(), st.booleans()))
        if found and hangs:
            raw["asked_if"] = draw(conditions(found, depth=1))
        if found and shifts:
            when = draw(conditions(found, depth=1))
            plausible["given"] = [{"when": when, **draw(shares(raw["kind"]))}]
        raw["plausible"] = plausible
        raw["depth"] = draw(st.sampled_from(["core", "core", "further"]))
        found[key] = raw
    return found


@st.composite
def rules(draw: st.DrawFn, asked: Mapping[str, Raw], key: str) -> Raw:
    """A rule of one to three cases."""
    about = {one: asked[one] for one in draw(subsets(list(asked), 3))}
    cases = [
        {"when": draw(conditions(about, depth=1)), "points": draw(st.integers(-6, 6)), "because": "Because."}
        for _ in range(draw(st.integers(1, 3)))
    ]
    rule: dict[str, Any] = {"id": key, "criterion": "fit", "asks": "Does it?", "claims": ["c"], "cases": cases}
    if draw(st.integers(0, 2)) == 0:
        rule["unless"] = draw(conditions(about | {one: asked[one] for one in draw(subsets(list(asked), 1))}, depth=1))
    return rule


@st.composite
def small_bases(draw: st.DrawFn, count: int = 6) -> Small:
    """A rule base of three paths with rules of their own, shared rules and gates."""
    asked = draw(questions(draw(st.integers(count - 1, count))))
    paths: list[dict[str, Any]] = []
    for name in ("one", "two", "three"):
        own = [draw(rules(asked, f"{name}-{place}")) for place in range(draw(st.integers(1, 2)))]
        gates = [
            {"id": f"{name}-gate", "when": draw(conditions(asked, depth=1)), "opens": "Something.", **TEXT}
            for _ in range(draw(st.integers(0, 1)))
        ]
        paths.append({"id": name, "title": name.title(), "summary": "A path.", "rules": own, "gates": gates})
    shared = [draw(rules(asked, "shared-0"))] if draw(st.booleans()) else []
    groups = [{"paths": ["one", "two"], "rules": shared}] if shared else []
    whole = [{**path, "rules": [*path["rules"], *(shared if path["id"] != "three" else [])]} for path in paths]
    return Small(Reference(asked), tuple(whole), built(asked, paths, groups))


def built(asked: Mapping[str, Raw], paths: Sequence[Raw] = (), groups: Sequence[Raw] = ()) -> RuleBase:
    """The rule base of raw parts, made as the loader makes it."""
    models: dict[str, Question] = {}
    relevance, given = {}, {}
    for key, raw in asked.items():
        rest = {"title": key[:32], "prompt": "Is it?", "why": "Why.", "claims": ["c"], "section": "all"}
        question = read_part(Question, {**rest, **raw})
        if question.asked_if is not None:
            relevance[key] = parse_condition(question.asked_if, models)
        given[key] = tuple(parse_condition(one.when, models) for one in question.plausible.given)
        models[key] = question
    context = {"questions": models}
    general = {
        "schema": 1,
        "version": "1",
        "title": "Small",
        "criteria": [{"id": "fit", "title": "Fit", "about": "fit"}],
        "paths": [path["id"] for path in paths] or ["none", "at-all"],
        "scale": {1: "a nudge"},
        "verdict": {"enough": 4, "margin": 2, "sure": 0.7, "likely": 0.5},
    }
    source = {"id": "s", "title": "S", "author": "A", "date": "2024", "short": "S"}
    claim = {"id": "c", "source": "s", "section": "1", "lines": (1,), "kind": "k", "paths": {}, "claim": "Claim."}
    return RuleBase(
        general=read_part(General, general),
        sections=(Section(id="all", title="All", questions=tuple(models.values())),),
        sources=(read_part(Source, source),),
        claims=(read_part(Claim, claim),),
        paths=tuple(read_part(PathParts, path, context=context) for path in paths),
        shared=tuple(read_part(SharedRules, group, context=context) for group in groups),
        relevance=relevance,
        given=given,
    )


@st.composite
def answers(draw: st.DrawFn, question: Raw, *, uncertain: bool = True) -> Any:
    """An answer as an answers file has it: one value, several, a range, or `unknown`."""
    how = draw(st.sampled_from(["certain", "certain", "several", "unknown"] if uncertain else ["certain"]))
    if how == "unknown":
        return "unknown"
    match question["kind"]:
        case "multi":
            return draw(st.lists(st.sampled_from(WORDS), unique=True))
        case "yes_no":
            return draw(st.booleans()) if how == "certain" else [True, False]
        case "choice":
            return draw(st.sampled_from(WORDS)) if how == "certain" else draw(several(WORDS))
    low, high = (0, TOP_NUMBER) if question["kind"] == "number" else (1, 5)
    if how == "certain":
        return draw(st.integers(low, high))
    if question["kind"] == "scale" and draw(st.booleans()):
        return draw(several((1, 2, 3, 4, 5)))
    first, last = sorted(draw(st.lists(st.integers(low, high), min_size=2, max_size=2, unique=True)))
    likely = {"likely": draw(st.integers(first, last))} if draw(st.booleans()) else {}
    return {"min": first, "max": last, **likely}


def several(values: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    """At least two of the values."""
    return st.lists(st.sampled_from(values), min_size=2, unique=True)


@st.composite
def sheets(draw: st.DrawFn, asked: Mapping[str, Raw], *, uncertain: bool = True) -> Sheet:
    """Answers to some of the questions, also to such as do not apply."""
    return {key: draw(answers(raw, uncertain=uncertain)) for key, raw in asked.items() if draw(st.integers(0, 3))}


@st.composite
def small_cases(draw: st.DrawFn, count: int = 6) -> tuple[Small, Sheet]:
    """A small rule base with a raw sheet for it."""
    small = draw(small_bases(count))
    return small, draw(sheets(small.reference.questions))
