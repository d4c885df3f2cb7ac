-- Another topic can be adopted: its offsets go on where those of the topic before ended.
set local role live;

alter table live.source add column offset_base jsonb not null default '{}';

comment on column live.source.offset_base is
'What is added to Kafka''s offsets, by partition, in every table; empty before a topic was adopted.';
