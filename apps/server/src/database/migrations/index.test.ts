import { describe, expect, it } from 'vitest';
import { schemaSteps } from './index.ts';

const names = schemaSteps.map(({ name }) => name);

describe('the list of migrations', () => {
  it('has each number and each name once, in the order of the numbers', () => {
    expect(names.filter((name) => !/^\d{4}(-[a-z]+)+$/.test(name))).toEqual([]);
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)].toSorted());
    const words = names.map((name) => name.slice(5));
    expect(words).toHaveLength(new Set(words).size);
  });

  it('never lets an older program use what a later step has closed to it', () => {
    const oldest = schemaSteps.map(({ oldestProgram }) => oldestProgram);
    expect(oldest).toEqual(oldest.toSorted((a, b) => a - b));
    expect(oldest.filter((program, index) => program > index + 1)).toEqual([]);
  });

  it.each(['sqlite', 'postgres'] as const)(
    'makes the same statements each time on %s',
    (engine) => {
      for (const step of schemaSteps)
        expect(step.statements(engine)).toEqual(step.statements(engine));
    },
  );
});
