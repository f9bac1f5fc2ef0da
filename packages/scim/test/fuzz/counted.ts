/** Counts the looks at a value and at everything inside of it. */
export class LookCounter {
  looks = 0;
  readonly #seen = new WeakMap<object, object>();

  /** The value behind a counter. */
  watch<Value>(value: Value): Value {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#seen.get(value);
    if (known !== undefined) return known as Value; // it stands for that very value
    const watched = new Proxy(value, {
      get: (target, name, receiver) => {
        this.looks += 1;
        const found = Reflect.get(target, name, receiver);
        return typeof found === 'object' ? this.watch(found) : found;
      },
      ownKeys: (target) => {
        this.looks += 1;
        return Reflect.ownKeys(target);
      },
    });
    this.#seen.set(value, watched);
    return watched as Value; // a proxy of it
  }
}
