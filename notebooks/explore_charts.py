"""Ad hoc questions to silver and the charts, with DuckDB; run it with `make up` running."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Top Songs: explore")

with app.setup:
    import duckdb
    import marimo as mo
    import psycopg
    import pyarrow as pa
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError
    from pydantic import SecretStr, ValidationError
    from pydantic_settings import BaseSettings

    NOT_READY = """
    **There is nothing to explore.** Start the stack with `make up`, post plays for more than an
    hour (or some of yesterday), and open this notebook with the settings of `.env`:
    `.venv/bin/python -m local.with_env .venv/bin/marimo edit notebooks/explore_charts.py`
    """
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

    class ReaderSettings(BaseSettings):
        """Where to read, and as whom; each field is the environment variable of the same name."""

        s3_endpoint: str
        s3_region: str
        lake_bucket: str
        reader_access_key: str
        reader_secret_key: SecretStr
        postgres_host: str
        postgres_port: int
        postgres_database: str
        postgres_reader_password: SecretStr

    def open_silver(settings: ReaderSettings) -> "pa.dataset.Dataset":
        """silver.plays as it is now; DuckDB reads only the columns and partitions it needs."""
        table = DeltaTable(
            f"s3://{settings.lake_bucket}/silver/plays",
            storage_options={
                "AWS_ENDPOINT_URL": settings.s3_endpoint,
                "AWS_REGION": settings.s3_region,
                "AWS_ACCESS_KEY_ID": settings.reader_access_key,
                "AWS_SECRET_ACCESS_KEY": settings.reader_secret_key.get_secret_value(),
                "AWS_ALLOW_HTTP": "true",
                "max_retries": "1",
            },
        )
        return table.to_pyarrow_dataset()

    def read_charts(settings: ReaderSettings, query: str) -> pa.Table:
        """The answer of Postgres to a query of the role that may read charts only."""
        with psycopg.connect(
            host=settings.postgres_host,
            port=settings.postgres_port,
            dbname=settings.postgres_database,
            user="reader",
            password=settings.postgres_reader_password.get_secret_value(),
            connect_timeout=5,
            options="-c TimeZone=UTC",
        ) as connection:
            answer = connection.execute(query)  # type: ignore[arg-type]
            names = [column.name for column in answer.description or ()]
            return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in answer.fetchall()])


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
        silver_plays = open_silver(_settings)
        hourly = read_charts(_settings, NEWEST_FINISHED_HOUR)
        daily = read_charts(_settings, NEWEST_DAY)
        problem = None if hourly.num_rows else "No hour of plays is finished yet."
    except (ValidationError, DeltaError, OSError, psycopg.Error) as error:
        problem = f"{type(error).__name__}: {error}"
    mo.stop(problem is not None, mo.callout(mo.md(f"{NOT_READY}\n\n{problem}"), kind="warn"))
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


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Audit: does the newest finished hour agree with silver?

    Every row here is a chart entry whose count is not what silver holds. Plays that came in a
    moment ago may show up until the next round; otherwise there should be none.
    """)
    return


@app.cell
def _(lake):
    disagreements = mo.sql(
        """
        with counted as (
            select region, song_id, least(count(*), 10) as plays
            from silver_plays
            where eligible
                and date_trunc('hour', played_at) = (select max(window_start) from hourly)
                and date = (select max(window_start)::date from hourly)
            group by region, song_id, user_id
        ),
        by_region as (
            select region, song_id, sum(plays)::bigint as plays from counted group by all
            union all
            select 'global', song_id, sum(plays)::bigint from counted group by song_id
        )
        select hourly.region, hourly.rank, hourly.title, hourly.plays, by_region.plays as in_silver
        from hourly
        left join by_region using (region, song_id)
        where hourly.plays is distinct from by_region.plays
        order by hourly.region, hourly.rank
        """,
        engine=lake,
    )
    return (disagreements,)


if __name__ == "__main__":
    app.run()
