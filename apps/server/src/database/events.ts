/** What the database did, as it happens: for tests that count statements, and for metrics. */
export type DatabaseEvent =
  /** A hot statement was compiled; once a database. */
  | { readonly kind: 'compiled'; readonly name: string; readonly sql: string }
  /** A statement ran. `name` is undefined for a cold query through the builder. `rows` were returned or changed. */
  | { readonly kind: 'statement'; readonly name: string | undefined; readonly rows: number }
  /** A COMMIT with the units that it made durable. */
  | { readonly kind: 'committed'; readonly units: number }
  /** A unit lost a race on PostgreSQL and is run again. */
  | { readonly kind: 'retried'; readonly attempt: number };

/** Called on the path of every statement: it must be quick and must not throw. */
export type DatabaseObserver = (event: DatabaseEvent) => void;
