-- Delete the builds that no revision shows, of the windows that the last run built: superseded ones, and those of runs that
-- failed before.
delete from builds.chart_entries as entries
using dbt_intermediate.int_chart_builds as built
where
    entries.chart = built.chart
    and entries.region = built.region
    and entries.window_start = built.window_start
    and not exists (
        select from builds.chart_revisions as shown
        where
            shown.chart = entries.chart
            and shown.region = entries.region
            and shown.window_start = entries.window_start
            and shown.build_id = entries.build_id
    )
