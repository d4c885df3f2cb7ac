{{ former_windows() }}
