"""What happens by itself: poll, intake, route, deliver, and beside them the housekeeping.

Each seam between them is a table.
"""
