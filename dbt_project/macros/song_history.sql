{#-
    The history columns of a chart: a subquery over `appearances`, a CTE with one row per entry of a song (chart, region,
    song_id) with the chart's grain, and with what that entry adds to the song's history:

    - an ordinary entry adds one window, a streak of one, and its own rank and window as a peak;
    - the last entry before them, where there is one, brings what was known then (`is_carried`), and does not come out.

    So what lies further back is never read. `last_window` is the song's last window on the chart, `follows` whether
    that is the previous window of the calendar.
-#}
{% macro song_history(appearances) -%}
    (
        select
            {{ chart_facts() | join(', ') }},
            case when follows then last_rank end as previous_rank,
            case
                when last_window is null then 'new'
                when not follows then 're_entry'
                when rank < last_rank then 'up'
                when rank > last_rank then 'down'
                else 'same'
            end as movement,
            best_rank as peak_rank,
            max(case when best_before is null or peak_rank < best_before then peak_at end) over by_song as peak_at,
            cast(windows_so_far as integer) as windows_on_chart,
            cast(sum(streak) over (partition by chart, region, song_id, run order by window_start) as integer) as streak,
            is_carried
        from (
            select
                *,
                min(peak_rank) over by_song as best_rank,
                min(peak_rank) over (by_song rows between unbounded preceding and 1 preceding) as best_before,
                sum(windows_on_chart) over by_song as windows_so_far,
                count(*) filter (where follows is not true) over by_song as run
            from (
                select
                    *,
                    lag(rank) over by_song as last_rank,
                    lag(window_start) over by_song as last_window,
                    lag(window_start) over by_song = window_start - {{ window_length() }} as follows
                from {{ appearances }}
                window by_song as (partition by chart, region, song_id order by window_start)
            ) as chained
            window by_song as (partition by chart, region, song_id order by window_start)
        ) as counted
        window by_song as (partition by chart, region, song_id order by window_start)
    )
{%- endmacro %}

{#- What an entry says of its own window, history left out. -#}
{% macro chart_facts() -%}
    {{ return(['chart', 'region', 'window_start', 'rank', 'song_id', 'plays', 'raw_plays', 'listeners']) }}
{%- endmacro %}
