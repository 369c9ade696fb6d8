"""The outside world of feeds: asking servers politely, and reading what they answer. Writes no row and decides no news."""
