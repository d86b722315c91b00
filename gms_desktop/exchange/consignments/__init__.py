"""What travels with a consignment between two laboratories that share no system: signed manifests and their answers."""
