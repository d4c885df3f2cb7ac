with waiting as (
    select
        grain,
        region,
        window_start,
        -- An erasure never shows: no revision names it.
        string_agg(cause, ' ' order by cause) filter (where cause <> 'erasure') as causes,
        bool_or(cause = 'erasure') as erases
    from {{ source('counts', 'windows_to_rank') }}
    group by grain, region, window_start
)

select
    charts.name as chart,
    charts.size as chart_size,
    waiting.grain,
    waiting.region,
    waiting.window_start,
    waiting.window_start + {{ window_length('waiting.grain') }} as window_end,
    waiting.causes,
    waiting.erases
from waiting
inner join {{ ref('charts') }} as charts on waiting.grain = charts.grain
where charts.entity = 'song'
