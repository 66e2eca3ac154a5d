"""The names the project knows: how they are compiled, stored and looked up."""
