"""`pathfinder rules`: the tools for rule authors, one module per verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pathfinder.cli.verbs import Verb, VerbGroup

_HELP = {
    "audit": "Show how often each path wins over plausible people, what moves verdicts, and which promises are broken.",
    "check": "Find what is probably wrong with a rule base that loads: "
    "cases that nobody reaches, points made twice, ...",
    "coverage": "Show which claims are used, and which cases, gates and sides of thresholds some known person reaches.",
    "diff": "Show what changed from OLD to NEW, and for whom the verdict flips because of which change.",
    "docs": "Generate the JSON Schemas for editors and the reference pages, "
    "from a rule base and from the command line.",
    "mutate": "Change one thing at a time in memory, and list the changes that no known person notices.",
    "test": "Try every known person; for each who fails, say which arguments decided.",
}
_FUNCTIONS = {"test": "try_cases"}
"""What a verb's function is called where it is not called like the verb."""


class _RuleVerbs(VerbGroup):
    """The verbs of rule authors."""

    verbs: ClassVar[Mapping[str, Verb]] = {
        word: Verb(f"rules.{word}", _FUNCTIONS.get(word, word), help) for word, help in _HELP.items()
    }


group = _RuleVerbs(
    name="rules", help="Check, test, measure and compare rule bases.", no_args_is_help=True, rich_markup_mode=None
)
