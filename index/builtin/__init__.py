"""The encoder that ships with the product: sums of character and pair vectors, on numpy and scipy alone."""
