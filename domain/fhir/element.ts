// A FHIR resource (JSON) read element by element; what nobody read can be told afterwards.

type Fields = Readonly<Record<string, unknown>>;

/** What identifies, describes or decorates a resource and says nothing of its own. */
const decoration =
  /(^|\.)(resourceType|id|meta|text|implicitRules|language|contained|display|userSelected|version)(\.|\[|$)/;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One element of a resource. Reading a value marks its place as read. */
export class Element {
  readonly #fields: Fields;
  readonly #seen: Set<string>;
  /** Such as `Claim.item[0].quantity`. */
  readonly path: string;

  /** The resource it stands in. */
  readonly resource: Element;

  private constructor(fields: Fields, path: string, seen: Set<string>, resource: Element | null) {
    this.#fields = fields;
    this.path = path;
    this.#seen = seen;
    this.resource = resource ?? this;
  }

  /** The resource, if the value is one; its type begins every path in it. */
  static ofResource(value: unknown): Element | null {
    if (!isFields(value) || typeof value['resourceType'] !== 'string') return null;
    return new Element(value, value['resourceType'], new Set(), null);
  }

  child(name: string): Element | null {
    const value = this.#fields[name];
    return isFields(value) ? new Element(value, `${this.path}.${name}`, this.#seen, this.resource) : null;
  }

  children(name: string): readonly Element[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: unknown, at) =>
      isFields(one) ? [new Element(one, `${this.path}.${name}[${at}]`, this.#seen, this.resource)] : [],
    );
  }

  string(name: string): string | null {
    const value = this.#fields[name];
    return typeof value === 'string' && value.trim() !== '' ? this.#read(name, value) : null;
  }

  number(name: string): number | null {
    const value = this.#fields[name];
    return typeof value === 'number' ? this.#read(name, value) : null;
  }

  boolean(name: string): boolean | null {
    const value = this.#fields[name];
    return typeof value === 'boolean' ? this.#read(name, value) : null;
  }

  /** A list of strings or of numbers; others in it stay unread. */
  strings(name: string): readonly string[] {
    return this.#list(name).flatMap(([place, value]) =>
      typeof value === 'string' && value !== '' ? [this.#read(place, value)] : [],
    );
  }

  numbers(name: string): readonly number[] {
    return this.#list(name).flatMap(([place, value]) => (typeof value === 'number' ? [this.#read(place, value)] : []));
  }

  /** A calendar date; a time of day after it is left out, what is no whole date is not read. */
  date(name: string): string | null {
    const value = this.#fields[name];
    const date = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value)?.[0] : undefined;
    return date === undefined || Number.isNaN(Date.parse(date)) ? null : this.#read(name, date);
  }

  /** The resources that stand within this one, by `#id`. */
  contained(): readonly unknown[] {
    const value = this.#fields['contained'];
    return Array.isArray(value) ? value : [];
  }

  /** Places with a value that nobody has read, in the order of the resource. */
  unread(): readonly string[] {
    const places: string[] = [];
    collect(this.#fields, this.path, places);
    return places.filter((place) => !this.#seen.has(place) && !decoration.test(place.replace(/^[A-Za-z]+\./, '')));
  }

  #list(name: string): readonly (readonly [string, unknown])[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value.map((one: unknown, at) => [`${name}[${at}]`, one] as const) : [];
  }

  #read<T>(name: string, value: T): T {
    this.#seen.add(`${this.path}.${name}`);
    return value;
  }
}

function collect(value: unknown, path: string, places: string[]): void {
  if (Array.isArray(value)) value.forEach((one: unknown, at) => collect(one, `${path}[${at}]`, places));
  else if (isFields(value)) for (const [name, one] of Object.entries(value)) collect(one, `${path}.${name}`, places);
  else places.push(path);
}
