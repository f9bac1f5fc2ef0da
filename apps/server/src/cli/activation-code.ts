import { type Command, InvalidArgumentError } from 'commander';
import { issueActivationCode } from '../domain/accounts/index.ts';
import { instantOf } from '../instant.ts';
import { jsonOption, print } from './print.ts';
import { withDatabase } from './with-database.ts';

const MOST_SEATS = 10_000_000;
const MOST_DAYS = 36_500;

interface Options {
  readonly seats: number;
  readonly planDays?: number;
  readonly validDays: number;
  readonly json?: boolean;
}

/** `rollcall activation-code`: a code that an owner enters under Plan & billing. */
export function addActivationCodeCommand(root: Command): void {
  root
    .command('activation-code')
    .description('issue a code for the Enterprise plan, for one use')
    .requiredOption('--seats <number>', 'seats that the account gets', wholeNumber(MOST_SEATS))
    .option(
      '--plan-days <number>',
      'days that the plan lasts; without an end when left out',
      wholeNumber(MOST_DAYS),
    )
    .option('--valid-days <number>', 'days in which it can be entered', wholeNumber(MOST_DAYS), 30)
    .option(...jsonOption)
    .action(issue);
}

function issue({ seats, planDays, validDays, json }: Options): Promise<void> {
  return withDatabase(async (database) => {
    const order = { seats, planDays: planDays ?? null, validDays, at: Date.now() };
    const { code, expiresAt } = await database.write((tx) => issueActivationCode(tx, order));
    print(json, { code, seats, expiresAt: instantOf(expiresAt) }, [code]);
  });
}

function wholeNumber(most: number) {
  return (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  };
}
