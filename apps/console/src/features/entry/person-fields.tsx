import { longest } from 'virtual:contract';
import { Field, Input } from '../../components/field.tsx';
import { NewPassphraseField } from './new-passphrase.tsx';
import { tooShort } from './too-short.ts';
import type { Fields, Problems } from './use-fields.ts';

/** What somebody tells who is new here. */
export function PersonFields({ fields }: { fields: Fields<'name' | 'passphrase'> }) {
  return (
    <>
      <TextField
        fields={fields}
        name="name"
        label="Your name"
        autoComplete="name"
        maxLength={longest.personName}
        autoFocus
      />
      <PassphraseField fields={fields} />
    </>
  );
}

/** What is wrong with it, as far as can be said without the server. */
export function checkPerson({ values }: Fields<'name' | 'passphrase'>) {
  return {
    name: values.name.trim() === '' ? 'Enter your name.' : undefined,
    passphrase: tooShort(values.passphrase),
  } satisfies Problems<'name' | 'passphrase'>;
}

/** The passphrase that somebody chooses. */
export function PassphraseField({ fields }: { fields: Fields<'passphrase'> }) {
  return (
    <NewPassphraseField
      large
      value={fields.values.passphrase}
      error={fields.problems.passphrase}
      onChange={(value) => fields.set('passphrase', value)}
    />
  );
}

/** Whose passphrase it is: a password manager looks for it beside the passphrase. */
export function UserName({ address }: { address: string }) {
  return <input type="email" autoComplete="username" value={address} readOnly hidden />;
}

/** A field of one line. */
export function TextField<Name extends string>({
  fields: { values, problems, set },
  name,
  label,
  help,
  type = 'text',
  ...input
}: {
  fields: Fields<Name>;
  name: Name;
  label: string;
  help?: string;
  type?: 'text' | 'email' | 'password';
  autoComplete: string;
  maxLength?: number;
  autoFocus?: boolean;
}) {
  return (
    <Field label={label} help={help} error={problems[name]}>
      <Input
        large
        type={type}
        name={name}
        value={values[name]}
        onChange={(event) => set(name, event.currentTarget.value)}
        {...input}
      />
    </Field>
  );
}
