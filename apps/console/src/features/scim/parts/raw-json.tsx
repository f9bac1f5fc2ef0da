import { Icon } from '../../../components/icon.tsx';
import { CodeBlock } from './code-block.tsx';

/** A SCIM resource as it is answered, folded away. */
export function RawJson({ resource }: { resource: Readonly<Record<string, unknown>> }) {
  return (
    <details className="group mt-2">
      <summary className="inline-flex min-h-target items-center gap-1 text-xs text-ink-2">
        <Icon name="right" className="size-3 group-open:rotate-90" />
        Raw JSON
      </summary>
      <CodeBlock label="The resource as JSON" text={JSON.stringify(resource, null, 2)} />
    </details>
  );
}
