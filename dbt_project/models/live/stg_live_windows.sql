with days as (
    select
        min(day) as first_day,
        max(day) as last_day
    from {{ source('live', 'song_counts') }}
),

-- UTC without a zone: which hours a day has must not depend on the session's.
starts as (
    select
        open_windows.grain,
        open_windows.open_from,
        utc.window_start
    from {{ source('live', 'open_windows') }} as open_windows
    cross join days
    cross join lateral generate_series(
        greatest(cast(days.first_day as timestamp), open_windows.open_from at time zone 'UTC'),
        cast(days.last_day as timestamp) + interval '23 hours',
        {{ window_length('open_windows.grain') }}
    ) as utc (window_start)
)

select
    grain,
    window_start at time zone 'UTC' as window_start,
    window_start at time zone 'UTC' + {{ window_length() }} as window_end,
    open_from,
    cast(window_start as date) as date_of_window,
    cast(case grain when 'hour' then extract(hour from window_start) else -1 end as smallint) as hour_of_day
from starts
