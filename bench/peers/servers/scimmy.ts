/** SCIMMY's routers over maps in memory: no token is looked up and nothing is stored. `node scimmy.ts` */
import { randomUUID } from 'node:crypto';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { listen } from './listen.ts';

type Stored = { id: string; userName?: string; [key: string]: unknown };

const users = new Map<string, Stored>();
const userNames = new Map<string, string>();
const groups = new Map<string, Stored>();

SCIMMY.Resources.declare(SCIMMY.Resources.User, {
  ingress: (resource: { id?: string }, instance: Stored) => {
    const id = resource.id ?? randomUUID();
    const name = instance.userName?.toLowerCase() ?? '';
    const holder = userNames.get(name);
    if (holder !== undefined && holder !== id) {
      throw new SCIMMY.Types.Error(409, 'uniqueness', 'userName is taken');
    }
    const stored = { ...instance, id };
    users.set(id, stored);
    userNames.set(name, id);
    return stored;
  },
  egress: (resource: { id?: string; filter?: Record<string, [string, string]>[] }) => {
    if (resource.id !== undefined) return users.get(resource.id) ?? missing(resource.id);
    const wanted = resource.filter?.[0]?.username?.[1];
    if (wanted === undefined) return [...users.values()];
    const id = userNames.get(wanted.toLowerCase());
    return id === undefined ? [] : [users.get(id)];
  },
  degress: (resource: { id: string }) => {
    users.delete(resource.id);
  },
});

SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
  ingress: (resource: { id?: string }, instance: Stored) => {
    const stored = { ...instance, id: resource.id ?? randomUUID() };
    groups.set(stored.id, stored);
    return stored;
  },
  egress: (resource: { id?: string }) =>
    resource.id === undefined
      ? [...groups.values()]
      : (groups.get(resource.id) ?? missing(resource.id)),
  degress: (resource: { id: string }) => {
    groups.delete(resource.id);
  },
});

function missing(id: string): never {
  throw new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
}

const app = express();
app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler: () => 'bench' }));
listen(app, { base: '/scim', token: 'bench' });
