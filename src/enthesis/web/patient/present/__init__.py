"""What the templates of the patient's pages get."""
