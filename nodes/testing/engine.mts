// Runs workflow files through n8n's own engine with the built package, as n8n loads it.
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ICredentialDataDecryptedObject,
  IConnections,
  IHttpRequestOptions,
  INode,
  INodeExecutionData,
  INodeType,
  IPinData,
  IRun,
  IWorkflowExecuteAdditionalData,
  IWorkflowSettings,
  Workflow,
} from 'n8n-workflow';
import { loadN8n } from './n8n-runtime.mts';
import type { Loader } from './n8n-runtime.mts';

/** A workflow file of the tests. `pinData` of the start node is what goes in; of any other node, what must come out. */
export interface WorkflowFile {
  readonly name: string;
  readonly nodes: INode[];
  readonly connections: IConnections;
  readonly settings?: IWorkflowSettings;
  readonly pinData: IPinData;
}

export interface Credential {
  readonly serverUrl: string;
  readonly apiKey: string;
}

/** The package's folder. */
export const packageFolder = join(import.meta.dirname, '..');

function newest(paths: readonly string[]): number {
  return Math.max(0, ...paths.map((path) => statSync(path).mtimeMs));
}

/** Builds nodes/dist when a source is newer than it. Throws with the compiler's words. */
export function buildPackage(): void {
  const sources = globSync(
    ['{credentials,icons,listSearch,nodes,shared,transport}/**/*.{ts,json,svg}', 'tsconfig.json'],
    { cwd: packageFolder },
  );
  const marker = join(packageFolder, 'dist', 'credentials', 'GaitApi.credentials.js');
  if (existsSync(marker) && newest([marker]) > newest(sources.map((path) => join(packageFolder, path)))) return;
  const built = spawnSync(process.execPath, [join(packageFolder, 'build.mjs')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The package does not build: ${built.stdout}${built.stderr}`);
}

/** Copies the built package where an n8n would have it: `<folder>/node_modules/n8n-nodes-gait`, beside n8n's own n8n-workflow. */
export function stagePackage(folder: string, packages: string): string {
  const staged = join(folder, 'node_modules', 'n8n-nodes-gait');
  mkdirSync(staged, { recursive: true });
  cpSync(join(packageFolder, 'package.json'), join(staged, 'package.json'));
  cpSync(join(packageFolder, 'dist'), join(staged, 'dist'), { recursive: true });
  const beside = join(folder, 'node_modules', 'n8n-workflow');
  if (!existsSync(beside)) symlinkSync(join(packages, 'n8n-workflow'), beside);
  return staged;
}

/** n8n's engine with n8n's own nodes and this package. Call `close` at the end. */
export async function openEngine() {
  const { packages, core, workflow: n8n } = loadN8n();
  buildPackage();
  const folder = mkdtempSync(join(tmpdir(), 'gait-nodes-'));
  const gait = new core.PackageDirectoryLoader(stagePackage(folder, packages));
  const base = new core.LazyPackageDirectoryLoader(join(packages, 'n8n-nodes-base'));
  await gait.loadAll();
  await base.loadAll();
  const loaders: Readonly<Record<string, Loader>> = { [gait.packageName]: gait, [base.packageName]: base };

  function typeOf(name: string, version?: number): INodeType {
    const [packageName = '', nodeName = ''] = name.split('.');
    const type = loaders[packageName]?.getNode(nodeName).type;
    if (type === undefined) throw new Error(`No node type ${name}`);
    return 'getNodeType' in type ? type.getNodeType(version) : type;
  }

  const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };

  /** Gives out the one credential and signs requests as the credential type declares it. */
  class Credentials extends n8n.ICredentialsHelper {
    readonly credential: Credential;
    constructor(credential: Credential) {
      super();
      this.credential = credential;
    }
    getParentTypes(): string[] {
      return [];
    }
    isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
      const supported = gait.known.credentials[credentialType]?.supportedNodes ?? [];
      return supported.some((name) => `${gait.packageName}.${name}` === nodeType);
    }
    async authenticate(
      credentials: ICredentialDataDecryptedObject,
      typeName: string,
      options: object,
    ): Promise<IHttpRequestOptions> {
      const declared = gait.credentialTypes[typeName]?.type.authenticate;
      if (typeof declared !== 'function') throw new Error('The credential does not sign requests by itself');
      return declared(credentials, { url: '', ...options });
    }
    async preAuthentication(): Promise<undefined> {
      return undefined;
    }
    async runPreAuthentication(): Promise<undefined> {
      return undefined;
    }
    async getCredentials(): Promise<never> {
      throw new Error('Not stored');
    }
    async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
      return { ...this.credential };
    }
    async updateCredentials(): Promise<void> {}
    async updateCredentialsOauthTokenData(): Promise<void> {}
    getCredentialsProperties() {
      return [];
    }
  }

  function additionalData(
    credential: Credential,
    more: Partial<IWorkflowExecuteAdditionalData> = {},
  ): IWorkflowExecuteAdditionalData {
    const given: Partial<IWorkflowExecuteAdditionalData> & { hooks: object } = {
      credentialsHelper: new Credentials(credential),
      currentNodeExecutionIndex: 0,
      executionId: '1',
      restApiUrl: 'http://127.0.0.1/rest',
      instanceBaseUrl: 'http://127.0.0.1/',
      webhookBaseUrl: 'http://127.0.0.1/webhook',
      webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
      webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
      formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
      variables: {},
      hooks: new core.ExecutionLifecycleHooks('manual', '1', { id: 'flow', name: 'flow' }),
      ...more,
    };
    return given as IWorkflowExecuteAdditionalData;
  }

  function toWorkflow(file: WorkflowFile): Workflow {
    const nodes = file.nodes.map((node) =>
      node.type.startsWith('n8n-nodes-gait.') ? { ...node, credentials: { gaitApi: { id: '1', name: 'Gait' } } } : node,
    );
    return new n8n.Workflow({
      id: 'flow1',
      name: file.name,
      nodes,
      connections: file.connections,
      active: false,
      nodeTypes,
      settings: file.settings ?? { executionOrder: 'v1' },
    });
  }

  return {
    gait,
    core,
    nodeTypes,
    additionalData,
    toWorkflow,
    /** What the editor would mark at a node: parameters that are missing or none it offers, by their names. */
    issuesOf(node: INode): string[] {
      const { description } = typeOf(node.type, node.typeVersion);
      const filled = n8n.NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description);
      const issues = n8n.NodeHelpers.getNodeParametersIssues(
        description.properties,
        { ...node, parameters: filled ?? node.parameters },
        description,
      );
      return Object.keys(issues?.parameters ?? {});
    },
    /** Runs the file from its only trigger, whose pinned items go in. */
    async run(file: WorkflowFile, credential: Credential): Promise<IRun> {
      const workflow = toWorkflow(file);
      const startNode = file.nodes.find(({ name, type }) => file.pinData[name] !== undefined && /trigger$/i.test(type));
      if (startNode === undefined) throw new Error(`${file.name} has no trigger with pinned items`);
      const input = file.pinData[startNode.name] ?? [];
      const execute = new core.WorkflowExecute(additionalData(credential), 'manual');
      return await execute.run({ workflow, startNode, pinData: { [startNode.name]: input } });
    },
    close(): void {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Engine = Awaited<ReturnType<typeof openEngine>>;

/** What a node gave out of its first output, as the expectation in a file has it. */
export function outputOf(run: IRun, nodeName: string, outputIndex = 0): INodeExecutionData[] {
  const task = run.data.resultData.runData[nodeName]?.at(-1);
  return task?.data?.main?.[outputIndex] ?? [];
}
