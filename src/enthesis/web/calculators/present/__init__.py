"""What templates show: forms, answers and thresholds as frozen values with words in them."""
