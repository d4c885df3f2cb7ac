"""Why is this song here? A place on a chart, taken apart: `make notebook NAME=why_this_song`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Top Songs: why is this song here?")

with app.setup:
    import duckdb
    import marimo as mo

    from notebooks.reading import HOW_TO_OPEN, UNREADABLE, ReaderSettings, open_charts, open_table, read_charts

    NEWEST = """
        select 'hourly' as chart, * from charts.top_songs_hourly where window_start = (
            select max(window_start) from charts.top_songs_hourly
            where window_start < (select complete_through from charts.chart_progress))
        union all
        select 'daily' as chart, * from charts.top_songs_daily where window_start = (
            select max(window_start) from charts.top_songs_daily
            where window_start < (select complete_through from charts.chart_progress))
    """
    COUNTS = """
        select case grain when 'hour' then 'hourly' else 'daily' end as chart, *
        from charts.song_counts where window_start >= (
            select max(window_start) from charts.top_songs_daily
            where window_start < (select complete_through from charts.chart_progress))
    """
    HISTORY = """
        select 'hourly' as chart, * from charts.top_songs_hourly where song_id = '{song_id}'
        union all
        select 'daily' as chart, * from charts.top_songs_daily where song_id = '{song_id}'
    """


@app.cell(hide_code=True)
def _():
    mo.md("""
    # Why is this song here?

    Choose a chart and a song on it. Listeners are keyed hashes.
    """)
    return


@app.cell
def _():
    try:
        _settings = ReaderSettings()
        silver_plays = open_table(_settings, "silver/plays").to_pyarrow_dataset()
        with open_charts(_settings) as _charts:
            newest, counts = read_charts(_charts, NEWEST), read_charts(_charts, COUNTS)
        problem = None if newest.num_rows else "No window has a chart yet."
    except UNREADABLE as error:
        problem = f"{type(error).__name__}: {error}"
    mo.stop(problem is not None, mo.callout(mo.md(f"**Nothing to explain.** {HOW_TO_OPEN}\n\n{problem}"), kind="warn"))
    # DuckDB shows and compares times in UTC, whatever the zone of this machine.
    lake = duckdb.connect()
    lake.execute("set TimeZone = 'UTC'")
    lake.register("silver_plays", silver_plays)
    lake.register("newest", newest)
    lake.register("counts", counts)
    return (lake,)


@app.cell
def _():
    chart = mo.ui.dropdown(["hourly", "daily"], value="hourly", label="chart")
    return (chart,)


@app.cell
def _(chart, lake):
    _regions = lake.execute(
        "select region from newest where chart = $chart group by region order by region <> 'global', region",
        {"chart": chart.value},
    ).fetchall()
    region = mo.ui.dropdown([region for (region,) in _regions], value=_regions[0][0], label="region")
    return (region,)


@app.cell
def _(chart, lake, region):
    _songs = lake.execute(
        "select rank || '. ' || title || ' / ' || artist, song_id from newest "
        "where chart = $chart and region = $region order by rank",
        {"chart": chart.value, "region": region.value},
    ).fetchall()
    song = mo.ui.dropdown(dict(_songs), value=_songs[0][0], label="song")
    mo.hstack([chart, region, song], justify="start")
    return (song,)


@app.cell
def _(chart, lake, region, song):
    # What every question below is about, and the plays of that window, of all songs.
    lake.execute(f"""
        create or replace temp table asked as select * from newest
        where chart = '{chart.value}' and region = '{region.value}' and song_id = '{song.value}'
    """)
    lake.execute("""
        create or replace temp table heard as
        select silver_plays.* from silver_plays, asked
        where silver_plays.date = asked.window_start::date
            and (asked.chart = 'daily' or silver_plays.hour = hour(asked.window_start))
            and (asked.region = 'global' or silver_plays.region = asked.region)
    """)
    is_asked = True
    return (is_asked,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Between which songs does it stand, and what decides?

    More plays come first, then more listeners, then the song whose last play came earlier, then the smaller
    `song_id`. `decided_by` is the first of these that tells a song from the one above it.
    """)
    return


@app.cell
def _(is_asked, lake):
    neighbours = mo.sql(
        """
        with last_plays as (
            select song_id, max(played_at) as last_played_at from heard where eligible group by song_id
        ),
        chart as (
            select
                newest.rank, newest.title, newest.artist, newest.plays, newest.listeners, last_plays.last_played_at,
                lag(row(newest.plays, newest.listeners, last_plays.last_played_at)) over (order by newest.rank) as above
            from newest inner join asked using (chart, region, window_start)
            left join last_plays on newest.song_id = last_plays.song_id
        )
        select
            * exclude above,
            case
                when above is null then 'nothing is above'
                when above[1] <> plays then 'plays'
                when above[2] <> listeners then 'listeners'
                when above[3] <> last_played_at then 'last play'
                else 'song_id'
            end as decided_by
        from chart
        where abs(rank - (select rank from asked)) <= 2
        order by rank
        """,
        engine=lake,
    )
    return (neighbours,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## From raw plays to the number on the chart

    `raw_plays = too_short + over_cap + plays`; duplicates were set aside before. A day has a row for each hour,
    `global` one for each region as well.
    """)
    return


@app.cell
def _(is_asked, lake):
    reckoning = mo.sql(
        """
        select
            counts.region, counts.chart, counts.window_start, counts.raw_plays, counts.too_short, counts.over_cap,
            counts.plays, counts.duplicates, counts.late, counts.listeners
        from counts inner join asked using (song_id)
        where (asked.region = 'global' or counts.region = asked.region)
            and (counts.chart = 'hourly' or asked.chart = 'daily')
            and counts.window_start - asked.window_start >= interval 0 hours
            and counts.window_start - asked.window_start < if(asked.chart = 'daily', interval 1 day, interval 1 hour)
        order by counts.region <> asked.region, counts.region, counts.chart, counts.window_start
        """,
        engine=lake,
    )
    return (reckoning,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Do many listeners carry it, or a few?

    Of a listener's plays in one region and hour at most ten count. A song that lives on few listeners has
    most of its plays in the lower rows.
    """)
    return


@app.cell
def _(is_asked, lake):
    listeners = mo.sql(
        """
        with hours as (
            select heard.region, heard.hour, heard.user_id, count(*) as eligible_plays
            from heard inner join asked using (song_id) where heard.eligible group by all
        ),
        counted as (
            select user_id, sum(least(eligible_plays, 10)) as plays, sum(eligible_plays) as eligible_plays
            from hours group by user_id
        )
        select
            plays::bigint as counted_plays_each,
            count(*) as listeners,
            sum(plays)::bigint as plays,
            round(100 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays,
            (sum(eligible_plays) - sum(plays))::bigint as over_cap
        from counted
        group by counted.plays
        order by counted_plays_each
        """,
        engine=lake,
    )
    return (listeners,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## How did it come here?
    """)
    return


@app.cell
def _(is_asked, lake, song):
    with open_charts(ReaderSettings()) as _charts:
        lake.register("history", read_charts(_charts, HISTORY.format(song_id=song.value)))
    windows_before = mo.sql(
        """
        select history.window_start, history.rank, history.movement, history.plays, history.listeners,
            history.peak_rank, history.streak, history.windows_on_chart, history.revision
        from history inner join asked using (chart, region)
        where history.window_start <= asked.window_start
        order by history.window_start desc
        limit 48
        """,
        engine=lake,
    )
    return (windows_before,)


if __name__ == "__main__":
    app.run()
