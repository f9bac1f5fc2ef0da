import type { RequestDetail } from '@rollcall/api';
import { DrawerSection } from '../../../components/drawer.tsx';
import { prettyBody } from '../model/request-text.ts';
import { CodeBlock } from '../parts/code-block.tsx';

/** The request and the answer as they went over the wire, without their secrets. */
export function Exchange({ detail }: { detail: RequestDetail }) {
  const sent = prettyBody(detail.request.body);
  const answered = prettyBody(detail.response.body);
  const headers = Object.entries(detail.request.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return (
    <DrawerSection title="Request and response">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <CodeBlock
          label="Request"
          head={
            <code>
              {detail.method} {detail.path}
            </code>
          }
          text={[headers, sent].filter(Boolean).join('\n\n') || 'No body.'}
        />
        <CodeBlock
          label="Response"
          head={<code>{detail.status}</code>}
          text={answered ?? (detail.status === 204 ? 'No body.' : 'The body is not kept.')}
        />
      </div>
    </DrawerSection>
  );
}
