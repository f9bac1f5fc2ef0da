import { useId } from 'react';
import { stepsOf } from '../model/request-text.ts';

/** What to change, in a frame that cannot be overlooked: a sentence, or steps. */
export function Advice({ whatToChange }: { whatToChange: string }) {
  const id = useId();
  const steps = stepsOf(whatToChange);
  return (
    <section
      aria-labelledby={id}
      className="mt-5 rounded-md border border-l-[3px] border-line-strong border-l-warning-mark px-4 py-3"
    >
      <h3 id={id} className="mb-2 text-sm font-strong">
        What to change
      </h3>
      {steps.length === 1 ? (
        <p className="text-sm">{steps[0]}</p>
      ) : (
        <ol className="grid gap-1 text-sm">
          {steps.map((step, index) => (
            <li key={step} className="grid grid-cols-[1.25rem_minmax(0,1fr)]">
              <span aria-hidden="true" className="text-ink-3">
                {index + 1}
              </span>
              {step}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
