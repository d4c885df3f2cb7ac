{{ new_revision_causes() }}
