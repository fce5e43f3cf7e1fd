"""Changes: procedures with steps or choices, each the work of one change set."""
