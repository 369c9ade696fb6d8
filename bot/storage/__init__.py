"""Rows: one schema and one set of queries on SQLite and PostgreSQL.

Functions take an open transaction; a job or a command opens it.
"""
