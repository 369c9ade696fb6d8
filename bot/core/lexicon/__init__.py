"""The lexicon: minerals, actions and countries as named expressions. Reads parsed tables; files are read elsewhere."""
