// What every PT system is asked for in the same words: new records of a kind, and values that a person enters where no program can.
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { effectFields, runEffect, runReading, subjectField } from './adapter';
import { fieldsOf } from './operation';
import type { Operation } from './operation';

type Resource =
  | 'patient'
  | 'appointment'
  | 'authorization'
  | 'note'
  | 'charge'
  | 'claim'
  | 'payment'
  | 'remittance'
  | 'message'
  | 'report'
  | 'chart';

interface Words {
  readonly title: string;
  readonly plural: string;
  /** What the editor calls an operation of the resource, and what it does. */
  readonly operations: Readonly<Record<string, { readonly name: string; readonly description: string }>>;
}

const importNew = (what: string) => ({
  name: 'Import New',
  description: `Read the ${what} that are new or changed since the last time; each comes out once, as a reference`,
});

const words: Readonly<Record<Resource, Words>> = {
  patient: {
    title: 'Patient',
    plural: 'patients',
    operations: {
      import: importNew('patients'),
      create: { name: 'Create', description: 'Make the patient known to the system, once' },
      update: { name: 'Update', description: 'Tell the system what holds of the patient now' },
    },
  },
  appointment: {
    title: 'Appointment',
    plural: 'appointments',
    operations: { import: importNew('visits') },
  },
  authorization: {
    title: 'Authorization',
    plural: 'authorizations',
    operations: {
      import: importNew('authorizations'),
      record: { name: 'Record', description: "Ask a person to enter the payer's decision in the system" },
    },
  },
  note: {
    title: 'Note',
    plural: 'notes',
    operations: {
      import: {
        name: 'Import New',
        description: 'Read which notes were written or signed since the last time; what they say stays where it is',
      },
    },
  },
  charge: { title: 'Charge', plural: 'charges', operations: { import: importNew('charges') } },
  claim: {
    title: 'Claim',
    plural: 'claims',
    operations: {
      import: { name: 'Import New', description: 'Take in the claims that were exported since the last time (837P)' },
    },
  },
  payment: {
    title: 'Payment',
    plural: 'payments',
    operations: {
      import: { name: 'Import New', description: 'Post what patients paid, as it was exported since the last time' },
    },
  },
  remittance: {
    title: 'Remittance',
    plural: 'remittances',
    operations: {
      import: {
        name: 'Import New',
        description: 'Take in the remittances that were exported since the last time (835)',
      },
      send: { name: 'Send', description: 'Hand a remittance on to the system, once' },
    },
  },
  message: {
    title: 'Message',
    plural: 'messages',
    operations: {
      send: { name: 'Send', description: 'Hand a message to the system, once, if the rules let it go now' },
    },
  },
  report: {
    title: 'Report',
    plural: 'reports',
    operations: {
      import: {
        name: 'Import New',
        description: 'Read everything that is new; the authorizations that changed come out as references',
      },
      list: { name: 'List', description: 'Show which reports lie in the drop folder, the newest first' },
    },
  },
  chart: {
    title: 'Chart',
    plural: 'charts',
    operations: { import: importNew('charts') },
  },
};

const limitField: INodeProperties = {
  displayName: 'Limit',
  name: 'limit',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 1000 },
  default: 50,
  description: 'Max number of results to return',
};

/** Reads what is new of one kind: one item per record that was added or changed. */
function importing(system: string, resource: Resource): Operation {
  const { plural } = words[resource];
  return {
    description: fieldsOf({ resource, operation: 'import' }, [limitField]),
    async execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
      return await runReading.call(this, system, `${system}.${plural}.import`, (itemIndex) => ({
        options: { limit: this.getNodeParameter('limit', itemIndex, 50) },
      }));
    },
  };
}

/** Reads everything that is new, of whatever kind. */
function importingAll(system: string): Operation {
  return {
    description: fieldsOf({ resource: 'report', operation: 'import' }, [
      {
        displayName:
          'Gait reads everything new that the connection hands over. Nothing comes out when there is nothing new.',
        name: 'importNotice',
        type: 'notice',
        default: '',
      },
    ]),
    async execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
      return await runReading.call(this, system, `${system}.records.import`, () => ({}));
    },
  };
}

/** Changes something in the system under a permit, or asks a person to where no program can. */
function effect(
  system: string,
  resource: Resource,
  operation: string,
  description: string,
  from: string = resource,
): Operation {
  const { title } = words[resource];
  return {
    description: fieldsOf({ resource, operation }, [
      subjectField(title, resource, `={{ $json.${from} }}`, description),
      ...effectFields,
    ]),
    async execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
      return await runEffect.call(this, system, `${system}.${resource}.${operation}`, resource, title);
    },
  };
}

/** Hands a message on; nobody approves it, the rules of outreach keep back what must not go. */
function sending(system: string): Operation {
  return {
    description: fieldsOf({ resource: 'message', operation: 'send' }, [
      subjectField('Message', 'message', '={{ $json.item }}', 'The message, as the step "Send Message" hands it out'),
    ]),
    async execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
      return await runEffect.call(this, system, `${system}.message.send`, 'message', 'Message');
    },
  };
}

/** The operations of one system; a node offers those its system has. */
export function recordOperations(system: string) {
  return {
    importAll: importingAll(system),
    importPatients: importing(system, 'patient'),
    importAppointments: importing(system, 'appointment'),
    importAuthorizations: importing(system, 'authorization'),
    importNotes: importing(system, 'note'),
    importCharges: importing(system, 'charge'),
    importClaims: importing(system, 'claim'),
    importPayments: importing(system, 'payment'),
    importRemittances: importing(system, 'remittance'),
    createPatient: effect(system, 'patient', 'create', 'The patient, as an earlier Gait node hands it out'),
    updatePatient: effect(system, 'patient', 'update', 'The patient, as an earlier Gait node hands it out'),
    sendMessage: sending(system),
    recordAuthorization: effect(
      system,
      'authorization',
      'record',
      'The decided authorization, as the step "Record authorization" hands it out',
      'item',
    ),
  };
}

type Table = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

function isResource(name: string): name is Resource {
  return Object.hasOwn(words, name);
}

const byName = (left: { name: string }, right: { name: string }): number => left.name.localeCompare(right.name);

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** The fields with which the editor offers a table of operations: the resource, its operations, and the fields of each. */
export function fieldsFor(operations: Table, connection: INodeProperties): INodeProperties[] {
  const resources = Object.keys(operations).filter(isResource);
  const first = resources[0] ?? 'patient';
  return [
    {
      displayName: 'Resource',
      name: 'resource',
      type: 'options',
      noDataExpression: true,
      options: resources.map((value) => ({ name: words[value].title, value })).sort(byName),
      default: first,
    },
    ...resources.map((resource): INodeProperties => {
      const names = Object.keys(operations[resource] ?? {});
      return {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: [resource] } },
        options: names
          .map((value) => {
            const { name, description } = words[resource].operations[value] ?? { name: value, description: '' };
            const says = operations[resource]?.[value]?.says ?? description;
            const plural = value === 'import' || value === 'list';
            const what = plural ? words[resource].plural : withArticle(words[resource].title.toLowerCase());
            return { name, value, description: says, action: `${name} ${what}`.replace('Import New', 'Import new') };
          })
          .sort(byName),
        default: names[0] ?? '',
      };
    }),
    connection,
    ...resources.flatMap((resource) => Object.values(operations[resource] ?? {}).flatMap(({ description }) => description)),
  ];
}
