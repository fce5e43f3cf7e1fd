"""Mail: written, handed to a server or put into the outbox, kept in the history while that is on, read from files."""
