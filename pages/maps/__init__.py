"""Maps: what every layer responds to a picture."""
