import type { RefusedReason } from '@rollcall/api';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CopyValue } from '../../components/copy-field.tsx';
import { EntryText } from './entry-form.tsx';

const route = getRouteApi('/entry/sign-in/refused');

const owner = 'Ask an owner of your company’s account, and give them the number below.';

/** By reason: what is so, and whom to ask. What would help an attacker stands in the owner's log alone. */
const words: Readonly<Record<RefusedReason, { title: string; text: string }>> = {
  not_accepted: {
    title: 'Your company’s sign-in was not accepted',
    text: `What your identity provider sent could not be trusted. ${owner}`,
  },
  not_this_browser: {
    title: 'This sign-in began somewhere else',
    text: 'It was begun in another browser, took too long, or was used already. Start again.',
  },
  not_ready: {
    title: 'This sign-in is not ready yet',
    text: 'An owner has yet to test it. Use your passphrase for now.',
  },
  try_again: { title: 'That did not work', text: 'Sign in once more.' },
  no_address: {
    title: 'Your identity provider did not say who you are',
    text: `It sent no e-mail address. ${owner}`,
  },
  foreign_domain: {
    title: 'Your address does not belong to this company',
    text: `The company’s identity provider speaks for its own domains alone. ${owner}`,
  },
  domain_lapsed: {
    title: 'Your address’s domain has lapsed',
    text: `Your company has to prove it again before new people at it get in. ${owner}`,
  },
  plan_lapsed: {
    title: 'Nobody new gets in now',
    text: `The company’s plan has ended, or its domain has lapsed. ${owner}`,
  },
  deactivated: {
    title: 'Your company’s directory ended your access',
    text: `Only your identity provider’s administrator can give it back. ${owner}`,
  },
  removed: { title: 'You were removed from the account', text: owner },
  waiting: {
    title: 'You wait for a free license',
    text: `You get in as soon as there is one. ${owner}`,
  },
  no_seat: {
    title: 'No license is free for you',
    text: `Everybody’s place is taken. ${owner}`,
  },
  not_a_member: { title: 'You are not in this account yet', text: owner },
};

/** Why somebody whom an IdP sent was not let in. */
export function RefusedPage() {
  const { reason, attempt } = route.useSearch();
  const said = words[isReason(reason) ? reason : 'not_accepted'];
  return (
    <EntryText title={said.title} lead={said.text}>
      {attempt && (
        <div className="w-full">
          <p className="mb-1.5 text-sm font-medium">Number of this sign-in</p>
          <CopyValue value={attempt} name="number" wrap />
        </div>
      )}
      <Link to="/sign-in">Back to sign-in</Link>
    </EntryText>
  );
}

function isReason(text: string | undefined): text is RefusedReason {
  return text !== undefined && Object.hasOwn(words, text);
}
