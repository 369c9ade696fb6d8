"""The only builder: reads the settings, opens and closes every part, runs the table of jobs.

Holds no rule of its own.
"""
