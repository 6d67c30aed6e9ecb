"""Pages of the patient, and those on which the clinic opens them."""
