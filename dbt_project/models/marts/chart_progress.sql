with counted as (
    select case when count(*) = count(complete_through) then min(complete_through) end as complete_through
    from {{ source('live', 'offsets') }}
)

select
    case when {{ live_is_on() }} then counted.complete_through else settled.complete_through end as complete_through,
    settled.complete_through as settled_through,
    settled.heartbeat_at
from {{ source('counts', 'progress') }} as settled
cross join counted
