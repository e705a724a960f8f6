"""The reference says everything the rule base and the command line say, leads nowhere wrong, and is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from pathfinder.authoring.schemas import schema_files
from pathfinder.cli.main import app
from pathfinder.cli.manual import verbs
from pathfinder.report.markdown import escape
from pathfinder.report.reference.markup import span
from pathfinder.report.reference.pages import reference_pages
from pathfinder.report.reference.verb_page import Parameter, Verb, verb_page
from pathfinder.rulebase.models import RuleBase
from running import Run

TOP = Path(__file__).parents[2]
REFERENCE = TOP / "docs" / "reference"
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def program() -> TyperGroup:
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    return command


@pytest.fixture(scope="module")
def pages(base: RuleBase) -> dict[str, str]:
    return reference_pages(base, list(verbs(program())))


def anchors(text: str) -> set[str]:
    """The anchors GitHub gives the headings of a page."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {word.replace(" ", "-") for word in words}


class TestCommittedReference:
    def test_it_is_up_to_date(self, pages: dict[str, str]) -> None:
        committed = {
            file.relative_to(REFERENCE).as_posix(): file.read_text(encoding="utf-8") for file in REFERENCE.rglob("*.md")
        }
        drifted = sorted(name for name in committed.keys() | pages.keys() if committed.get(name) != pages.get(name))
        assert drifted == [], "run: pathfinder rules docs --out docs --modelines"


class TestPages:
    def test_every_link_leads_to_a_heading_of_a_page(self, pages: dict[str, str]) -> None:
        known = {name: anchors(text) for name, text in pages.items()}
        for name, text in pages.items():
            for target, anchor in LINK.findall(text):
                page = name if not target else _resolved(name, target)
                assert page in known, f"{name}: {target}"
                assert not anchor or anchor in known[page], f"{name}: {target}#{anchor}"

    def test_the_index_leads_to_every_page(self, pages: dict[str, str]) -> None:
        linked = {target for target, _ in LINK.findall(pages["README.md"])}
        assert linked == set(pages) - {"README.md"}

    def test_a_path_says_every_argument_with_its_cases_and_passages(
        self, base: RuleBase, pages: dict[str, str]
    ) -> None:
        for path in base.paths:
            page = pages[f"paths/{path.id}.md"]
            for rule in base.rules_of(path.id):
                part = _part(page, rule.id)
                for case in rule.cases:
                    assert escape(case.because) in part
                for claim in rule.claims:
                    assert f"(`{claim}`): {escape(base.claim[claim].claim)}" in part
                assert escape(rule.misleads_when) in part

    def test_a_path_says_everything_else_about_it(self, base: RuleBase, pages: dict[str, str]) -> None:
        for path in base.paths:
            page = pages[f"paths/{path.id}.md"]
            for gate in path.gates:
                assert escape(gate.opens) in _part(page, gate.id)
            for caution in path.cautions:
                assert escape(caution.text) in _part(page, caution.id)
            for step in path.steps:
                assert escape(step.text) in _part(page, step.id)
            for item in path.checklist:
                assert escape(item.look_for) in _part(page, item.id)

    def test_a_section_says_every_question_with_its_values(self, base: RuleBase, pages: dict[str, str]) -> None:
        for section in base.sections:
            for question in section.questions:
                part = _part(pages[f"questions/{section.id}.md"], question.id)
                assert escape(question.prompt) in part
                assert escape(question.why) in part
                assert all(f"`{value}`: {escape(label)}" in part for value, label in question.values.items())

    def test_a_question_names_the_arguments_that_look_at_it(self, pages: dict[str, str]) -> None:
        part = _part(pages["questions/timelines.md"], "timeline_years")
        looked_at = next(line for line in part.splitlines() if line.startswith("- Arguments that look at it"))
        voided = next(line for line in part.splitlines() if line.startswith("- Arguments it can void"))
        assert "[phd-too-late](../paths/phd.md#phd-too-late)" in looked_at
        assert "phd-trains-leads" in voided
        assert "phd-trains-leads" not in looked_at

    def test_what_stands_beside_the_ranking_has_its_pages(self, base: RuleBase, pages: dict[str, str]) -> None:
        told: dict[str, list[tuple[str, str]]] = {
            "experiments.md": [(one.id, one.title) for one in base.experiments],
            "routes.md": [(one.id, one.title) for one in base.routes],
            "tensions.md": [(one.id, one.title) for one in base.tensions],
            "other-roles.md": [(one.id, one.title) for one in base.other_roles],
            "topics.md": [(one.id, one.title) for one in base.topics],
            "disputes.md": [(one.id, one.title) for one in base.disputes],
        }
        for name, parts in told.items():
            for key, title in parts:
                assert escape(title) in _part(pages[name], key)

    def test_each_says_at_its_top_that_it_is_generated(self, pages: dict[str, str]) -> None:
        assert all(text.startswith("<!-- Generated by 'pathfinder rules docs'") for text in pages.values())


