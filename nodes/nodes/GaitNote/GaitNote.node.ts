// Gait Note: drafts clinical documents from closed sessions, says what is due, and files what was signed; references only.
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  INodeExecutionData,
  INodeListSearchResult,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { runOperation } from '../../shared/operation';
import * as draft from './operations/draft';
import * as file from './operations/file';
import * as get from './operations/get';
import * as getDue from './operations/getDue';
import * as getUndrafted from './operations/getUndrafted';

const operations = { note: { draft, file, get, getDue, getUndrafted } };

export class GaitNote implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Gait Note',
    name: 'gaitNote',
    icon: { light: 'file:../../icons/gait.svg', dark: 'file:../../icons/gait.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Draft clinical documents from closed sessions, list what is due, and file what a clinician signed, once',
    defaults: { name: 'Gait Note' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'gaitApi', required: true }],
    sensitiveOutputFields: ['structure', 'refs'],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [{ name: 'Note', value: 'note' }],
        default: 'note',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['note'] } },
        options: [
          {
            name: 'Draft',
            value: 'draft',
            action: 'Draft a note',
            description: 'Write a document from a closed session, once; a clinician reads, corrects and signs it',
          },
          {
            name: 'File',
            value: 'file',
            action: 'File a note',
            description: 'Put a signed note where the charts are kept, once and under a permit, or ask a person to enter it',
          },
          { name: 'Get', value: 'get', action: 'Get a note', description: 'Tell how far a note has come and what is open in it' },
          {
            name: 'List Due',
            value: 'getDue',
            action: 'List due documents',
            description: 'List notes, signatures, progress reports and certifications that are due, the most urgent first',
          },
          {
            name: 'List Undrafted',
            value: 'getUndrafted',
            action: 'List undrafted sessions',
            description: 'List closed sessions of which no note was drafted yet',
          },
        ],
        default: 'draft',
      },
      ...draft.description,
      ...file.description,
      ...get.description,
      ...getDue.description,
      ...getUndrafted.description,
    ],
  };

  methods = {
    listSearch: {
      async getConnections(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
        const { system } = file.chartOf(this.getCurrentNodeParameter('chart'));
        return await connectionSearch(system).call(this, filter);
      },
    },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}
