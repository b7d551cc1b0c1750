#!/bin/sh
# One-shot, safe to repeat: the namespace of the real book. Time skipping is never switched on here.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