class TestGraph:
    def test_every_argument_is_linked_with_its_path(self, base: RuleBase, pages: dict[str, str]) -> None:
        for path in base.paths:
            for rule in base.rules_of(path.id):
                assert f"r_{rule.id.replace('-', '_')} --> p_{path.id}\n" in pages["graph.md"]

    def test_what_only_voids_an_argument_is_dotted(self, pages: dict[str, str]) -> None:
        assert "q_goal_role --> r_phd_trains_leads\n" in pages["graph.md"]
        assert "q_new_agendas_needed -.-> r_phd_trains_leads\n" in pages["graph.md"]

    def test_an_argument_shows_the_least_and_the_most_it_counts(self, base: RuleBase, pages: dict[str, str]) -> None:
        assert span(base.rules["phd-trains-leads"].cases) == "0 to +4"
        assert '("phd-trains-leads: 0 to +4")' in pages["graph.md"]


class TestCommandLine:
    def test_every_verb_with_every_option_is_there(self, run: Run, pages: dict[str, str]) -> None:
        for verb in verbs(program()):
            part = _part(pages["cli.md"], verb.name)
            shown = run(*verb.name.split()[1:], "--help").out
            for option in re.findall(r"^  .*?(--[a-z-]+)", shown, re.MULTILINE):
                assert option == "--help" or f"`{option}`" in part, f"{verb.name} {option}"

    def test_choices_and_defaults_are_said(self) -> None:
        score = next(verb for verb in verbs(program()) if verb.name == "pathfinder score")
        form = next(one for one in score.parameters if one.names == ("--format",))
        assert (form.takes, form.default) == ("text|markdown|json", "text")

    def test_a_verb_shows_what_one_types(self) -> None:
        made = Verb(
            "pathfinder try",
            "Try it.",
            (
                Parameter(("FILE",), help="What to try.", required=True, argument=True),
                Parameter(("DIR",), help="Where.", argument=True),
                Parameter(("-n", "--times"), "N", "How often.", "3"),
                Parameter(("--out",), "FOLDER", "Where to.", required=True),
                Parameter(("--quiet",), help="Say nothing."),
            ),
        )
        assert _part(verb_page([made]), "pathfinder try") == (
            "## pathfinder try\n\n```sh\npathfinder try [OPTIONS] FILE [DIR]\n```\n\nTry it.\n\n"
            "|  |  |\n| --- | --- |\n"
            "| `FILE` | What to try. |\n| `DIR` | Where. |\n| `-n`, `--times` `N` | How often. Default: 3. |\n"
            "| `--out` `FOLDER` | Where to. Required. |\n| `--quiet` | Say nothing. |\n"
        )


@pytest.fixture
def made(base: RuleBase, pages: dict[str, str], tmp_path: Path) -> Path:
    """A folder with everything that `rules docs` generates."""
    folder = tmp_path / "docs"
    for part, files in (("schema", schema_files(base)), ("reference", pages)):
        for name, text in files.items():
            (folder / part / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / part / name).write_text(text, encoding="utf-8")
    return folder


class TestRulesDocs:
    def test_what_it_wrote_passes_its_check(self, run: Run, tmp_path: Path) -> None:
        written = run("rules", "docs", "--out", str(tmp_path))
        assert f"wrote {tmp_path / 'reference' / 'paths' / 'phd.md'}\n" in written.out
        checked = run("rules", "docs", "--out", str(tmp_path), "--check")
        assert (checked.code, checked.out) == (0, "")

    def test_its_check_names_the_files_that_drifted_and_writes_nothing(self, run: Run, made: Path) -> None:
        graph, sources = made / "reference" / "graph.md", made / "schema" / "sources.json"
        graph.unlink()
        sources.write_text("{}", encoding="utf-8")
        checked = run("rules", "docs", "--out", str(made), "--check")
        assert (checked.code, checked.out) == (1, f"{sources}: out of date\n{graph}: out of date\n")
        assert not graph.exists()

    def test_it_writes_only_what_drifted(self, run: Run, made: Path) -> None:
        graph = made / "reference" / "graph.md"
        graph.unlink()
        assert run("rules", "docs", "--out", str(made)).out == f"wrote {graph}\n"

    def test_it_removes_pages_that_it_made_once_and_no_others(self, run: Run, made: Path) -> None:
        old, own = made / "reference" / "paths" / "old.md", made / "reference" / "own.md"
        old.write_text((made / "reference" / "graph.md").read_text(encoding="utf-8"), encoding="utf-8")
        own.write_text("# My notes\n", encoding="utf-8")
        assert run("rules", "docs", "--out", str(made), "--check").out == f"{old}: out of date\n"
        assert run("rules", "docs", "--out", str(made)).out == f"removed {old}\n"
        assert own.exists()

    def test_it_describes_another_rule_base(self, run: Run, tmp_path: Path, rules_copy: Path) -> None:
        path = rules_copy / "paths" / "phd.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("title: PhD\n", "title: Doctorate\n"), "utf-8")
        run("rules", "docs", str(rules_copy), "--out", str(tmp_path / "docs"))
        assert "\n# Doctorate\n" in (tmp_path / "docs" / "reference" / "paths" / "phd.md").read_text(encoding="utf-8")


def _resolved(page: str, target: str) -> str:
    """The name of the page a relative link leads to."""
    inside = (REFERENCE / page).parent / target
    return Path(*inside.resolve().parts[len(REFERENCE.parts) :]).as_posix()


def _part(page: str, heading: str) -> str:
    """A heading with what stands below it, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n.*?(?=^#+ |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[0]
