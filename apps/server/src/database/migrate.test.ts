import { expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import { fingerprint } from './fingerprint.ts';
import { checkSchemaVersion, type Database, migrate } from './index.ts';
import { type SchemaStep, schemaSteps } from './migrations/index.ts';

const version = schemaSteps.length;

async function setFact(database: Database, name: string, value: string): Promise<void> {
  await database.write(({ query }) =>
    query
      .insertInto('database_facts')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute(),
  );
}

const otherBuild = {
  code: 'schema_differs',
  message:
    'The database was made by another, unreleased build of Rollcall, whose tables are not those of this one. Start with a new database, or go back to the build that made it.',
};

/** The step as an earlier build may have had it: with an index less. */
function earlier(step: SchemaStep): Pick<SchemaStep, 'statements'> {
  return { statements: (engine) => step.statements(engine).slice(0, -1) };
}

describeEachEngine('migrate', ({ engine, open, createEmpty }) => {
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
    await setFact(database, 'migration:0099-of-a-newer-program', 'unknown here');
    expect(await checkSchemaVersion(database)).toMatchObject({ version: 99, oldestProgram: 1 });
    expect(await migrate(database)).toEqual({ from: 99, to: 99, applied: [] });
  });

  it('refuses a database that one of the migrations made when it was another, and says what to do', async () => {
    const database = await open();
    for (const step of schemaSteps) {
      const fact = `migration:${step.name}`;
      await setFact(database, fact, fingerprint(earlier(step), engine));
      await expect(checkSchemaVersion(database)).rejects.toMatchObject(otherBuild);
      await expect(migrate(database)).rejects.toMatchObject(otherBuild);
      await setFact(database, fact, fingerprint(step, engine));
      expect(await migrate(database)).toMatchObject({ applied: [] });
    }
  });

  it('refuses a database whose migrations were not remembered yet, and one that has another one between them', async () => {
    const database = await open();
    await setFact(database, 'migration:0001-between', 'unknown here');
    await expect(migrate(database)).rejects.toMatchObject(otherBuild);
    await database.write(({ query }) =>
      query.deleteFrom('database_facts').where('name', 'like', 'migration:%').execute(),
    );
    await expect(checkSchemaVersion(database)).rejects.toMatchObject(otherBuild);
    await expect(migrate(database)).rejects.toMatchObject(otherBuild);
  });

  it('says of a database of another build that it is too new, but not that it is to be migrated', async () => {
    const database = await open();
    await setFact(database, 'migration:0001-foundation', 'unknown here');
    await setFact(database, 'schema_version', '1');
    await expect(checkSchemaVersion(database)).rejects.toMatchObject(otherBuild);
    await expect(migrate(database)).rejects.toMatchObject(otherBuild);
    await setFact(database, 'oldest_program', '98');
    await expect(checkSchemaVersion(database)).rejects.toMatchObject({ code: 'schema_too_new' });
    await expect(migrate(database)).rejects.toMatchObject({ code: 'schema_too_new' });
  });
});
