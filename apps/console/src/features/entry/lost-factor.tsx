/** What is left to somebody who cannot show their second factor. */
export function LostFactor({ recoveryCode }: { recoveryCode: boolean }) {
  return (
    <details className="w-full text-sm text-ink-2">
      <summary className="w-fit cursor-pointer text-ink underline underline-offset-2">
        You cannot do that?
      </summary>
      <ul className="mt-2 grid list-disc gap-1.5 pl-5">
        {recoveryCode && <li>Use one of the recovery codes that you stored.</li>}
        <li>Start again, and use your company’s sign-in where it is offered: it needs no code.</li>
        <li>
          Ask whoever runs this service to reset your second factor. They will want to know that it
          is you.
        </li>
      </ul>
    </details>
  );
}
