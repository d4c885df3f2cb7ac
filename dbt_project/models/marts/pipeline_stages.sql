select
    stage,
    lag_seconds,
    lag_plays,
    last_success,
    last_error,
    error_at
from {{ source('counts', 'stages') }}
