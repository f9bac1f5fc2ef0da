import { z } from 'zod';

/** A UUID of ours, lower case. */
export const id = z.string().regex(/^[0-9a-f-]{36}$/);

/** A moment, ISO 8601 in UTC. */
export const instant = z.iso.datetime();

export const role = z.enum(['owner', 'co_owner', 'member', 'billing_only']);
export type Role = z.infer<typeof role>;

export const plan = z.enum(['essentials', 'enterprise']);
export type Plan = z.infer<typeof plan>;

/** A page by cursor: pass `nextCursor` as `cursor` to go on; null at the end. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** How a list is cut: an opaque cursor and the number of items. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Something named, for links. */
export const reference = z.object({ id, name: z.string() });
export type Reference = z.infer<typeof reference>;

export const seats = z.object({
  purchased: z.number().int(),
  used: z.number().int(),
  reserved: z.number().int(),
  left: z.number().int(),
  /** People who wait for a seat. */
  waiting: z.number().int(),
});
export type Seats = z.infer<typeof seats>;
