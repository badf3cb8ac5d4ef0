// What flows that listen send, whatever they listen for: who they are when they register, and what they were called with.

export const flowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,36}$' }, name: { type: 'string', maxLength: 200 } },
} as const;

/** A flow by the name people know it by; its id where it has none. */
export function namedFlow(flow: { readonly id: string; readonly name?: string }): { id: string; name: string } {
  return { id: flow.id, name: flow.name ?? flow.id };
}

/** What a trigger forwards of a call: the very bytes that came, with the signature over them. */
export function forwardedCallSchema(mostCharacters: number) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['timestamp', 'signature', 'body'],
    properties: {
      timestamp: { type: 'string', maxLength: 20 },
      signature: { type: 'string', maxLength: 200 },
      body: { type: 'string', maxLength: mostCharacters },
    },
  } as const;
}
