"""Ad hoc questions to silver and the charts, with DuckDB: `make notebook NAME=explore_charts`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Top Songs: explore")

with app.setup:
    import duckdb
    import marimo as mo

    from notebooks.reading import HOW_TO_OPEN, UNREADABLE, ReaderSettings, open_charts, open_table, read_charts

    NEWEST_FINISHED_HOUR = """
        select * from charts.top_songs_hourly where window_start = (
            select max(window_start) from charts.top_songs_hourly
            where window_start + interval '1 hour'
                <= (select complete_through from charts.chart_progress))
    """
    NEWEST_DAY = """
        select * from charts.top_songs_daily
        where window_start = (select max(window_start) from charts.top_songs_daily)
    """


@app.cell(hide_code=True)
def _():
    mo.md("""
    # Explore plays and charts

    Silver is read from the lake with the reader's key, the charts from Postgres with the reader's
    role. Nothing here can write.
    """)
    return


@app.cell
def _():
    try:
        _settings = ReaderSettings()
        silver_plays = open_table(_settings, "silver/plays").to_pyarrow_dataset()
        with open_charts(_settings) as _charts:
            hourly = read_charts(_charts, NEWEST_FINISHED_HOUR)
            daily = read_charts(_charts, NEWEST_DAY)
        problem = None if hourly.num_rows else "No hour of plays is finished yet."
    except UNREADABLE as error:
        problem = f"{type(error).__name__}: {error}"
    mo.stop(
        problem is not None,
        mo.callout(mo.md(f"**There is nothing to explore.** {HOW_TO_OPEN}\n\n{problem}"), kind="warn"),
    )
    # DuckDB shows and compares times in UTC, whatever the zone of this machine.
    lake = duckdb.connect()
    lake.execute("set TimeZone = 'UTC'")
    lake.register("silver_plays", silver_plays)
    lake.register("hourly", hourly)
    lake.register("daily", daily)
    return (lake,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Where is music played, and how much of it counts?
    """)
    return


@app.cell
def _(lake):
    plays_by_region = mo.sql(
        """
        select
            region,
            count(*) as plays,
            count(distinct user_id) as listeners,
            round(100 * avg((not eligible)::int), 1) as too_short_percent,
            round(100 * avg(late::int), 1) as late_percent
        from silver_plays
        where date >= (select max(date) from silver_plays) - 1
        group by region
        order by plays desc, region
        """,
        engine=lake,
    )
    return (plays_by_region,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## How much do the keenest listeners hear?
    """)
    return


@app.cell
def _(lake):
    listening = mo.sql(
        """
        with listeners as (
            select user_id, count(*) as plays, ntile(10) over (order by count(*) desc) as tenth
            from silver_plays
            where date = (select max(date) from silver_plays)
            group by user_id
        )
        select
            tenth,
            count(*) as listeners,
            sum(plays)::bigint as plays,
            round(100 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays
        from listeners
        group by tenth
        order by tenth
        """,
        engine=lake,
    )
    return (listening,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Which songs climb, and how far do they travel?
    """)
    return


@app.cell
def _(lake):
    climbers = mo.sql(
        """
        select
            title,
            artist,
            count(*) filter (where region <> 'global') as regions,
            min(rank) as best_rank,
            max(previous_rank - rank) as biggest_climb
        from daily
        group by song_id, title, artist
        order by biggest_climb desc nulls last, regions desc, best_rank
        limit 20
        """,
        engine=lake,
    )
    return (climbers,)


if __name__ == "__main__":
    app.run()
