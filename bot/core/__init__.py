"""What is true: pure functions and values.

No I/O, no clock, no logging, no async; time, chance and ids are arguments.
"""
