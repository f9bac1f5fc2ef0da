import { Button } from '../../../components/button.tsx';
import { Section } from '../../../components/section.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpInSentence } from '../model/provider.ts';
import { CustomAttributes } from './custom-attributes/custom-attributes.tsx';
import { SettingsForm } from './settings-form.tsx';
import { TokenList } from './token-list.tsx';

/** Name, provider and policies; the tokens; turning off. */
export function SettingsTab() {
  const { directory, open } = useDirectory();
  const on = directory.state === 'on';
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8">
      <SettingsForm key={directory.id} />
      <Section
        title="Connector tokens"
        note="Each was shown once. Only its end is known here."
        end={
          on && (
            <Button size="sm" onClick={() => open({ kind: 'refresh' })}>
              Refresh Token…
            </Button>
          )
        }
      >
        <TokenList />
      </Section>
      <CustomAttributes />
      <Section title={on ? 'Turn SCIM off' : 'Turn SCIM on again'}>
        <p className="mb-3 max-w-measure text-sm text-ink-2">
          {on
            ? `Requests from ${idpInSentence(directory.provider)} will be refused. You decide what happens to the people whom it created.`
            : 'The connector URL stays, the token is a new one.'}
        </p>
        <Button
          variant={on ? 'danger' : 'plain'}
          onClick={() => open({ kind: on ? 'turn-off' : 'turn-on' })}
        >
          {on ? 'Turn SCIM off…' : 'Turn on again…'}
        </Button>
      </Section>
    </div>
  );
}
