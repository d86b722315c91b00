"""The rehearsal: a made-up laboratory with simulated devices, to learn and to try the bench without a patient."""
