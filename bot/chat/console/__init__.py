"""The console: the smallest platform, and the example to copy."""
