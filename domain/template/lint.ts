// Pure: what is wrong with a template before anybody installs it.
import { isGaitNode, keepsNothing, stepsOf, stickyNoteType } from './flow.ts';
import type { Flow, FlowNode } from './flow.ts';
import type { Manifest } from './manifest.ts';

/** A fault of a template: `rule` is stable, `where` names the node or setting. */
export interface TemplateFinding {
  readonly rule:
    | 'type.unknown'
    | 'type.custom'
    | 'type.excluded'
    | 'expression.env'
    | 'id.duplicate'
    | 'name.duplicate'
    | 'branch.loose'
    | 'branch.unknown'
    | 'settings.keeps-data'
    | 'data.pinned'
    | 'credential.bound'
    | 'webhook.missing'
    | 'note.unreadable'
    | 'canvas.overlap'
    | 'steps.differ'
    | 'parameter.unused';
  readonly where: string;
  readonly message: string;
}

// n8n switches these off by default, so a clinic cannot run a flow that has them.
const excludedTypes = new Set(['n8n-nodes-base.executeCommand', 'n8n-nodes-base.localFileTrigger']);

/** The room n8n draws a node in, its name below included, in pixels of the canvas. */
const nodeRoom = { left: 56, right: 152, top: 16, bottom: 156 };

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function size(note: FlowNode, side: 'width' | 'height', fallback: number): number {
  const value = note.parameters[side];
  return typeof value === 'number' ? value : fallback;
}

function isTrigger(node: FlowNode): boolean {
  return /trigger$/i.test(node.type);
}

function checkTypes(flow: Flow, knows: (type: string, version: number) => boolean): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  for (const { name, type, typeVersion } of flow.nodes) {
    if (type.startsWith('CUSTOM.')) {
      findings.push({
        rule: 'type.custom',
        where: name,
        message: 'A type of a custom folder exists on one machine only; name the package.',
      });
    } else if (excludedTypes.has(type)) {
      findings.push({ rule: 'type.excluded', where: name, message: `n8n switches ${type} off.` });
    } else if (!knows(type, typeVersion)) {
      findings.push({ rule: 'type.unknown', where: name, message: `No node type ${type} in version ${typeVersion}.` });
    }
  }
  return findings;
}

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function checkIdentity(flow: Flow): TemplateFinding[] {
  return [
    ...duplicates(flow.nodes.map(({ id }) => id)).map(
      (id): TemplateFinding => ({ rule: 'id.duplicate', where: id, message: 'Two nodes have this id.' }),
    ),
    ...duplicates(flow.nodes.map(({ name }) => name)).map(
      (name): TemplateFinding => ({ rule: 'name.duplicate', where: name, message: 'Two nodes have this name.' }),
    ),
    ...flow.nodes
      .filter(({ credentials }) => credentials !== undefined)
      .map(
        ({ name }): TemplateFinding => ({
          rule: 'credential.bound',
          where: name,
          message: 'A credential is bound when the template is installed.',
        }),
      ),
    ...flow.nodes
      .filter((node) => node.type === 'n8n-nodes-gait.gaitStepTrigger' && node.webhookId === undefined)
      .map(
        ({ name }): TemplateFinding => ({
          rule: 'webhook.missing',
          where: name,
          message: 'The trigger needs a webhook id to have an address.',
        }),
      ),
  ];
}

function checkBranches(flow: Flow): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  const names = new Set(flow.nodes.map(({ name }) => name));
  const reached = new Set<string>();
  for (const [source, kinds] of Object.entries(flow.connections)) {
    if (!names.has(source))
      findings.push({
        rule: 'branch.unknown',
        where: source,
        message: 'A connection starts at a node that is not there.',
      });
    for (const { node } of Object.values(kinds)
      .flat()
      .flatMap((targets) => targets ?? [])) {
      reached.add(node);
      if (!names.has(node))
        findings.push({
          rule: 'branch.unknown',
          where: node,
          message: 'A connection leads to a node that is not there.',
        });
    }
  }
  for (const node of flow.nodes) {
    const leads = Object.values(flow.connections[node.name] ?? {}).some((outputs) =>
      outputs.some((targets) => (targets ?? []).length > 0),
    );
    if (node.type === stickyNoteType) continue;
    if (isTrigger(node) ? !leads : !reached.has(node.name)) {
      findings.push({ rule: 'branch.loose', where: node.name, message: 'This node is not connected.' });
    }
  }
  return findings;
}

