// The settings of a language model: an OpenAI-compatible endpoint under an agreement, or one that the clinic runs itself.
import { BlockList, isIP } from 'node:net';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import { settingsReader } from '../settings.ts';

/** JSON Schema of `config`; the console draws its form from it. */
export const languageModelConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['place', 'baseUrl'],
  properties: {
    place: {
      enum: ['agreement', 'selfHosted'],
      title: 'Where it runs',
      description:
        'agreement: at a vendor whose agreement (BAA) is recorded at this connection. selfHosted: on this machine or in the clinic’s own network, by a numeric address.',
    },
    baseUrl: {
      type: 'string',
      pattern: '^https?://',
      maxLength: 300,
      title: 'Base address',
      description: 'Up to and with the version, as in https://models.example.org/v1.',
    },
    model: {
      type: 'string',
      minLength: 1,
      maxLength: 120,
      title: 'Model that words sentences',
      description: 'Left out: no sentence is sent.',
    },
    transcriptionModel: {
      type: 'string',
      minLength: 1,
      maxLength: 120,
      title: 'Model that writes down speech',
      description: 'Left out: no speech is sent.',
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 120, default: 30 },
  },
} as const;

type Settings = FromSchema<typeof languageModelConfigSchema>;
export type LanguageModelConfig = Settings & { readonly requestTimeoutSeconds: number };

const read = settingsReader<LanguageModelConfig>('language model', languageModelConfigSchema);

/** Networks that are nobody's on the Internet: RFC 1918, 4193, and this machine. */
const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addSubnet('10.0.0.0', 8, 'ipv4');
own.addSubnet('172.16.0.0', 12, 'ipv4');
own.addSubnet('192.168.0.0', 16, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');

/**
 * The validated settings with their defaults. A self-hosted model has a numeric address of the own network, which no name
 * can lead elsewhere; one under an agreement has `https:` and a name.
 * Throws `input.invalid` naming the field.
 */
export function readLanguageModelConfig(config: ConnectorContext['config']): LanguageModelConfig {
  const settings = read(config);
  const url = URL.canParse(settings.baseUrl) ? new URL(settings.baseUrl) : null;
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '')
    throw wrongAddress('The base address is no plain address.', 'Leave user names, queries and fragments away.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const version = isIP(host);
  if (settings.place === 'agreement') {
    if (url.protocol !== 'https:' || version !== 0 || host === 'localhost' || !host.includes('.'))
      throw wrongAddress('The address of a vendor begins with https and is a name.', 'Or say that it is self-hosted.');
  } else if (host !== 'localhost' && (version === 0 || !own.check(host, version === 4 ? 'ipv4' : 'ipv6'))) {
    throw wrongAddress(
      'A self-hosted model has a numeric address of the own network.',
      'Use localhost or an address such as 192.168.0.10; a model elsewhere needs an agreement.',
    );
  }
  return settings;
}

function wrongAddress(message: string, fix: string): GaitError {
  return new GaitError('input.invalid', message, { where: 'baseUrl', fix });
}
