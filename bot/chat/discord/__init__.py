"""Discord: posts by REST, ears by the gateway. How to set it up, and what is promised, is in README.md."""
