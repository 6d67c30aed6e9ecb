"""Values of the registry as pages show them."""
