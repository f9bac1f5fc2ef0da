/** One TXT record. */
export interface TxtRecord {
  readonly host: string;
  readonly value: string;
}

/** What DNS says of a name: its TXT values, that it has none, or that there is no such name. */
export type ZoneAnswer = readonly string[] | 'no_data' | 'no_name';

/** TXT records under every name, as somebody at a DNS provider keeps them. */
export class DnsZone {
  #records: readonly TxtRecord[];
  readonly #keep: (records: readonly TxtRecord[]) => void;

  /** @param keep is told of every change */
  constructor(
    records: readonly TxtRecord[] = [],
    keep: (records: readonly TxtRecord[]) => void = () => {},
  ) {
    this.#records = records;
    this.#keep = keep;
  }

  get records(): readonly TxtRecord[] {
    return this.#records;
  }

  /** Adds a record; one that is there already stays. */
  add({ host, value }: TxtRecord): void {
    const record = { host: nameOf(host), value };
    if (!this.#records.some((other) => isSame(other, record))) {
      this.#set([...this.#records, record]);
    }
  }

  remove({ host, value }: TxtRecord): void {
    const record = { host: nameOf(host), value };
    this.#set(this.#records.filter((other) => !isSame(other, record)));
  }

  /** A name above one that has records exists too (RFC 8020). */
  answer(name: string): ZoneAnswer {
    const host = nameOf(name);
    const values = this.#records.filter((one) => one.host === host).map(({ value }) => value);
    if (values.length > 0) return values;
    return this.#records.some((one) => one.host.endsWith(`.${host}`)) ? 'no_data' : 'no_name';
  }

  #set(records: readonly TxtRecord[]): void {
    this.#records = records;
    this.#keep(records);
  }
}

function isSame(one: TxtRecord, other: TxtRecord): boolean {
  return one.host === other.host && one.value === other.value;
}

function nameOf(host: string): string {
  return host.trim().toLowerCase().replace(/\.$/, '');
}
