"""Pictures of one's own: a zip, a folder or some files become a data set under ALEXNET_HOME."""
