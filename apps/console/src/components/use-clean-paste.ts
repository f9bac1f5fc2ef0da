import { type ClipboardEvent, useState } from 'react';
import { cleanPaste } from './clean-paste.ts';
import { announce } from './live-region.tsx';

/** Cleans what is pasted into a field and says so. `note` belongs into the field's help while it is set. */
export function useCleanPaste(onChange: (text: string) => void) {
  const [note, setNote] = useState<string>();
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    const clean = cleanPaste(pasted);
    if (clean === pasted) {
      setNote(undefined);
      return;
    }
    event.preventDefault();
    onChange(clean);
    setNote('Spaces and quotes around it were removed.');
    announce('Spaces and quotes around it were removed.');
  };
  return { onPaste, note };
}
