import { useState } from 'react';
import { focusFirstInvalid } from './focus-first-invalid.ts';

/** What is wrong with fields of a form, by their names. */
export type Problems<Name extends string> = { readonly [Field in Name]?: string | undefined };

/** What is typed into the fields of a form, and what is wrong with it. */
export interface Fields<Name extends string> {
  readonly values: Readonly<Record<Name, string>>;
  readonly problems: Problems<Name>;
  /** Takes what is typed, and what was wrong with the field from its sight. */
  set(name: Name, value: string): void;
  /** Shows what is wrong, with the focus in the first such field; whether anything is. */
  refuse(problems: Problems<Name>): boolean;
}

/** The fields of a form, as they are before anybody types. */
export function useFields<Name extends string>(empty: Record<Name, string>): Fields<Name> {
  const [values, setValues] = useState(empty);
  const [problems, setProblems] = useState<Problems<Name>>({});
  return {
    values,
    problems,
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setProblems((before) => ({ ...before, [name]: undefined }));
    },
    refuse: (found) => {
      setProblems(found);
      const any = anyOf(found);
      if (any) focusFirstInvalid();
      return any;
    },
  };
}

/** Whether anything is wrong. */
export function anyOf(problems: Problems<string>): boolean {
  return Object.values(problems).some((problem) => problem !== undefined);
}
