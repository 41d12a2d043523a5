"""AlexNet Explorer: AlexNet (Krizhevsky, Sutskever, Hinton, 2012), computed, drawn and trained."""
