// The nodes as a page of Markdown; `npm run docs` writes it to docs/nodes.md and a test holds the file against the nodes.
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** A node: the folder it lies in below nodes/nodes, what n8n knows of it, and the name of its example flow. */
export interface NodeEntry {
  readonly folder: string;
  readonly description: INodeTypeDescription;
  readonly example: string;
}

interface Offered {
  readonly resource: string;
  readonly name: string;
  readonly description: string;
}

type Choice = Readonly<{ name: string; value: string; description: string }>;

function choicesOf(property: INodeProperties): Choice[] {
  return (property.options ?? []).flatMap((option) =>
    'value' in option && typeof option.value === 'string'
      ? [{ name: option.name, value: option.value, description: option.description ?? '' }]
      : [],
  );
}

/** Each operation with its resource, as the editor lists them. */
function operationsIn({ properties }: INodeTypeDescription): Offered[] {
  const resources = properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);
  const operations = properties.filter(({ name }) => name === 'operation');
  return resources.flatMap(({ name: resource, value }) =>
    operations
      .filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(value) === true)
      .flatMap(choicesOf)
      .map(({ name, description }) => ({ resource, name, description })),
  );
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

/** The picture of a node's panel, below docs/. */
export const panelPicture = (folder: string): string => `images/nodes/${folder}.png`;

function section({ folder, description, example }: NodeEntry): string {
  const offered = operationsIn(description);
  const table = [
    '| resource | operation | what it does |',
    '| --- | --- | --- |',
    ...offered.map(({ resource, name, description: words }) => `| ${cell(resource)} | ${cell(name)} | ${cell(words)} |`),
  ];
  return [
    `## ${description.displayName}`,
    `${description.description ?? ''}. Example: [${example}](../nodes/nodes/${folder}/example.json).`,
    '',
    ...(offered.length === 0 ? [] : [...table, '']),
    `![The panel of ${description.displayName}](${panelPicture(folder)})`,
    '',
  ].join('\n');
}

/** The whole page. */
export function nodesPage(entries: readonly NodeEntry[]): string {
  return [
    '# The nodes',
    '',
    '<!-- Written by `npm run docs` from the nodes themselves. -->',
    '',
    `The package n8n-nodes-gait has ${entries.length} nodes. Each is thin: it names an operation, a connection of the clinic and references; the server does the`,
    'work and gives back references and structure. All use one credential, *Gait API*. Import an example into the editor (*Import from file*), choose the credential and',
    'your connections, and try it with an item of your own. What each system can do, and how that was checked: [connectors.md](connectors.md).',
    '',
    ...entries.map(section),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
