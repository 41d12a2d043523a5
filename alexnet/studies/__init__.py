"""What runs teach read together: ladder, division of towers, standings, diagnosis, confusion. No TensorFlow."""
