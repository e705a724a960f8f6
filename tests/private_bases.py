"""Small random rule bases with every kind of part, some of whose questions are private, for properties of redaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from msgspec import structs

from naive import Raw, Sheet
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import Dispute, Experiment, OtherRole, Route, RuleBase, Tension, Topic
from small_bases import Small, answers, built, conditions, sheets, small_bases, subsets

CLAIMS = {"claims": ["c"]}
SECRET, OTHER, SURE = "secret", "other", "sure"


@dataclass(frozen=True)
class PrivateCase:
    """A base with private questions, a person as an answers file has them, and the same person with other answers to
    those questions, their own or those of an option in hand."""

    small: Small
    base: RuleBase = field(repr=False)
    private: tuple[str, ...]
    person: Raw
    others: tuple[Raw, ...]


@st.composite
def private_cases(draw: st.DrawFn, count: int = 5) -> PrivateCase:
    """A small base with parts of every kind, private questions among those asked, and people who differ in these."""
    small = draw(small_bases(count))
    asked = small.reference.questions
    private = tuple(draw(subsets(list(asked), 2)))
    base = draw(with_parts(small, asked))
    weights = {"fit": draw(st.sampled_from([0, 0.5, 2]))} if draw(st.integers(0, 3)) == 0 else {}
    options: list[dict[str, Any]] = [
        {"name": name, "path": draw(st.sampled_from(list(base.path))), "answers": draw(sheets(asked))}
        for name in ("Here", "There")[: draw(st.integers(0, 2))]
    ]
    person: dict[str, Any] = {"answers": draw(sheets(asked)), "weights": weights, "options": options}

    def changed(sheet: Sheet) -> Sheet:
        kept = {key: one for key, one in sheet.items() if key not in private}
        return kept | {key: draw(answers(asked[key])) for key in private if draw(st.booleans())}

    others = [
        {
            "answers": changed(person["answers"]),
            "weights": weights,
            "options": [{**option, "answers": changed(option["answers"])} for option in options],
        }
        for _ in range(draw(st.integers(1, 3)))
    ]
    return PrivateCase(small, with_private(base, private), private, person, tuple(others))


def with_private(base: RuleBase, private: tuple[str, ...]) -> RuleBase:
    """The base with some questions made sensitive."""
    sections = tuple(
        structs.replace(
            section, questions=tuple(structs.replace(one, sensitive=one.id in private) for one in section.questions)
        )
        for section in base.sections
    )
    return base.with_parts(sections=sections)


@st.composite
def with_parts(draw: st.DrawFn, small: Small, asked: Mapping[str, Raw]) -> RuleBase:
    """The base with cautions, steps and the like, each with a condition of its own and a text that may name answers."""
    context = {"questions": small.base.questions}
    names = st.sampled_from(list(asked))

    def when() -> Raw:
        return draw(conditions(asked, depth=1))

    def text() -> str:
        return "Text" + (f" on {{{draw(names)}}}." if draw(st.booleans()) else ".")

    def part(kind: str, **more: Any) -> dict[str, Any]:
        return {"id": f"a-{kind}", "title": kind.title(), "when": when(), "text": text(), **CLAIMS, **more}

    def untitled(kind: str, **more: Any) -> dict[str, Any]:
        return {key: one for key, one in part(kind, **more).items() if key != "title"}

    paths = []
    for path in small.base.paths:
        raw: dict[str, Any] = {"id": path.id, "title": path.title, "summary": path.summary}
        raw["cautions"] = [untitled(f"caution-{path.id}")]
        raw["steps"] = [untitled(f"step-{path.id}", horizon="week", skip=when())]
        item = {"id": f"item-{path.id}", "ask": "Ask.", "look_for": "Look.", "when": when(), **CLAIMS}
        raw["checklist"] = [{**item, "settles": draw(subsets(list(asked), 2))}]
        made = read_part(type(path), raw, context=context)
        parts = {name: getattr(made, name) for name in ("cautions", "steps", "checklist")}
        paths.append(structs.replace(path, **parts))
    sides = [{"who": who, "says": "Says.", **CLAIMS} for who in ("A", "B")]
    dispute = {"id": "a-dispute", "title": "Dispute", "when": when(), "sides": sides, "decides": text()}
    torn = {"undecided_between": [when(), when()]} if draw(st.booleans()) else {}
    extras: dict[str, tuple[type[Any], dict[str, Any]]] = {
        "experiments": (Experiment, part("test", settles=draw(subsets(list(asked), 2)), read="Read.")),
        "routes": (Route, part("route")),
        "tensions": (Tension, part("tension", **torn)),
        "other_roles": (OtherRole, part("role", next="Next.", **({"decides": when()} if draw(st.booleans()) else {}))),
        "topics": (Topic, part("topic", field="research", standing="primary")),
        "disputes": (Dispute, dispute),
    }
    found = {name: (read_part(model, raw, context=context),) for name, (model, raw) in extras.items()}
    return small.base.with_parts(paths=tuple(paths), **found)


def base_with_secret(parts_by_path: Mapping[str, Any], roles: Sequence[Mapping[str, Any]] = ()) -> RuleBase:
    """A base of a private yes-or-no question, a choice and a yes-or-no question, with rules and gates by path."""
    yes_no = {"kind": "yes_no", "depth": "core", "plausible": {"weights": {"yes": 1, "no": 1}}}
    choice = {
        "kind": "choice",
        "depth": "core",
        "values": {"a": "A", "b": "B"},
        "plausible": {"weights": {"a": 1, "b": 1}},
    }
    asked: dict[str, Any] = {
        SECRET: {"id": SECRET, **yes_no},
        OTHER: {"id": OTHER, **choice},
        SURE: {"id": SURE, **yes_no},
    }
    common = {"because": "Because.", "claims": ["c"]}
    paths = []
    for path, parts in parts_by_path.items():
        arguments = [
            {"id": f"{path}-{place}", "criterion": "fit", "asks": "?", "claims": ["c"]}
            | {"cases": [{"when": when, "points": points, "because": "Because."}]}
            for place, (when, points) in enumerate(parts["rules"])
        ]
        gates = [
            {"id": f"{path}-gate-{place}", "when": when, "opens": "Something.", **common}
            for place, when in enumerate(parts.get("gates", ()))
        ]
        paths.append({"id": path, "title": path, "summary": "A path.", "rules": arguments, "gates": gates})
    base = built(asked, paths)
    made = [
        read_part(
            OtherRole,
            {"title": "R", "text": "T.", "next": "N.", "claims": ["c"], **role},
            context={"questions": base.questions},
        )
        for role in roles
    ]
    return with_private(base.with_parts(other_roles=tuple(made)), (SECRET,))
