"""The outside world of feeds: asking servers politely, reading what they answer. Writes no row, decides no news."""
