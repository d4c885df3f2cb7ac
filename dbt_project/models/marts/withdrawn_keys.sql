select key_id
from {{ source('live', 'withdrawn_keys') }}
