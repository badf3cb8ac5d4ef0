// Finds the installed n8n and gives the parts of its engine that the node tests run flows with.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type {
  INode,
  INodeType,
  IVersionedNodeType,
  ICredentialType,
  IPinData,
  IRun,
  IRunExecutionData,
  IWebhookData,
  IWorkflowExecuteAdditionalData,
  Workflow,
  WorkflowActivateMode,
  WorkflowExecuteMode,
} from 'n8n-workflow';
import { installationFolder } from '../../runtime/install.mjs';
import { checkout, places } from '../../runtime/places.mjs';

/** A package of nodes as n8n loads it; `known` holds source paths. */
export interface Loader {
  readonly packageName: string;
  readonly nodeTypes: Record<string, { readonly type: INodeType; readonly sourcePath: string }>;
  readonly credentialTypes: Record<string, { readonly type: ICredentialType }>;
  readonly known: {
    readonly nodes: Record<string, { readonly className: string; readonly sourcePath: string }>;
    readonly credentials: Record<string, { readonly supportedNodes?: string[] }>;
  };
  loadAll(): Promise<void>;
  getNode(name: string): { readonly type: INodeType | IVersionedNodeType };
}

/** The parts of n8n-core the tests use. */
export interface N8nCore {
  readonly WorkflowExecute: new (
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
    runExecutionData?: IRunExecutionData,
  ) => {
    run(options: {
      workflow: Workflow;
      startNode?: INode;
      pinData?: IPinData;
      triggerToStartFrom?: { name: string; data?: unknown };
    }): PromiseLike<IRun>;
    processRunExecutionData(workflow: Workflow): PromiseLike<IRun>;
  };
  readonly ExecutionLifecycleHooks: new (mode: WorkflowExecuteMode, executionId: string, workflow: object) => object;
  readonly PackageDirectoryLoader: new (folder: string) => Loader;
  readonly LazyPackageDirectoryLoader: new (folder: string) => Loader;
  readonly WebhookContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
    webhookData: Partial<IWebhookData>,
    closeFunctions: never[],
    runExecutionData: null,
  ) => ThisParameterType<NonNullable<INodeType['webhook']>>;
  readonly HookContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    mode: WorkflowExecuteMode,
    activation: WorkflowActivateMode,
    webhookData: { isTest: boolean },
  ) => ThisParameterType<NonNullable<NonNullable<INodeType['webhookMethods']>['default']>['create']>;
  readonly LoadOptionsContext: new (
    workflow: Workflow,
    node: INode,
    additionalData: IWorkflowExecuteAdditionalData,
    path: string,
  ) => ThisParameterType<NonNullable<NonNullable<NonNullable<INodeType['methods']>['listSearch']>[string]>>;
}

export type N8nWorkflow = Pick<
  typeof import('n8n-workflow'),
  'Workflow' | 'ICredentialsHelper' | 'NodeHelpers' | 'createRunExecutionData'
>;

/** The folder of n8n's packages: `GAIT_N8N_RUNTIME` (a folder holding `node_modules`), or the project's cache. */
export function n8nPackages(): string {
  const given = process.env['GAIT_N8N_RUNTIME'];
  const folder = given === undefined || given === '' ? installationFolder('n8n', checkout, places().cache) : given;
  const packages = join(folder, 'node_modules');
  if (!existsSync(join(packages, 'n8n-core'))) {
    throw new Error(
      `n8n is not installed in ${folder}. Run "npm start" once, or set GAIT_N8N_RUNTIME to a folder where n8n is installed.`,
    );
  }
  return packages;
}

/** Loads n8n-core and the n8n-workflow it uses. */
export function loadN8n(packages = n8nPackages()): { packages: string; core: N8nCore; workflow: N8nWorkflow } {
  const require = createRequire(join(packages, 'n8n', 'package.json'));
  require('reflect-metadata');
  const core: N8nCore = require('n8n-core');
  const workflow: N8nWorkflow = createRequire(join(packages, 'n8n-core', 'package.json'))('n8n-workflow');
  return { packages, core, workflow };
}
