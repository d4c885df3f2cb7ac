{{ former_songs() }}
