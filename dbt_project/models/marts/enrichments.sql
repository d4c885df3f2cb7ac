select
    last_version as batch,
    begun_at,
    finished_at,
    received,
    plays,
    duplicates,
    malformed,
    end_offsets
from {{ source('ledger', 'enrichments') }}
