"""How the schema came to be, step by step; `bot/storage/upgrade.py` walks it."""