function checkSecrecy(flow: Flow): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  for (const [name, wanted] of Object.entries(keepsNothing)) {
    if (flow.settings[name] !== wanted) {
      findings.push({
        rule: 'settings.keeps-data',
        where: name,
        message: `Must be ${JSON.stringify(wanted)}, so that n8n keeps nothing of a run.`,
      });
    }
  }
  if (flow.settings['executionOrder'] !== 'v1')
    findings.push({ rule: 'settings.keeps-data', where: 'executionOrder', message: 'Must be "v1".' });
  for (const field of ['pinData', 'staticData']) {
    if (field in flow) findings.push({ rule: 'data.pinned', where: field, message: 'A template holds no data.' });
  }
  for (const node of flow.nodes) {
    if (/\$env\b/.test(JSON.stringify(node.parameters))) {
      findings.push({
        rule: 'expression.env',
        where: node.name,
        message: 'n8n blocks $env; use a parameter of the template.',
      });
    }
  }
  return findings;
}

/** Roughly how tall n8n draws a note's text: headings 34 px, lines 22 px of about 7.2 px per character. */
export function noteTextHeight(content: string, width: number): number {
  const perLine = Math.max(10, Math.floor((width - 32) / 7.2));
  return content
    .split('\n')
    .map((line) => (line.startsWith('#') ? 40 : line === '' ? 10 : 22 * Math.ceil(line.length / perLine)))
    .reduce((sum, height) => sum + height, 24);
}

function checkCanvas(flow: Flow): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  const notes = flow.nodes.filter(({ type }) => type === stickyNoteType);
  const nodes = flow.nodes.filter(({ type }) => type !== stickyNoteType);
  for (const note of notes) {
    const content = text(note.parameters['content']);
    const [width, height] = [size(note, 'width', 240), size(note, 'height', 160)];
    const [x, y] = note.position;
    const needs = noteTextHeight(content, width);
    if (content.trim().length < 20 || needs > height) {
      findings.push({
        rule: 'note.unreadable',
        where: note.name,
        message: `The text needs ${needs} px of height, the note has ${height}.`,
      });
    }
    for (const node of nodes) {
      const [nodeX, nodeY] = node.position;
      const inside =
        nodeX + nodeRoom.right > x &&
        nodeX - nodeRoom.left < x + width &&
        nodeY + nodeRoom.bottom > y &&
        nodeY - nodeRoom.top < y + height;
      if (inside && nodeY - nodeRoom.top < y + needs) {
        findings.push({
          rule: 'canvas.overlap',
          where: `${note.name} / ${node.name}`,
          message: "The node covers the note's text.",
        });
      }
      if (
        inside &&
        (nodeY + nodeRoom.bottom > y + height || nodeX + nodeRoom.right > x + width || nodeX - nodeRoom.left < x)
      ) {
        findings.push({
          rule: 'canvas.overlap',
          where: `${note.name} / ${node.name}`,
          message: 'The node stands across the border of the note.',
        });
      }
    }
  }
  nodes.forEach((one, index) => {
    for (const other of nodes.slice(index + 1)) {
      const apartX = Math.abs(one.position[0] - other.position[0]);
      const apartY = Math.abs(one.position[1] - other.position[1]);
      if (apartX < nodeRoom.left + nodeRoom.right && apartY < nodeRoom.top + nodeRoom.bottom) {
        findings.push({
          rule: 'canvas.overlap',
          where: `${one.name} / ${other.name}`,
          message: 'The nodes stand too close.',
        });
      }
    }
  });
  return findings;
}

function checkManifest(flow: Flow, manifest: Manifest): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  const answered = stepsOf(flow.nodes).sort().join(', ');
  const declared = [...manifest.steps].sort().join(', ');
  if (answered !== declared)
    findings.push({
      rule: 'steps.differ',
      where: 'steps',
      message: `The manifest says ${declared}; the flow answers ${answered}.`,
    });
  for (const name of Object.keys(manifest.parameters.properties)) {
    if (!manifest.fills.some(({ parameter }) => parameter === name)) {
      findings.push({ rule: 'parameter.unused', where: name, message: 'The parameter is not put anywhere.' });
    }
  }
  return findings;
}

/**
 * Every fault of a template.
 * @param knows whether n8n or Gait's package has a node type in a version
 */
export function lintTemplate(
  flow: Flow,
  manifest: Manifest,
  knows: (type: string, version: number) => boolean,
): TemplateFinding[] {
  return [
    ...checkTypes(flow, knows),
    ...checkIdentity(flow),
    ...checkBranches(flow),
    ...checkSecrecy(flow),
    ...checkCanvas(flow),
    ...checkManifest(flow, manifest),
  ];
}

/** Whether a flow found in n8n would answer one of the same steps for the same clinic: two live flows must not. */
export function answersSameSteps(
  nodes: readonly Pick<FlowNode, 'type' | 'parameters' | 'credentials'>[],
  steps: readonly string[],
  credentialId: string,
): boolean {
  return nodes.some(
    (node) =>
      isGaitNode(node) &&
      node.credentials?.['gaitApi']?.id === credentialId &&
      stepsOf([node]).some((step) => steps.includes(step)),
  );
}
