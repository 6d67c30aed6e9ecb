"""From answers to what templates show."""
