"""What people type: labels, help, and whether it can be read; whether it may be true is asked below."""
