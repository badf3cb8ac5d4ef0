// The forms of connections name what the connectors take: no setting of another name, every system, every secret.
import { expect, test } from 'vitest';
import { sftpPlaceSchema } from '../connectors/files/sftp-settings.ts';
import { ptSystems } from '../connectors/pt-systems.ts';
import { systems as connected } from '../connectors/registry.ts';
import { configOf, handsOverRecords, secretsOf, systems } from './connection-systems.ts';

test('every system that can be connected has a form, and no other', () => {
  expect(Object.keys(systems).sort()).toEqual(Object.keys(connected).sort());
});

test.each(Object.values(connected))(
  'the form of $id asks for settings and secrets it has',
  ({ id, configSchema, secrets }) => {
    const { properties } = configSchema;
    const known = Object.keys(properties);
    const asked = (systems[id]?.settings ?? []).filter(({ secret }) => secret !== true);
    expect(asked.map(({ name }) => name.split('.')[0] ?? '').filter((name) => !known.includes(name))).toEqual([]);
    expect(secretsOf(id).map(({ name }) => name)).toEqual(secrets.map(({ name }) => name));
    const schema: Readonly<Record<string, unknown>> = configSchema;
    const needed: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
    expect(needed.filter((name) => !asked.some((one) => one.name === name && one.optional !== true))).toEqual([]);
  },
);

test('a place on an SFTP server is one setting made of its fields; what is left empty is none', () => {
  const { settings } = systems['clinicient'] ?? { settings: [] };
  const fields = settings.flatMap(({ name }) => (name.startsWith('sftp.') ? [name.slice('sftp.'.length)] : []));
  expect(fields.sort()).toEqual(Object.keys(sftpPlaceSchema.properties).sort());
  const texts = { 'sftp.host': 'sftp.example', 'sftp.port': '2222', 'sftp.username': '', sftpPassword: 'secret' };
  expect(configOf(settings, texts)).toEqual({ sftp: { host: 'sftp.example', port: 2222 } });
  expect(configOf(settings, { dropFolder: '/drop' })).toEqual({ dropFolder: '/drop' });
});

test('what can be imported from are the systems that keep patients', () => {
  expect(Object.keys(systems).filter(handsOverRecords).sort()).toEqual(Object.keys(ptSystems).sort());
});
