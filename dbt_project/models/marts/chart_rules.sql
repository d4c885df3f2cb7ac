select cast({{ minimum_listeners() }} as integer) as minimum_listeners
