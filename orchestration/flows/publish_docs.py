"""The lineage site, in a module of its own: dbt takes seconds to import, and no other maintenance needs it."""

from __future__ import annotations

from pathlib import Path

from dbt.cli.main import dbtRunner
from prefect import flow

from orchestration.settings import ROOT, OrchestrationSettings


@flow(name="publish_docs", retries=1, retry_delay_seconds=60)
def publish_docs(folder: Path) -> None:
    """Write dbt's documentation, with the lineage of every column, as one static page."""
    project = str(OrchestrationSettings().dbt_project_dir)
    places = ["--project-dir", project, "--profiles-dir", project, "--target-path", str(folder)]
    outcome = dbtRunner().invoke(["docs", "generate", "--static", *places])
    if not outcome.success:
        raise RuntimeError(f"dbt docs generate failed: {outcome.exception}")
    hide_paths(folder / "static_index.html", folder, ROOT)


def hide_paths(page: Path, *places: Path) -> None:
    """Replace this machine's folders in a page that everybody may read by their names alone."""
    text = page.read_text()
    for place in places:
        text = text.replace(str(place), place.name)
    unfinished = page.with_suffix(".unfinished")
    unfinished.write_text(text)
    unfinished.replace(page)
