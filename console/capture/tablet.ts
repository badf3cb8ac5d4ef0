// What a tablet keeps: everything sealed under the person's own key, the key itself only until they sign out or stay away too long.
import type { Session as SignIn } from '../api.ts';
import { keysOf, openDatabase, read, write } from './database.ts';

/** Under which the key lies. It is not extractable: a script can use it here, nobody can read it out. */
const keyName = 'key';

interface KeyHeld {
  readonly user: string;
  readonly key: CryptoKey;
  readonly idleMinutes: number;
  /** Milliseconds since 1970 of the last use. */
  readonly usedAt: number;
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** Whether this browser can keep anything safely: sealing needs a secure address (https, or this machine itself). */
export function canKeep(): boolean {
  return isSecureContext && 'indexedDB' in globalThis;
}

/** The tablet's store of one signed-in person. */
export class Tablet {
  readonly #database: IDBDatabase;
  readonly #held: KeyHeld;

  private constructor(database: IDBDatabase, held: KeyHeld) {
    this.#database = database;
    this.#held = held;
  }

  /** Opens the store of whoever is signed in. `askKey` asks the server for their key, once for each sign-in. */
  static async open(signIn: SignIn, askKey: () => Promise<string>): Promise<Tablet> {
    const database = await openDatabase();
    const there = await heldIn(database);
    if (there !== null && there.user === signIn.user.id) return new Tablet(database, there);
    const raw = Uint8Array.from(atob(await askKey()), (character) => character.charCodeAt(0));
    const held: KeyHeld = {
      user: signIn.user.id,
      key: await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
      idleMinutes: signIn.inactiveAfterMinutes ?? 15,
      usedAt: Date.now(),
    };
    await write(database, 'keys', (store) => store.put(held, keyName));
    const tablet = new Tablet(database, held);
    await tablet.put('signed-in', signIn);
    // The browser may throw away what it was not asked to keep.
    void navigator.storage.persist().catch(() => false);
    return tablet;
  }

  /** The store and the sign-in as they were left, where the person was here a moment ago: for a reload without a connection. */
  static async remembered(): Promise<{ readonly tablet: Tablet; readonly signIn: SignIn } | null> {
    if (!canKeep()) return null;
    const database = await openDatabase();
    const held = await heldIn(database);
    if (held === null) return null;
    if (Date.now() - held.usedAt > held.idleMinutes * 60_000) {
      await forgetKey();
      return null;
    }
    const tablet = new Tablet(database, held);
    const signIn = await tablet.get<SignIn>('signed-in');
    return signIn === null ? null : { tablet, signIn };
  }

  /** Seals a value under the name; resolves when it is kept. */
  async put(name: string, value: unknown): Promise<void> {
    const id = this.#id(name);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) },
      this.#held.key,
      new TextEncoder().encode(JSON.stringify(value)),
    );
    const sealed: Sealed = { iv, bytes };
    await write(this.#database, 'sealed', (store) => store.put(sealed, id));
    await this.#used();
  }

  /** What was put under the name; null: nothing, or nothing that this key opens. */
  async get<T>(name: string): Promise<T | null> {
    const id = this.#id(name);
    const sealed = await read(this.#database, 'sealed', id);
    if (!isSealed(sealed)) return null;
    try {
      const bytes = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: sealed.iv, additionalData: new TextEncoder().encode(id) },
        this.#held.key,
        sealed.bytes,
      );
      return JSON.parse(new TextDecoder().decode(bytes)) as T;
    } catch {
      return null;
    }
  }

  remove(name: string): Promise<void> {
    return write(this.#database, 'sealed', (store) => store.delete(this.#id(name)));
  }

  /** Names that begin so. */
  async names(prefix: string): Promise<string[]> {
    const own = this.#id('');
    return (await keysOf(this.#database, 'sealed', this.#id(prefix))).map((id) => id.slice(own.length));
  }

  /** Notes that the person is still there, unless they signed out in another window: within one transaction, or it would come back. */
  #used(): Promise<void> {
    return write(this.#database, 'keys', (store) => {
      const asked: IDBRequest<unknown> = store.get(keyName);
      asked.onsuccess = () => {
        const held = asked.result;
        if (isHeld(held) && held.user === this.#held.user) store.put({ ...held, usedAt: Date.now() }, keyName);
      };
    });
  }

  #id(name: string): string {
    return `${this.#held.user}/${name}`;
  }
}

/** Takes the key from the tablet: what lies sealed stays, and nobody here can read it until its owner has signed in again. */
export async function forgetKey(): Promise<void> {
  if (!canKeep()) return;
  const database = await openDatabase();
  await write(database, 'keys', (store) => store.delete(keyName));
  database.close();
}

async function heldIn(database: IDBDatabase): Promise<KeyHeld | null> {
  const held = await read(database, 'keys', keyName);
  return isHeld(held) ? held : null;
}

function isHeld(value: unknown): value is KeyHeld {
  return typeof value === 'object' && value !== null && 'key' in value && value.key instanceof CryptoKey;
}

function isSealed(value: unknown): value is Sealed {
  return typeof value === 'object' && value !== null && 'iv' in value && value.iv instanceof Uint8Array;
}
