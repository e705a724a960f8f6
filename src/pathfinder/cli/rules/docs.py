"""`pathfinder rules docs`: JSON Schemas and reference pages, generated from a rule base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from pathfinder.cli.exits import Exit


def docs(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to: FOLDER/schema and FOLDER/reference.")],
    rules: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder of a rule base; without it, the built-in one.")
    ] = None,
    modelines: Annotated[
        bool, typer.Option("--modelines", help="Also begin each file of DIR with the line that leads editors there.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name the files that are out of date, and exit 1 if any is.")
    ] = False,
) -> None:
    """Generate the JSON Schemas for editors and the reference pages, from a rule base and from the command line."""
    from pathfinder.authoring.modelines import with_modelines
    from pathfinder.authoring.schemas import schema_files
    from pathfinder.cli.manual import verbs
    from pathfinder.report.reference.pages import reference_pages
    from pathfinder.store.generated import drifted, left_over, remove_files, texts_in, way, write_files
    from pathfinder.store.rules import built_in_folder, load_rules

    folder = rules or built_in_folder()
    program = context.find_root().command
    assert isinstance(program, TyperGroup)
    base = load_rules(folder)
    wanted = {out / "schema": schema_files(base), out / "reference": reference_pages(base, list(verbs(program)))}
    over = {place: left_over(place, files) for place, files in wanted.items()}
    if modelines:
        wanted[folder] = with_modelines(texts_in(folder), way(folder, out / "schema"))
    if check:
        wrong = [str(place / name) for place, files in wanted.items() for name in drifted(place, files)]
        wrong += [str(place / name) for place, names in over.items() for name in names]
        for name in wrong:
            typer.echo(f"{name}: out of date")
        if wrong:
            typer.echo("pathfinder: the same command without --check writes them anew", err=True)
            raise typer.Exit(Exit.FINDINGS)
        return
    for place, files in wanted.items():
        for name in write_files(place, files):
            typer.echo(f"wrote {place / name}")
    for place, names in over.items():
        remove_files(place, names)
        for name in names:
            typer.echo(f"removed {place / name}")
