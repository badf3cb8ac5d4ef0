#!/bin/sh
# Links Gait's nodes into the folder n8n loads community packages from (main, workers and webhook processors alike), then starts n8n.
set -eu
mkdir -p /home/node/.n8n/nodes/node_modules
ln -sfn /opt/gait-nodes/n8n-nodes-gait /home/node/.n8n/nodes/node_modules/n8n-nodes-gait
exec /docker-entrypoint.sh "$@"
