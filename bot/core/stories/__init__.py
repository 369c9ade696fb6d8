"""What a story is called, and how its alert reads."""
