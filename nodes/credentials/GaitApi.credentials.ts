// The one credential of the package: where Gait's server is, and a key that can run flows but cannot read a record.
import type {
  IAuthenticate,
  Icon,
  ICredentialTestRequest,
  ICredentialType,
  INodeProperties,
} from 'n8n-workflow';

export class GaitApi implements ICredentialType {
  name = 'gaitApi';

  displayName = 'Gait API';

  icon: Icon = { light: 'file:../icons/gait.svg', dark: 'file:../icons/gait.dark.svg' };

  documentationUrl = 'https://gait.example.org/docs/admin';

  // Only the nodes of this package may use the key: not HTTP Request, not Code.
  restrictToSupportedNodes = true as const;

  properties: INodeProperties[] = [
    {
      displayName: 'Server URL',
      name: 'serverUrl',
      type: 'string',
      default: 'http://127.0.0.1:7310',
      placeholder: 'e.g. http://127.0.0.1:7310',
      description: "Where Gait's server listens, as n8n reaches it",
      required: true,
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      placeholder: 'e.g. gait_…',
      description:
        'A key of one clinic with the capability "flows". It can start work and see structure; it cannot open a record.',
      required: true,
    },
  ];

  authenticate: IAuthenticate = async (credentials, options) => ({
    ...options,
    headers: { ...options.headers, Authorization: `Bearer ${String(credentials.apiKey)}` },
  });

  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.serverUrl}}', url: '/v1/key', method: 'GET' },
  };
}
