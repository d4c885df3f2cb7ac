with stages as (

    select * from {{ source('counts', 'stages') }}

),

progress as (

    select * from {{ source('counts', 'progress') }}

)

select
    stages.stage,
    stages.lag_seconds,
    stages.lag_plays,
    -- A stage for which nothing waits is not written again: whoever looked last found it done.
    case
        when stages.lag_plays = 0 and (stages.error_at is null or stages.error_at < stages.last_success)
            then greatest(stages.last_success, progress.heartbeat_at)
        else stages.last_success
    end as last_success,
    stages.last_error,
    stages.error_at
from stages
cross join progress
