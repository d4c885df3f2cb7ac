-- Every changed chart counts 1, 2, 3, … without gaps or shared places, each song stands once, each with a counted play.
select
    grain,
    region,
    window_start,
    count(*) as entries
from {{ ref('int_ranked_songs') }}
group by grain, region, window_start
having
    min(rank) <> 1
    or max(rank) <> count(*)
    or count(distinct rank) <> count(*)
    or count(distinct song_id) <> count(*)
    or min(plays) < 1
