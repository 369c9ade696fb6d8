"""Matrix: alerts as messages in rooms, commands as what people write there."""
