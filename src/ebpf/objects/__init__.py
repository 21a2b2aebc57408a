"""What a user holds: maps, programs, variables and the object that owns them, over either engine."""
