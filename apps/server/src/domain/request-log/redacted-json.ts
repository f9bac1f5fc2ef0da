import { isArray, isObject, type JsonObject, type JsonValue } from '@rollcall/scim';
import { isSecretName, redacted, withoutSecrets } from './secret-text.ts';

/**
 * Writes a JSON value without its secrets and stops after about so many characters, however large the value is. A text that
 * was stopped is longer than `limit`.
 */
export function redactedJson(value: JsonValue, limit: number): string {
  const writer = new Writer(limit);
  writer.value(value);
  return writer.text;
}

class Writer {
  text = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  value(value: JsonValue): void {
    if (isArray(value)) this.#list('[', value, (item) => this.value(item), ']');
    else if (isObject(value)) this.#object(value);
    else if (typeof value === 'string') this.#string(value);
    else this.text += JSON.stringify(value);
  }

  #object(object: JsonObject): void {
    const names = Object.keys(object);
    const beside = namesSecret(object, names);
    const member = (name: string) => {
      this.#string(name);
      this.text += ':';
      const secret = isSecretName(name) || (beside && name.toLowerCase() === 'value');
      this.value(secret ? redacted : (object[name] ?? null));
    };
    this.#list('{', names, member, '}');
  }

  #list<Item>(begin: string, items: readonly Item[], write: (item: Item) => void, end: string) {
    this.text += begin;
    let separator = '';
    for (const item of items) {
      if (this.text.length > this.#limit) return;
      this.text += separator;
      separator = ',';
      write(item);
    }
    this.text += end;
  }

  #string(text: string): void {
    this.text += JSON.stringify(withoutSecrets(text.slice(0, this.#limit + 1)));
  }
}

/** An operation of PATCH names its attribute beside the value. */
function namesSecret(object: JsonObject, names: readonly string[]): boolean {
  return names.some((name) => {
    const path = name.toLowerCase() === 'path' ? object[name] : undefined;
    return typeof path === 'string' && isSecretName(path);
  });
}
