/** A value that may be there already. Where SQLite is asked, a promise would cost as much as the answer. */
export type Soon<T> = T | Promise<T>;

/** Goes on with a value: at once where it is there. */
export function after<T, U>(soon: Soon<T>, next: (value: T) => Soon<U>): Soon<U> {
  return soon instanceof Promise ? soon.then(next) : next(soon);
}
