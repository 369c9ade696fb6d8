"""What people ask for: one file a command, one table. Commands write rows, touch no network and run no job."""
