import type { ReactNode } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';

type EntryFormProps = {
  title: string;
  lead: ReactNode;
  /** What went wrong, where no field is to blame. */
  error?: string | undefined;
  submit: string;
  busy: boolean;
  onSubmit: () => void;
  /** Another way to go, beneath the button. */
  foot?: ReactNode;
  children: ReactNode;
};

/** One form with one button: the pages before an account. */
export function EntryForm({
  title,
  lead,
  error,
  submit,
  busy,
  onSubmit,
  foot,
  children,
}: EntryFormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
      className="my-auto w-full max-w-88 py-12"
    >
      <EntryTitle title={title} lead={lead} />
      {error && (
        <div role="alert" className="mt-5">
          <Banner tone="danger" title={error} />
        </div>
      )}
      <div className="mt-6 grid gap-5">{children}</div>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-5 w-full">
        {submit}
      </Button>
      {foot && <div className="mt-3">{foot}</div>}
    </form>
  );
}

/** The same without a form: something to read, and where to go. */
export function EntryText({
  title,
  lead,
  children,
}: {
  title: string;
  lead: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="my-auto w-full max-w-88 py-12">
      <EntryTitle title={title} lead={lead} />
      {children && <div className="mt-6 grid justify-items-start gap-4">{children}</div>}
    </div>
  );
}

/** While it is not known yet what to show. */
export function EntryPending() {
  return (
    <div className="my-auto max-w-88">
      <SkeletonLines count={4} />
    </div>
  );
}

function EntryTitle({ title, lead }: { title: string; lead: ReactNode }) {
  return (
    <>
      <title>{title}</title>
      <h1 className="text-xl font-strong">{title}</h1>
      <div className="mt-1 text-ink-2">{lead}</div>
    </>
  );
}
