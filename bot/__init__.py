"""Lodewire: critical-minerals news alerts for Discord and Matrix. Holds the version and nothing else."""

__version__ = "0.1.0"
