// WebPT: exported reports come in through the drop folder that Gait watches; what WebPT must be told becomes a work item.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionSearch } from '../../listSearch/connections';
import { connectionField } from '../../shared/connection';
import { runOperation } from '../../shared/operation';
import * as record from './operations/record';
import * as importCharts from './operations/importCharts';
import * as importReports from './operations/importReports';
import * as listReports from './operations/listReports';

const operations = { report: { import: importReports, list: listReports }, authorization: { record }, chart: { import: importCharts } };

export class Webpt implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WebPT',
    name: 'webpt',
    icon: { light: 'file:../../icons/webpt.svg', dark: 'file:../../icons/webpt.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Import exported WebPT reports as references and hand staff the values to enter in WebPT',
    defaults: { name: 'WebPT' },
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
        options: [
          { name: 'Authorization', value: 'authorization' },
          { name: 'Chart', value: 'chart' },
          { name: 'Report', value: 'report' },
        ],
        default: 'report',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['report'] } },
        options: [
          {
            name: 'Import New',
            value: 'import',
            action: 'Import new reports',
            description: 'Read the reports that were dropped since the last time',
          },
          {
            name: 'List',
            value: 'list',
            action: 'List reports',
            description: 'Show which reports lie in the drop folder, the newest first',
          },
        ],
        default: 'import',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['authorization'] } },
        options: [
          {
            name: 'Record',
            value: 'record',
            action: 'Record authorization',
            description: "Ask a person to enter the payer's decision in WebPT",
          },
        ],
        default: 'record',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['chart'] } },
        options: [
          {
            name: 'Import New',
            value: 'import',
            action: 'Import new charts',
            description: 'Read the charts that were dropped since the last time',
          },
        ],
        default: 'import',
      },
      connectionField('webpt'),
      ...importCharts.description,
      ...importReports.description,
      ...listReports.description,
      ...record.description,
    ],
  };

  methods = { listSearch: { getConnections: connectionSearch('webpt') } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await runOperation.call(this, operations);
  }
}
