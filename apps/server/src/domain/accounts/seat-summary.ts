import type { Seats } from '@rollcall/api';
import { type Placeholders, type Reader, statement } from '../../database/index.ts';

type Account = { accountId: string };

interface Counts {
  purchased: number;
  used: number;
  reserved: number;
  waiting: number;
}

const counts = statement<Account, Counts>('seats.summary', (db, p: Placeholders<Account>) =>
  db
    .selectFrom('licenses')
    .select('licenses.quantity as purchased')
    .select((eb) => {
      const held = (kind: 'user' | 'invitation') =>
        eb
          .selectFrom('seats')
          .select((seat) => seat.fn.countAll<number>().as('count'))
          .whereRef('seats.account_id', '=', 'licenses.account_id')
          .where('seats.holder_kind', '=', kind)
          .where('seats.holder_id', 'is not', null)
          .$asScalar()
          .$notNull();
      const waiting = eb
        .selectFrom('effects')
        .select((effect) => effect.fn.countAll<number>().as('count'))
        .whereRef('effects.account_id', '=', 'licenses.account_id')
        .where('effects.state', '=', 'waiting')
        .where('effects.reason', '=', 'no_seat')
        .$asScalar()
        .$notNull();
      return [held('user').as('used'), held('invitation').as('reserved'), waiting.as('waiting')];
    })
    .where('licenses.account_id', '=', p.accountId),
);

/** How many seats an account has, and where they are; counted now. */
export async function readSeats(reader: Reader, accountId: string): Promise<Seats> {
  const row = await reader.first(counts, { accountId });
  const { purchased, used, reserved, waiting } = row ?? {
    purchased: 0,
    used: 0,
    reserved: 0,
    waiting: 0,
  };
  return { purchased, used, reserved, left: purchased - used - reserved, waiting };
}
