"""Every published row counted again from bronze; run it with `make up` running, or as `make audit`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Top Songs: audit")

with app.setup:
    import sys

    import marimo as mo

    from notebooks.reading import HOW_TO_OPEN, UNREADABLE, ReaderSettings
    from notebooks.recount import ChartsTrailError, audit_charts, describe, list_differences


@app.cell(hide_code=True)
def _():
    mo.md("""
    # Audit: the charts, counted again

    Bronze holds every value that Kafka ever gave, as it came. Here DuckDB counts it a second time, by rules
    written on their own in `recount_day.sql` and `recount_charts.sql` (nothing of the line is imported), and
    compares every row of both charts in every column that plays decide. There should be no difference.
    """)
    return


@app.cell
def _():
    try:
        audit, problem = audit_charts(ReaderSettings()), None
    except (*UNREADABLE, ChartsTrailError) as error:
        audit, problem = None, f"{type(error).__name__}: {error}"
    mo.stop(
        problem is not None,
        mo.callout(mo.md(f"**There is nothing to audit.** {HOW_TO_OPEN}\n\n{problem}"), kind="warn"),
    )
    return (audit, problem)


@app.cell
def _(audit):
    verdict = describe(audit)
    mo.callout(mo.md(f"**{verdict}**"), kind="success" if audit.holds else "danger")
    return (verdict,)


@app.cell
def _(audit):
    differences = audit.differences
    mo.ui.table(differences, label="Cells that differ")
    return (differences,)


def main() -> int:
    """Print the outcome: 0 when every row is as recounted, 1 when one differs, 2 when nothing could be compared."""
    try:
        audit = audit_charts(ReaderSettings())
    except (*UNREADABLE, ChartsTrailError) as error:
        sys.stderr.write(f"nothing was compared: {type(error).__name__}: {error}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in (*list_differences(audit), describe(audit)))
    return 0 if audit.holds else 1


if __name__ == "__main__":
    sys.exit(main())
