"""Chat platforms, each in a folder with the same three names: `client`, `inbound`, `render`. None knows another."""
