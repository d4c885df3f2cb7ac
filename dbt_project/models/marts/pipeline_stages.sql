with stages as (

    select * from {{ source('counts', 'stages') }}

),

progress as (

    select * from {{ source('counts', 'progress') }}

),

counter as (

    select
        case when count(*) = count(complete_through) then min(complete_through) end as complete_through,
        min(counted_at) as counted_at
    from {{ source('live', 'offsets') }}

)

select
    stages.stage,
    stages.lag_seconds,
    stages.lag_plays,
    -- A stage without waiting plays is not written again: the last report found it done.
    case
        when stages.lag_plays = 0 and (stages.error_at is null or stages.error_at < stages.last_success)
            then greatest(stages.last_success, progress.heartbeat_at)
        else stages.last_success
    end as last_success,
    stages.last_error,
    stages.error_at
from stages
cross join progress
union all
select
    'live' as stage,  -- noqa: references.keywords
    cast(extract(epoch from now() - counter.complete_through) as double precision) as lag_seconds,
    null as lag_plays,
    counter.counted_at as last_success,
    null as last_error,
    null as error_at
from counter
where {{ live_is_on() }}
