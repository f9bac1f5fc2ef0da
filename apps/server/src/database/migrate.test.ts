import { expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import { checkSchemaVersion, type Database, migrate } from './index.ts';
import { schemaSteps } from './migrations/index.ts';

const version = schemaSteps.length;

async function setFact(database: Database, name: string, value: string): Promise<void> {
  await database.write(({ query }) =>
    query.updateTable('database_facts').set({ value }).where('name', '=', name).execute(),
  );
}

describeEachEngine('migrate', ({ open, createEmpty }) => {
  it('brings an empty database to the schema of the program, and then finds nothing to do', async () => {
    const database = await open({ url: await createEmpty() });
    await expect(checkSchemaVersion(database)).rejects.toMatchObject({ code: 'schema_too_old' });
    expect(await migrate(database)).toEqual({
      from: 0,
      to: version,
      applied: schemaSteps.map(({ name }) => name),
    });
    expect(await migrate(database)).toEqual({ from: version, to: version, applied: [] });
    expect(await checkSchemaVersion(database)).toMatchObject({ version });
  });

  it('is done once by processes that race', async () => {
    const url = await createEmpty();
    const processes = await Promise.all([open({ url }), open({ url }), open({ url })]);
    const reports = await Promise.all(processes.map(migrate));
    expect(reports.map(({ applied }) => applied.length).toSorted()).toEqual([0, 0, version]);
  });

  it('refuses a database that is too new for the program, and says what to do', async () => {
    const database = await open();
    await setFact(database, 'schema_version', '99');
    await setFact(database, 'oldest_program', '98');
    const refusal = {
      code: 'schema_too_new',
      message: `The database was upgraded to schema 99 by a newer Rollcall and needs one that knows schema 98 or newer; this one knows ${version}. Start the newer Rollcall again, or restore the backup that was made before its upgrade.`,
    };
    await expect(checkSchemaVersion(database)).rejects.toMatchObject(refusal);
    await expect(migrate(database)).rejects.toMatchObject(refusal);
  });

  it('works on a database that is newer and still compatible, and leaves it as it is', async () => {
    const database = await open();
    await setFact(database, 'schema_version', '99');
    expect(await checkSchemaVersion(database)).toEqual({ version: 99, oldestProgram: 1 });
    expect(await migrate(database)).toEqual({ from: 99, to: 99, applied: [] });
  });
});
