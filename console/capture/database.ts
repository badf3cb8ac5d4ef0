// The browser's own database as capture uses it: a store for the key, a store for what lies sealed under it.
const name = 'gait-capture';
export type StoreName = 'keys' | 'sealed';

/** Opens it. Rejects where the browser keeps nothing (a private window of some browsers). */
export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const store of ['keys', 'sealed'] satisfies StoreName[]) asked.result.createObjectStore(store);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('The browser opened no database.'));
  });
}

/** Writes are waited for until they lie on the disk of the tablet, not only in its memory. */
export function write(database: IDBDatabase, store: StoreName, change: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser did not keep it.'));
    change(transaction.objectStore(store));
  });
}

/** One value, undefined where there is none. */
export function read(database: IDBDatabase, store: StoreName, key: string): Promise<unknown> {
  return answerOf(database.transaction(store).objectStore(store).get(key));
}

export async function keysOf(database: IDBDatabase, store: StoreName, prefix: string): Promise<string[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const keys: readonly unknown[] = await answerOf(database.transaction(store).objectStore(store).getAllKeys(range));
  return keys.filter((key): key is string => typeof key === 'string');
}

function answerOf<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('The browser did not answer.'));
  });
}
