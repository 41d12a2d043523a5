"""What runs teach read together: ladder, tower division, standings, diagnosis, confusion. No TensorFlow."""
