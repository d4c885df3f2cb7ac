-- Published charts keep only settled windows: their tables make room for views of settled and open windows together.
set local role dbt;

do $$
declare
    renamed record;
begin
    for renamed in
        select * from (
            values
            ('top_songs_hourly', 'settled_hourly'),
            ('top_songs_daily', 'settled_daily'),
            ('chart_windows', 'settled_windows'),
            ('window_counts', 'settled_window_counts')
        ) as tables (old_name, new_name)
    loop
        continue when not exists (
            select from pg_class
            where relnamespace = 'charts'::regnamespace and relname = renamed.old_name and relkind = 'r'
        );
        execute format('alter table charts.%I rename to %I', renamed.old_name, renamed.new_name);
    end loop;
end
$$;
