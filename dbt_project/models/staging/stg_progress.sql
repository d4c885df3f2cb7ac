select
    complete_through,
    heartbeat_at
from {{ source('counts', 'progress') }}
