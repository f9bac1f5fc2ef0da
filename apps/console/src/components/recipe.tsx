import { Fragment, type ReactNode } from 'react';
import { CopyValue } from './copy-field.tsx';
import { Emphasized } from './emphasized.tsx';
import { ValueList } from './section.tsx';
import { Segments } from './segments.tsx';

/** A value that a recipe asks to enter, under the label of the IdP's own screen. */
export type RecipeValue =
  | { name: string; kind: 'copy'; value: string; copyName: string; note?: string }
  | { name: string; kind: 'words'; words: readonly string[] }
  | { name: string; kind: 'token' };

/** One step: where to go in the IdP, what to do there, which values to enter. `**x**` marks labels of a screen. */
export type RecipeStep = {
  path: readonly string[];
  text?: string;
  values?: readonly RecipeValue[];
  after?: string;
};

/** Whose screens a recipe speaks of, with a remark on it. */
export function RecipeChoice<Provider extends string>({
  options,
  value,
  note,
  onChange,
}: {
  options: readonly { value: Provider; label: string }[];
  value: Provider;
  note: string;
  onChange: (value: Provider) => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
      <Segments label="Identity provider" options={options} value={value} onChange={onChange} />
      {note}
    </div>
  );
}

/** A numbered recipe in the labels of another screen. */
export function Recipe({
  steps,
  token,
}: {
  steps: readonly RecipeStep[];
  /** Stands where a step asks for the token, which nobody can show any more. */
  token?: ReactNode;
}) {
  return (
    <ol className="mt-4">
      {steps.map((step, index) => (
        <li
          key={step.path.join()}
          className="relative pb-6 pl-8 last:pb-0 tablet:pl-10 not-last:after:absolute not-last:after:top-6.5 not-last:after:bottom-1.5 not-last:after:left-3 not-last:after:w-px not-last:after:bg-line"
        >
          <span
            aria-hidden="true"
            className="absolute -top-0.5 left-0 grid size-6 place-items-center rounded-full border border-line-control text-xs font-medium text-ink-2"
          >
            {index + 1}
          </span>
          <Path path={step.path} />
          {step.text && <Remark text={step.text} />}
          {step.values && (
            <div className="mt-3">
              <ValueList
                values={step.values.map((value) => ({
                  name: value.name,
                  value: <Value value={value} token={token} />,
                }))}
              />
            </div>
          )}
          {step.after && (
            <div className="mt-3">
              <Remark text={step.after} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function Remark({ text }: { text: string }) {
  return (
    <p className="mt-0.5 max-w-measure text-sm text-ink-2">
      <Emphasized text={text} />
    </p>
  );
}

/** Where to click: “Provisioning › Integration › Edit”. */
function Path({ path }: { path: readonly string[] }) {
  return (
    <h3 className="font-strong">
      {path.map((part, index) => (
        <Fragment key={part}>
          {index > 0 && <span className="px-[3px] font-normal text-ink-3">›</span>}
          {part}
        </Fragment>
      ))}
    </h3>
  );
}

function Value({ value, token }: { value: RecipeValue; token: ReactNode }) {
  switch (value.kind) {
    case 'copy':
      return (
        <>
          <CopyValue value={value.value} name={value.copyName} wrap={value.value.length > 40} />
          {value.note && <span className="basis-full text-xs text-ink-2">{value.note}</span>}
        </>
      );
    case 'words':
      return (
        <span className="flex flex-wrap gap-x-4 gap-y-0.5">
          {value.words.map((word) => (
            <span key={word}>{word}</span>
          ))}
        </span>
      );
    case 'token':
      return token;
  }
}
