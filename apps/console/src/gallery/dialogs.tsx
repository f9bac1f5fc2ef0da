import { useState } from 'react';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Checkbox } from '../components/choice.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { CopyField, SecretField } from '../components/copy-field.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Drawer, DrawerSection } from '../components/drawer.tsx';
import { Properties } from '../components/section.tsx';
import { Row, Sheet } from './sheet.tsx';

type Open = 'steps' | 'confirm' | 'drawer' | undefined;

/** What opens over or beside the page. */
export function Dialogs() {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Sheet title="Dialog, drawer">
      <Row>
        <Button onClick={() => setOpen('steps')}>Open steps…</Button>
        <Button variant="danger" onClick={() => setOpen('confirm')}>
          Remove 3 users…
        </Button>
        <Button onClick={() => setOpen('drawer')}>Open drawer</Button>
      </Row>
      {open === 'steps' && <Steps onClose={close} />}
      {open === 'confirm' && (
        <ConfirmDialog
          title="Remove 3 users?"
          confirm="Remove 3 users"
          danger
          typeToConfirm={{ label: 'Name of the account', text: 'Example Air' }}
          onConfirm={close}
          onClose={close}
        >
          <p>3 people lose access and 3 seats get free.</p>
        </ConfirmDialog>
      )}
      {open === 'drawer' && (
        <div className="fixed inset-y-0 right-0 w-140 max-w-full">
          <Drawer
            title="Okta could not change the userName of Ada Sample"
            bar={
              <Badge tinted mark="refused">
                Refused · 409
              </Badge>
            }
            onNext={() => undefined}
            onClose={close}
            foot={<Button size="sm">Copy for support</Button>}
          >
            <Properties
              values={[
                { name: 'Time', value: '2 Mar 2027, 09:51:58 CET, took 11 ms' },
                { name: 'Request', value: <code>req_01a405721e5c</code> },
              ]}
            />
            <DrawerSection title="Why">
              Another person in this directory already has this userName.
            </DrawerSection>
          </Drawer>
        </div>
      )}
    </Sheet>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const [stored, setStored] = useState(false);
  return (
    <Dialog
      title="Turn SCIM on"
      steps={[
        { name: 'Authentication', chosen: 'Bearer Token, Okta' },
        { name: 'Expiration', chosen: '1 year, 24 Nov 2027' },
        { name: 'Credentials', chosen: 'Store both now' },
      ]}
      step={2}
      onClose={onClose}
      guard={
        stored
          ? undefined
          : {
              question:
                'Close without storing the token? You can make another one with Refresh Token.',
              close: 'Close without storing',
              stay: 'Go back',
            }
      }
      reason={!stored && <span id="why-not-done">Tick the box to finish.</span>}
      actions={
        <Button
          variant="primary"
          inactive={!stored}
          aria-describedby="why-not-done"
          onClick={onClose}
        >
          Done
        </Button>
      }
    >
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
      <Checkbox checked={stored} onChange={(event) => setStored(event.currentTarget.checked)}>
        I have stored the token in a safe place
      </Checkbox>
    </Dialog>
  );
}
