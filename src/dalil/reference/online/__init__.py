"""Services that are asked for newer figures; nothing else needs a network."""
