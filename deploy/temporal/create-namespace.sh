#!/bin/sh
# Creates Gait's namespace and its search attributes; safe to run again.
set -eu
temporal operator namespace describe "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
for attribute in GaitClinic=Keyword GaitPayer=Keyword GaitAuthorizationState=Keyword GaitClaimState=Keyword GaitActBy=Datetime GaitNeedsPerson=Bool; do
  temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "${attribute%%=*}" --type "${attribute##*=}" || true
done
