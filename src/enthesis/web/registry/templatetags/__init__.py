"""Tags of the clinic's templates."""
