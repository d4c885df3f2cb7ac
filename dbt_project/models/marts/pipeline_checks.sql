select
    name,
    holds,
    at,
    detail
from {{ source('counts', 'checks') }}
