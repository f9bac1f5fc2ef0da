import { beforeAll, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';
import { entra, entraCompliant } from './journeys/entra.ts';
import { oktaAiw } from './journeys/okta-aiw.ts';
import { oktaCatalog } from './journeys/okta-catalog.ts';
import { otherClients } from './journeys/others.ts';
import { replay } from './replay.ts';

const journeys = [oktaAiw, oktaCatalog, entra, entraCompliant, ...otherClients];

describeEachEngine('Whole journeys of clients', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  it.each(journeys)('$title', async (journey) => {
    await replay(await startScim(database, { provider: journey.provider }), journey);
  });
});
