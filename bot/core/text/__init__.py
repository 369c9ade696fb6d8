"""Text as computing: addresses, plain text, dates and hashes. Reads no file and no clock, and raises for no input."""
