"""What the product does: one package per feature. Functions take a caller and a command and return an outcome."""
