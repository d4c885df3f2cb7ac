"""Who listens where? Regions, hours and borders of the newest day: `make notebook NAME=who_listens_where`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Top Songs: who listens where?")

with app.setup:
    import duckdb
    import marimo as mo

    from notebooks.reading import HOW_TO_OPEN, UNREADABLE, ReaderSettings, open_charts, open_table, read_charts

    NEWEST_DAY = """
        select * from charts.top_songs_daily
        where window_start = (
            select max(window_start) from charts.top_songs_daily
            where window_start < (select complete_through from charts.chart_progress))
    """


@app.cell(hide_code=True)
def _():
    mo.md("""
    # Who listens where?

    The newest UTC day that has a chart. Plays are those of silver, eligible or not; listeners are keyed hashes, so
    they can be counted and never named.
    """)
    return


@app.cell
def _():
    try:
        _settings = ReaderSettings()
        with open_charts(_settings) as _charts:
            daily = read_charts(_charts, NEWEST_DAY)
            names = read_charts(_charts, "select * from charts.regions")
        problem = None if daily.num_rows else "No day has a chart yet."
        _silver = open_table(_settings, "silver/plays")
    except UNREADABLE as error:
        problem = f"{type(error).__name__}: {error}"
    mo.stop(
        problem is not None,
        mo.callout(mo.md(f"**There is nothing to show.** {HOW_TO_OPEN}\n\n{problem}"), kind="warn"),
    )
    day = daily["window_start"][0].as_py().date()
    # DuckDB shows and compares times in UTC, whatever the zone of this machine.
    lake = duckdb.connect()
    lake.execute("set TimeZone = 'UTC'")
    lake.register("plays", _silver.to_pyarrow_dataset(partitions=[("date", "=", day.isoformat())]))
    lake.register("daily", daily)
    lake.register("names", names)
    return (day, lake)


@app.cell(hide_code=True)
def _(day):
    mo.md(f"""
    ## Where is music played on {day}, and what is heard most there?
    """)
    return


@app.cell
def _(lake):
    regions = mo.sql(
        """
        select
            names.name as region,
            count(*) as plays,
            count(distinct plays.user_id) as listeners,
            round(count(*) / count(distinct plays.user_id), 1) as plays_each,
            round(100 * avg((not plays.eligible)::int), 1) as too_short_percent,
            round(100 * avg(plays.late::int), 1) as late_percent,
            any_value(daily.title || ' / ' || daily.artist) as most_played,
            round(100 * any_value(daily.plays) / count(*), 1) as its_percent
        from plays
        left join names on plays.region = names.region
        left join daily on plays.region = daily.region and daily.rank = 1
        group by plays.region, names.name
        order by count(*) desc, plays.region
        """,
        engine=lake,
    )
    return (regions,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## When do they listen?

    Plays of each hour of the day in UTC, and how far that is from the region's own average hour.
    """)
    return


@app.cell
def _(lake):
    hours = mo.sql(
        """
        select
            region,
            hour,
            count(*) as plays,
            count(distinct user_id) as listeners,
            round(count(*) / avg(count(*)) over (partition by region), 2) as of_its_average_hour
        from plays
        group by region, hour
        order by region, hour
        """,
        engine=lake,
    )
    return (hours,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Who listens in more than one region?

    Pairs of regions that share listeners. A listener may count on both charts, ten plays of a song an hour on each.
    """)
    return


@app.cell
def _(lake):
    travellers = mo.sql(
        """
        with places as (select distinct user_id, region from plays)
        select one.region, other.region as other_region, count(*) as listeners
        from places as one
        inner join places as other on one.user_id = other.user_id and one.region < other.region
        group by one.region, other.region
        order by listeners desc, one.region, other.region
        limit 50
        """,
        engine=lake,
    )
    return (travellers,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## What is heard here and hardly anywhere else?

    For each region the song of its chart whose share of the region's plays is greatest beside its share of all plays.
    """)
    return


@app.cell
def _(lake):
    local_favourites = mo.sql(
        """
        with shares as (
            select
                plays.region,
                plays.song_id,
                count(*) as plays,
                count(*) / sum(count(*)) over (partition by plays.region) as share_here,
                sum(count(*)) over (partition by plays.song_id) / sum(count(*)) over () as share_everywhere
            from plays
            where plays.eligible
            group by plays.region, plays.song_id
        )
        select
            shares.region,
            daily.title,
            daily.artist,
            daily.rank,
            shares.plays,
            round(shares.share_here / shares.share_everywhere, 1) as times_its_usual_share
        from shares
        inner join daily using (region, song_id)
        qualify row_number() over (
            partition by shares.region order by share_here / share_everywhere desc, shares.plays desc, daily.rank) = 1
        order by times_its_usual_share desc, shares.region
        """,
        engine=lake,
    )
    return (local_favourites,)


if __name__ == "__main__":
    app.run()
