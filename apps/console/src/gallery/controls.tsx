import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Checkbox, RadioGroup } from '../components/choice.tsx';
import { CopyField, Note, SecretField } from '../components/copy-field.tsx';
import { Field, Input, Select } from '../components/field.tsx';
import { Segments } from '../components/segments.tsx';
import { Toggle } from '../components/toggle.tsx';
import { Row, Sheet } from './sheet.tsx';

/** What is pressed, typed into and copied from. */
export function Controls() {
  return (
    <>
      <Buttons />
      <Toggles />
      <Fields />
      <Copies />
    </>
  );
}

function Buttons() {
  return (
    <Sheet title="Button">
      <Row>
        <Button variant="primary">Generate</Button>
        <Button>Refresh Token</Button>
        <Button variant="danger">Remove 3 users</Button>
        <Button variant="quiet">Cancel</Button>
        <Button size="sm">Check now</Button>
      </Row>
      <Row>
        <Button className="shadow-focus">Focus</Button>
        <Button className="bg-hover">Hover</Button>
        <Button variant="primary" className="shadow-focus">
          Focus
        </Button>
        <Button inactive aria-describedby="why-inactive">
          Disabled
        </Button>
        <span id="why-inactive" className="text-sm text-ink-2">
          The reason stands beside it.
        </span>
        <Button busy>Applying 120 of 298</Button>
      </Row>
    </Sheet>
  );
}

function Toggles() {
  const [on, setOn] = useState(true);
  return (
    <Sheet title="Toggle">
      <Row>
        <Toggle on={on} onToggle={() => setOn(!on)}>
          {on ? 'On' : 'Off'}
        </Toggle>
        <Toggle on={false} onToggle={() => undefined}>
          Off
        </Toggle>
        <Toggle on={false} inactive onToggle={() => undefined}>
          Off, verify the domain first
        </Toggle>
      </Row>
    </Sheet>
  );
}

function Fields() {
  const [mode, setMode] = useState<'bearer' | 'oauth'>('bearer');
  const [idp, setIdp] = useState<'okta' | 'entra' | 'generic'>('okta');
  return (
    <Sheet title="Field">
      <div className="grid gap-5 tablet:grid-cols-3">
        <Field label="Domain" help="Without www.">
          <Input defaultValue="example.com" />
        </Field>
        <Field label="Passphrase" error="That passphrase is not right.">
          <Input type="password" defaultValue="wrong passphrase" />
        </Field>
        <Field label="Expiration">
          <Select defaultValue="1_year">
            <option value="90_days">90 days</option>
            <option value="1_year">1 year</option>
          </Select>
        </Field>
      </div>
      <Row>
        <Checkbox>Unticked</Checkbox>
        <Checkbox defaultChecked>Ticked</Checkbox>
        <Checkbox mixed>Some</Checkbox>
      </Row>
      <RadioGroup
        legend="How will your IdP authenticate?"
        value={mode}
        onChange={setMode}
        choices={[
          {
            value: 'bearer',
            label: 'Bearer Token',
            help: 'Okta: HTTP Header. Entra: Secret Token.',
          },
          { value: 'oauth', label: 'OAuth 2.0', help: 'Tokens renew themselves.' },
        ]}
      />
      <div>
        <Segments
          label="Identity provider"
          value={idp}
          onChange={setIdp}
          options={[
            { value: 'okta', label: 'Okta' },
            { value: 'entra', label: 'Microsoft Entra ID' },
            { value: 'generic', label: 'Other' },
          ]}
        />
      </div>
    </Sheet>
  );
}

function Copies() {
  return (
    <Sheet title="Copy, secret">
      <div className="grid gap-5 tablet:grid-cols-2">
        <CopyField label="Host" value="_rollcall.example.com" />
        <CopyField
          label="Connector URL"
          wrap
          value="https://insomnia.example.com/scim/01a20ce4-f020-7d08-9f42-6b1e5c0a88d3/v2"
        />
        <SecretField
          label="Token"
          value="EXAMPLE-ONLY-4bTq9vNf2sWzJ8yRc6hLpD3mXa7uKe5k2Lm"
          warning="This is the only time that you can see this token. Insomnia keeps only its fingerprint."
        />
        <Note>Before you assign everyone: check that each person could sign in.</Note>
      </div>
    </Sheet>
  );
}
