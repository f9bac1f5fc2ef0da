import { createApps } from './app.ts';
import { createAppUsers } from './app-users.ts';
import { openDatabase } from './database.ts';
import { createExchanges } from './exchanges.ts';
import { createFacts } from './facts.ts';
import { createGroups } from './groups.ts';
import { createImports } from './imports.ts';
import { createJobs, createTasks } from './jobs.ts';
import { createPeople } from './people.ts';
import { createPushes } from './pushes.ts';

/** Everything that the stand-in keeps. */
export type Store = ReturnType<typeof openStore>;

/** Opens the data file. `isNew` says that it was made just now. */
export function openStore(file: string) {
  const { database, isNew } = openDatabase(file);
  return {
    isNew,
    app: createApps(database),
    appUsers: createAppUsers(database),
    exchanges: createExchanges(database),
    facts: createFacts(database),
    groups: createGroups(database),
    imports: createImports(database),
    jobs: createJobs(database),
    people: createPeople(database),
    pushes: createPushes(database),
    tasks: createTasks(database),
    close: () => void database.close(),
  };
}
